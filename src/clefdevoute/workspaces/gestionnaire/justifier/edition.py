"""What was typed in the grid, read cell by cell and written all together, or not at all."""

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass, replace
from decimal import Decimal
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from clefdevoute.records.foundation.access import Actor
from clefdevoute.records.foundation.errors import RecordError
from clefdevoute.records.frais import actions
from clefdevoute.records.frais.cles import version_at, versions_of
from clefdevoute.records.frais.models import ChargeRecurrente, CleRepartition, Facture, LigneFrais
from clefdevoute.records.frais.saisies import PartSaisie
from clefdevoute.ui import formats, saisie
from clefdevoute.workspaces.gestionnaire.justifier.grille import Case, Grille, Rangee

CELLS = ("numero", "montant", "cle")


class SaisieRefusee(Exception):
    """Cells that cannot be written; ``errors`` gives the sentence of each, by its field."""

    def __init__(self, errors: Mapping[str, str]) -> None:
        self.errors = dict(errors)
        super().__init__(" ".join(self.errors.values()))


@dataclass(slots=True)
class _Change:
    row: Rangee
    cell: Case
    numero: str | None = None
    montant: Decimal | None = None
    cle: CleRepartition | None = None


def enregistrer(grille: Grille, typed: Mapping[str, Any], *, by: Actor, now: dt.datetime) -> int:
    """Write every cell that changed; one refusal writes none. Answers how many rows changed."""
    changes = _read(grille, typed, by)
    try:
        with transaction.atomic():
            for change in changes:
                _write(change, by=by, now=now)
    except _RowRefused as refused:
        raise SaisieRefusee({refused.cell.name: str(refused)}) from refused
    return len(changes)


def rempli(grille: Grille, typed: Mapping[str, Any], errors: Mapping[str, str]) -> Grille:
    """Give the grid back with what was typed and the sentence beside each cell refused."""
    for row in grille.rangees:
        for name in CELLS:
            cell: Case | None = getattr(row, name)
            if cell is not None:
                value = str(typed.get(cell.name, cell.value))
                setattr(row, name, replace(cell, value=value, error=errors.get(cell.name, "")))
    return grille


class _RowRefused(Exception):
    def __init__(self, sentence: str, cell: Case) -> None:
        self.cell = cell
        super().__init__(sentence)


def _read(grille: Grille, typed: Mapping[str, Any], by: Actor) -> list[_Change]:
    errors: dict[str, str] = {}
    changes = []
    for row in grille.held:
        touched = [
            (name, cell)
            for name in CELLS
            if (cell := getattr(row, name)) is not None and cell.name in typed and _text(typed, cell) != cell.value
        ]
        if not touched:
            continue
        change = _Change(row, touched[0][1])
        for name, cell in touched:
            try:
                setattr(change, name, _value(name, _text(typed, cell), row, by))
            except saisie.SaisieError as refused:
                errors[cell.name] = str(refused)
        changes.append(change)
    if errors:
        raise SaisieRefusee(errors)
    return changes


def _text(typed: Mapping[str, Any], cell: Case) -> str:
    return str(typed[cell.name]).strip()


def _value(name: str, text: str, row: Rangee, by: Actor) -> Any:
    if name == "montant":
        return saisie.euros(text)
    if name == "cle":
        return _key_worth(saisie.pourcent(text) * 100, row, by)
    if not text:
        raise saisie.SaisieError(_("Le numéro manque : l’annexe le demande. Recopiez-le de la facture."))
    if not text.replace("\u00a0", " ").isprintable():
        raise saisie.SaisieError(_("Ce numéro contient un signe invisible. Retapez-le comme sur la facture."))
    return text


def _key_worth(percent: Decimal, row: Rangee, by: Actor) -> CleRepartition:
    """Find the key worth that share on the day of the cost: a share without its reasoning is not accepted (A20)."""
    if row.line is None or by.entreprise_id is None:
        raise saisie.SaisieError(_("Cette ligne a changé depuis : rechargez la page."))
    day = row.line.depense.date
    versions = versions_of(by.entreprise_id)
    keys = CleRepartition.objects.visible_to(by).filter(closed=False)
    found: list[CleRepartition] = [
        key for key in keys if (version := version_at(versions, key.pk, day)) is not None and version.percent == percent
    ]
    share = formats.pourcent(percent / 100)
    if not found:
        raise saisie.SaisieError(
            _("Aucune clé ne vaut %(part)s le %(jour)s. Écrivez-la d’abord, avec son raisonnement, aux clés.")
            % {"part": share, "jour": formats.date_courte(day)}
        )
    if len(found) > 1:
        raise saisie.SaisieError(
            _("Plusieurs clés valent %(part)s. Ouvrez la facture pour choisir la bonne.") % {"part": share}
        )
    only: CleRepartition = found[0]
    return only


def _write(change: _Change, *, by: Actor, now: dt.datetime) -> None:
    piece = change.row.piece
    try:
        if isinstance(piece, ChargeRecurrente):
            _write_charge(piece, change, by=by, now=now)
        elif isinstance(piece, LigneFrais):
            _write_line(piece, change, by=by, now=now)
    except RecordError as refused:
        raise _RowRefused(str(refused), change.cell) from refused


def _write_charge(charge: ChargeRecurrente, change: _Change, *, by: Actor, now: dt.datetime) -> None:
    """Give the charge its new amount from this due date on; the months before keep theirs."""
    if change.montant is not None and change.row.line is not None:
        actions.changer_montant_charge(
            charge=charge,
            since=change.row.line.depense.date,
            net=change.montant,
            vat=Decimal("0.00"),
            by=by,
            now=now,
        )


def _write_line(line: LigneFrais, change: _Change, *, by: Actor, now: dt.datetime) -> None:
    """Correct a typed invoice and put it back on its lines; the others of the same invoice keep theirs."""
    facture = line.facture
    rows = list(LigneFrais.objects.visible_to(by).filter(facture=facture).select_related("cle", "accompagnateur"))
    corrected = change.numero is not None or change.montant is not None
    whole = corrected and len(rows) == 1
    parts = [_part(row, change.cle if row.pk == line.pk and change.cle else row.cle, whole=whole) for row in rows]
    if corrected:
        facture = actions.retirer_imputation(facture=facture, by=by, now=now)
        facture = actions.corriger(facture=facture, changes=_corrections(facture, change), by=by, now=now)
    actions.imputer(facture=facture, parts=parts, by=by, now=now)


def _corrections(facture: Facture, change: _Change) -> dict[str, Any]:
    found: dict[str, Any] = {}
    if change.numero is not None:
        found["number"] = change.numero
    if change.montant is not None:
        found |= {"net": change.montant, "gross": change.montant + facture.vat}
    return found


def _part(row: LigneFrais, cle: CleRepartition, *, whole: bool) -> PartSaisie:
    return PartSaisie(
        line=row.line,
        cle=cle,
        net=None if whole else row.net,
        vat=None if whole else row.vat,
        accompagnateur=row.accompagnateur,
        abroad=LigneFrais.Authorisation(row.abroad),
        abroad_reference=row.abroad_reference,
        abroad_granted_on=row.abroad_granted_on,
        abroad_departure_on=row.abroad_departure_on,
    )
