"""The import of comptes individuels: laid down, applied in one go, undone in one go."""

import datetime as dt
from collections.abc import Mapping, Sequence
from decimal import Decimal
from typing import Any

from django.db import transaction

from clefdevoute.records.entreprises.writing import checked
from clefdevoute.records.foundation import journal, proofs
from clefdevoute.records.foundation.access import Actor
from clefdevoute.records.foundation.classification import FieldClass
from clefdevoute.records.frais import policies
from clefdevoute.records.frais.composants import PAR_VALEUR
from clefdevoute.records.frais.errors import SaisieRefusee
from clefdevoute.records.frais.models import ImportComptes, MontantCompteIndividuel
from clefdevoute.records.frais.saisies import FichierSaisi, MontantSaisi
from clefdevoute.records.personnes.models import Accompagnateur

from .comptes import enregistrer_grille, enregistrer_montants

_State = ImportComptes.State


@transaction.atomic
def deposer_import(
    *, accompagnateur: Accompagnateur, fichier: FichierSaisi, by: Actor, now: dt.datetime
) -> ImportComptes:
    """Keep a CSV handed in, before anything of it is written."""
    policies.check_writes(by, accompagnateur.entreprise_id)
    proof = proofs.store(
        content=fichier.content,
        filename=fichier.filename,
        by=by,
        entreprise_id=accompagnateur.entreprise_id,
        now=now,
        classe=FieldClass.PERSONNEL,
    )
    row = ImportComptes(
        entreprise_id=accompagnateur.entreprise_id, accompagnateur=accompagnateur, file=proof, uploaded_at=now
    )
    checked(row)
    row.save(force_insert=True)
    journal.append(event="frais.import_depose", by=by, subject=row, entreprise_id=row.entreprise_id, now=now)
    return row


@transaction.atomic
def appliquer_import(
    *,
    imported: ImportComptes,
    montants: Sequence[MontantSaisi],
    mapping: Mapping[int, str],
    by: Actor,
    now: dt.datetime,
) -> ImportComptes:
    """Write the amounts read, and keep what each replaced."""
    row: ImportComptes = ImportComptes.objects.select_for_update(of=("self",)).get(pk=imported.pk)
    policies.check_writes(by, row.entreprise_id)
    if row.state != _State.DEPOSE:
        raise SaisieRefusee("Cet import est déjà appliqué ou annulé : déposez le fichier à nouveau.")
    if not montants:
        raise SaisieRefusee("Aucun montant ne se lit dans ce fichier : corrigez les colonnes, ou le fichier.")
    row.before = _before(row, montants)
    enregistrer_montants(accompagnateur=row.accompagnateur, montants=montants, by=by, now=now)
    row.mapping = {str(place): target for place, target in mapping.items()}
    row.state, row.applied_at, row.count = _State.APPLIQUE, now, len(montants)
    checked(row)
    row.save()
    journal.append(event="frais.import_applique", by=by, subject=row, entreprise_id=row.entreprise_id, now=now)
    return row


@transaction.atomic
def annuler_import(*, imported: ImportComptes, by: Actor, now: dt.datetime) -> ImportComptes:
    """Put back what the import changed; refused for an amount changed since."""
    row: ImportComptes = ImportComptes.objects.select_for_update(of=("self",)).get(pk=imported.pk)
    policies.check_writes(by, row.entreprise_id)
    if row.state != _State.APPLIQUE:
        raise SaisieRefusee("Cet import n’est pas appliqué : il n’y a rien à annuler.")
    current = _current(row)
    restored, erased = [], []
    for entry in row.before:
        now_there = current.get((entry["month"], entry["component"]))
        if now_there is None or str(now_there.amount) != entry["written"]:
            raise SaisieRefusee(
                "Cet import ne s’annule plus : un de ses montants a changé depuis. Corrigez la grille case par case."
            )
        if entry["amount"] is None:
            erased.append(now_there)
        else:
            restored.append(_restored(entry))
    enregistrer_grille(accompagnateur=row.accompagnateur, montants=restored, effaces=erased, by=by, now=now)
    row.state, row.before = _State.ANNULE, []
    checked(row)
    row.save(update_fields=["state", "before"])
    journal.append(event="frais.import_annule", by=by, subject=row, entreprise_id=row.entreprise_id, now=now)
    return row


def _current(row: ImportComptes) -> dict[tuple[str, str], MontantCompteIndividuel]:
    own = MontantCompteIndividuel.objects.filter(accompagnateur=row.accompagnateur_id)
    return {(one.month.isoformat(), one.component): one for one in own}


def _before(row: ImportComptes, montants: Sequence[MontantSaisi]) -> list[dict[str, Any]]:
    current = _current(row)
    found = []
    for one in montants:
        old = current.get((one.month.isoformat(), str(one.component)))
        found.append(
            {
                "month": one.month.isoformat(),
                "component": str(one.component),
                "written": str(one.amount.quantize(Decimal("0.01"))),
                "amount": str(old.amount) if old else None,
                "paid_on": old.paid_on.isoformat() if old and old.paid_on else None,
                "piece": old.piece if old else "",
            }
        )
    return found


def _restored(entry: Mapping[str, Any]) -> MontantSaisi:
    return MontantSaisi(
        month=dt.date.fromisoformat(entry["month"]),
        component=PAR_VALEUR[entry["component"]],
        amount=Decimal(entry["amount"]),
        paid_on=dt.date.fromisoformat(entry["paid_on"]) if entry["paid_on"] else None,
        piece=entry["piece"],
    )
