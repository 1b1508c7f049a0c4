"""What is missing before a year can leave: each thing by its code, its sentence, and only when it is missing."""

import datetime as dt
from decimal import Decimal

import pytest

from clefdevoute.records.entreprises.models import Agrement, EntrepriseInsertion
from clefdevoute.records.frais.models import CompteIndividuel, LigneFrais, MontantCompteIndividuel
from clefdevoute.records.frais.saisies import PartSaisie
from clefdevoute.records.personnes.models import Accompagnateur, ContratAccompagnateur
from clefdevoute.records.subventions import actions, decompte
from clefdevoute.records.subventions.decompte import decompter, geler
from clefdevoute.records.subventions.manque import manque
from tests.records import annee_frais as scene
from tests.records import factories_frais as f
from tests.records.factories import SuspensionFactory

pytestmark = pytest.mark.django_db
D = Decimal
PAPERS = {"decompte_non_fige"}
USUAL = {"compte_individuel_provisoire", "montant_non_justifie", "avance_absente"}
"""Said of the scene as it is, and blocking nothing."""


@pytest.fixture(autouse=True)
def proofs_folder(settings, tmp_path):
    settings.PROOFS_DIR = tmp_path


@pytest.fixture
def year():
    made = scene.make()
    scene.opened(made)
    return made


def codes(year, today=scene.TODAY):
    found = manque(entreprise=EntrepriseInsertion.objects.get(pk=year.entreprise.pk), as_of=scene.INSIDE, today=today)
    assert all(item.sentence.endswith((".", "€")) and item.where for item in found.items)
    return {item.code for item in found.items}, {item.code for item in found.blocking}


def test_a_year_in_order_waits_only_for_its_papers(year):
    said, blocking = codes(year)
    assert blocking == PAPERS
    assert said == PAPERS | USUAL


def signed(year):
    frozen = actions.figer_decompte(subvention=year.subvention, by=year.by, now=scene.NOW)
    declaration = actions.produire_declaration(decompte=frozen, document=None, by=year.by, now=scene.NOW)
    return actions.signer_declaration(
        declaration=declaration, signed_on=scene.TODAY, document=None, by=year.by, now=scene.NOW
    )


def test_once_frozen_declared_and_signed_nothing_blocks(year):
    signed(year)
    assert codes(year)[1] == set()


def sentences(year, today):
    found = manque(entreprise=EntrepriseInsertion.objects.get(pk=year.entreprise.pk), as_of=scene.INSIDE, today=today)
    return {item.code: item.sentence for item in found.items}


def test_what_has_not_come_yet_is_not_said_to_be_forgotten(year):
    CompteIndividuel.objects.filter(year=2026).update(replaced=True)
    silent_month(year)
    MontantCompteIndividuel.objects.filter(month=dt.date(2025, 12, 1)).delete()
    assert "n’a pas commencé" in sentences(year, dt.date(2025, 12, 31))["compte_individuel_absent"]
    assert "feuille provisoire" in sentences(year, dt.date(2026, 1, 1))["compte_individuel_absent"]
    assert "mois_sans_montant" not in sentences(year, dt.date(2025, 9, 30))
    assert "pour 09/2025." in sentences(year, dt.date(2025, 12, 31))["mois_sans_montant"]
    assert "pour 09/2025, 12/2025." in sentences(year, dt.date(2026, 1, 1))["mois_sans_montant"]


def test_the_papers_are_asked_one_after_the_other(year):
    frozen = actions.figer_decompte(subvention=year.subvention, by=year.by, now=scene.NOW)
    assert codes(year)[1] == {"declaration_absente"}
    actions.produire_declaration(decompte=frozen, document=None, by=year.by, now=scene.NOW)
    assert codes(year)[1] == {"declaration_non_signee"}


