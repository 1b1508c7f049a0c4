"""
Finishing an interview: one transaction for the agenda, the notes, the promises kept and made, the next date.

Nothing is asked but a day and a form. A day to come is refused with a sentence; a day outside the
contract is a warning for the page to give (``facts.hors_contrat``), not a refusal.
"""

import datetime as dt
import uuid
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any

from django.db import transaction
from django.utils import timezone

from clefdevoute.records.agenda.actions import rendez_vous as agenda
from clefdevoute.records.agenda.actions.precisions import preciser_rendez_vous
from clefdevoute.records.agenda.models import RendezVous
from clefdevoute.records.entreprises.writing import RowRefused, amended, checked, locked, refused
from clefdevoute.records.foundation import journal
from clefdevoute.records.foundation.access import Actor
from clefdevoute.records.personnes.models import Accompagnateur, Travailleur
from clefdevoute.records.suivi import policies
from clefdevoute.records.suivi.actions import brouillons, demarches
from clefdevoute.records.suivi.actions.notes import ecrire
from clefdevoute.records.suivi.models import Brouillon, Demarche, Entretien, NotePartagee, NotePrivee, NoteSante
from clefdevoute.records.suivi.themes import connus

_Status = RendezVous.Status
NOTES: dict[str, type[Any]] = {"partagee": NotePartagee, "privee": NotePrivee, "sante": NoteSante}
"""The three boxes, by the name that forms and refusals use."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Promesse:
    """The next action: what, of which kind, by whom, with whom, before when."""

    text: str
    kind: str = Demarche.Kind.SOCIALE
    par: str = Demarche.Par.ACCOMPAGNATEUR
    avec: bool = False
    promised_for: dt.date | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Recit:
    """What is said of an interview when it is finished; only its moment and its form are needed."""

    starts_at: dt.datetime
    form: str
    duration_min: int = 45
    place: str = ""
    themes: tuple[str, ...] = ()
    notes: Mapping[str, str] | None = None
    kept: tuple[uuid.UUID, ...] = ()
    promise: Promesse | None = None
    next_at: dt.datetime | None = None


@transaction.atomic
def terminer(
    *,
    travailleur: Travailleur,
    recit: Recit,
    by: Actor,
    now: dt.datetime,
    rendez_vous: RendezVous | None = None,
    draft: tuple[str, uuid.UUID] | None = None,
) -> Entretien:
    """
    Record an interview that took place and everything decided in it, or nothing at all.

    ``draft`` names the draft (form, subject) that this replaces: it goes with the same transaction.
    """
    policies.check_writes_dossier(by, travailleur)
    _check_past(recit.starts_at, now)
    who = _held_by(travailleur, rendez_vous, by)
    if rendez_vous is None:
        held = _unbooked(travailleur, who, recit, by, now)
    else:
        _check_fits(travailleur, rendez_vous)
        held = _held(rendez_vous, recit, by, now)
    row = Entretien(
        entreprise_id=travailleur.entreprise_id,
        travailleur=travailleur,
        rendez_vous=held,
        accompagnateur=who,
        author_id=by.user_id,
        themes=connus(travailleur.entreprise_id, recit.themes),
        finished_at=now,
    )
    checked(row).save(force_insert=True)
    for name, text in (recit.notes or {}).items():
        if text.strip():
            ecrire(NOTES[name], entretien=row, text=text, by=by, now=now, version=0)
    _promises(row, recit, by, now)
    _next(row, who, recit, by, now)
    if draft is not None:
        brouillons.fermer(travailleur=travailleur, form=draft[0], subject=draft[1], by=by, now=now)
    journal.append(event="suivi.entretien_termine", by=by, subject=row, entreprise_id=row.entreprise_id, now=now)
    return row


@transaction.atomic
def corriger_note(*, entretien: Entretien, box: str, text: str, version: int, by: Actor, now: dt.datetime) -> None:
    """
    Add a version to one of the three texts; the former stays as it was.

    ``version`` is the one that was read (0 for none): a correction made meanwhile is not covered up.
    """
    policies.check_writes_dossier(by, entretien.travailleur)
    row = locked(entretien)
    if ecrire(NOTES[box], entretien=row, text=text, by=by, now=now, version=version):
        # The event names the interview alone: whether a private or a health text exists is nobody's to read.
        journal.append(event="suivi.note_corrigee", by=by, subject=row, entreprise_id=row.entreprise_id, now=now)


@transaction.atomic
def corriger_entretien(
    *,
    entretien: Entretien,
    texts: Mapping[str, tuple[str, int]],
    themes: tuple[str, ...],
    by: Actor,
    now: dt.datetime,
) -> Entretien:
    """
    Correct the three texts and the themes at once, or nothing.

    ``texts`` gives for each box its words and the version that was read.
    """
    for box, (text, version) in texts.items():
        corriger_note(entretien=entretien, box=box, text=text, version=version, by=by, now=now)
    row = locked(entretien)
    changes = amended(row, {"themes": connus(row.entreprise_id, themes)}, ("themes",))
    if changes:
        row.save(update_fields=["themes"])
        journal.append(
            event="suivi.entretien_corrige",
            by=by,
            subject=row,
            entreprise_id=row.entreprise_id,
            now=now,
            changes={"themes": (", ".join(changes["themes"][0]), ", ".join(changes["themes"][1]))},
        )
    return row


def brouillon_subject(travailleur: Travailleur, rendez_vous: RendezVous | None) -> uuid.UUID:
    """Name what a draft is about: the appointment, or the person when it starts from nothing."""
    return rendez_vous.pk if rendez_vous else travailleur.pk


def draft_form(rendez_vous: RendezVous | None, *, call: bool) -> str:
    """Name the form of a draft."""
    return Brouillon.Form.APPEL if call and rendez_vous is None else Brouillon.Form.ENTRETIEN


def _check_past(starts_at: dt.datetime, now: dt.datetime) -> None:
    day = timezone.localdate(starts_at)
    if day > timezone.localdate(now):
        raise refused(
            f"Le {day:%d/%m/%Y} est à venir : un entretien se termine une fois qu’il a eu lieu. Corrigez la date, ou "
            "gardez le brouillon jusque-là.",
            "starts_at",
        )


def _held_by(travailleur: Travailleur, rendez_vous: RendezVous | None, by: Actor) -> Accompagnateur:
    """Find the accompagnateur behind the user; a colleague's appointment may be held in her place."""
    own = Accompagnateur.objects.of(travailleur.entreprise_id).filter(user_id=by.user_id).first()
    found = own or (rendez_vous.accompagnateur if rendez_vous else None)
    if found is None:
        raise refused(
            "Votre compte n’est relié à aucun accompagnateur de l’entreprise. Demandez à votre gestionnaire de le "
            "relier dans « Accompagnateurs » ; votre brouillon vous attend ici."
        )
    return found


