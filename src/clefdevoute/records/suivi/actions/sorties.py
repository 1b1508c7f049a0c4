"""The way out: noted, corrected, reopened; the calls that follow, only with the person's consent."""

import datetime as dt
from typing import Any

from django.db import transaction
from django.utils import timezone

from clefdevoute.law.kernel.dates import add_days, add_months
from clefdevoute.records.entreprises.writing import amended, checked, locked, refused
from clefdevoute.records.foundation import journal
from clefdevoute.records.foundation.access import Actor
from clefdevoute.records.personnes.models import Accompagnateur, Engagement, Travailleur
from clefdevoute.records.suivi import policies
from clefdevoute.records.suivi.consentements import en_vigueur
from clefdevoute.records.suivi.models import Consentement, Sortie, SuiviPar, SuiviSortie, TentativeSortie

TERMS = (3, 6, 12)
"""Months after which the person is called (F22)."""

NOTES_DAYS = 30
"""Days during which whoever followed the person finishes the notes, once nothing more is due."""

FIELDS = ("left_on", "reason", "destination", "remark")
AHEAD = dt.timedelta(days=366)
PURPOSE = Consentement.Purpose.RAPPEL_SORTIE


@transaction.atomic
def noter_sortie(*, travailleur: Travailleur, by: Actor, now: dt.datetime, **values: Any) -> Sortie:
    """End the stay of a person; the three follow-ups are planned at once, and made only with her consent."""
    policies.check_writes_dossier(by, travailleur)
    person = locked(travailleur)
    row = Sortie(
        entreprise_id=person.entreprise_id,
        travailleur=person,
        stay_starts_on=debut_sejour(person),
        recorded_by=_self(by),
        recorded_at=now,
    )
    amended(row, _cleaned(values), FIELDS)
    _check(row, now)
    row.save(force_insert=True)
    journal.append(event="suivi.sortie_notee", by=by, subject=row, entreprise_id=row.entreprise_id, now=now)
    _plan(row)
    _close_followers(row, now)
    return row


@transaction.atomic
def corriger_sortie(*, sortie: Sortie, by: Actor, now: dt.datetime, **values: Any) -> Sortie:
    """Correct an exit; what was is kept, follow-ups not yet made move with the day."""
    row = locked(sortie)
    policies.check_writes_dossier(by, row.travailleur)
    _check_open(row)
    changes = amended(row, _cleaned(values), FIELDS)
    if not changes:
        return row
    _check(row, now)
    row.save(update_fields=list(changes))
    journal.append(
        event="suivi.sortie_corrigee",
        by=by,
        subject=row,
        entreprise_id=row.entreprise_id,
        now=now,
        changes=changes,
    )
    _plan(row)
    _close_followers(row, now)
    return row


@transaction.atomic
def rouvrir_sortie(*, sortie: Sortie, reason: str, by: Actor, now: dt.datetime) -> Sortie:
    """Take an exit back with its reason: the person never left, or came back under the same stay."""
    row = locked(sortie)
    policies.check_writes_dossier(by, row.travailleur)
    _check_open(row)
    if not reason.strip():
        raise refused("Une sortie se rouvre avec sa raison : écrivez-la en une phrase.", "reason")
    ended = row.followed_until
    row.reopened_on, row.reopening_reason, row.followed_until = timezone.localdate(now), reason.strip(), None
    checked(row).save(update_fields=["reopened_on", "reopening_reason", "followed_until"])
    _drop_calls(row)
    if ended is not None:
        for one in _followers(row).filter(ends_on=ended):
            one.ends_on = None
            one.save(update_fields=["ends_on"])
    journal.append(event="suivi.sortie_rouverte", by=by, subject=row, entreprise_id=row.entreprise_id, now=now)
    return row


@transaction.atomic
def noter_attestation(*, sortie: Sortie, by: Actor, now: dt.datetime) -> Sortie:
    """Keep the day on which the attestation was made out."""
    row = locked(sortie)
    policies.check_writes_dossier(by, row.travailleur)
    row.attestation_on = timezone.localdate(now)
    row.save(update_fields=["attestation_on"])
    journal.append(event="suivi.attestation_produite", by=by, subject=row, entreprise_id=row.entreprise_id, now=now)
    return row


