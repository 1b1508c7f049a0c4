"""Reading interviews: what this reader may see of the three texts, with the trace of corrections."""

import datetime as dt
import uuid
from collections.abc import Collection
from dataclasses import dataclass, replace

from clefdevoute.law.entretiens.faits import Entretien as EntretienFact
from clefdevoute.law.entretiens.faits import Forme
from clefdevoute.records.agenda.facts import FaitsHorloge
from clefdevoute.records.foundation.access import Actor
from clefdevoute.records.foundation.models import User
from clefdevoute.records.personnes.models import Engagement, Travailleur
from clefdevoute.records.suivi.horloges import faits_horloges
from clefdevoute.records.suivi.models import ASavoir, Entretien, Note, NotePartagee, NotePrivee, NoteSante


@dataclass(frozen=True, slots=True)
class Texte:
    """One text as it stands, and what stood before, the newest first."""

    last: Note
    former: tuple[Note, ...]


@dataclass(frozen=True, slots=True)
class Textes:
    """What this reader may see of an interview; health may hold the texts of several authors who share it."""

    partagee: Texte | None
    privee: Texte | None
    sante: tuple[Texte, ...]


def textes(entretien: Entretien, actor: Actor) -> Textes:
    """Read the texts that are open to this reader, in three queries."""
    shared = _stacked(NotePartagee.objects.visible_to(actor).filter(entretien=entretien), by_author=False)
    own = _stacked(NotePrivee.objects.visible_to(actor).filter(entretien=entretien), by_author=True)
    health = _stacked(NoteSante.objects.visible_to(actor).filter(entretien=entretien), by_author=True)
    return Textes(shared[0] if shared else None, own[0] if own else None, tuple(health))


def auteurs(found: Textes) -> dict[uuid.UUID, str]:
    """Name the authors of every version that this reader sees, in one query."""
    piles = [*(one for one in (found.partagee, found.privee) if one), *found.sante]
    ids = {note.author_id for pile in piles for note in (pile.last, *pile.former)}
    return dict(User.objects.filter(pk__in=ids).values_list("pk", "name"))


def a_savoir(actor: Actor, travailleur_ids: Collection[uuid.UUID]) -> dict[uuid.UUID, str]:
    """Give the pinned line of each person whose dossier is open to the actor, in one query."""
    rows = ASavoir.objects.visible_to(actor).filter(travailleur_id__in=travailleur_ids, replaced_at__isnull=True)
    return {row.travailleur_id: row.text for row in rows}


def hors_contrat(travailleur: Travailleur, day: dt.date) -> bool:
    """Tell whether a day lies outside every contract of the person: worth a warning, never a refusal."""
    rows = Engagement.objects.of(travailleur.entreprise_id).filter(travailleur=travailleur, starts_on__lte=day)
    return not rows.exclude(ends_on__lt=day).exists()


@dataclass(frozen=True, slots=True)
class Echeances:
    """The last day for the next interview: as it stands, and once this one is held face to face."""

    actuelle: dt.date | None
    si_face_a_face: dt.date | None


def echeances(travailleur: Travailleur, held_on: dt.date, *, as_of: dt.date) -> Echeances:
    """Ask the law both dates; a person without clock has neither."""
    facts = faits_horloges(travailleur.entreprise_id, [travailleur.pk], as_of=as_of).get(travailleur.pk)
    if facts is None:
        return Echeances(None, None)
    return Echeances(_due(facts, as_of), _due(_with(facts, held_on, "face_a_face"), as_of))


def _with(facts: FaitsHorloge, day: dt.date, form: Forme) -> FaitsHorloge:
    return replace(facts, entretiens=(*facts.entretiens, EntretienFact(day, "individuel", "fait", form)))


def _due(facts: FaitsHorloge, as_of: dt.date) -> dt.date | None:
    return facts.etat(as_of=as_of).value.individuel.echeance


def _stacked(rows: "Collection[Note]", *, by_author: bool) -> list[Texte]:
    """Stack versions, the newest on top; one pile for a shared text, one for each author otherwise."""
    piles: dict[uuid.UUID | None, list[Note]] = {}
    for row in sorted(rows, key=lambda note: -note.version):
        piles.setdefault(row.author_id if by_author else None, []).append(row)
    return [Texte(pile[0], tuple(pile[1:])) for pile in piles.values()]
