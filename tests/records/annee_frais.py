"""An agrément year ready to be closed: 27 persons, one full-time accompagnateur, rent, invoices, one credit note."""

import datetime as dt
from dataclasses import dataclass
from decimal import Decimal

from clefdevoute.records.entreprises.models import EntrepriseInsertion
from clefdevoute.records.foundation.access import Actor, Role
from clefdevoute.records.frais import actions as frais
from clefdevoute.records.frais.composants import Composant
from clefdevoute.records.frais.models import CleRepartition, CompteIndividuel, Facture
from clefdevoute.records.frais.saisies import ChargeSaisie, FactureSaisie, FichierSaisi, MontantSaisi, PartSaisie
from clefdevoute.records.frais.saisies import FournisseurSaisi as Who
from clefdevoute.records.personnes.models import Accompagnateur
from clefdevoute.records.subventions import actions
from clefdevoute.records.subventions.models import Subvention
from tests.records.factories import (
    AccompagnateurFactory,
    AgrementFactory,
    ContratAccompagnateurFactory,
    EngagementFactory,
    EntrepriseInsertionFactory,
    TravailleurFactory,
    actor,
)

NOW = dt.datetime(2026, 4, 2, 9, 0, tzinfo=dt.UTC)
TODAY = NOW.date()
START, END = dt.date(2025, 3, 15), dt.date(2026, 3, 14)
INSIDE = dt.date(2025, 6, 1)


def pdf(text: str) -> FichierSaisi:
    return FichierSaisi(b"%PDF-1.7\n% " + text.encode() + b"\n1 0 obj\n<<>>\nendobj\n%%EOF\n", f"{text}.pdf")


@dataclass
class Year:
    """The rows of the year, and who acts."""

    entreprise: EntrepriseInsertion
    by: Actor
    accompagnateur: Accompagnateur
    bureau: CleRepartition
    subvention: Subvention | None = None


def make(*, wages: str = "3200.00", persons: int = 27) -> Year:
    """Record a year of 15 March 2025 to 14 March 2026: wages, rent, two invoices, one credit note; not yet opened."""
    entreprise = EntrepriseInsertionFactory()
    AgrementFactory(entreprise=entreprise, starts_on=dt.date(2024, 3, 15))
    for _ in range(persons):
        EngagementFactory(travailleur=TravailleurFactory(entreprise=entreprise))
    person = AccompagnateurFactory(entreprise=entreprise, phone="081 00 00 00")
    ContratAccompagnateurFactory(accompagnateur=person, temps_plein=True, sent_on=dt.date(2024, 3, 20))
    by = actor(Role.GESTIONNAIRE, entreprise, permissions=("chef_entreprise",))
    key = frais.creer_cle(
        entreprise=entreprise,
        name="Bureau",
        percent=Decimal("15"),
        basis="18 m² sur 120 m²",
        since=dt.date(2024, 1, 1),
        by=by,
        now=NOW,
    )
    year = Year(entreprise, by, person, key)
    months = [dt.date(2025 + n // 12, n % 12 + 1, 1) for n in range(15)]
    amounts = [MontantSaisi(month, Composant.BRUT, Decimal(wages)) for month in months]
    amounts.append(
        MontantSaisi(dt.date(2025, 5, 1), Composant.PECULE_VACANCES, Decimal("2000.00"), dt.date(2025, 5, 30))
    )
    frais.enregistrer_montants(accompagnateur=person, montants=amounts, by=by, now=NOW)
    for civil in (2025, 2026):
        nature = CompteIndividuel.Nature.DEFINITIF if civil == 2025 else CompteIndividuel.Nature.PROVISOIRE
        frais.deposer_compte(
            accompagnateur=person,
            year=civil,
            nature=nature,
            fichier=pdf(f"compte-{civil}"),
            received_on=dt.date(2026, 3, 20),
            by=by,
            now=NOW,
        )
    rent = ChargeSaisie(
        name="Loyer", net=Decimal("1000.00"), due_day=1, starts_on=dt.date(2024, 1, 1), line="loyer", cle=key
    )
    frais.creer_charge(entreprise=entreprise, saisie=rent, by=by, now=NOW)
    invoice(year, "E-1", net="200.00", vat="42.00", day=dt.date(2025, 4, 10), line="eau")
    invoice(year, "T-1", net="400.00", vat="84.00", day=dt.date(2025, 7, 10), line="telephonie")
    invoice(year, "T-2", net="100.00", vat="21.00", day=dt.date(2025, 8, 10), line="telephonie", credit=True)
    return year


def invoice(year, number, *, net, vat, day, line=None, credit=False, currency="EUR", part=None, **other) -> Facture:
    """Receive a typed invoice, and impute it where a line is given."""
    saisie = FactureSaisie(
        fournisseur=Who("Fournisseur unique", "0403170701"),
        number=number,
        kind=Facture.Kind.NOTE_CREDIT if credit else Facture.Kind.FACTURE,
        issue_date=day,
        net=Decimal(net),
        vat=Decimal(vat),
        gross=Decimal(net) + Decimal(vat),
        currency=currency,
        **other,
    )
    facture = frais.recevoir(entreprise=year.entreprise, saisie=saisie, by=year.by, now=NOW).facture
    if line:
        frais.imputer(facture=facture, parts=[part or PartSaisie(line=line, cle=year.bureau)], by=year.by, now=NOW)
    return facture


def opened(year: Year, *, granted: str = "50000.00") -> Subvention:
    """Open the year's file and note its grant."""
    row = actions.ouvrir_annee(
        entreprise=year.entreprise,
        as_of=INSIDE,
        origin=Subvention.Origin.CONTRAT_RECU,
        contract_sent_on=dt.date(2024, 3, 20),
        by=year.by,
        now=NOW,
    )
    year.subvention = actions.noter_octroi(
        subvention=row, amount=Decimal(granted), granted_on=dt.date(2025, 4, 10), by=year.by, now=NOW
    )
    return year.subvention
