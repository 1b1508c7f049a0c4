"""The lines of the list as they are shown and written: all columns of many persons in a bounded number of queries."""

import datetime as dt
import uuid
from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import partial

from django.db.models import F
from django.urls import reverse
from django.utils.translation import gettext as _

from clefdevoute.law.accompagnement_social.dossier import Completude
from clefdevoute.law.entretiens.rules import Etat, Horloge
from clefdevoute.records.foundation.access import Actor
from clefdevoute.records.foundation.memoire import Memoire
from clefdevoute.records.personnes.models import Accompagnateur, Engagement, StatutEngagement, Travailleur
from clefdevoute.records.suivi import dossiers
from clefdevoute.records.suivi.facts import completude
from clefdevoute.records.suivi.horloges import horloges
from clefdevoute.records.suivi.models import ASavoir, SuiviPar
from clefdevoute.ui.formats import jours

NEAR = 7
"""Days under which a date is amber."""
CHUNK = 500
"""Persons read at once by an export."""


@dataclass(frozen=True, slots=True)
class Echeance:
    """A due date as text, icon and colour; ``kind`` and ``icon`` are those of a badge."""

    kind: str
    icon: str
    text: str


@dataclass(frozen=True, slots=True)
class Rangee:
    """A person of the list with all that its columns say."""

    travailleur: Travailleur
    engagement: Engagement | None
    statut: StatutEngagement | None
    etat: Etat | None
    completude: Completude | None
    referent: Accompagnateur | None
    savoir: str
    as_of: dt.date

    @property
    def url(self) -> str:
        """Give the address of the dossier."""
        return reverse("accompagnateur:dossier", kwargs={"pk": self.travailleur.pk})

    @property
    def individuel(self) -> Echeance | None:
        """Say when the next interview is due."""
        return echeance(self.etat.individuel, self.as_of) if self.etat else None

    @property
    def seance(self) -> Echeance | None:
        """Say that the collective clock is late or near; else it is not shown."""
        clock = self.etat.collectif if self.etat else None
        if clock is None or clock.echeance is None or clock.situation == "empeche":
            return None
        if clock.situation != "en_retard" and (clock.echeance - self.as_of).days > NEAR:
            return None
        found = echeance(clock, self.as_of, late="soon", late_words=_("Séance échue depuis %(days)s"))
        return found if clock.situation == "en_retard" else Echeance("soon", "horloge", _("Séance : ") + found.text)


def echeance(clock: Horloge, as_of: dt.date, *, late: str = "late", late_words: str = "") -> Echeance:
    """Write a clock: late, near, further, impeded or closed."""
    if clock.echeance is None:
        return Echeance("", "attente", _("Suivi clos"))
    if clock.situation == "empeche":
        return Echeance("pause", "pause", _("Empêchement motivé"))
    if clock.situation == "en_retard":
        words = late_words or _("En retard de %(days)s")
        return Echeance(late, "alerte" if late == "late" else "horloge", words % {"days": jours(clock.jours_retard)})
    left = (clock.echeance - as_of).days
    if left == 0:
        return Echeance("soon", "horloge", _("Aujourd’hui"))
    if left <= NEAR:
        return Echeance("soon", "horloge", _("Dans %(days)s") % {"days": jours(left)})
    return Echeance("", "calendrier", f"{clock.echeance:%d/%m/%Y}")


def rangees(actor: Actor, ids: Sequence[uuid.UUID], *, as_of: dt.date) -> list[Rangee]:
    """Read all columns of these persons but the pinned line, in the order given."""
    found: list[Rangee] = []
    for start in range(0, len(ids), CHUNK):
        found += _lues(actor, ids[start : start + CHUNK], as_of)
    return found


def montrees(actor: Actor, ids: Sequence[uuid.UUID], *, as_of: dt.date) -> list[Rangee]:
    """Give the rows of a page of the list, kept while nothing is written, and the pinned line, that never is."""
    if actor.entreprise_id is None:
        return []
    read = partial(rangees, actor, ids, as_of=as_of)
    kept = _RANGEES.lire(actor.entreprise_id, (actor.key, tuple(ids)), read, as_of=as_of)
    pinned = _a_savoir(actor, ids) if kept else {}
    return [replace(row, savoir=pinned.get(row.travailleur.pk, "")) for row in kept]


_RANGEES: Memoire[list[Rangee]] = Memoire(64)


def _lues(actor: Actor, ids: Sequence[uuid.UUID], as_of: dt.date) -> list[Rangee]:
    if actor.entreprise_id is None:
        return []
    persons = dossiers.travailleurs(actor).defer("niss").in_bulk(list(ids))
    contracts = _contrats(actor, ids, as_of)
    statuts = StatutEngagement.objects.visible_to(actor).filter(engagement__in=[one.pk for one in contracts.values()])
    by_contract = {one.engagement_id: one for one in statuts}
    clocks = horloges(actor.entreprise_id, ids, as_of=as_of)
    files = completude(actor.entreprise_id, ids, as_of=as_of)
    referents = _referents(actor, ids, as_of)
    return [
        Rangee(
            travailleur=persons[pk],
            engagement=contracts.get(pk),
            statut=by_contract.get(contracts[pk].pk) if pk in contracts else None,
            etat=clocks[pk].value if pk in clocks else None,
            completude=files[pk].value if pk in files else None,
            referent=referents.get(pk),
            savoir="",
            as_of=as_of,
        )
        for pk in ids
        if pk in persons
    ]


def _contrats(actor: Actor, ids: Sequence[uuid.UUID], as_of: dt.date) -> dict[uuid.UUID, Engagement]:
    """Give the last contract begun of each person: the same one that the filters look at."""
    rows = Engagement.objects.visible_to(actor).filter(travailleur__in=ids, starts_on__lte=as_of)
    order = (F("ends_on").asc(nulls_last=True), "starts_on", "id")
    return {one.travailleur_id: one for one in rows.order_by(*order)}


def _referents(actor: Actor, ids: Sequence[uuid.UUID], as_of: dt.date) -> dict[uuid.UUID, Accompagnateur]:
    rows = SuiviPar.objects.visible_to(actor).filter(
        travailleur__in=ids, kind=SuiviPar.Kind.REFERENT, starts_on__lte=as_of
    )
    running = rows.exclude(ends_on__lt=as_of).select_related("accompagnateur").order_by("starts_on", "id")
    return {one.travailleur_id: one.accompagnateur for one in running}


def _a_savoir(actor: Actor, ids: Sequence[uuid.UUID]) -> dict[uuid.UUID, str]:
    rows = ASavoir.objects.visible_to(actor).filter(travailleur__in=ids, replaced_at__isnull=True)
    return {one.travailleur_id: one.text for one in rows}
