"""A whole year counted from its rows: the figures a person would find by hand, in a bounded number of queries."""

import datetime as dt
from decimal import Decimal

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from clefdevoute.law.kernel.codec import from_json
from clefdevoute.records.entreprises.models import PartTvaDeductible
from clefdevoute.records.frais import actions as frais
from clefdevoute.records.frais.composants import Composant
from clefdevoute.records.frais.saisies import MontantSaisi
from clefdevoute.records.subventions import actions
from clefdevoute.records.subventions.decompte import decompter, geler
from clefdevoute.records.subventions.facts import faits_annee
from clefdevoute.records.subventions.models import Mouvement
from tests.records import annee_frais as scene

pytestmark = pytest.mark.django_db
D = Decimal


@pytest.fixture(autouse=True)
def proofs_folder(settings, tmp_path):
    settings.PROOFS_DIR = tmp_path


def count(year):
    return decompter(entreprise=year.entreprise, as_of=scene.INSIDE)


def test_the_figures_of_a_year_are_those_found_by_hand():
    """
    Twelve pays (31/03/2025 to 28/02/2026) of 3.200 and a pécule of 2.000: 40.400.

    The tables: twelve rents of 1.000 at 15 % (1.800), water 242 (36,30), telephone 484 less 121 (54,45).
    """
    year = scene.make()
    scene.opened(year)
    figures = count(year).explained.value
    assert figures.personnes == 27
    assert figures.plafond == figures.octroye == D("50000.00")
    assert figures.cout_salarial == D("40400.00")
    assert figures.plafond_frais == D("6060.00")
    assert figures.a_justifier == D("6060.00")
    assert figures.frais_retenus == D("1890.75")
    assert figures.justifie == D("42290.75")
    assert figures.avance == D("40000.00")
    assert figures.solde == D("2290.75")


def test_the_deductible_share_of_vat_is_taken_off_from_its_day():
    year = scene.make()
    PartTvaDeductible.objects.create(entreprise=year.entreprise, starts_on=dt.date(2025, 7, 1), percent=D("100"))
    # Water before the day: gross. Telephone after it: 400 − 100 without VAT.
    assert count(year).explained.value.frais_retenus == D("1800.00") + D("36.30") + D("45.00")


def test_the_advance_really_received_is_the_one_that_counts_and_a_cancelled_one_does_not():
    year = scene.make()
    row = scene.opened(year)
    received = {"kind": Mouvement.Kind.AVANCE, "moved_on": scene.INSIDE, "by": year.by, "now": scene.NOW}
    wrong = actions.enregistrer_mouvement(subvention=row, amount=D("4000.00"), **received)
    actions.annuler_mouvement(mouvement=wrong, by=year.by, now=scene.NOW)
    actions.enregistrer_mouvement(subvention=row, amount=D("39000.00"), **received)
    assert count(year).explained.value.avance == D("39000.00")


def test_three_hundred_lines_ask_no_more_queries_than_three():
    year = scene.make()
    scene.opened(year)
    with CaptureQueriesContext(connection) as few:
        faits_annee(entreprise=year.entreprise, as_of=scene.INSIDE)
    for number in range(60):
        scene.invoice(year, f"N-{number}", net="10.00", vat="2.10", day=dt.date(2025, 9, 1), line="eau")
    with CaptureQueriesContext(connection) as many:
        facts = faits_annee(entreprise=year.entreprise, as_of=scene.INSIDE)
    assert len(facts.lignes) == 60 + 3 + 12
    assert len(many) == len(few) == 17


def test_a_frozen_decompte_reads_back_as_the_answer_it_was():
    year = scene.make()
    scene.opened(year)
    counted = count(year)
    frozen = geler(counted)
    assert from_json(frozen.explained) == counted.explained
    assert geler(count(year)) == frozen
    assert frozen.law_version
    assert frozen.readings["repartition"] == "mensuelle"


def test_freezing_twice_the_same_facts_keeps_one_row_and_a_change_makes_another():
    year = scene.make()
    row = scene.opened(year)
    first = actions.figer_decompte(subvention=row, by=year.by, now=scene.NOW)
    again = actions.figer_decompte(subvention=row, by=year.by, now=scene.NOW)
    scene.invoice(year, "N-1", net="10.00", vat="2.10", day=dt.date(2025, 9, 1), line="eau")
    other = actions.figer_decompte(subvention=row, by=year.by, now=scene.NOW + dt.timedelta(minutes=1))
    assert first == again
    assert other.sha256 != first.sha256


def test_the_premium_already_in_the_wage_cost_is_refused_in_table_b():
    year = scene.make()
    scene.opened(year)
    premium = MontantSaisi(dt.date(2025, 6, 1), Composant.ASSURANCE_LOI, D("300.00"), piece="A-13")
    frais.enregistrer_montants(accompagnateur=year.accompagnateur, montants=[premium], by=year.by, now=scene.NOW)
    for number in ("A-13", "A-14"):
        scene.invoice(year, number, net="300.00", vat="0.00", day=dt.date(2025, 6, 5), line="assurance_accidents")
    counted = count(year).explained
    assert counted.value.lignes_refusees == 1
    assert "déjà comptée dans le coût salarial" in " ".join(step.sentence for step in counted.because)
