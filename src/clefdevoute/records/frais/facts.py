"""
Rows of costs as the facts that the law asks for, in a number of queries that never grows with the rows.

Wage amounts: one query. Operating costs: three (lines with their invoice, charges, versions of keys).
"""

import datetime as dt
import uuid
from calendar import monthrange
from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal

from django.db.models import Q

from clefdevoute.law.accompagnement_social.couts import Composante, GenreCout
from clefdevoute.law.accompagnement_social.etranger import Etranger
from clefdevoute.law.accompagnement_social.lignes import Depense, RegimeTva
from clefdevoute.records.entreprises.models import PartTvaDeductible
from clefdevoute.records.frais.cles import Versions, version_at, versions_of
from clefdevoute.records.frais.composants import Composant
from clefdevoute.records.frais.models import ChargeRecurrente, Facture, LigneFrais, MontantCompteIndividuel

GENRES: dict[str, GenreCout] = {
    Composant.BRUT: "salaire_brut",
    Composant.ONSS_PATRONAL: "securite_sociale",
    Composant.CHARGES_PATRONALES: "charges_patronales",
    Composant.PECULE_VACANCES: "pecule_vacances",
    Composant.PRIME_FIN_ANNEE: "salaire_brut",
    Composant.MEDECINE_TRAVAIL: "medecine_travail",
    Composant.ASSURANCE_LOI: "assurance_accidents",
    Composant.DOMICILE_TRAVAIL: "domicile_travail",
    Composant.MISSION: "mission",
    Composant.AUTRES_AIDES: "autre_aide",
}
"""The law's word for each component; a year-end bonus is gross pay (fiche 06, F, 1°, a)."""


@dataclass(frozen=True, slots=True)
class LigneAnnee:
    """An operating cost of the year: the law's fact, and the rows it came from for the pages."""

    depense: Depense
    supplier: str
    accompagnateur_id: uuid.UUID | None
    ligne_id: uuid.UUID | None = None
    facture_id: uuid.UUID | None = None
    piece_number: int | None = None
    charge_id: uuid.UUID | None = None


def composantes(entreprise_id: uuid.UUID, debut: dt.date, fin: dt.date) -> tuple[Composante, ...]:
    """Read what the accompagnateurs cost in a year, in one query; the law's day places each amount (A6)."""
    rows = MontantCompteIndividuel.objects.of(entreprise_id).filter(
        Q(month__gte=debut.replace(day=1), month__lte=fin) | Q(paid_on__gte=debut, paid_on__lte=fin)
    )
    return tuple(
        Composante(
            accompagnateur=str(row.accompagnateur_id),
            genre=GENRES[row.component],
            date=row.counted_on,
            montant=row.amount,
            piece=row.piece,
        )
        for row in rows
        if debut <= row.counted_on <= fin
    )


def regimes_tva(entreprise_id: uuid.UUID) -> tuple[RegimeTva, ...]:
    """Read the deductible share of VAT with its dates, in one query."""
    rows = PartTvaDeductible.objects.of(entreprise_id).order_by("starts_on")
    return tuple(RegimeTva(depuis=row.starts_on, deductible=row.percent) for row in rows)


def lignes(entreprise_id: uuid.UUID, debut: dt.date, fin: dt.date) -> tuple[LigneAnnee, ...]:
    """Read every operating cost of a stretch of days: imputed invoices, and due dates of charges."""
    versions = versions_of(entreprise_id)
    rows = (
        LigneFrais.objects.of(entreprise_id)
        .filter(facture__issue_date__gte=debut, facture__issue_date__lte=fin, facture__state=Facture.State.IMPUTEE)
        .select_related("facture", "facture__fournisseur", "facture__eur_proof")
        .order_by("facture__issue_date", "facture__piece_number", "line", "pk")
    )
    charges = ChargeRecurrente.objects.of(entreprise_id).filter(starts_on__lte=fin).select_related("fournisseur")
    found = [_invoiced(row, versions) for row in rows]
    for charge in charges.exclude(ends_on__lt=debut):
        found += [_due(charge, day, versions) for day in due_dates(charge, debut, fin)]
    return tuple(sorted(found, key=lambda line: (line.depense.date, line.piece_number or 0, line.depense.piece)))


