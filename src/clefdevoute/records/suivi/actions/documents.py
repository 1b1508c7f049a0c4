"""Papers of a dossier: handed in, checked, refused with a reason, given a term; models and what they produce."""

import datetime as dt
import uuid

from django.db import transaction
from django.utils import timezone

from clefdevoute.records.entreprises.policies import check_acts_in
from clefdevoute.records.entreprises.writing import checked, locked, refused
from clefdevoute.records.foundation import journal
from clefdevoute.records.foundation.access import Actor
from clefdevoute.records.foundation.errors import AccessDenied
from clefdevoute.records.foundation.models import ProofFile
from clefdevoute.records.foundation.permissions import Permission
from clefdevoute.records.personnes.models import Travailleur
from clefdevoute.records.suivi import policies
from clefdevoute.records.suivi.models import Document, DocumentProduit, ModeleDocument

Check = Document.Check


@transaction.atomic
def deposer(
    *,
    travailleur: Travailleur,
    kind: str,
    title: str,
    proof: ProofFile,
    received_on: dt.date,
    by: Actor,
    now: dt.datetime,
    confidential: bool = False,
    expires_on: dt.date | None = None,
) -> Document:
    """Keep a paper in a dossier, with its kind and who may open it."""
    policies.check_writes_dossier(by, travailleur)
    if received_on > timezone.localdate(now):
        raise refused(
            f"Le {received_on:%d/%m/%Y} n’est pas encore passé : notez le jour où le document est arrivé.",
            "received_on",
        )
    row = Document(
        entreprise_id=travailleur.entreprise_id,
        travailleur=travailleur,
        author_id=by.user_id,
        kind=kind,
        health=kind == Document.Kind.SANTE,
        title=title.strip() or proof.filename,
        proof=proof,
        confidential=confidential,
        received_on=received_on,
        expires_on=expires_on,
        recorded_at=now,
    )
    checked(row).save(force_insert=True)
    journal.append(event="suivi.document_depose", by=by, subject=row, entreprise_id=row.entreprise_id, now=now)
    return row


@transaction.atomic
def controler(
    *, document: Document, accepted: bool, checked_on: dt.date, by: Actor, now: dt.datetime, reason: str = ""
) -> Document:
    """Say that a paper was checked, or refuse it with a reason."""
    row = _opened(document, by)
    if checked_on > timezone.localdate(now):
        raise refused("Ce contrôle n’est pas encore fait : notez-le le jour venu.", "checked_on")
    if not accepted and not reason.strip():
        raise refused("Un refus dit pourquoi : écrivez ce qui manque à ce document.", "reason")
    row.check_state = Check.VERIFIE if accepted else Check.REFUSE
    row.checked_on, row.refusal = checked_on, None if accepted else reason.strip()
    checked(row).save()
    event = "suivi.document_verifie" if accepted else "suivi.document_refuse"
    journal.append(event=event, by=by, subject=row, entreprise_id=row.entreprise_id, now=now)
    return row


@transaction.atomic
def fixer_terme(*, document: Document, expires_on: dt.date | None, by: Actor, now: dt.datetime) -> Document:
    """Say until when a paper holds; a day in the past marks it as expired."""
    row = _opened(document, by)
    before, row.expires_on = row.expires_on, expires_on
    checked(row).save(update_fields=["expires_on"])
    journal.append(
        event="suivi.document_terme",
        by=by,
        subject=row,
        entreprise_id=row.entreprise_id,
        now=now,
        changes={"expires_on": (before, expires_on)},
    )
    return row


@transaction.atomic
def deposer_modele(
    *, entreprise_id: uuid.UUID, name: str, proof: ProofFile, by: Actor, now: dt.datetime
) -> ModeleDocument:
    """Keep a model of the enterprise; under a name already used, it is the next version and the former retires."""
    check_acts_in(by, entreprise_id, Permission.DOSSIER_ECRIRE)
    name = name.strip()
    same = ModeleDocument.objects.of(entreprise_id).filter(name=name)
    former = same.select_for_update(of=("self",)).order_by("-version").first()
    if former is not None and former.retired_on is None:
        former.retired_on = timezone.localdate(now)
        former.save(update_fields=["retired_on"])
    row = ModeleDocument(
        entreprise_id=entreprise_id,
        name=name,
        version=former.version + 1 if former else 1,
        proof=proof,
        uploaded_by_id=by.user_id,
        uploaded_at=now,
    )
    checked(row).save(force_insert=True)
    journal.append(event="suivi.modele_depose", by=by, subject=row, entreprise_id=entreprise_id, now=now)
    return row


@transaction.atomic
def retirer_modele(*, modele: ModeleDocument, on: dt.date, by: Actor, now: dt.datetime) -> ModeleDocument:
    """Offer a model no more; what it produced stays."""
    check_acts_in(by, modele.entreprise_id, Permission.DOSSIER_ECRIRE)
    row = locked(modele)
    if row.retired_on is None:
        row.retired_on = on
        row.save(update_fields=["retired_on"])
        journal.append(event="suivi.modele_retire", by=by, subject=row, entreprise_id=row.entreprise_id, now=now)
    return row


@transaction.atomic
def noter_production(
    *,
    travailleur: Travailleur,
    source: str,
    proof: ProofFile,
    by: Actor,
    now: dt.datetime,
    modele: ModeleDocument | None = None,
) -> DocumentProduit:
    """Keep what was produced for a person, from which model, as it was given."""
    policies.check_writes_dossier(by, travailleur)
    row = DocumentProduit(
        entreprise_id=travailleur.entreprise_id,
        travailleur=travailleur,
        modele=modele,
        source=source,
        proof=proof,
        produced_by_id=by.user_id,
        produced_at=now,
    )
    checked(row).save(force_insert=True)
    journal.append(event="suivi.document_produit", by=by, subject=row, entreprise_id=row.entreprise_id, now=now)
    return row


def _opened(document: Document, by: Actor) -> Document:
    """Lock a paper that the actor may open; another's confidential or health paper stays closed."""
    policies.check_writes_dossier(by, document.travailleur)
    if not Document.objects.visible_to(by).filter(pk=document.pk).exists():
        raise AccessDenied("Ce document est celui d’un collègue : demandez-lui de le contrôler.")
    return locked(document)
