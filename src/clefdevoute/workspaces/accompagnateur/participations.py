"""Parts in the management laid out for their pages: who could have taken part, and who did."""

import datetime as dt
import uuid
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from django.db.models import Q

from clefdevoute.records.foundation.access import Actor
from clefdevoute.records.parcours.models import Participation, PartPrise
from clefdevoute.records.personnes.models import Engagement, Travailleur
from clefdevoute.records.suivi import dossiers
from clefdevoute.workspaces.accompagnateur.seances import sites_of


@dataclass(frozen=True, slots=True)
class Ligne:
    """One person who may be ticked; ``role`` is empty while she took no part."""

    person: Travailleur
    site: str
    role: str

    @property
    def field(self) -> str:
        """Name her field."""
        return f"r-{self.person.pk}"


def parts(actor: Actor, rows: Sequence[Participation]) -> dict[uuid.UUID, list[PartPrise]]:
    """Give who took part in each occasion of a page, in one query; only persons open to who looks."""
    found: dict[uuid.UUID, list[PartPrise]] = {row.pk: [] for row in rows}
    held = PartPrise.objects.visible_to(actor).filter(participation__in=found, removed_on__isnull=True)
    for one in held.select_related("travailleur").order_by("travailleur__name", "travailleur__first_name"):
        found[one.participation_id].append(one)
    return found


def lignes(actor: Actor, said: Mapping[str, str], held: Mapping[uuid.UUID, str], today: dt.date) -> list[Ligne]:
    """
    Give the persons under contract and those already noted, by name, with the role typed or kept.

    ``said`` is what came back from the form, ``held`` what is stored; the form wins.
    """
    running = Engagement.objects.visible_to(actor).filter(
        Q(ends_on__isnull=True) | Q(ends_on__gte=today - dt.timedelta(days=366)), starts_on__lte=today
    )
    rows = dossiers.travailleurs(actor).filter(Q(pk__in=running.values("travailleur_id")) | Q(pk__in=list(held)))
    people = list(rows.order_by("name", "first_name", "number"))
    sites = sites_of(actor, [one.pk for one in people], today)
    return [Ligne(one, sites.get(one.pk, ""), _role(one, said, held)) for one in people]


def roles(found: Sequence[Ligne]) -> dict[Travailleur, str]:
    """Give who took part in what role, as the action takes it."""
    return {one.person: one.role for one in found if one.role in PartPrise.Role.values}


def _role(person: Travailleur, said: Mapping[str, str], held: Mapping[uuid.UUID, str]) -> str:
    return said.get(f"r-{person.pk}", "") if said else held.get(person.pk, "")
