"""
Every named constraint of enterprises and persons, three times over.

A valid row passes; an invalid one is refused by the database, by name; full_clean says the French sentence.
"""

import datetime as dt
from decimal import Decimal

import pytest
from django.core.exceptions import ValidationError
from django.db import IntegrityError, connection, models, transaction

from clefdevoute.records.entreprises import models as entreprises
from clefdevoute.records.personnes import models as personnes
from tests.records import factories as make

pytestmark = pytest.mark.django_db
D = dt.date
BEFORE = D(1999, 1, 1)
ELSEWHERE = {"homonymie_of_two_entries"}  # two rows that must be one: test_personnes_doublons.py

# constraint, factory, what makes it invalid, what stays valid at the edge
CHECKS = [
    ("entreprise_bce_ten_digits", make.EntrepriseInsertionFactory, {"bce": "2403170701"}, {"bce": "1000000021"}),
    ("entreprise_file_number_ei02", make.EntrepriseInsertionFactory, {"file_number": "AG0212"},
     {"file_number": "EI02"}),
    ("entreprise_fiscal_month_1_to_12", make.EntrepriseInsertionFactory, {"fiscal_year_start_month": 13},
     {"fiscal_year_start_month": 12}),
    ("entreprise_reference_hours_bounds", make.EntrepriseInsertionFactory, {"reference_hours": Decimal("0")},
     {"reference_hours": Decimal("36.5")}),
    ("entreprise_cessation_kind_iff_date", make.EntrepriseInsertionFactory, {"cessation_kind": "faillite"},
     {"cessation_kind": "faillite", "cessation_on": D(2026, 1, 1)}),
    ("agrement_dates_in_order", make.AgrementFactory, {"kind": "initial", "ends_on": BEFORE},
     {"kind": "initial", "ends_on": D(2024, 3, 15)}),
    ("agrement_ends_iff_not_indetermine", make.AgrementFactory, {"ends_on": D(2030, 1, 1)},
     {"kind": "renouvele", "ends_on": D(2030, 1, 1)}),
    ("suspension_dates_in_order", make.SuspensionFactory, {"ends_on": BEFORE}, {"ends_on": D(2025, 1, 1)}),
    ("part_tva_percent_0_to_100", make.PartTvaDeductibleFactory, {"percent": Decimal("100.01")},
     {"percent": Decimal("100")}),
    ("compte_ligne_account_given", make.CompteLigneFactory, {"account": ""}, {"account": "6"}),
    ("lecture_reason_given", make.LectureFactory, {"reason": ""}, {"reason": "Usage."}),
    ("affectation_dates_in_order", make.AffectationFactory, {"ends_on": BEFORE}, {"ends_on": D(2024, 1, 1)}),
    ("affectation_entreprise_iff_role_inside", make.AffectationFactory, {"role": "inspection"},
     {"role": "inspection", "entreprise": None}),
    ("travailleur_named", make.TravailleurFactory, {"first_name": ""}, {"first_name": "A"}),
    ("engagement_dates_in_order", make.EngagementFactory, {"ends_on": BEFORE}, {"ends_on": D(2024, 1, 8)}),
    ("engagement_hours_bounds", make.EngagementFactory, {"hours_per_week": Decimal("0")},
     {"hours_per_week": Decimal("50")}),
    ("engagement_reference_hours_bounds", make.EngagementFactory, {"reference_hours": Decimal("51")},
     {"reference_hours": Decimal("36")}),
    ("engagement_cpas_only_if_art60", make.EngagementFactory, {"cpas_name": "CPAS de Mons"},
     {"cpas_name": "CPAS de Mons", "art60": True}),
    ("absence_dates_in_order", make.AbsenceFactory, {"ends_on": BEFORE}, {"ends_on": None}),
    ("statut_verified_by_iff_on", make.StatutEngagementFactory, {"verified_on": D(2024, 1, 1)}, {"verified_on": None}),
    ("condition_number_1_to_8", make.ConditionStatutFactory, {"number": 9}, {"number": 8}),
    ("import_applied_at_iff_applied", make.ImportTravailleursFactory, {"state": "applique"},
     {"state": "applique", "applied_at": make.NOW}),
    ("import_undone_at_iff_undone", make.ImportTravailleursFactory, {"undone_at": make.NOW},
     {"state": "annule", "applied_at": make.NOW, "undone_at": make.NOW}),
    ("accompagnateur_named", make.AccompagnateurFactory, {"name": ""}, {"name": "B"}),
    ("accompagnateur_functions_in_order", make.AccompagnateurFactory, {"functions_end": BEFORE},
     {"functions_end": D(2024, 1, 1)}),
    ("accompagnateur_diploma_kind_given", make.AccompagnateurFactory, {"diploma_title": "Assistante sociale"},
     {"diploma_title": "Assistante sociale", "diploma": "social"}),
    ("experience_dates_in_order", make.PeriodeExperienceFactory, {"ends_on": BEFORE}, {"ends_on": D(2018, 1, 1)}),
    ("contrat_dates_in_order", make.ContratAccompagnateurFactory, {"ends_on": BEFORE}, {"ends_on": D(2024, 1, 1)}),
    ("contrat_hours_within_reference", make.ContratAccompagnateurFactory, {"hours_per_week": Decimal("38.01")},
     {"hours_per_week": Decimal("38")}),
    ("contrat_reference_hours_bounds", make.ContratAccompagnateurFactory, {"reference_hours": Decimal("50.5")},
     {"reference_hours": Decimal("50")}),
    ("contrat_second_has_weekdays", make.ContratAccompagnateurFactory, {"kind": "second"},
     {"kind": "second", "weekdays": "5"}),
]  # fmt: skip

