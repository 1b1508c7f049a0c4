"""Writes of conventions: drafted, sent, signed one by one, denounced; who is under them."""

import datetime as dt
from typing import Any

from django.db import transaction
from django.utils import timezone

from clefdevoute.records.entreprises.writing import amended, checked, locked, refused
from clefdevoute.records.foundation import journal
from clefdevoute.records.foundation.access import Actor
from clefdevoute.records.foundation.models import ProofFile
from clefdevoute.records.personnes.models import Travailleur
from clefdevoute.records.reseau import policies
from clefdevoute.records.reseau.actions.rapports import prevoir_rapports
from clefdevoute.records.reseau.models import ConventionCpas, ConventionPersonne, Partenaire, RapportCpas, Signature
from clefdevoute.records.suivi.policies import check_reads_dossier

FIELDS = ("reference", "starts_on", "ends_on", "renewal", "sections", "report_months")


@transaction.atomic
def rediger_convention(
    *, cpas: Partenaire, by: Actor, now: dt.datetime, renews: ConventionCpas | None = None, **values: Any
) -> ConventionCpas:
    """Begin a convention with a CPAS, or the one that follows another."""
    policies.check_writes_conventions(by, cpas.entreprise_id)
    if cpas.kind != Partenaire.Kind.CPAS:
        raise refused("Une convention art. 60 § 7 se fait avec un CPAS : choisissez-en un du réseau.", "cpas")
    if renews is not None and renews.cpas_id != cpas.pk:
        raise refused("Une convention se renouvelle avec le même CPAS : rédigez-en une nouvelle.", "cpas")
    row = ConventionCpas(entreprise_id=cpas.entreprise_id, cpas=cpas, renews=renews, modified_at=now)
    amended(row, values, FIELDS)
    _check_sections(row)
    checked(row).save(force_insert=True)
    journal.append(event="reseau.convention_redigee", by=by, subject=row, entreprise_id=row.entreprise_id, now=now)
    return row


@transaction.atomic
def modifier_convention(*, convention: ConventionCpas, by: Actor, now: dt.datetime, **values: Any) -> ConventionCpas:
    """Correct a draft."""
    row = locked(convention)
    policies.check_drafts(by, row)
    changes = amended(row, values, FIELDS)
    if changes:
        row.modified_at = now
        _check_sections(row)
        checked(row).save()
        _written(row, "reseau.convention_modifiee", by, now, changes)
    return row


@transaction.atomic
def ajouter_personne(
    *,
    convention: ConventionCpas,
    travailleur: Travailleur,
    starts_on: dt.date,
    ends_on: dt.date,
    by: Actor,
    now: dt.datetime,
) -> ConventionPersonne:
    """Put a person under a convention; once it is signed, her reports are foreseen at once."""
    policies.check_writes_conventions(by, convention.entreprise_id)
    check_reads_dossier(by, travailleur)
    held = locked(convention)
    if not held.starts_on <= starts_on <= ends_on <= held.last_day:
        raise refused(
            f"La convention va du {held.starts_on:%d/%m/%Y} au {held.last_day:%d/%m/%Y} : "
            "donnez deux dates qui s’y trouvent, dans l’ordre.",
            "starts_on",
        )
    row = ConventionPersonne(
        entreprise_id=held.entreprise_id,
        convention=held,
        travailleur=travailleur,
        starts_on=starts_on,
        ends_on=ends_on,
    )
    checked(row).save(force_insert=True)
    journal.append(event="reseau.personne_ajoutee", by=by, subject=row, entreprise_id=row.entreprise_id, now=now)
    if held.signed_on is not None:
        prevoir_rapports(personne=row, by=by, now=now)
    return row


@transaction.atomic
def terminer_personne(*, personne: ConventionPersonne, ends_on: dt.date, by: Actor, now: dt.datetime) -> None:
    """Note that a person leaves a convention before its end; the reports due later are cancelled with this reason."""
    policies.check_writes_conventions(by, personne.entreprise_id)
    check_reads_dossier(by, personne.travailleur)
    row = locked(personne)
    if ends_on > row.convention.last_day:
        raise refused(f"La convention finit le {row.convention.last_day:%d/%m/%Y} : donnez ce jour au plus.", "ends_on")
    changes = amended(row, {"ends_on": ends_on}, ["ends_on"])
    if not changes:
        return
    checked(row).save()
    journal.append(
        event="reseau.personne_terminee",
        by=by,
        subject=row,
        entreprise_id=row.entreprise_id,
        now=now,
        changes=changes,
    )
    _cancel_reports(row.convention, ends_on, "La mise à disposition a pris fin.", travailleur=row.travailleur)


