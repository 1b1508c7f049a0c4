"""The search of occupations: what a hand mistypes is found, and a first page comes quickly."""

import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from clefdevoute.documents import metiers
from clefdevoute.documents.metiers.index import DATA, index
from clefdevoute.documents.metiers.mots import one_slip, stem, stems

HAIRDRESSER = "coiffeur/coiffeuse"


def titles(text, limit=10):
    return [found.libelle for found in metiers.chercher(text, limit)]


@pytest.mark.parametrize(
    ("typed", "wanted"),
    [
        ("coiffeuse", HAIRDRESSER),
        ("COIFFEUR", HAIRDRESSER),
        ("coiffeurs", HAIRDRESSER),
        ("coifeuse", HAIRDRESSER),
        ("boulangère", "boulanger/boulangère"),
        ("boulangere", "boulanger/boulangère"),
        ("bâtiment électriciens", "électricien du bâtiment/électricienne du bâtiment"),
        ("aides ménagères", "aide ménager à domicile/aide ménagère à domicile"),
        ("chaufeur poids lourd", "conducteur de poids lourd/conductrice de poids lourd"),
        ("vendeuses", "vendeur/vendeuse"),
        ("cuisinière de collectivité", "Cuisinier de collectivité"),
        ("magasi", "magasinier/magasinière"),
        ("Valoriste", "Valoriste"),
    ],
)
def test_what_a_hand_types_finds_the_occupation(typed, wanted):
    assert wanted in titles(typed)


def test_the_nearest_title_comes_first():
    assert titles("coiffeuse")[0] == HAIRDRESSER
    assert titles("magasinière")[0] == "magasinier/magasinière"


@pytest.mark.parametrize("typed", ["cuisiniere", "CUISINIÈRES", "cuisinier"])
def test_what_bears_the_name_comes_before_what_is_also_called_so(typed):
    first, second = metiers.chercher(typed, 2)
    assert first.libelle == "cuisinier/cuisinière"
    assert second.libelle == "chef de cuisine"


def test_two_slips_in_one_word_are_one_too_many():
    assert HAIRDRESSER in titles("coifeur")
    assert HAIRDRESSER not in titles("cofeurre")


@pytest.mark.parametrize("typed", ["", "  ", "de la", "zzzzqqq", "\t|", "%", "'; --"])
def test_nothing_to_find_finds_nothing(typed):
    assert metiers.chercher(typed) == ()


def test_a_group_says_the_wider_one():
    group = next(found for found in metiers.chercher("coiffeurs", 20) if found.source == "CITP-08")
    assert group.groupe.startswith("514 ")


def test_an_address_has_its_title_and_an_unknown_one_comes_back():
    found = metiers.chercher("coiffeuse")[0]
    assert metiers.libelle(found.uri) == HAIRDRESSER
    assert metiers.connu(found.uri)
    assert metiers.libelle("rome:0") == "rome:0"
    assert not metiers.connu("rome:0")


def test_the_four_classifications_are_shipped_and_named():
    kinds = {entry.kind for entry in index().entries}
    assert kinds == {"E", "C", "R", "I"}
    assert sum(entry.kind == "E" for entry in index().entries) == 2942
    said = " ".join(source.mention + source.licence for source in metiers.SOURCES)
    for words in ("classification ESCO de la Commission européenne", "Licence Ouverte 2.0", "VDAB"):
        assert words in said


def test_the_data_stay_under_a_megabyte():
    assert DATA.stat().st_size < 1_000_000


@pytest.mark.parametrize(
    "typed", ["netoyage batiment", "coifeuse", "aide menagere", "agent", "ouvrier polyvalent jardni"]
)
def test_a_first_page_comes_in_fifty_milliseconds(typed):
    """Of the processor, and the best of ten: another process may take the clock, and the caches, meanwhile."""
    metiers.chercher("coiffeuse")

    def spent():
        before = time.thread_time()
        metiers.chercher(typed)
        return time.thread_time() - before

    assert min(spent() for _ in range(10)) < 0.05


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("boulangère", "boulangers"),
        ("directrice", "directeurs"),
        ("technicienne", "technicien"),
        ("ouvrières", "ouvrier"),
        ("employée", "employés"),
        ("sportive", "sportif"),
        ("agente", "agents"),
    ],
)
def test_the_forms_of_a_word_have_one_stem(one, other):
    assert stems(one) == stems(other)


WORDS = st.text(alphabet="abcdefghijklmnopqrstuvwxyz", min_size=1, max_size=12)


@given(WORDS)
def test_a_word_is_its_own_slip(word):
    assert one_slip(word, word)


@given(WORDS, st.integers(0, 11), st.sampled_from("abz"))
def test_each_single_slip_is_forgiven(word, at, letter):
    at %= len(word)
    assert one_slip(word[:at] + word[at + 1 :], word)
    assert one_slip(word[:at] + letter + word[at:], word)
    assert one_slip(word[:at] + letter + word[at + 1 :], word)
    if at + 1 < len(word):
        assert one_slip(word[:at] + word[at + 1] + word[at] + word[at + 2 :], word)


@given(st.text(max_size=40))
def test_any_text_can_be_searched(text):
    metiers.chercher(text, 3)
    for word in stems(text):
        assert stem(word) is not None