@transaction.atomic
def noter_appel(
    *, suivi: SuiviSortie, tried_on: dt.date, result: str, by: Actor, now: dt.datetime, employed: str = ""
) -> SuiviSortie:
    """Note one attempt; an answer or a refusal ends the follow-up, the rest leaves it open."""
    row = locked(suivi)
    policies.check_writes_dossier(by, row.travailleur)
    _check_callable(row, tried_on, now)
    attempt = TentativeSortie(
        entreprise_id=row.entreprise_id,
        travailleur_id=row.travailleur_id,
        suivi=row,
        tried_on=tried_on,
        result=result,
        tried_by=_self(by),
        recorded_at=now,
    )
    checked(attempt).save(force_insert=True)
    row.attempts += 1
    if result == TentativeSortie.Result.REPONDU:
        if employed not in SuiviSortie.Employed.values:
            raise refused("La personne a répondu : dites si elle est en emploi, oui ou non.", "employed")
        row.outcome, row.employed, row.answered_on = SuiviSortie.Outcome.REPONDU, employed, tried_on
    elif result == TentativeSortie.Result.REFUSE:
        row.outcome, row.answered_on = SuiviSortie.Outcome.REFUSE, tried_on
    checked(row).save(update_fields=["attempts", "outcome", "employed", "answered_on"])
    journal.append(event="suivi.appel_note", by=by, subject=row, entreprise_id=row.entreprise_id, now=now)
    return row


@transaction.atomic
def clore_sans_reponse(*, suivi: SuiviSortie, by: Actor, now: dt.datetime) -> SuiviSortie:
    """Give up on a follow-up after at least one attempt; it is counted apart, never as an answer."""
    row = locked(suivi)
    policies.check_writes_dossier(by, row.travailleur)
    if row.outcome != SuiviSortie.Outcome.A_FAIRE:
        raise refused("Ce suivi est déjà clos : rien n’a changé.")
    if not row.attempts:
        raise refused("Aucun essai n’est noté : essayez de joindre la personne au moins une fois avant de clore.")
    row.outcome = SuiviSortie.Outcome.SANS_REPONSE
    checked(row).save(update_fields=["outcome"])
    journal.append(event="suivi.suivi_sortie_clos", by=by, subject=row, entreprise_id=row.entreprise_id, now=now)
    return row


@transaction.atomic
def corriger_reponse(*, suivi: SuiviSortie, employed: str, by: Actor, now: dt.datetime) -> SuiviSortie:
    """Correct the one answer; the history keeps what was noted first."""
    row = locked(suivi)
    policies.check_writes_dossier(by, row.travailleur)
    if row.outcome != SuiviSortie.Outcome.REPONDU or employed not in SuiviSortie.Employed.values:
        raise refused("Seule une réponse notée se corrige, par oui ou par non.", "employed")
    changes = amended(row, {"employed": employed}, ("employed",))
    if changes:
        row.save(update_fields=["employed"])
        journal.append(
            event="suivi.reponse_corrigee",
            by=by,
            subject=row,
            entreprise_id=row.entreprise_id,
            now=now,
            changes=changes,
        )
    return row


def debut_sejour(travailleur: Travailleur) -> dt.date:
    """Find the first day of the stay that has no exit yet: the first contract after the last exit."""
    contracts = Engagement.objects.of(travailleur.entreprise_id).filter(travailleur_id=travailleur.pk)
    last = (
        Sortie.objects.of(travailleur.entreprise_id)
        .filter(travailleur_id=travailleur.pk, reopened_on__isnull=True)
        .order_by("-left_on")
        .first()
    )
    if last is not None:
        contracts = contracts.filter(starts_on__gt=last.left_on)
    first: dt.date | None = contracts.order_by("starts_on").values_list("starts_on", flat=True).first()
    if first is None and last is not None:
        raise refused(
            f"La sortie de ce passage est déjà notée, le {last.left_on:%d/%m/%Y} : corrigez-la, ou rouvrez-la avec "
            "sa raison."
        )
    if first is None:
        raise refused(
            "Le registre ne porte aucun contrat pour cette personne : demandez au gestionnaire de l’inscrire, puis "
            "notez la sortie."
        )
    return first


