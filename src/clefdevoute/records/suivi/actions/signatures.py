"""The opinion of the person on her bilan, with or without her signature; a second thought is a second row."""

import datetime as dt

from django.db import transaction
from django.utils import timezone

from clefdevoute.records.entreprises.writing import checked, locked, refused
from clefdevoute.records.foundation import journal
from clefdevoute.records.foundation.access import Actor
from clefdevoute.records.foundation.models import ProofFile
from clefdevoute.records.suivi import policies, traits
from clefdevoute.records.suivi.models import AvisTravailleur, Bilan, SignatureBilan


@transaction.atomic
def donner_avis(
    *, bilan: Bilan, avis: str, words: str, given_on: dt.date, by: Actor, now: dt.datetime
) -> AvisTravailleur:
    """Note what the person answers to her finished bilan, in her own words."""
    policies.check_writes_dossier(by, bilan.travailleur)
    row = locked(bilan)
    if not row.finished:
        raise refused("Ce bilan n’est pas terminé : terminez-le, relisez-le ensemble, puis notez l’avis.")
    if given_on > timezone.localdate(now):
        raise refused(f"Le {given_on:%d/%m/%Y} n’est pas encore passé : notez le jour où l’avis est donné.", "given_on")
    if given_on < row.held_on:
        raise refused(f"Cet avis précède le bilan du {row.held_on:%d/%m/%Y} : corrigez la date de l’avis.", "given_on")
    opinion = AvisTravailleur(
        entreprise_id=row.entreprise_id,
        travailleur_id=row.travailleur_id,
        bilan=row,
        avis=avis,
        words=words.strip() or None,
        given_on=given_on,
        recorded_by_id=by.user_id,
        recorded_at=now,
    )
    checked(opinion).save(force_insert=True)
    journal.append(event="suivi.avis_donne", by=by, subject=row, entreprise_id=row.entreprise_id, now=now)
    return opinion


@transaction.atomic
def signer(
    *,
    bilan: Bilan,
    avis: str,
    words: str,
    signed_on: dt.date,
    by: Actor,
    now: dt.datetime,
    strokes: str = "",
    proof: ProofFile | None = None,
) -> SignatureBilan:
    """Keep the opinion and the signature under it: drawn on the screen, or the paper scanned back."""
    drawn = traits.ecrire(traits.lire(strokes)) if proof is None else None
    opinion = donner_avis(bilan=bilan, avis=avis, words=words, given_on=signed_on, by=by, now=now)
    row = SignatureBilan(
        entreprise_id=opinion.entreprise_id,
        travailleur_id=opinion.travailleur_id,
        bilan_id=opinion.bilan_id,
        avis=opinion,
        kind=SignatureBilan.Kind.ECRAN if proof is None else SignatureBilan.Kind.PAPIER,
        signed_on=signed_on,
        strokes=drawn,
        proof=proof,
        recorded_by_id=by.user_id,
        recorded_at=now,
    )
    checked(row).save(force_insert=True)
    journal.append(event="suivi.bilan_signe", by=by, subject=bilan, entreprise_id=row.entreprise_id, now=now)
    return row
