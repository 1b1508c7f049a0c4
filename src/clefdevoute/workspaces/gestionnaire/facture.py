"""One invoice as its page shows it: what was read, where it goes, what the law keeps of it, what changed."""

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from clefdevoute.documents.factures import FactureLue, lire
from clefdevoute.law.kernel.errors import LawError
from clefdevoute.records.foundation import proofs
from clefdevoute.records.foundation.access import Actor
from clefdevoute.records.foundation.errors import RecordError
from clefdevoute.records.foundation.models.journal import Change
from clefdevoute.records.frais.actions import parts_proposees
from clefdevoute.records.frais.cles import percent_fr
from clefdevoute.records.frais.facts import lignes_de
from clefdevoute.records.frais.models import Facture, LigneFrais
from clefdevoute.ui.formats import date_courte, euros
from clefdevoute.workspaces.gestionnaire.couts import Admise, admise, annee_at, line_label

LINES_SHOWN = 60


@dataclass(frozen=True, slots=True)
class PartVue:
    """A part of the invoice on its line: the row, its key on the day, what the law keeps."""

    row: LigneFrais
    label: str
    key: str
    basis: str
    admise: Admise


@dataclass(frozen=True, slots=True)
class Imputation:
    """Where the invoice goes, or why the law cannot say what it becomes."""

    parts: tuple[PartVue, ...]
    annee: str
    refusal: str = ""


def imputation(facture: Facture, actor: Actor) -> Imputation:
    """Explain every part of an invoice, in a bounded number of queries."""
    rows = {
        row.pk: row
        for row in LigneFrais.objects.visible_to(actor).filter(facture=facture).select_related("cle", "accompagnateur")
    }
    if not rows:
        return Imputation((), "")
    try:
        annee = annee_at(facture.entreprise_id, facture.issue_date)
    except (LawError, RecordError) as refused:
        return Imputation((), "", str(refused))
    parts = []
    for line in lignes_de(facture):
        row = rows[line.ligne_id]
        parts.append(
            PartVue(
                row=row,
                label=line_label(row.line, facture.issue_date),
                key=f"{row.cle.name}, {percent_fr(line.depense.cle)}",
                basis=line.depense.base_cle,
                admise=admise(line.depense, annee),
            )
        )
    return Imputation(tuple(parts), annee.label)


def initial_parts(facture: Facture, rows: Sequence[LigneFrais]) -> tuple[list[dict[str, Any]], bool]:
    """Give what the form of parts starts with, and whether it is only proposed."""
    if rows:
        return [_as_initial(facture, row) for row in rows], False
    proposed = parts_proposees(facture)
    found: list[dict[str, Any]] = [
        {"line": part.line, "cle": str(part.cle.pk), "accompagnateur": _pk(part.accompagnateur)} for part in proposed
    ]
    return found or [{}], bool(found)


def _as_initial(facture: Facture, row: LigneFrais) -> dict[str, Any]:
    whole = facture.euros == (row.net, row.vat)
    return {
        "line": row.line,
        "cle": str(row.cle_id),
        "net": None if whole else row.net,
        "vat": None if whole else row.vat,
        "accompagnateur": _pk(row.accompagnateur),
        "abroad": row.abroad,
        "abroad_reference": row.abroad_reference,
        "abroad_granted_on": row.abroad_granted_on,
        "abroad_departure_on": row.abroad_departure_on,
    }


def _pk(row: Any) -> str:
    return str(row.pk) if row else ""


def lue(facture: Facture) -> FactureLue | None:
    """Read the file again for its lines; nothing of it is stored twice."""
    if facture.source != Facture.Source.UBL or facture.original is None:
        return None
    try:
        found = lire(proofs.read(facture.original), filename=facture.original.filename)
    except RecordError:
        return None
    return found if isinstance(found, FactureLue) else None


@dataclass(frozen=True, slots=True)
class Changement:
    """One difference kept: when, what, before and after."""

    at: dt.datetime
    label: str
    old: str
    new: str


def history(facture: Facture, actor: Actor) -> tuple[Changement, ...]:
    """Read what was changed of an invoice, newest first; for who may read the journal."""
    labels = {field.name: str(field.verbose_name) for field in Facture._meta.concrete_fields}
    hidden = {"number_key", "conflict_with", "credited", "eur_proof"}
    rows = (
        Change.objects.visible_to(actor)
        .filter(kind="frais.facture", subject_id=facture.pk)
        .exclude(field__in=hidden)
        .order_by("-at", "field")[:50]
    )
    return tuple(
        Changement(row.at, labels.get(row.field, row.field), _said(row.field, row.old), _said(row.field, row.new))
        for row in rows
    )


def _said(field: str, text: str | None) -> str:
    """Write a kept value for a person."""
    if not text:
        return "–"
    if field == "state":
        return dict(Facture.State.choices).get(text, text)
    try:
        return date_courte(dt.date.fromisoformat(text))
    except ValueError:
        pass
    return euros(Decimal(text), sign=False) if field in {"net", "vat", "gross", "net_eur", "vat_eur"} else text