def _held(rendez_vous: RendezVous, recit: Recit, by: Actor, now: dt.datetime) -> RendezVous:
    """Give a booked appointment as it was held: the agenda writes it, since it alone feeds the clocks."""
    row = locked(rendez_vous)
    if row.status == _Status.PLANIFIE and row.day != timezone.localdate(recit.starts_at):
        row = agenda.reporter_rendez_vous(rendez_vous=row, starts_at=recit.starts_at, by=by, now=now)
    if row.status == _Status.PLANIFIE:
        row = agenda.noter_issue(rendez_vous=row, status=_Status.REALISE, form=recit.form, by=by, now=now)
    elif row.status == _Status.REALISE and row.form != recit.form:
        row = agenda.corriger_issue(rendez_vous=row, status=_Status.REALISE, form=recit.form, by=by, now=now)
    elif row.status != _Status.REALISE:
        raise refused(
            f"Ce rendez-vous est noté « {row.get_status_display().lower()} » dans l’agenda. Corrigez d’abord son "
            "issue, ou écrivez un entretien sans rendez-vous."
        )
    return preciser_rendez_vous(
        rendez_vous=row,
        starts_at=recit.starts_at,
        duration_min=recit.duration_min,
        place=recit.place,
        by=by,
        now=now,
    )


def _unbooked(travailleur: Travailleur, who: Accompagnateur, recit: Recit, by: Actor, now: dt.datetime) -> RendezVous:
    """Note in the agenda a meeting that nobody had booked."""
    return agenda.enregistrer_tenu(
        travailleur=travailleur,
        accompagnateur=who,
        starts_at=recit.starts_at,
        duration_min=recit.duration_min,
        form=recit.form,
        place=recit.place,
        by=by,
        now=now,
    )


def _check_fits(travailleur: Travailleur, rendez_vous: RendezVous) -> None:
    if rendez_vous.travailleur_id != travailleur.pk:
        raise refused("Ce rendez-vous est celui d’une autre personne : ouvrez-le depuis l’agenda.")
    if Entretien.objects.of(travailleur.entreprise_id).filter(rendez_vous=rendez_vous).exists():
        raise refused("L’entretien de ce rendez-vous est déjà écrit. Ouvrez-le dans le dossier pour le corriger.")


def _promises(entretien: Entretien, recit: Recit, by: Actor, now: dt.datetime) -> None:
    """Close what was promised and done, open what is promised now."""
    rows = Demarche.objects.visible_to(by).filter(travailleur_id=entretien.travailleur_id, done_on__isnull=True)
    day = timezone.localdate(recit.starts_at)
    for row in rows.filter(pk__in=recit.kept).select_related("travailleur"):
        demarches.close_demarche(demarche=row, by=by, now=now, done_on=max(day, timezone.localdate(row.recorded_at)))
    if recit.promise is None or not recit.promise.text.strip():
        return
    with _named(text="action", promised_for="action_avant", kind="action_sorte"):
        demarches.create_demarche(
            travailleur=entretien.travailleur,
            text=recit.promise.text,
            kind=recit.promise.kind,
            par=recit.promise.par,
            avec=recit.promise.avec,
            promised_for=recit.promise.promised_for,
            entretien_ref=entretien.pk,
            by=by,
            now=now,
        )


def _next(entretien: Entretien, who: Accompagnateur, recit: Recit, by: Actor, now: dt.datetime) -> None:
    """Book the next appointment, of the same length in the same place; the due date does not move for it."""
    if recit.next_at is None:
        return
    if recit.next_at <= now:
        raise refused("Le prochain rendez-vous est à venir : donnez un moment après maintenant.", "next_at")
    with _named(starts_at="next_at"):
        agenda.fixer_rendez_vous(
            travailleur=entretien.travailleur,
            accompagnateur=who,
            starts_at=recit.next_at,
            duration_min=recit.duration_min,
            place=recit.place,
            by=by,
            now=now,
        )


@contextmanager
def _named(**names: str) -> Iterator[None]:
    """Say a refusal of another action in the words of this page's fields."""
    try:
        yield
    except RowRefused as wrong:
        raise RowRefused({names.get(name, ""): said for name, said in wrong.fields.items()}) from wrong
