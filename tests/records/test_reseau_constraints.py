"""Each rule of the network's rows, three times: holds, refused by the database, said in French."""

import datetime as dt

import pytest

from tests.records import factories_reseau as made
from tests.records import triplets_frais as triplets
from tests.records.factories import TravailleurFactory
from tests.records.triplets_frais import Case

pytestmark = pytest.mark.django_db
D = dt.date


def _cpas():
    row = made.PartenaireFactory(cpas=True)
    return {"cpas": row, "entreprise": row.entreprise}


def _partner():
    row = made.PartenaireFactory()
    return {"partenaire": row, "entreprise": row.entreprise}


def _convention():
    row = made.ConventionCpasFactory(signee=True)
    return {"convention": row, "entreprise": row.entreprise}


def _signed_by():
    row = made.SignatureFactory(name="Mme Renard")
    return {"convention": row.convention, "entreprise": row.entreprise, "party": "cpas"}


def _with_person():
    held = _convention()
    return held | {"travailleur": TravailleurFactory(entreprise=held["entreprise"])}


def _under():
    row = made.ConventionPersonneFactory()
    return {"convention": row.convention, "travailleur": row.travailleur, "entreprise": row.entreprise}


def _reported():
    row = made.RapportCpasFactory()
    return {"convention": row.convention, "travailleur": row.travailleur, "entreprise": row.entreprise}


def _person():
    row = TravailleurFactory()
    return {"travailleur": row, "entreprise": row.entreprise}


def _searching():
    row = made.RechercheEmploiFactory()
    return {"travailleur": row.travailleur, "entreprise": row.entreprise}


def _profiled():
    row = made.ProfilForemFactory()
    return {"travailleur": row.travailleur, "entreprise": row.entreprise}


def _packet():
    row = made.TransmissionForemFactory()
    return {"transmission": row, "travailleur": row.travailleur, "entreprise": row.entreprise}


def _handed():
    row = made.SuiteForemFactory(remise=True)
    return {"transmission": row.transmission, "travailleur": row.travailleur, "entreprise": row.entreprise}


REMISE = {"kind": "remise", "channel": "main", "recipient": "Mme Lambert", "file_format": ""}
SENT = {"sent_on": D(2026, 4, 3), "channel": "courriel", "recipient": "Mme Renard", "sha256": "0" * 64}

CASES = [
    Case("partenaire_named", made.PartenaireFactory, {"name": ""}, first=lambda: {"entreprise": _cpas()["entreprise"]}),
    Case("contact_named", made.ContactFactory, {"name": ""}, first=_partner),
    Case(
        "convention_cpas_dates_in_order",
        made.ConventionCpasFactory,
        {"ends_on": D(2025, 12, 31)},
        {"ends_on": D(2026, 1, 1)},
        _cpas,
    ),
    Case("convention_cpas_signed_once_sent", made.ConventionCpasFactory, {"signed_on": D(2026, 1, 5)}, first=_cpas),
    Case(
        "convention_cpas_denounced_with_reason",
        made.ConventionCpasFactory,
        {"denounced_on": D(2026, 6, 30)},
        {"denounced_on": D(2026, 6, 30), "denounced_reason": "Fermeture."},
        _cpas,
    ),
    Case(
        "convention_cpas_report_months_bounds",
        made.ConventionCpasFactory,
        {"report_months": 25},
        {"report_months": 24},
        _cpas,
    ),
    Case(
        "signature_one_per_person",
        made.SignatureFactory,
        {"name": "Mme Renard"},
        {"name": "M. Petit"},
        _signed_by,
    ),
    Case("signature_named", made.SignatureFactory, {"name": ""}, first=_convention),
    Case(
        "signature_reminder_has_a_day",
        made.SignatureFactory,
        {"reminders": 1},
        {"reminders": 1, "reminded_on": D(2026, 1, 5)},
        _convention,
    ),
    Case(
        "convention_personne_one_per_start",
        made.ConventionPersonneFactory,
        {},
        {"starts_on": D(2026, 2, 1)},
        _under,
    ),
    Case(
        "convention_personne_dates_in_order",
        made.ConventionPersonneFactory,
        {"ends_on": D(2025, 12, 31)},
        {"ends_on": D(2026, 1, 1)},
        _with_person,
    ),
    Case("rapport_cpas_one_per_due", made.RapportCpasFactory, {}, {"due_on": D(2026, 7, 1)}, _reported),
    Case("rapport_cpas_receipt_complete", made.RapportCpasFactory, SENT | {"recipient": ""}, SENT, _with_person),
    Case(
        "rapport_cpas_sent_or_cancelled",
        made.RapportCpasFactory,
        SENT | {"cancelled_reason": "Plus attendu."},
        {"cancelled_reason": "Plus attendu."},
        _with_person,
    ),
    Case(
        "recherche_emploi_one_open",
        made.RechercheEmploiFactory,
        {},
        {"ends_on": D(2026, 2, 10)},
        _searching,
    ),
    Case(
        "recherche_emploi_dates_in_order",
        made.RechercheEmploiFactory,
        {"ends_on": D(2026, 2, 1)},
        {"ends_on": D(2026, 2, 2)},
        _person,
    ),
    Case("profil_forem_one_per_person", made.ProfilForemFactory, {}, {"travailleur": None}, _profiled),
    Case("profil_forem_radius_bounds", made.ProfilForemFactory, {"radius_km": 301}, {"radius_km": 300}, _person),
    Case(
        "suite_forem_handed_over_once",
        made.SuiteForemFactory,
        REMISE,
        {"kind": "reponse", "file_format": ""},
        _handed,
    ),
    Case("suite_forem_receipt_complete", made.SuiteForemFactory, REMISE | {"recipient": ""}, REMISE, _packet),
    Case(
        "suite_forem_format_of_a_file_only",
        made.SuiteForemFactory,
        {"kind": "reponse", "file_format": "pdf"},
        {"kind": "reponse", "file_format": ""},
        _packet,
    ),
]
# A second person has a profile of her own: there is no row of the same person to hold.
HOLDING = [case for case in CASES if case.name != "profil_forem_one_per_person"]


@pytest.mark.parametrize("case", HOLDING, ids=str)
def test_the_right_row_comes_in(case):
    triplets.holds(case)


def test_two_persons_have_a_profile_each():
    made.ProfilForemFactory()
    made.ProfilForemFactory()


@pytest.mark.parametrize("case", CASES, ids=str)
def test_the_database_keeps_the_wrong_row_out(case):
    triplets.refused_by_the_database(case)


@pytest.mark.parametrize("case", CASES, ids=str)
def test_the_refusal_is_a_french_sentence(case):
    triplets.explained_in_french(case)


def test_no_constraint_is_forgotten():
    assert {case.name for case in CASES} == triplets.constraints_of("reseau")
