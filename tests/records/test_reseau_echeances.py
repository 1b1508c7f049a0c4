"""What the network brings to Aujourd'hui: each line on its day, gone once done, in a bounded number of queries."""

import datetime as dt

import pytest

from clefdevoute.records.echeances.lignes import Bande, Portee
from clefdevoute.records.echeances.sources import conventions, forem
from clefdevoute.records.foundation.access import Role
from clefdevoute.records.reseau.models import Partenaire
from tests.records import factories_reseau as made
from tests.records.factories import EngagementFactory, actor
from tests.workspaces.conftest import at_most

pytestmark = pytest.mark.django_db
D = dt.date
ON = D(2026, 3, 20)


@pytest.fixture
def portee():
    cpas = made.PartenaireFactory(cpas=True)
    return Portee.of(actor(Role.ACCOMPAGNATEUR, cpas.entreprise), as_of=ON)


@pytest.fixture
def cpas(portee):
    return Partenaire.objects.get(entreprise_id=portee.entreprise_id)


def given(source, portee):
    return [(line.due_on, line.bande(portee.as_of)) for line in source(portee)]


def held(cpas, **more):
    return made.ConventionCpasFactory(cpas=cpas, signee=True, **more)


def test_a_convention_that_ends_is_said_sixty_days_before_and_goes_once_renewed(portee, cpas):
    row = held(cpas, ends_on=D(2026, 5, 19))
    held(cpas, ends_on=D(2026, 5, 20))
    assert given(conventions.finissent, portee) == [(D(2026, 4, 19), Bande.CE_MOIS)]
    made.ConventionCpasFactory(cpas=cpas, renews=row, starts_on=D(2026, 5, 20))
    assert given(conventions.finissent, portee) == []


def test_a_denounced_convention_asks_for_nothing(portee, cpas):
    held(cpas, ends_on=D(2026, 4, 30), denounced_on=D(2026, 4, 1), denounced_reason="Fin.")
    assert given(conventions.finissent, portee) == []


def test_a_missing_signature_is_said_after_two_weeks_and_again_after_each_reminder(portee, cpas):
    row = made.ConventionCpasFactory(cpas=cpas, sent_on=D(2026, 3, 1))
    signature = made.SignatureFactory(convention=row)
    made.SignatureFactory(convention=row, signed_on=D(2026, 3, 2))
    assert given(conventions.a_signer, portee) == [(D(2026, 3, 15), Bande.EN_RETARD)]
    signature.reminders, signature.reminded_on = 1, D(2026, 3, 19)
    signature.save()
    assert given(conventions.a_signer, portee) == [(D(2026, 4, 2), Bande.CE_MOIS)]


def test_a_report_is_said_until_it_left(portee, cpas):
    row = made.RapportCpasFactory(convention=held(cpas), due_on=D(2026, 3, 22))
    made.RapportCpasFactory(convention=made.ConventionCpasFactory(cpas=cpas), due_on=D(2026, 3, 22))
    assert given(conventions.rapports, portee) == [(D(2026, 3, 22), Bande.CETTE_SEMAINE)]
    row.cancelled_reason = "Plus attendu."
    row.save()
    assert given(conventions.rapports, portee) == []


def test_an_art60_without_a_convention_is_late_since_her_first_day(portee, cpas):
    worker = EngagementFactory(
        entreprise=cpas.entreprise, travailleur__entreprise=cpas.entreprise, article60=True, starts_on=D(2026, 3, 2)
    ).travailleur
    assert given(conventions.sans_convention, portee) == [(D(2026, 3, 2), Bande.EN_RETARD)]
    made.ConventionPersonneFactory(convention=held(cpas), travailleur=worker)
    assert given(conventions.sans_convention, portee) == []


def test_an_answer_is_asked_for_a_month_after_the_packet_was_handed_over(portee, cpas):
    handed = made.SuiteForemFactory(
        remise=True, transmission__travailleur__entreprise=cpas.entreprise, on=D(2026, 2, 18)
    )
    assert given(forem.lignes, portee) == [(D(2026, 3, 20), Bande.CETTE_SEMAINE)]
    made.SuiteForemFactory(transmission=handed.transmission, kind="sans_suite", file_format="")
    assert given(forem.lignes, portee) == []


@pytest.mark.parametrize(
    ("source", "most"),
    [
        (conventions.finissent, 1),
        (conventions.a_signer, 1),
        (conventions.rapports, 1),
        (conventions.sans_convention, 2),
        (forem.lignes, 1),
    ],
)
def test_each_source_asks_once_for_everybody(portee, cpas, source, most):
    for number in range(5):
        row = held(cpas, ends_on=D(2026, 4, 1) + dt.timedelta(days=number))
        made.SignatureFactory(convention=row)
        made.RapportCpasFactory(convention=row, due_on=ON)
        made.SuiteForemFactory(remise=True, transmission__travailleur__entreprise=cpas.entreprise, on=D(2026, 2, 1))
        EngagementFactory(entreprise=cpas.entreprise, travailleur__entreprise=cpas.entreprise, article60=True)
    with at_most(most):
        assert len(list(source(portee))) >= 5