# constraint, factory, the fields that together stand once, a field that makes the second row another one
UNIQUES = [
    ("entreprise_bce_unique", make.EntrepriseInsertionFactory, ("bce",), {"bce": "1000000021"}),
    ("agrement_one_per_start", make.AgrementFactory, ("entreprise", "starts_on"), {"starts_on": D(2030, 1, 1)}),
    ("suspension_one_per_start", make.SuspensionFactory, ("agrement", "entreprise", "starts_on"),
     {"starts_on": D(2025, 2, 1)}),
    ("part_tva_one_per_start", make.PartTvaDeductibleFactory, ("entreprise", "starts_on"),
     {"starts_on": D(2030, 1, 1)}),
    ("compte_ligne_one_per_start", make.CompteLigneFactory, ("entreprise", "line", "starts_on"), {"line": "eau"}),
    ("affectation_one_per_start", make.AffectationFactory, ("user", "entreprise", "role", "starts_on"),
     {"role": "secretariat"}),
    ("affectation_outside_one_per_start", make.AffectationFactory, ("user", "entreprise", "role", "starts_on"),
     {"role": "administration"}),
    ("travailleur_number_unique", make.TravailleurFactory, ("entreprise", "number"), {"number": "X1"}),
    ("engagement_one_per_start_and_site", make.EngagementFactory, ("travailleur", "starts_on", "site"),
     {"site": "Huy"}),
    ("absence_one_per_start", make.AbsenceFactory, ("travailleur", "starts_on"), {"starts_on": D(2025, 3, 5)}),
    ("statut_one_per_engagement", make.StatutEngagementFactory, ("engagement",), None),
    ("condition_once_per_statut", make.ConditionStatutFactory, ("statut", "number"), {"number": 2}),
    ("accompagnateur_one_per_user", make.AccompagnateurFactory, ("entreprise", "user"), {"user": None}),
    ("contrat_one_per_kind_and_start", make.ContratAccompagnateurFactory, ("accompagnateur", "kind", "starts_on"),
     {"starts_on": D(2024, 2, 1)}),
]  # fmt: skip


def first_of(name, factory):
    """Make the row that the second one would repeat."""
    if name == "affectation_outside_one_per_start":
        return factory(inspection=True)
    if name == "accompagnateur_one_per_user":
        return factory(user=make.UserFactory())
    if name == "engagement_one_per_start_and_site":
        return factory(site="Namur", statut="")
    return factory()


def extra(factory):
    return {"statut": ""} if factory is make.EngagementFactory else {}


def refused_by_database(name, build):
    """SQLite names a broken unique constraint by its columns, PostgreSQL always by its name."""
    with pytest.raises(IntegrityError) as refused, transaction.atomic():
        build()
    text = str(refused.value)
    assert name in text or (connection.vendor == "sqlite" and text.startswith("UNIQUE constraint failed"))


def message_of(model: type[models.Model], name: str) -> str:
    return next(str(one.violation_error_message) for one in model._meta.constraints if one.name == name)


@pytest.mark.parametrize(("name", "factory", "wrong", "right"), CHECKS, ids=[row[0] for row in CHECKS])
class TestChecks:
    def test_a_valid_row_passes(self, name, factory, wrong, right):
        factory(**right).full_clean()

    def test_the_database_refuses_an_invalid_row_by_name(self, name, factory, wrong, right):
        with pytest.raises(IntegrityError, match=name), transaction.atomic():
            factory(**wrong, **extra(factory))

    def test_the_sentence_is_shown(self, name, factory, wrong, right):
        row = factory(**extra(factory))
        for field, value in wrong.items():
            setattr(row, field, value)
        with pytest.raises(ValidationError) as refused:
            row.validate_constraints()
        assert message_of(type(row), name) in refused.value.messages


@pytest.mark.parametrize(("name", "factory", "fields", "other"), UNIQUES, ids=[row[0] for row in UNIQUES])
class TestUniques:
    def test_another_row_passes(self, name, factory, fields, other):
        row = first_of(name, factory)
        if other is not None:
            factory(**{field: getattr(row, field) for field in fields} | other | extra(factory)).full_clean()

    def test_the_database_refuses_the_same_row_twice(self, name, factory, fields, other):
        row = first_of(name, factory)
        same = {field: getattr(row, field) for field in fields} | extra(factory)
        refused_by_database(name, lambda: factory(**same))

    def test_the_sentence_is_shown(self, name, factory, fields, other):
        row = first_of(name, factory)
        twin = type(row)(**{field: getattr(row, field) for field in fields})
        twin.entreprise_id = getattr(row, "entreprise_id", None)
        with pytest.raises(ValidationError) as refused:
            twin.validate_constraints()
        assert message_of(type(row), name) in refused.value.messages


def test_no_constraint_is_forgotten():
    declared = {
        constraint.name
        for module in (entreprises, personnes)
        for name in module.__all__
        if isinstance(model := getattr(module, name), type) and issubclass(model, models.Model)
        for constraint in model._meta.constraints
    }
    assert declared == {row[0] for row in CHECKS} | {row[0] for row in UNIQUES} | ELSEWHERE
