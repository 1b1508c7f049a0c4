"""Putting an invoice on lines of Tables A and B, with keys that never take more than the invoice."""

import datetime as dt
from collections.abc import Sequence
from decimal import Decimal

from django.db import transaction

from clefdevoute.records.entreprises.writing import checked
from clefdevoute.records.foundation import journal
from clefdevoute.records.foundation.access import Actor
from clefdevoute.records.frais import policies
from clefdevoute.records.frais.cles import Part, Versions, check_parts, version_at, versions_of
from clefdevoute.records.frais.errors import SaisieRefusee
from clefdevoute.records.frais.models import CleRepartition, Facture, LigneFrais
from clefdevoute.records.frais.postes import codes_at
from clefdevoute.records.frais.saisies import PartSaisie


def locked(facture: Facture) -> Facture:
    """Read an invoice again, alone, so that two windows cannot both decide."""
    alone: Facture = Facture.objects.select_for_update(of=("self",)).get(pk=facture.pk)
    return alone


@transaction.atomic
def imputer(*, facture: Facture, parts: Sequence[PartSaisie], by: Actor, now: dt.datetime) -> tuple[LigneFrais, ...]:
    """Put an invoice on its lines, instead of what it had; the supplier remembers the first line and key."""
    facture = locked(facture)
    policies.check_can_impute(by, facture)
    if not parts:
        raise SaisieRefusee("Choisissez au moins un poste et une clé, ou écartez la facture avec son motif.")
    lines = [_line(facture, part) for part in parts]
    LigneFrais.objects.filter(facture=facture).delete()
    _check(facture, lines, versions_of(facture.entreprise_id))
    for line in lines:
        checked(line)
    LigneFrais.objects.bulk_create(lines)
    _remember(facture, parts[0])
    before, facture.state, facture.state_reason = facture.state, Facture.State.IMPUTEE, ""
    facture.save(update_fields=["state", "state_reason"])
    journal.append(
        event="frais.facture_imputee",
        by=by,
        subject=facture,
        entreprise_id=facture.entreprise_id,
        now=now,
        changes={"state": (before, facture.state)},
    )
    return tuple(lines)


@transaction.atomic
def retirer_imputation(*, facture: Facture, by: Actor, now: dt.datetime) -> Facture:
    """Take an invoice off its lines; it waits again to be imputed."""
    facture = locked(facture)
    policies.check_can_impute(by, facture)
    LigneFrais.objects.filter(facture=facture).delete()
    before, facture.state = facture.state, Facture.State.A_IMPUTER
    facture.save(update_fields=["state"])
    journal.append(
        event="frais.imputation_retiree",
        by=by,
        subject=facture,
        entreprise_id=facture.entreprise_id,
        now=now,
        changes={"state": (before, facture.state)},
    )
    return facture


def parts_proposees(facture: Facture) -> tuple[PartSaisie, ...]:
    """Propose where an invoice goes: like the invoice it credits, else as the supplier's last one."""
    if facture.credited_id:
        own = list(LigneFrais.objects.filter(facture=facture.credited_id).select_related("cle", "accompagnateur"))
        if len(own) == 1 or len({line.line for line in own}) == 1:
            return tuple(PartSaisie(line=row.line, cle=row.cle, accompagnateur=row.accompagnateur) for row in own)
    supplier = facture.fournisseur
    if supplier.remembered_line and supplier.remembered_cle and not supplier.remembered_cle.closed:
        return (PartSaisie(line=supplier.remembered_line, cle=supplier.remembered_cle),)
    return ()


def check_invoice(facture: Facture, versions: Versions | None = None) -> None:
    """Check again the lines that an invoice has, after a key or another subsidy changed."""
    lines = list(LigneFrais.objects.filter(facture=facture).select_related("cle"))
    _check(facture, lines, versions or versions_of(facture.entreprise_id))


def check_key_belongs(cle: CleRepartition, entreprise_id: object) -> None:
    """Refuse another enterprise's key, whatever identifier was sent."""
    if cle.entreprise_id != entreprise_id:
        raise SaisieRefusee("Cette clé n’est pas de votre entreprise : choisissez-en une de la liste.")


def check_line(line: str, day: dt.date) -> None:
    """Refuse a line that Tables A and B do not have on that day (A29)."""
    if line not in codes_at(day):
        raise SaisieRefusee(f"« {line} » n’est pas un poste des tableaux A et B : choisissez-en un dans la liste.")


def _line(facture: Facture, part: PartSaisie) -> LigneFrais:
    check_key_belongs(part.cle, facture.entreprise_id)
    check_line(part.line, facture.issue_date)
    if part.accompagnateur is not None and part.accompagnateur.entreprise_id != facture.entreprise_id:
        raise SaisieRefusee("Cet accompagnateur n’est pas de votre entreprise : choisissez-en un de la liste.")
    amounts = facture.euros
    if amounts is None:
        raise SaisieRefusee("Cette facture n’a pas encore de montant en euros : tapez-le et joignez sa preuve.")
    if (part.net is None) != (part.vat is None):
        raise SaisieRefusee(
            "Une part a un montant hors TVA et sa TVA : donnez les deux, ou aucun pour prendre le tout."
        )
    return LigneFrais(
        entreprise_id=facture.entreprise_id,
        facture=facture,
        line=part.line,
        cle=part.cle,
        accompagnateur=part.accompagnateur,
        net=amounts[0] if part.net is None else part.net,
        vat=amounts[1] if part.vat is None else part.vat,
        abroad=part.abroad,
        abroad_reference=part.abroad_reference,
        abroad_granted_on=part.abroad_granted_on,
        abroad_departure_on=part.abroad_departure_on,
    )


def _check(facture: Facture, lines: Sequence[LigneFrais], versions: Versions) -> None:
    amounts = facture.euros
    if amounts is None:
        return
    parts = []
    for line in lines:
        version = version_at(versions, line.cle_id, facture.issue_date)
        if version is None:
            raise SaisieRefusee(
                f"La clé « {line.cle.name} » ne vaut rien au {facture.issue_date:%d/%m/%Y} : révisez-la avec une date "
                "antérieure, ou choisissez-en une autre."
            )
        parts.append(Part(line.line, line.net, line.vat, version.percent))
    other = facture.other_subsidy_percent or Decimal(0)
    check_parts(parts, net=amounts[0], vat=amounts[1], other_percent=other)


def _remember(facture: Facture, part: PartSaisie) -> None:
    """Remember the line and key for the supplier's next invoice; a convenience, so not an event of its own."""
    supplier = facture.fournisseur
    supplier.remembered_line, supplier.remembered_cle = part.line, part.cle
    supplier.save(update_fields=["remembered_line", "remembered_cle"])
