"""Handovers laid out for their pages: whom one follows, and the sheet of what is open for each person."""

import datetime as dt
import uuid
from collections import defaultdict
from collections.abc import Collection, Sequence
from dataclasses import dataclass, field

from django.utils.translation import gettext as _

from clefdevoute.records.agenda import facts
from clefdevoute.records.agenda.models import RendezVous
from clefdevoute.records.foundation.access import Actor
from clefdevoute.records.personnes.models import Accompagnateur, Travailleur
from clefdevoute.records.suivi import acces, dossiers
from clefdevoute.records.suivi.horloges import horloges
from clefdevoute.records.suivi.models import CLOS, Demarche, Objectif, Releve, RelevePersonne, SuiviPar
from clefdevoute.workspaces.accompagnateur.seances import dit, sites_of


@dataclass(slots=True)
class Personne:
    """One person of a handover sheet; ``open`` says whether her dossier may be read by who looks."""

    travailleur: Travailleur
    site: str
    open: bool
    individuel: str = ""
    collectif: str = ""
    late: bool = False
    prochain: RendezVous | None = None
    objectifs: list[Objectif] = field(default_factory=list)
    demarches: list[Demarche] = field(default_factory=list)


def suivies_par(actor: Actor, accompagnateur: Accompagnateur) -> list[Travailleur]:
    """Give the persons whose referent someone is, by name."""
    rows = SuiviPar.objects.visible_to(actor).filter(
        accompagnateur=accompagnateur, kind=SuiviPar.Kind.REFERENT, ends_on__isnull=True
    )
    people = Travailleur.objects.visible_to(actor).filter(pk__in=rows.values("travailleur_id"))
    return list(people.order_by("name", "first_name", "number"))


def equipe(actor: Actor, today: dt.date) -> list[Accompagnateur]:
    """Give the accompagnateurs who are in function on a day."""
    rows = Accompagnateur.objects.visible_to(actor)
    return [row for row in rows if row.functions_end is None or row.functions_end >= today]


def personnes_de(actor: Actor, releve: Releve) -> list[Travailleur]:
    """Give the persons of a handover, by name: a name and no more, known to the whole team."""
    held = RelevePersonne.objects.visible_to(actor).filter(releve=releve)
    people = Travailleur.objects.visible_to(actor).filter(pk__in=held.values("travailleur_id"))
    return list(people.order_by("name", "first_name", "number"))


def fiche(actor: Actor, people: Sequence[Travailleur], *, today: dt.date, now: dt.datetime) -> list[Personne]:
    """
    Lay out what is open for each person, in a bounded number of queries.

    Dates and counts for everybody; objectives and actions only of the dossiers open to who looks.
    """
    ids = [one.pk for one in people]
    opened = set(dossiers.travailleurs(actor).filter(pk__in=ids).values_list("pk", flat=True))
    sites = sites_of(actor, ids, today)
    found = {one.pk: Personne(one, sites.get(one.pk, ""), one.pk in opened) for one in people}
    if actor.entreprise_id is not None:
        for pk, state in horloges(actor.entreprise_id, ids, as_of=today).items():
            clocks = state.value
            found[pk].individuel, found[pk].collectif = dit(clocks.individuel), dit(clocks.collectif)
            found[pk].late = clocks.individuel.situation == "en_retard"
        for pk, meeting in facts.prochains(actor.entreprise_id, ids, now=now).items():
            found[pk].prochain = meeting
    for goal in Objectif.objects.visible_to(actor).filter(travailleur_id__in=ids, closed_on__isnull=True):
        found[goal.travailleur_id].objectifs.append(goal)
    steps = Demarche.objects.visible_to(actor).filter(travailleur_id__in=ids)
    for step in steps.exclude(status__in=CLOS).order_by("promised_for", "recorded_at"):
        found[step.travailleur_id].demarches.append(step)
    return list(found.values())


def trace(actor: Actor, people: Sequence[Personne], now: dt.datetime) -> None:
    """Note that the content of these dossiers was read, once a day for each."""
    for one in people:
        if one.open:
            acces.opened(one.travailleur, by=actor, now=now, purpose="releve")


def comptes(actor: Actor, rows: Sequence[Releve]) -> dict[uuid.UUID, int]:
    """Count the persons of each handover, in one query."""
    found: dict[uuid.UUID, int] = defaultdict(int)
    held = RelevePersonne.objects.visible_to(actor).filter(releve__in=[row.pk for row in rows])
    for pk in held.values_list("releve_id", flat=True):
        found[pk] += 1
    return found


def cles(texts: Collection[str], people: Sequence[Travailleur]) -> list[Travailleur]:
    """Keep the persons whose boxes were ticked."""
    wanted = set(texts)
    return [one for one in people if str(one.pk) in wanted]


def etat(row: Releve, today: dt.date) -> tuple[str, str]:
    """Say where a handover stands on a day: the kind of its badge, and the words."""
    if row.ends_on < today:
        return "ok", _("Finie")
    return ("progress", _("En cours")) if row.starts_on <= today else ("todo", _("À venir"))