def test_a_cost_that_changes_after_the_freeze_asks_to_freeze_again(year):
    signed(year)
    scene.invoice(year, "L-1", net="10.00", vat="2.10", day=dt.date(2025, 9, 1), line="eau")
    assert codes(year)[1] == {"decompte_perime"}
    later = scene.NOW + dt.timedelta(minutes=5)
    actions.figer_decompte(subvention=year.subvention, by=year.by, now=later)
    assert codes(year)[1] == {"declaration_perimee"}


def test_a_word_put_right_in_the_law_does_not_ask_for_a_second_signature(year, monkeypatch):
    frozen = actions.figer_decompte(subvention=year.subvention, by=year.by, now=scene.NOW)
    monkeypatch.setattr(decompte, "law_version", lambda: "f" * 64)
    real = decompte.to_json
    monkeypatch.setattr(decompte, "to_json", lambda answer: real(answer) | {"sentence": "Autrement dit."})
    assert geler(decompter(entreprise=year.entreprise, as_of=scene.INSIDE)).sha256 != frozen.sha256
    assert "decompte_perime" not in codes(year)[1]


@pytest.mark.parametrize(
    ("today", "code"),
    [
        (dt.date(2025, 3, 14), "annee_pas_commencee"),
        (dt.date(2025, 3, 15), "annee_pas_finie"),
        (dt.date(2026, 3, 14), "annee_pas_finie"),
        (dt.date(2026, 3, 15), None),
    ],
)
def test_the_evidence_is_due_from_the_day_after_the_year(year, today, code):
    blocking = codes(year, today)[1]
    assert blocking & {"annee_pas_commencee", "annee_pas_finie"} == ({code} if code else set())


def without_agrement(year):
    Agrement.objects.of(year.entreprise.pk).delete()


def agrement_later(year):
    Agrement.objects.of(year.entreprise.pk).update(starts_on=dt.date(2025, 9, 1))


def suspended(year):
    row = Agrement.objects.of(year.entreprise.pk).get()
    SuspensionFactory(agrement=row, starts_on=dt.date(2025, 3, 1), ends_on=None)


def bankrupt(year):
    EntrepriseInsertion.objects.update(cessation_kind="faillite", cessation_on=dt.date(2026, 1, 1))


def without_file(year):
    f.AideDeMinimisFactory._meta.model.objects.filter(subvention=year.subvention).delete()
    year.subvention.delete()


def without_grant(year):
    year.subvention.granted_amount = year.subvention.granted_on = None
    year.subvention.save()


def without_file_number(year):
    EntrepriseInsertion.objects.update(file_number="")


def without_contract(year):
    ContratAccompagnateur.objects.all().delete()


def without_phone(year):
    Accompagnateur.objects.update(phone="")


def without_compte(year):
    CompteIndividuel.objects.filter(year=2025).delete()


def compte_replaced(year):
    CompteIndividuel.objects.filter(year=2026).update(replaced=True)


def silent_month(year):
    MontantCompteIndividuel.objects.filter(month=dt.date(2025, 9, 1)).delete()


def waiting_invoice(year):
    scene.invoice(year, "W-1", net="1.00", vat="0.00", day=dt.date(2025, 4, 1))


def foreign_invoice(year):
    scene.invoice(year, "W-1", net="1.00", vat="0.00", day=dt.date(2025, 4, 1), currency="USD")


def conflicting_invoice(year):
    scene.invoice(year, "E-1", net="201.00", vat="42.21", day=dt.date(2025, 4, 10))


def invoice_of_another_year(year):
    days = {"period_start": dt.date(2026, 2, 1), "period_end": dt.date(2026, 2, 28)}
    scene.invoice(year, "H-1", net="1.00", vat="0.00", day=dt.date(2026, 3, 15), line="eau", **days)


def period_over_the_edge(year):
    days = {"period_start": dt.date(2025, 3, 1), "period_end": dt.date(2025, 3, 31)}
    scene.invoice(year, "D-1", net="1.00", vat="0.00", day=dt.date(2025, 4, 1), line="eau", **days)