@transaction.atomic
def retirer_personne(*, personne: ConventionPersonne, by: Actor, now: dt.datetime) -> None:
    """Take a person out of a draft, where she was put by mistake; the journal keeps it."""
    policies.check_drafts(by, locked(personne.convention))
    check_reads_dossier(by, personne.travailleur)
    _removed(personne, "reseau.personne_retiree", by, now)


@transaction.atomic
def retirer_signataire(*, signature: Signature, by: Actor, now: dt.datetime) -> None:
    """Take somebody out of those who sign a draft; the journal keeps it."""
    policies.check_drafts(by, locked(signature.convention))
    _removed(signature, "reseau.signataire_retire", by, now)


@transaction.atomic
def remplacer_signataire(*, signature: Signature, name: str, by: Actor, now: dt.datetime) -> Signature:
    """Name somebody else for the same party, as long as nobody signed there: a director leaves, a name was misspelt."""
    policies.check_writes_conventions(by, signature.entreprise_id)
    row = locked(signature)
    if row.signed_on is not None:
        raise refused(f"{row.name} a signé le {row.signed_on:%d/%m/%Y} : sa signature reste.", "name")
    changes = amended(row, {"name": name.strip()}, ["name"])
    if changes:
        row.reminded_on, row.reminders = None, 0
        checked(row).save()
        journal.append(
            event="reseau.signataire_remplace",
            by=by,
            subject=row,
            entreprise_id=row.entreprise_id,
            now=now,
            changes=changes,
        )
    return row


@transaction.atomic
def ajouter_signataire(*, convention: ConventionCpas, party: str, name: str, by: Actor, now: dt.datetime) -> Signature:
    """Name somebody who has to sign."""
    row = locked(convention)
    policies.check_drafts(by, row)
    signature = Signature(entreprise_id=row.entreprise_id, convention=row, party=party, name=name.strip())
    checked(signature).save(force_insert=True)
    journal.append(event="reseau.signataire_ajoute", by=by, subject=signature, entreprise_id=row.entreprise_id, now=now)
    return signature


@transaction.atomic
def envoyer_a_signer(*, convention: ConventionCpas, sent_on: dt.date, by: Actor, now: dt.datetime) -> ConventionCpas:
    """Note that the convention left to be signed; from then on it does not change."""
    row = locked(convention)
    policies.check_drafts(by, row)
    policies.check_day_past(sent_on, timezone.localdate(now), "envoi")
    parties = set(Signature.objects.of(row.entreprise_id).filter(convention=row).values_list("party", flat=True))
    if not {Signature.Party.EI, Signature.Party.CPAS} <= parties:
        raise refused("Nommez qui signe pour l’entreprise et qui signe pour le CPAS, puis notez l’envoi.")
    if not ConventionPersonne.objects.of(row.entreprise_id).filter(convention=row).exists():
        raise refused("Cette convention ne porte sur personne : ajoutez un travailleur, puis notez l’envoi.")
    changes = amended(row, {"sent_on": sent_on}, ["sent_on"])
    row.modified_at = now
    checked(row).save()
    _written(row, "reseau.convention_envoyee", by, now, changes)
    return row


@transaction.atomic
def noter_signature(
    *, signature: Signature, signed_on: dt.date, by: Actor, now: dt.datetime, proof: ProofFile | None = None
) -> Signature:
    """Note one signature; the last one puts the convention in force and foresees its reports."""
    convention = locked(signature.convention)
    policies.check_writes_conventions(by, convention.entreprise_id)
    policies.check_day_past(signed_on, timezone.localdate(now), "signature")
    row = locked(signature)
    if convention.sent_on is None or signed_on < convention.sent_on:
        raise refused("Une convention se signe après avoir été envoyée : notez d’abord l’envoi.", "signed_on")
    if row.signed_on is not None:
        raise refused(f"Cette signature est déjà notée, au {row.signed_on:%d/%m/%Y}.", "signed_on")
    row.signed_on, row.proof = signed_on, proof
    checked(row).save()
    journal.append(event="reseau.signature_notee", by=by, subject=row, entreprise_id=row.entreprise_id, now=now)
    days = list(
        Signature.objects.of(row.entreprise_id).filter(convention=convention).values_list("signed_on", flat=True)
    )
    if None not in days:
        _all_signed(convention, max(day for day in days if day is not None), by, now)
    return row