def lignes_de(facture: Facture) -> tuple[LigneAnnee, ...]:
    """Read the lines of one invoice as the law takes them, in two queries."""
    versions = versions_of(facture.entreprise_id)
    rows = LigneFrais.objects.filter(facture=facture).select_related(
        "facture", "facture__fournisseur", "facture__eur_proof"
    )
    return tuple(_invoiced(row, versions) for row in rows)


def echeances(charge: ChargeRecurrente, debut: dt.date, fin: dt.date, versions: Versions) -> tuple[LigneAnnee, ...]:
    """Give the due dates of one charge in a stretch of days as the law takes them; no query."""
    return tuple(_due(charge, day, versions) for day in due_dates(charge, debut, fin))


def depenses(entreprise_id: uuid.UUID, debut: dt.date, fin: dt.date) -> tuple[Depense, ...]:
    """Give the operating costs as the law takes them."""
    return tuple(line.depense for line in lignes(entreprise_id, debut, fin))


def due_dates(charge: ChargeRecurrente, debut: dt.date, fin: dt.date) -> Iterator[dt.date]:
    """Spread a charge by itself: its due day in each period from its first month, clipped to the month's last day."""
    month = charge.starts_on.year * 12 + charge.starts_on.month - 1
    last = min(fin, charge.ends_on or fin)
    while True:
        year, number = divmod(month, 12)
        day = dt.date(year, number + 1, min(charge.due_day, monthrange(year, number + 1)[1]))
        if day > last:
            return
        if day >= max(debut, charge.starts_on):
            yield day
        month += charge.every_months


def _key(cle_id: uuid.UUID, day: dt.date, versions: Versions) -> tuple[Decimal, str]:
    """Give the percentage and its basis; before the first version, nothing: the law then asks for one."""
    version = version_at(versions, cle_id, day)
    return (version.percent, version.basis) if version else (Decimal(0), "")


def _invoiced(row: LigneFrais, versions: Versions) -> LigneAnnee:
    facture = row.facture
    cle, basis = _key(row.cle_id, facture.issue_date, versions)
    # Some suppliers write a credit note negative twice over: it is then a charge again.
    credit = facture.kind == Facture.Kind.NOTE_CREDIT and row.net >= 0
    sign = -1 if facture.kind == Facture.Kind.NOTE_CREDIT and not credit else 1
    known = facture.euros is not None
    return LigneAnnee(
        depense=Depense(
            piece=facture.number,
            ligne=row.line,
            nature="note_de_credit" if credit else "facture",
            date=facture.issue_date,
            hors_tva=sign * row.net if known else None,
            tva=sign * row.vat,
            cle=cle,
            base_cle=basis,
            devise=facture.currency,
            preuve_conversion=facture.eur_proof.filename if facture.eur_proof else "",
            service_du=facture.period_start,
            service_au=facture.period_end,
            etranger=_abroad(row),
        ),
        supplier=facture.fournisseur.name,
        accompagnateur_id=row.accompagnateur_id,
        ligne_id=row.pk,
        facture_id=facture.pk,
        piece_number=facture.piece_number,
    )


def _abroad(row: LigneFrais) -> Etranger | None:
    if row.abroad == LigneFrais.Authorisation.SANS_OBJET:
        return None
    return Etranger(
        depart_le=row.abroad_departure_on or row.facture.issue_date,
        autorisation=row.abroad,  # type: ignore[arg-type]  # the stored values are the law's own words
        accordee_le=row.abroad_granted_on,
        reference=row.abroad_reference,
    )


def _due(charge: ChargeRecurrente, day: dt.date, versions: Versions) -> LigneAnnee:
    cle, basis = _key(charge.cle_id, day, versions)
    return LigneAnnee(
        depense=Depense(
            piece=f"{charge.name}, échéance du {day:%d/%m/%Y}",
            ligne=charge.line,
            nature="charge_recurrente",
            date=day,
            hors_tva=charge.net,
            tva=charge.vat,
            cle=cle,
            base_cle=basis,
        ),
        supplier=charge.fournisseur.name if charge.fournisseur else charge.name,
        accompagnateur_id=charge.accompagnateur_id,
        charge_id=charge.pk,
    )
