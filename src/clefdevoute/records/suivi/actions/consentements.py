"""Consents asked, answered, withdrawn: each date is set once, and each movement is kept beside it for ever."""

import datetime as dt
from typing import Any

from django.db import transaction
from django.utils import timezone

from clefdevoute.records.entreprises.writing import checked, locked, refused
from clefdevoute.records.foundation import journal
from clefdevoute.records.foundation.access import Actor
from clefdevoute.records.foundation.models import ProofFile
from clefdevoute.records.personnes.models import Travailleur
from clefdevoute.records.suivi import policies, traits
from clefdevoute.records.suivi import textes_consentement as textes
from clefdevoute.records.suivi.models import Consentement, MouvementConsentement

Purpose, Signature, Kind = Consentement.Purpose, Consentement.Signature, MouvementConsentement.Kind


@transaction.atomic
def demander(
    *,
    travailleur: Travailleur,
    purpose: str,
    asked_on: dt.date,
    by: Actor,
    now: dt.datetime,
    language: str = "fr",
    tiers: str = "",
) -> Consentement:
    """Note that a person was asked, by the text in force that day; the answer comes when she gives it."""
    policies.check_writes_dossier(by, travailleur)
    _not_tomorrow(asked_on, now, "asked_on")
    row = Consentement(
        entreprise_id=travailleur.entreprise_id,
        travailleur=travailleur,
        purpose=purpose,
        text_version=textes.version_en_vigueur(purpose, asked_on) if purpose in Purpose.values else "",
        language=language if language in textes.LANGUES else "fr",
        tiers=tiers.strip() or None,
        asked_on=asked_on,
    )
    checked(row).save(force_insert=True)
    _moved(row, Kind.DEMANDE, asked_on, by, now)
    return row


@transaction.atomic
def donner(
    *,
    consentement: Consentement,
    given_on: dt.date,
    signature: str,
    by: Actor,
    now: dt.datetime,
    strokes: str = "",
    proof: ProofFile | None = None,
) -> Consentement:
    """Note a yes, signed on paper (its page may follow) or on the screen; an older yes ends that day."""
    row = _awaiting(consentement, by)
    _not_tomorrow(given_on, now, "given_on")
    if signature == Signature.ECRAN:
        row.strokes = traits.ecrire(traits.lire(strokes))
    row.given_on, row.signature = given_on, signature
    row.expires_on, row.proof = textes.echeance(row.purpose, given_on), proof
    checked(row)
    if row.purpose != Purpose.CONTACT_TIERS:
        for older in _standing(row, given_on):
            older.replaced_on = given_on
            checked(older).save(update_fields=["replaced_on"])
            _moved(older, Kind.REMPLACE, given_on, by, now)
    row.save()
    _moved(row, Kind.DONNE, given_on, by, now)
    return row


@transaction.atomic
def refuser(*, consentement: Consentement, refused_on: dt.date, by: Actor, now: dt.datetime) -> Consentement:
    """Note a no; it also ends a yes still in force, for a person is never held to what she no longer wants."""
    row = _awaiting(consentement, by)
    _not_tomorrow(refused_on, now, "refused_on")
    row.refused_on = refused_on
    checked(row).save(update_fields=["refused_on"])
    _moved(row, Kind.REFUSE, refused_on, by, now)
    if row.purpose != Purpose.CONTACT_TIERS:
        for older in _standing(row, refused_on):
            _withdraw(older, refused_on, by, now)
    return row


@transaction.atomic
def retirer(*, consentement: Consentement, withdrawn_on: dt.date, by: Actor, now: dt.datetime) -> Consentement:
    """Take a yes back at the person's word: from that day on nothing rests on it any more."""
    policies.check_writes_dossier(by, consentement.travailleur)
    row = locked(consentement)
    if row.etat(withdrawn_on) is not Consentement.Etat.DONNE:
        raise refused("Il n’y a pas de oui en cours à retirer : ouvrez l’historique pour voir ce qui est noté.")
    _not_tomorrow(withdrawn_on, now, "withdrawn_on")
    _withdraw(row, withdrawn_on, by, now)
    return row


@transaction.atomic
def joindre_page(*, consentement: Consentement, proof: ProofFile, by: Actor, now: dt.datetime) -> Consentement:
    """Add the scanned page to a yes signed on paper, once."""
    policies.check_writes_dossier(by, consentement.travailleur)
    row = locked(consentement)
    if row.signature != Signature.PAPIER or row.proof_id is not None:
        raise refused("Cette page est déjà là, ou ce oui n’a pas été signé sur papier : rien n’a été remplacé.")
    row.proof = proof
    checked(row).save(update_fields=["proof"])
    journal.append(event="suivi.consentement_page_jointe", by=by, subject=row, entreprise_id=row.entreprise_id, now=now)
    return row


def _withdraw(row: Consentement, withdrawn_on: dt.date, by: Actor, now: dt.datetime) -> None:
    row.withdrawn_on = withdrawn_on
    checked(row).save(update_fields=["withdrawn_on"])
    _moved(row, Kind.RETIRE, withdrawn_on, by, now)


def _awaiting(consentement: Consentement, by: Actor) -> Consentement:
    """Lock a question that has no answer yet."""
    policies.check_writes_dossier(by, consentement.travailleur)
    row = locked(consentement)
    if row.given_on is not None or row.refused_on is not None:
        raise refused("Cette question a déjà sa réponse. Pour en noter une autre, posez la question à nouveau.")
    return row


def _standing(row: Consentement, on: dt.date) -> list[Consentement]:
    """Lock the older yes of the same purpose that holds on a day, or was given on it."""
    rows: Any = Consentement.objects.of(row.entreprise_id).filter(
        travailleur_id=row.travailleur_id, purpose=row.purpose
    )
    return list(rows.in_force(on).exclude(pk=row.pk).select_for_update(of=("self",)))


def _moved(row: Consentement, kind: MouvementConsentement.Kind, on: dt.date, by: Actor, now: dt.datetime) -> None:
    """Keep the movement beside the row, and its link in the journal."""
    MouvementConsentement(
        entreprise_id=row.entreprise_id,
        travailleur_id=row.travailleur_id,
        consentement=row,
        kind=kind,
        happened_on=on,
        recorded_by_id=by.user_id,
        recorded_at=now,
    ).save(force_insert=True)
    journal.append(
        event=f"suivi.consentement_{kind.value}", by=by, subject=row, entreprise_id=row.entreprise_id, now=now
    )


def _not_tomorrow(day: dt.date, now: dt.datetime, field: str) -> None:
    if day > timezone.localdate(now):
        raise refused(f"Le {day:%d/%m/%Y} n’est pas encore passé : notez la date où cela s’est fait.", field)
