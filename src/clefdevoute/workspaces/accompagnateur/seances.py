"""A séance laid out for its pages: whom to propose, who has a place, what the attendance credits."""

import datetime as dt
import uuid
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from django.db.models import Count, Q
from django.utils import timezone
from django.utils.translation import gettext as _

from clefdevoute.law.entretiens.rules import Horloge
from clefdevoute.records.agenda.models import Presence, Seance
from clefdevoute.records.echeances.lignes import horizon
from clefdevoute.records.foundation.access import Actor
from clefdevoute.records.personnes.models import Engagement, Travailleur
from clefdevoute.records.suivi.horloges import horloges
from clefdevoute.ui import formats

TACHES = {"is_collective_interview": 1, "is_strategy": 9, "is_management": 9, "is_social_economy": 11}


@dataclass(frozen=True, slots=True)
class Proposee:
    """A person whose collective clock comes due, with where she works."""

    travailleur: Travailleur
    site: str
    clock: Horloge
    as_of: dt.date

    @property
    def key(self) -> str:
        """Give the value of her box."""
        return str(self.travailleur.pk)

    @property
    def late(self) -> bool:
        """Tell whether her clock is overdue."""
        return self.clock.situation == "en_retard"

    @property
    def when(self) -> str:
        """Say how her clock stands, in words."""
        return dit(self.clock)


@dataclass(frozen=True, slots=True)
class Place:
    """One person at a séance, as the attendance shows her."""

    row: Presence
    out_of_contract: bool

    @property
    def person(self) -> Travailleur:
        """Give the person."""
        found: Travailleur = self.row.travailleur
        return found


def dit(clock: Horloge) -> str:
    """Say a clock in words: how late, or until when."""
    if clock.situation == "en_retard":
        return _("En retard de %(days)s") % {"days": formats.jours(clock.jours_retard)}
    if clock.echeance is None:
        return _("Suivi clos")
    return _("Avant le %(day)s") % {"day": formats.date_courte(clock.echeance)}


def proposees(actor: Actor, *, as_of: dt.date, site: str | None = None) -> list[Proposee]:
    """
    Give the persons whose collective clock is due within the horizon and who have no place yet, the latest first.

    A name, a site and a date: what the whole team knows. A reasoned impediment is not a person to invite.
    """
    if actor.entreprise_id is None:
        return []
    states = horloges(actor.entreprise_id, as_of=as_of)
    clocks = {pk: found.value.collectif for pk, found in states.items()}
    invited = _invited(actor, as_of)
    wanted = {
        pk: clock
        for pk, clock in clocks.items()
        if clock.situation in ("a_jour", "en_retard")
        and clock.echeance is not None
        and clock.echeance <= horizon(as_of)
        and pk not in invited
    }
    sites = sites_of(actor, wanted, as_of)
    rows = Travailleur.objects.visible_to(actor).filter(pk__in=wanted)
    found = [Proposee(row, sites.get(row.pk, ""), wanted[row.pk], as_of) for row in rows]
    kept = [one for one in found if site is None or one.site == site]
    return sorted(kept, key=lambda one: (one.clock.echeance or dt.date.max, one.travailleur.name))


def sites_of(actor: Actor, ids: Collection[uuid.UUID], as_of: dt.date) -> dict[uuid.UUID, str]:
    """Give the site of the contract that runs on a day, in one query."""
    rows = Engagement.objects.visible_to(actor).filter(
        Q(ends_on__isnull=True) | Q(ends_on__gte=as_of), starts_on__lte=as_of, travailleur_id__in=ids
    )
    return dict(rows.order_by("starts_on", "id").values_list("travailleur_id", "site"))


def places(actor: Actor, seance: Seance) -> list[Place]:
    """Give the persons of a séance by name, and who had no contract that day, in two queries."""
    rows = Presence.objects.visible_to(actor).filter(seance=seance).select_related("travailleur")
    held = list(rows.order_by("travailleur__name", "travailleur__first_name", "travailleur__number"))
    covered = sites_of(actor, [row.travailleur_id for row in held], seance.day)
    return [Place(row, row.travailleur_id not in covered) for row in held]


def cherches(actor: Actor, *, seance: Seance, key: str) -> list[Travailleur]:
    """Find persons by part of their name who have no place yet, the first twenty."""
    if not key:
        return []
    rows = Travailleur.objects.visible_to(actor).filter(search_key__contains=key)
    held = Presence.objects.visible_to(actor).filter(seance=seance).values("travailleur_id")
    return list(rows.exclude(pk__in=held).order_by("name", "first_name", "number")[:20])


def credits(seance: Seance) -> list[int]:
    """Number the tasks that a presence proves."""
    return sorted({task for name, task in TACHES.items() if getattr(seance, name)})


def compte(held: Iterable[Place]) -> dict[str, int]:
    """Count the persons by attendance."""
    found = dict.fromkeys(Presence.Status.values, 0)
    for place in held:
        found[place.row.status] += 1
    return found


def comptees(actor: Actor, rows: Sequence[Seance]) -> list[tuple[Seance, dict[str, int]]]:
    """Give each séance of a page with its persons counted by attendance, in one query."""
    counts = {row.pk: dict.fromkeys(Presence.Status.values, 0) for row in rows}
    held = Presence.objects.visible_to(actor).filter(seance__in=counts).order_by()
    for seance, status, number in held.values_list("seance_id", "status").annotate(Count("id")):
        counts[seance][status] = number
    return [(row, counts[row.pk] | {"total": sum(counts[row.pk].values())}) for row in rows]


def a_pointer(seance: Seance, today: dt.date) -> bool:
    """Tell whether attendance is waited for."""
    return seance.status == Seance.Status.PLANIFIE and seance.day <= today


def _invited(actor: Actor, as_of: dt.date) -> set[uuid.UUID]:
    """Find who already has a place at a collective interview to come, in one query."""
    start = timezone.make_aware(dt.datetime.combine(as_of, dt.time.min))
    rows = Presence.objects.visible_to(actor).filter(
        status=Presence.Status.INSCRIT,
        seance__status=Seance.Status.PLANIFIE,
        seance__is_collective_interview=True,
        seance__starts_at__gte=start,
    )
    return set(rows.values_list("travailleur_id", flat=True))


def par_site(found: Sequence[Proposee]) -> list[dict[str, Any]]:
    """Group the persons proposed by site, sites by name."""
    names = sorted({one.site for one in found})
    return [{"site": name, "people": [one for one in found if one.site == name]} for name in names]
