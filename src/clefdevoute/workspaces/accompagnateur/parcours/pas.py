"""A step as a screen shows it: where it stands, one verb, one button; one of them full."""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from typing import Any

from django.urls import reverse

from clefdevoute.records.foundation.access import Actor
from clefdevoute.records.parcours.models import SansObjet
from clefdevoute.records.personnes.models import Travailleur


@dataclass(frozen=True, slots=True, kw_only=True)
class Pas:
    """One step: its state, what it says, and the verb that does it."""

    title: Any
    state: str
    meta: Any = ""
    label: Any = ""
    waits: bool = False
    act: Any = ""
    url: str = ""
    primary: bool = False


def first_is_full(steps: Iterable[Pas]) -> list[Pas]:
    """Fill the first button that there is: one full button a screen."""
    found, full = [], False
    for one in steps:
        full_here = bool(one.act) and not full
        found.append(replace(one, primary=full_here))
        full = full or full_here
    return found


@dataclass(frozen=True, slots=True)
class Neant:
    """What the foot of a screen says of a task without object."""

    task: int
    note: SansObjet | None
    url: str


def neant(actor: Actor, person: Travailleur, task: int) -> Neant:
    """Give the open note of a task without object, and where one is written."""
    rows = SansObjet.objects.visible_to(actor).filter(travailleur=person, task=task, lifted_on__isnull=True)
    url = reverse("accompagnateur:sans_objet", kwargs={"pk": person.pk, "task": task})
    return Neant(task, rows.first(), url)
