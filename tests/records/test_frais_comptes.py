"""Comptes individuels: amounts recorded all or none, documents replaced, months placed by the day that counts."""

import datetime as dt
from decimal import Decimal

import pytest

from clefdevoute.records.entreprises.writing import RowRefused
from clefdevoute.records.foundation.access import Role
from clefdevoute.records.foundation.errors import AccessDenied
from clefdevoute.records.foundation.models import AuditEvent
from clefdevoute.records.frais import actions
from clefdevoute.records.frais.actions.comptes import Enregistrement
from clefdevoute.records.frais.composants import Composant
from clefdevoute.records.frais.errors import SaisieRefusee
from clefdevoute.records.frais.facts import GENRES, composantes
from clefdevoute.records.frais.models import CompteIndividuel, MontantCompteIndividuel
from clefdevoute.records.frais.saisies import FichierSaisi, MontantSaisi
from tests.records import factories_frais as f
from tests.records.annee_frais import pdf
from tests.records.factories import NOW, AccompagnateurFactory, actor

pytestmark = pytest.mark.django_db
D = Decimal
START, END = dt.date(2025, 3, 15), dt.date(2026, 3, 14)


@pytest.fixture(autouse=True)
def proofs_folder(settings, tmp_path):
    settings.PROOFS_DIR = tmp_path


@pytest.fixture
def person():
    return AccompagnateurFactory()


@pytest.fixture
def by(person):
    return actor(Role.GESTIONNAIRE, person.entreprise)


@pytest.fixture
def record(person, by):
    def some(*amounts):
        return actions.enregistrer_montants(accompagnateur=person, montants=amounts, by=by, now=NOW)

    return some


def gross(month, amount="3000.00"):
    return MontantSaisi(month, Composant.BRUT, D(amount))


def test_amounts_are_recorded_corrected_and_left_alone(record):
    march, april = dt.date(2025, 3, 1), dt.date(2025, 4, 1)
    assert record(gross(march), gross(april)) == Enregistrement(2, 0, 0)
    assert record(gross(march), gross(april, "3100.00")) == Enregistrement(0, 1, 1)
    assert AuditEvent.objects.filter(event="frais.montants_enregistres").count() == 2


def test_one_wrong_amount_keeps_all_out(record):
    with pytest.raises(RowRefused, match="date de paiement"):
        record(gross(dt.date(2025, 3, 1)), MontantSaisi(dt.date(2025, 5, 1), Composant.PECULE_VACANCES, D("1.00")))
    assert not MontantCompteIndividuel.objects.exists()


@pytest.mark.parametrize(
    ("month", "counts"),
    [
        (dt.date(2025, 2, 1), False),
        (dt.date(2025, 3, 1), True),
        (dt.date(2026, 2, 1), True),
        (dt.date(2026, 3, 1), False),
    ],
)
def test_a_pay_counts_on_the_last_day_of_its_month(record, person, month, counts):
    record(gross(month))
    assert bool(composantes(person.entreprise_id, START, END)) is counts


@pytest.mark.parametrize(("paid_on", "counts"), [(START, True), (END, True), (dt.date(2026, 3, 15), False)])
def test_a_yearly_item_counts_on_its_payment_date_whatever_its_month(record, person, paid_on, counts):
    record(MontantSaisi(dt.date(2025, 1, 1), Composant.PECULE_VACANCES, D("1800.00"), paid_on))
    assert bool(composantes(person.entreprise_id, START, END)) is counts


def test_every_component_has_the_laws_word():
    assert set(GENRES) == set(Composant)


def test_inside_a_year_already_sent_no_amount_moves(record, person, by):
    record(gross(dt.date(2025, 4, 1)))
    f.AnneeFigeeFactory(entreprise=person.entreprise)
    row = MontantCompteIndividuel.objects.get()
    for act in (
        lambda: record(gross(dt.date(2025, 4, 1), "1.00")),
        lambda: record(gross(dt.date(2025, 5, 1))),
        lambda: actions.effacer_montant(montant=row, by=by, now=NOW),
    ):
        with pytest.raises(AccessDenied, match="déjà transmise"):
            act()
    assert record(gross(dt.date(2026, 4, 1))).created == 1


def test_an_amount_typed_by_mistake_is_erased(record, by):
    record(gross(dt.date(2025, 4, 1)))
    actions.effacer_montant(montant=MontantCompteIndividuel.objects.get(), by=by, now=NOW)
    assert not MontantCompteIndividuel.objects.exists()


def deposit(person, by, name, nature=CompteIndividuel.Nature.DEFINITIF, fichier=None):
    return actions.deposer_compte(
        accompagnateur=person,
        year=2025,
        nature=nature,
        fichier=fichier or pdf(name),
        received_on=dt.date(2026, 2, 1),
        by=by,
        now=NOW,
    )


def test_a_document_replaces_the_one_before_and_both_stay(person, by):
    first = deposit(person, by, "fiches", CompteIndividuel.Nature.FICHES_PAIE)
    second = deposit(person, by, "compte")
    assert CompteIndividuel.objects.get(replaced=False) == second
    assert CompteIndividuel.objects.get(replaced=True) == first


def test_what_is_no_pdf_is_refused_and_the_one_before_stays(person, by):
    kept = deposit(person, by, "compte")
    with pytest.raises(SaisieRefusee, match="PDF"):
        deposit(person, by, "x", fichier=FichierSaisi(b"nom;montant\nA;1\n", "compte.csv"))
    assert CompteIndividuel.objects.get(replaced=False) == kept