@transaction.atomic
def joindre_exemplaire(*, signature: Signature, proof: ProofFile, by: Actor, now: dt.datetime) -> Signature:
    """Join the signed copy that came back after its signature was noted; one that is there stays."""
    policies.check_writes_conventions(by, signature.entreprise_id)
    row = locked(signature)
    if row.signed_on is None:
        raise refused("Cette signature n’est pas encore notée : notez son jour, et joignez l’exemplaire avec.", "proof")
    if row.proof_id is not None:
        raise refused("L’exemplaire signé est déjà joint.", "proof")
    if proof.entreprise_id != row.entreprise_id:
        raise refused("Ce fichier n’est pas de votre entreprise : joignez-en un autre.", "proof")
    row.proof = proof
    checked(row).save()
    journal.append(event="reseau.exemplaire_joint", by=by, subject=row, entreprise_id=row.entreprise_id, now=now)
    return row


@transaction.atomic
def relancer(*, signature: Signature, reminded_on: dt.date, by: Actor, now: dt.datetime) -> Signature:
    """Note a reminder, so that the last one is seen and the next proposed."""
    policies.check_writes_conventions(by, signature.entreprise_id)
    policies.check_day_past(reminded_on, timezone.localdate(now), "relance")
    row = locked(signature)
    if row.signed_on is not None:
        raise refused("Cette personne a signé : il n’y a plus rien à relancer.")
    if row.convention.sent_on is None:
        raise refused("La convention n’est pas encore partie à signer : notez d’abord l’envoi.")
    row.reminded_on, row.reminders = reminded_on, row.reminders + 1
    checked(row).save()
    journal.append(event="reseau.signature_relancee", by=by, subject=row, entreprise_id=row.entreprise_id, now=now)
    return row


@transaction.atomic
def denoncer(
    *, convention: ConventionCpas, denounced_on: dt.date, reason: str, by: Actor, now: dt.datetime
) -> ConventionCpas:
    """End a signed convention before its time, with a reason; later reports are cancelled with it."""
    row = locked(convention)
    policies.check_denounces(by, row)
    if not row.starts_on <= denounced_on <= row.ends_on:
        raise refused(
            f"La dénonciation prend effet entre le {row.starts_on:%d/%m/%Y} et le {row.ends_on:%d/%m/%Y}.",
            "denounced_on",
        )
    values = {"denounced_on": denounced_on, "denounced_reason": reason.strip()}
    changes = amended(row, values, tuple(values))
    row.modified_at = now
    checked(row).save()
    _written(row, "reseau.convention_denoncee", by, now, {"denounced_on": changes["denounced_on"]})
    _cancel_reports(row, denounced_on, "La convention a été dénoncée.")
    return row


def _all_signed(convention: ConventionCpas, last: dt.date, by: Actor, now: dt.datetime) -> None:
    changes = amended(convention, {"signed_on": last}, ["signed_on"])
    convention.modified_at = now
    checked(convention).save()
    _written(convention, "reseau.convention_signee", by, now, changes)
    people = ConventionPersonne.objects.of(convention.entreprise_id).filter(convention=convention)
    for row in people.select_related("convention", "travailleur"):
        prevoir_rapports(personne=row, by=by, now=now)


def _cancel_reports(
    convention: ConventionCpas, after: dt.date, reason: str, travailleur: Travailleur | None = None
) -> None:
    """Cancel, with the reason, the reports due later that have not left; the one at the end stays due."""
    rows = RapportCpas.objects.of(convention.entreprise_id).filter(
        convention=convention, sent_on__isnull=True, cancelled_reason="", due_on__gt=after
    )
    if travailleur is not None:
        rows = rows.filter(travailleur=travailleur)
    rows.update(cancelled_reason=reason)


def _removed(row: ConventionPersonne | Signature, event: str, by: Actor, now: dt.datetime) -> None:
    """Write the removal before the row goes, so that its key is in the journal."""
    journal.append(event=event, by=by, subject=row, entreprise_id=row.entreprise_id, now=now)
    row.delete()


def _check_sections(row: ConventionCpas) -> None:
    known = set(RapportCpas.Section.values)
    if not isinstance(row.sections, list) or not set(row.sections) <= known:
        raise refused("Choisissez le contenu des rapports dans la liste.", "sections")
    if row.report_months is not None and not row.sections:
        raise refused("Un rapport a un contenu convenu : cochez ce qu’il peut dire, ou ôtez les rapports.", "sections")


def _written(row: ConventionCpas, event: str, by: Actor, now: dt.datetime, changes: dict[str, Any]) -> None:
    journal.append(event=event, by=by, subject=row, entreprise_id=row.entreprise_id, now=now, changes=changes)
