"""The gentle warning: which words are found, whatever their endings, and how a sentence moves."""

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from clefdevoute.records.suivi.vigilance import JUGEMENT, SANTE, deplacer, signaler

HISTOIRE = (
    "Mireille tient seule le poste de repassage depuis trois semaines. Elle demande à essayer l’accueil des clients. "
    "Elle se dit épuisée depuis l’été et dort mal."
)


def words(text):
    return [(one.kind, one.words) for one in signaler(text)]


def test_the_sentence_of_the_mock_up():
    (found,) = signaler(HISTOIRE)
    assert found.kind == SANTE
    assert found.words == ("épuisée", "dort mal")
    assert found.sentence == "Elle se dit épuisée depuis l’été et dort mal."


@pytest.mark.parametrize(
    ("text", "seen"),
    [
        ("EPUISE par le service", ("EPUISE",)),
        ("Une grande fatigue.", ("fatigue",)),
        ("Il va chez le Médecin", ("Médecin",)),
        ("des antidépresseurs", ("antidépresseurs",)),
        ("elle dort\nmal", ()),
        ("mal de dos", ("mal de dos",)),
        ("un burn-out", ("burn-out",)),
        ("les hôpitaux", ("hôpitaux",)),
        (unicodedata.normalize("NFD", "épuisé"), ("épuisé",)),
    ],
)
def test_accents_capitals_and_endings_do_not_matter(text, seen):
    assert [word for one in signaler(text) for word in one.words] == list(seen)


@pytest.mark.parametrize(
    "text",
    ["Valider ses compétences", "Le fourgon", "Il a assisté à la séance", "psychédélique", "fours", "La cuisine"],
)
def test_neighbouring_words_are_left_alone(text):
    assert signaler(text) == ()


def test_a_judgement_is_told_from_health():
    assert words("C’est un paresseux. Elle est malade.") == [(JUGEMENT, ("paresseux",)), (SANTE, ("malade",))]


def test_what_was_read_and_kept_is_not_asked_again():
    (found,) = signaler(HISTOIRE)
    assert signaler(HISTOIRE + "  ", left=[found.key]) == ()


def test_the_sentence_moves_and_nothing_else():
    (found,) = signaler(HISTOIRE)
    shared, health = deplacer(HISTOIRE, "Déjà noté.", keys=[found.key])
    assert shared == HISTOIRE.removesuffix("Elle se dit épuisée depuis l’été et dort mal.").strip()
    assert health == "Déjà noté.\nElle se dit épuisée depuis l’été et dort mal."
    assert deplacer(HISTOIRE, "", keys=["inconnu"]) == (HISTOIRE, "")


def test_a_long_note_is_read_at_once():
    text = "Elle tient son poste et demande à essayer l’accueil. " * 1000
    assert len(text) > 50_000
    assert signaler(text + "Il dort mal.")[0].words == ("dort mal",)


@given(st.text(alphabet="abé .!?\nmalade’", max_size=80), st.text(alphabet="ab ", max_size=10))
def test_moving_loses_no_letter(text, target):
    keys = [one.key for one in signaler(text)]
    shared, health = deplacer(text, target, keys=keys)
    assert sorted((shared + health).replace(" ", "").replace("\n", "")) == sorted(
        unicodedata.normalize("NFC", text + target).replace(" ", "").replace("\n", "")
    )
    assert signaler(shared, left=()) == () or not keys
