"""What happens to an invoice after its reception, before or beside its imputation."""

import datetime as dt
from collections.abc import Mapping
from decimal import Decimal
from typing import Any

from django.db import transaction

from clefdevoute.records.entreprises.writing import checked
from clefdevoute.records.foundation import journal
from clefdevoute.records.foundation.access import Actor
from clefdevoute.records.frais import policies
from clefdevoute.records.frais.errors import SaisieRefusee
from clefdevoute.records.frais.models import Facture, LigneFrais
from clefdevoute.records.frais.saisies import FichierSaisi

from .imputations import check_invoice, locked
from .reception import number_key, store

CORRIGEABLES = frozenset(
    {"number", "issue_date", "due_date", "period_start", "period_end", "net", "vat", "gross", "currency"}
)


def save_changes(facture: Facture, changes: Mapping[str, Any], *, event: str, by: Actor, now: dt.datetime) -> Facture:
    """Write some fields of an invoice after checking every constraint, with the event and the differences."""
    before = {name: getattr(facture, name) for name in changes}
    for name, value in changes.items():
        setattr(facture, name, value)
    checked(facture)
    facture.save(update_fields=list(changes))
    journal.append(
        event=event,
        by=by,
        subject=facture,
        entreprise_id=facture.entreprise_id,
        now=now,
        changes={name: (before[name], value) for name, value in changes.items() if before[name] != value},
    )
    return facture


@transaction.atomic
def corriger(*, facture: Facture, changes: Mapping[str, Any], by: Actor, now: dt.datetime) -> Facture:
    """Correct what a person typed; a file's amounts are never touched."""
    facture = locked(facture)
    policies.check_can_correct(by, facture)
    if unknown := set(changes) - CORRIGEABLES:
        raise SaisieRefusee(f"Ces champs ne se corrigent pas ici : {', '.join(sorted(unknown))}.")
    wanted = dict(changes)
    if "number" in wanted:
        wanted["number"] = wanted["number"].strip()
        wanted["number_key"] = number_key(wanted["number"])
    if "issue_date" in wanted:
        policies.check_open(facture.entreprise_id, wanted["issue_date"])
    if wanted.get("currency") == "EUR":
        wanted |= {"net_eur": None, "vat_eur": None, "eur_proof": None}
    return save_changes(facture, wanted, event="frais.facture_corrigee", by=by, now=now)


@transaction.atomic
def ecarter(*, facture: Facture, reason: str, by: Actor, now: dt.datetime) -> Facture:
    """Put an invoice aside, with the reason; its imputation goes, its file stays."""
    facture = locked(facture)
    policies.check_can_put_aside(by, facture)
    if not reason.strip():
        raise SaisieRefusee("Une facture écartée dit pourquoi : écrivez le motif, puis écartez-la.")
    LigneFrais.objects.filter(facture=facture).delete()
    changes = {"state": Facture.State.ECARTEE, "state_reason": reason.strip(), "conflict_with": None}
    return save_changes(facture, changes, event="frais.facture_ecartee", by=by, now=now)


@transaction.atomic
def reprendre(*, facture: Facture, by: Actor, now: dt.datetime) -> Facture:
    """Take back an invoice put aside, or found outside every period."""
    facture = locked(facture)
    policies.check_can_take_back(by, facture)
    twin = (
        Facture.objects.filter(fournisseur_id=facture.fournisseur_id, number_key=facture.number_key, kind=facture.kind)
        .exclude(pk=facture.pk)
        .exclude(state__in=[Facture.State.CONFLIT, Facture.State.ECARTEE])
        .first()
    )
    if twin:
        raise SaisieRefusee(
            f"Une autre facture du même fournisseur porte déjà ce numéro (pièce n° {twin.piece_number}) : écartez-la "
            "d’abord, puis reprenez celle-ci."
        )
    changes = {"state": Facture.State.A_IMPUTER, "state_reason": ""}
    return save_changes(facture, changes, event="frais.facture_reprise", by=by, now=now)


@transaction.atomic
def resoudre_conflit(*, facture: Facture, garder: bool, by: Actor, now: dt.datetime) -> Facture:
    """Settle a conflict: keep the newcomer (``garder``) and put the other aside, or the reverse; give the kept one."""
    facture = locked(facture)
    policies.check_can_resolve(by, facture)
    if facture.conflict_with is None:
        raise SaisieRefusee("Ce conflit ne nomme pas l’autre facture : écartez celle-ci, puis déposez-la à nouveau.")
    other = locked(facture.conflict_with)
    loser, kept = (other, facture) if garder else (facture, other)
    reason = f"Même numéro que la pièce n° {kept.piece_number}, qui a été gardée."
    if loser.state != Facture.State.ECARTEE:
        ecarter(facture=loser, reason=reason, by=by, now=now)
    if garder:
        changes = {"state": Facture.State.A_IMPUTER, "state_reason": "", "conflict_with": None}
        kept = save_changes(locked(facture), changes, event="frais.conflit_resolu", by=by, now=now)
    return kept


@transaction.atomic
def donner_montant_en_euros(
    *, facture: Facture, net_eur: Decimal, vat_eur: Decimal, proof: FichierSaisi, by: Actor, now: dt.datetime
) -> Facture:
    """Give a foreign invoice its euro amount, with the paper that proves the rate."""
    facture = locked(facture)
    policies.check_can_complete(by, facture)
    if facture.currency == "EUR":
        raise SaisieRefusee("Cette facture est déjà en euros : il n’y a rien à convertir.")
    if LigneFrais.objects.filter(facture=facture).exists():
        raise SaisieRefusee("Cette facture est imputée : retirez son imputation, donnez le montant, puis imputez-la.")
    changes = {"net_eur": net_eur, "vat_eur": vat_eur, "eur_proof": store(proof, facture, by, now)}
    return save_changes(facture, changes, event="frais.montant_en_euros", by=by, now=now)


@transaction.atomic
def marquer_autre_subvention(
    *, facture: Facture, name: str, percent: Decimal | None, by: Actor, now: dt.datetime
) -> Facture:
    """Say which share another subsidy takes of the invoice, or none; the keys then fit in what is left."""
    facture = locked(facture)
    policies.check_can_complete(by, facture)
    changes = {"other_subsidy": name.strip(), "other_subsidy_percent": percent if name.strip() else None}
    facture = save_changes(facture, changes, event="frais.autre_subvention", by=by, now=now)
    check_invoice(facture)
    return facture


@transaction.atomic
def lier_note_credit(*, note: Facture, facture: Facture | None, by: Actor, now: dt.datetime) -> Facture:
    """Say which invoice a credit note credits, or none."""
    note = locked(note)
    policies.check_can_complete(by, note)
    if facture is not None and facture.fournisseur_id != note.fournisseur_id:
        raise SaisieRefusee("La facture créditée vient d’un autre fournisseur : choisissez-en une du même fournisseur.")
    return save_changes(note, {"credited": facture}, event="frais.note_credit_liee", by=by, now=now)
