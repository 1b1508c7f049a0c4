"""Bilans, papers and accords that wait: the line is there on its day, and gone once the thing is done."""

import datetime as dt

import pytest

from clefdevoute.records.echeances.lignes import Bande
from clefdevoute.records.echeances.sources import bilans, documents
from tests.records.echeances_gestes import MONDAY, days, portee, sentence, shown
from tests.records.factories import EngagementFactory, TravailleurFactory, UserFactory
from tests.records.factories_bilan import (
    BilanFactory,
    ConsentementFactory,
    CoteBilanFactory,
    DocumentFactory,
    SignatureBilanFactory,
)
from tests.workspaces.conftest import at_most

pytestmark = pytest.mark.django_db


def person(**fields):
    return TravailleurFactory(**({"name": "Boisclair", "first_name": "Samira"} | fields))


def test_a_draft_waits_a_week_then_the_signature_two():
    row = BilanFactory(travailleur=person(), brouillon=True, held_on=days(-10))
    [line] = shown(bilans.lignes, row.entreprise)
    assert sentence(line) == "Finir le bilan de Samira Boisclair"
    assert (line.due_on, line.bande(MONDAY)) == (days(-3), Bande.EN_RETARD)
    row.state, row.finished_at = "termine", row.started_at
    row.save()
    [line] = shown(bilans.lignes, row.entreprise)
    assert sentence(line) == "Recueillir l’avis et la signature de Samira Boisclair sur son bilan"
    assert (line.due_on, line.url_name) == (days(4), "accompagnateur:bilan_avis")
    SignatureBilanFactory(avis__bilan=row)
    assert shown(bilans.lignes, row.entreprise) == []


def aged(held_on):
    one = person()
    EngagementFactory(travailleur=one, starts_on=dt.date(2024, 1, 8))
    row = BilanFactory(travailleur=one, held_on=held_on)
    for family in ("professionnel", "personnel"):
        CoteBilanFactory(bilan=row, domaine__famille=family)
    return row


def test_a_bilan_that_passes_its_age_is_seen_coming_and_then_left_to_the_dossier():
    row = aged(dt.date(2024, 12, 10))
    [line] = shown(bilans.a_refaire, row.entreprise)
    assert sentence(line) == "Refaire le bilan de Samira Boisclair"
    assert (line.due_on, line.bande(MONDAY)) == (dt.date(2026, 12, 10), Bande.CE_MOIS)
    assert shown(bilans.a_refaire, aged(dt.date(2024, 11, 22)).entreprise) == []
    assert shown(bilans.a_refaire, aged(dt.date(2025, 6, 1)).entreprise) == []


def test_a_paper_that_expires_is_asked_for_and_an_old_one_is_left():
    row = DocumentFactory(travailleur=person(), expires_on=days(5))
    DocumentFactory(travailleur=row.travailleur, received_on=days(-400), expires_on=days(-61))
    [line] = shown(documents.lignes, row.entreprise)
    assert (sentence(line), line.meta) == ("Renouveler un document de Samira Boisclair", "Vaut jusqu’au 28/11/2026")
    row.expires_on = None
    row.save()
    assert shown(documents.lignes, row.entreprise) == []


@pytest.mark.parametrize("secret", [{"confidential": True}, {"de_sante": True}])
def test_a_paper_of_one_author_is_her_line_alone(secret):
    author = UserFactory()
    row = DocumentFactory(travailleur=person(), author=author, expires_on=days(5), **secret)
    assert shown(documents.lignes, row.entreprise) == []
    [line] = shown(documents.lignes, row.entreprise, user=author)
    assert "ertificat" not in line.meta


def test_an_accord_that_runs_out_is_asked_again_without_its_purpose():
    row = ConsentementFactory(travailleur=person(), donne=True, purpose="sante_equipe", expires_on=days(10))
    [line] = shown(documents.accords, row.entreprise)
    assert sentence(line) == "Redemander son accord à Samira Boisclair"
    assert "anté" not in f"{line.meta}{sentence(line)}"
    row.withdrawn_on = MONDAY
    row.save()
    assert shown(documents.accords, row.entreprise) == []


@pytest.mark.parametrize("source", [bilans.lignes, documents.lignes, documents.accords])
def test_a_source_asks_once_for_everybody(source):
    entreprise = TravailleurFactory().entreprise
    for _ in range(12):
        one = TravailleurFactory(entreprise=entreprise)
        BilanFactory(travailleur=one, held_on=days(-3))
        DocumentFactory(travailleur=one, expires_on=days(3))
        ConsentementFactory(travailleur=one, donne=True, expires_on=days(3))
    here = portee(entreprise)
    with at_most(2):
        assert len(list(source(here))) == 12