def _cleaned(values: dict[str, Any]) -> dict[str, Any]:
    """Write an empty remark as none, so that nothing empty is sealed."""
    if "remark" in values:
        return values | {"remark": (values["remark"] or "").strip() or None}
    return values


def _check(row: Sortie, now: dt.datetime) -> None:
    """Refuse days that cannot be: before the entry, or more than a year ahead."""
    today = timezone.localdate(now)
    if row.left_on is not None and row.left_on > today + AHEAD:
        raise refused(f"Le {row.left_on:%d/%m/%Y} est dans plus d’un an. Vérifiez l’année du dernier jour.", "left_on")
    checked(row)


def _check_open(row: Sortie) -> None:
    if row.reopened_on is not None:
        raise refused(
            f"Cette sortie a été rouverte le {row.reopened_on:%d/%m/%Y} : elle ne change plus. Notez-en une autre."
        )


def _check_callable(row: SuiviSortie, tried_on: dt.date, now: dt.datetime) -> None:
    """When: an open follow-up, a consent that holds on the day, which is after the exit and not to come."""
    if row.outcome != SuiviSortie.Outcome.A_FAIRE:
        raise refused("Ce suivi est déjà clos : rien n’a changé.")
    if tried_on > timezone.localdate(now):
        raise refused("Cet essai n’est pas encore fait : notez-le une fois l’appel passé.", "tried_on")
    if tried_on < row.sortie.left_on:
        raise refused(f"L’essai précède la sortie du {row.sortie.left_on:%d/%m/%Y}. Vérifiez le jour.", "tried_on")
    if en_vigueur(row.travailleur, PURPOSE, tried_on) is None:
        raise refused(
            "La personne n’a pas donné son accord pour être rappelée, ou l’a retiré : n’appelez pas. Son accord se "
            "demande dans l’onglet Consentements."
        )


def _plan(row: Sortie) -> None:
    """Plan the three follow-ups, none after a death; those not yet made follow the day of the exit."""
    if row.reason == Sortie.Reason.DECES:
        _drop_calls(row)
        return
    known = {one.months: one for one in SuiviSortie.objects.of(row.entreprise_id).filter(sortie=row)}
    for months in TERMS:
        one = known.get(months) or SuiviSortie(
            entreprise_id=row.entreprise_id, travailleur_id=row.travailleur_id, sortie=row, months=months
        )
        if one.outcome == SuiviSortie.Outcome.SANS_OBJET:
            one.outcome = SuiviSortie.Outcome.A_FAIRE
        if one.outcome == SuiviSortie.Outcome.A_FAIRE:
            one.due_on = add_months(row.left_on, months)
            checked(one).save()


def _drop_calls(row: Sortie) -> None:
    open_ones = SuiviSortie.objects.of(row.entreprise_id).filter(sortie=row, outcome=SuiviSortie.Outcome.A_FAIRE)
    open_ones.update(outcome=SuiviSortie.Outcome.SANS_OBJET)


def _close_followers(row: Sortie, now: dt.datetime) -> None:
    """End whoever follows the person once the last call is made and the notes are finished; hide nothing before."""
    previous = row.followed_until
    called = row.reason != Sortie.Reason.DECES
    last = add_months(row.left_on, TERMS[-1]) if called else max(row.left_on, timezone.localdate(now))
    row.followed_until = add_days(last, NOTES_DAYS)
    for one in _followers(row):
        if one.ends_on is None or one.ends_on == previous:
            one.ends_on = max(row.followed_until, one.starts_on)
            one.save(update_fields=["ends_on"])
    row.save(update_fields=["followed_until"])


def _followers(row: Sortie) -> Any:
    """Give the referents of the person; the end of a relève was chosen and stays."""
    rows = SuiviPar.objects.of(row.entreprise_id).filter(travailleur_id=row.travailleur_id)
    return rows.filter(kind=SuiviPar.Kind.REFERENT)


def _self(by: Actor) -> Accompagnateur | None:
    """Find the accompagnateur behind an account, where the account is one."""
    if by.entreprise_id is None:
        return None
    found: Accompagnateur | None = Accompagnateur.objects.of(by.entreprise_id).filter(user_id=by.user_id).first()
    return found
