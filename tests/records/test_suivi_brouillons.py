"""Drafts: sealed, their author's alone, and two tabs never overwrite one another unseen."""

import uuid

import pytest

from clefdevoute.records.entreprises.writing import RowRefused
from clefdevoute.records.foundation.access import Role
from clefdevoute.records.foundation.errors import AccessDenied
from clefdevoute.records.foundation.models import AuditEvent
from clefdevoute.records.suivi.actions.brouillons import (
    BrouillonDisparu,
    BrouillonPerime,
    contenu,
    garder,
    jeter,
    remplace,
    trancher,
)
from clefdevoute.records.suivi.actions.epingles import epingler
from clefdevoute.records.suivi.actions.themes import ajouter_theme, modifier_theme
from clefdevoute.records.suivi.lecture import a_savoir
from clefdevoute.records.suivi.models import ASavoir, Brouillon
from clefdevoute.records.suivi.themes import DEFAUTS, mots, offerts
from tests.records.factories import TravailleurFactory, actor
from tests.records.factories_agenda import at
from tests.records.factories_entretiens import BrouillonFactory

pytestmark = pytest.mark.django_db
NOW, LATER = at("2026-11-23 14:32"), at("2026-11-23 14:35")
ONE, TWO = uuid.uuid4(), uuid.uuid4()


@pytest.fixture
def mireille():
    return TravailleurFactory()


@pytest.fixture
def helene(mireille):
    return actor(Role.ACCOMPAGNATEUR, mireille.entreprise)


@pytest.fixture
def keep(mireille, helene):
    def keep(text, version, tab, *, by=helene, now=NOW):
        return garder(
            travailleur=mireille,
            form="entretien",
            subject=mireille.pk,
            content={"note_partagee": text},
            version=version,
            tab=tab,
            by=by,
            now=now,
        )

    return keep


def test_a_draft_grows_and_is_found_again(keep):
    keep("Mireille", 0, ONE)
    row = keep("Mireille tient", 1, ONE, now=LATER)
    assert (row.version, row.saved_at) == (2, LATER)
    assert contenu(Brouillon.objects.get()) == {"note_partagee": "Mireille tient"}
    assert AuditEvent.objects.filter(event__startswith="suivi.brouillon").count() == 1


def test_a_tab_may_run_ahead_of_its_own_answers(keep):
    keep("a", 0, ONE)
    keep("ab", 0, ONE)
    assert keep("abc", 1, ONE).version == 3


def test_two_tabs_disagree_and_nothing_is_written(keep):
    keep("de l’onglet un", 0, ONE)
    keep("de l’onglet deux", 1, TWO)
    with pytest.raises(BrouillonPerime) as refusal:
        keep("encore de l’onglet un", 1, ONE)
    assert contenu(refusal.value.saved) == {"note_partagee": "de l’onglet deux"}
    assert contenu(Brouillon.objects.get()) == {"note_partagee": "de l’onglet deux"}


def test_the_same_words_are_no_disagreement(keep):
    keep("pareil", 0, ONE)
    assert keep("pareil", 0, TWO).version == 2


@pytest.mark.parametrize("keep_mine", [True, False])
def test_the_text_not_chosen_stays_beside(keep, helene, keep_mine):
    row = keep("de l’autre", 0, TWO)
    mine = {"note_partagee": "le mien"}
    row = trancher(brouillon=row, mine=mine, keep_mine=keep_mine, tab=ONE, by=helene, now=LATER)
    other = {"note_partagee": "de l’autre"}
    assert (contenu(row), remplace(row)) == ((mine, other) if keep_mine else (other, mine))


def test_a_draft_gone_elsewhere_is_said(keep, helene):
    jeter(brouillon=keep("x", 0, ONE), by=helene, now=NOW)
    with pytest.raises(BrouillonDisparu):
        keep("xy", 1, ONE)
    assert keep("xy", 0, ONE).version == 1


def test_only_its_author_sees_it_or_throws_it_away(keep, mireille, helene):
    row = keep("x", 0, ONE)
    assert list(Brouillon.objects.visible_to(helene)) == [row]
    for role in Role:
        other = actor(role, mireille.entreprise)
        assert not Brouillon.objects.visible_to(other).exists()
        with pytest.raises(AccessDenied):
            jeter(brouillon=row, by=other, now=NOW)
    colleague = actor(Role.ACCOMPAGNATEUR, mireille.entreprise)
    assert keep("le sien", 0, TWO, by=colleague).pk != row.pk


def test_nobody_but_an_accompagnateur_keeps_a_draft(keep, mireille):
    for role in set(Role) - {Role.ACCOMPAGNATEUR}:
        with pytest.raises(AccessDenied):
            keep("x", 0, ONE, by=actor(role, mireille.entreprise))


def test_a_long_note_is_kept(keep):
    assert len(contenu(keep("é" * 50_000, 0, ONE))["note_partagee"]) == 50_000


def test_a_draft_prints_nothing_of_itself():
    assert "écrit" not in repr(BrouillonFactory()) + str(BrouillonFactory())


def test_the_pinned_line_is_replaced_never_rewritten(mireille, helene):
    epingler(travailleur=mireille, text="Appeler  après 16 h", by=helene, now=NOW)
    epingler(travailleur=mireille, text="Appeler après 17 h", by=helene, now=LATER)
    assert a_savoir(helene, [mireille.pk]) == {mireille.pk: "Appeler après 17 h"}
    assert [row.text for row in ASavoir.objects.order_by("written_at")] == ["Appeler après 16 h", "Appeler après 17 h"]
    epingler(travailleur=mireille, text="Appeler après 17 h", by=helene, now=LATER)
    assert ASavoir.objects.count() == 2
    assert epingler(travailleur=mireille, text=" ", by=helene, now=LATER) is None
    assert a_savoir(helene, [mireille.pk]) == {}
    assert a_savoir(actor(Role.GESTIONNAIRE, mireille.entreprise), [mireille.pk]) == {}


def test_a_pinned_line_is_short(mireille, helene):
    with pytest.raises(RowRefused, match="141 caractères"):
        epingler(travailleur=mireille, text="x" * 141, by=helene, now=NOW)


def test_the_enterprise_s_own_chips(mireille, helene):
    entreprise = mireille.entreprise_id
    assert offerts(entreprise) == list(DEFAUTS)
    added = ajouter_theme(entreprise_id=entreprise, label="Permis de conduire", by=helene, now=NOW)
    assert offerts(entreprise) == [*DEFAUTS, ("permis_de_conduire", "Permis de conduire")]
    modifier_theme(theme=added, label="Permis B", active=False, by=helene, now=NOW)
    assert offerts(entreprise) == list(DEFAUTS)
    assert mots(entreprise, ["permis_de_conduire", "poste"]) == ["Permis B", "Poste de travail"]
    with pytest.raises(RowRefused, match="existe déjà"):
        ajouter_theme(entreprise_id=entreprise, label="Logement", by=helene, now=NOW)
    with pytest.raises(RowRefused):
        ajouter_theme(entreprise_id=entreprise, label="!!", by=helene, now=NOW)
    with pytest.raises(AccessDenied):
        ajouter_theme(entreprise_id=entreprise, label="Santé", by=actor(Role.SECRETARIAT, mireille.entreprise), now=NOW)