def key_above_100(year):
    row = LigneFrais.objects.filter(line="eau").get()
    for n in range(6):
        twin = f.CleRepartitionFactory(entreprise=year.entreprise, name=f"Copie {n}", version="16")
        f.LigneFraisFactory(facture=row.facture, line="eau", cle=twin)


def pending_trip(year):
    part = PartSaisie(line="missions", cle=year.bureau, abroad=LigneFrais.Authorisation.EN_ATTENTE)
    scene.invoice(year, "M-1", net="1.00", vat="0.00", day=dt.date(2025, 4, 1), line="missions", part=part)


def unasked_trip(year):
    part = PartSaisie(line="missions", cle=year.bureau, abroad=LigneFrais.Authorisation.NON_DEMANDEE)
    scene.invoice(year, "M-1", net="1.00", vat="0.00", day=dt.date(2025, 4, 1), line="missions", part=part)


def rent_twice(year):
    f.ChargeRecurrenteFactory(entreprise=year.entreprise, cle=year.bureau, name="Fournisseur unique", line="eau")


def too_many_aids(year):
    f.AideDeMinimisFactory(entreprise=year.entreprise, granted_on=dt.date(2024, 6, 1), amount=D("700000.01"))


def short_time(year):
    ContratAccompagnateur.objects.update(hours_per_week=D("15.00"))


BLOCKING = [
    (suspended, "agrement_pas_en_cours"),
    (bankrupt, "paiement_arrete"),
    (without_file, "annee_pas_ouverte"),
    (without_file_number, "numero_dossier_absent"),
    (without_contract, "accompagnateur_absent"),
    (without_compte, "compte_individuel_absent"),
    (compte_replaced, "compte_individuel_absent"),
    (waiting_invoice, "facture_a_imputer"),
    (foreign_invoice, "devise_sans_euros"),
    (conflicting_invoice, "facture_en_conflit"),
    (key_above_100, "cle_au_dessus_de_100"),
    (too_many_aids, "de_minimis_depasse"),
]
SAID = [
    (without_grant, "octroi_absent"),
    (without_phone, "telephone_absent"),
    (silent_month, "mois_sans_montant"),
    (invoice_of_another_year, "facture_hors_annee"),
    (period_over_the_edge, "periode_deborde"),
    (pending_trip, "ligne_en_attente"),
    (unasked_trip, "ligne_refusee"),
    (rent_twice, "charge_et_facture"),
    (short_time, "etp_minimum"),
]


@pytest.mark.parametrize(("spoil", "code"), BLOCKING, ids=lambda value: getattr(value, "__name__", value))
def test_what_blocks(year, spoil, code):
    assert code not in codes(year)[1]
    spoil(year)
    assert code in codes(year)[1]


@pytest.mark.parametrize(("spoil", "code"), SAID, ids=lambda value: getattr(value, "__name__", value))
def test_what_is_said_and_blocks_nothing(year, spoil, code):
    assert code not in codes(year)[0]
    spoil(year)
    said, blocking = codes(year)
    assert code in said - blocking


@pytest.mark.parametrize("spoil", [without_agrement, agrement_later])
def test_without_an_agrement_there_is_no_year_to_count(year, spoil):
    spoil(year)
    found = manque(entreprise=year.entreprise, as_of=scene.INSIDE, today=scene.TODAY)
    assert [item.code for item in found.items] == ["agrement_absent"]
    assert not found.ready


def test_table_b_before_table_a_is_full_is_said():
    year = scene.make(wages="4100.00")
    scene.opened(year, granted="50000.00")
    scene.invoice(year, "B-1", net="10.00", vat="0.00", day=dt.date(2025, 4, 1), line="nettoyage")
    assert "b_avant_a" in codes(year)[0]


def test_nothing_opens_a_right_below_eight_persons():
    year = scene.make(persons=7)
    found = manque(entreprise=year.entreprise, as_of=scene.INSIDE, today=scene.TODAY)
    assert found.decompte is not None
    assert found.decompte.explained.value.plafond == D("0.00")
    assert "droit_absent" in {item.code for item in found.blocking}
