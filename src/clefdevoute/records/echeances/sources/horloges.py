"""
The two clocks of every followed person: one line for each individual interview, one for each site's séance.

Booking moves no date (A15): an appointment fixed in time takes the place of the line, one fixed after the
date, or while the clock is late, stays beside it. A reasoned impediment is not a thing to do.
"""

import datetime as dt
import uuid
from collections import defaultdict
from collections.abc import Iterator, Mapping

from django.db.models import Q
from django.utils import timezone

from clefdevoute.law.entretiens.rules import Etat, Horloge
from clefdevoute.law.kernel.explained import Explained
from clefdevoute.records.agenda.models import Presence, RendezVous
from clefdevoute.records.echeances.lignes import Genre, Gravite, Ligne, Portee
from clefdevoute.records.personnes.models import Engagement
from clefdevoute.records.suivi import horloges as suivi

INDIVIDUEL, COLLECTIF = "entretien", "seance"


def lignes(portee: Portee) -> Iterator[Ligne]:
    """Draw the clocks once, for both kinds of line."""
    states = {pk: found.value for pk, found in horloges(portee).items()}
    alone = {pk: one.individuel for pk, one in states.items() if _due(one.individuel, portee)}
    together = {pk: one.collectif for pk, one in states.items() if _due(one.collectif, portee)}
    sites = sites_of(portee, {*alone, *together})
    yield from _individuelles(portee, alone, sites)
    yield from _collectives(portee, together, sites)


def horloges(portee: Portee) -> dict[uuid.UUID, Explained[Etat]]:
    """Give both clocks of the persons open to who looks, read once for the lines and for the guarantee."""
    if "horloges" not in portee.lectures:
        found = suivi.horloges(portee.entreprise_id, as_of=portee.as_of)
        portee.lectures["horloges"] = {pk: one for pk, one in found.items() if pk in portee.noms}
    clocks: dict[uuid.UUID, Explained[Etat]] = portee.lectures["horloges"]
    return clocks


def _due(clock: Horloge, portee: Portee) -> bool:
    running = clock.situation in ("a_jour", "en_retard")
    return running and clock.echeance is not None and clock.echeance <= portee.jusque


def sites_of(portee: Portee, ids: set[uuid.UUID]) -> dict[uuid.UUID, str]:
    """Give the site of the contract that runs today, in one query."""
    rows = Engagement.objects.of(portee.entreprise_id).filter(
        Q(ends_on__isnull=True) | Q(ends_on__gte=portee.as_of), starts_on__lte=portee.as_of
    )
    found = rows.order_by("starts_on", "id").values_list("travailleur_id", "site")
    return {person: site for person, site in found if person in ids}


def _individuelles(
    portee: Portee, clocks: Mapping[uuid.UUID, Horloge], sites: Mapping[uuid.UUID, str]
) -> Iterator[Ligne]:
    booked = _fixes(portee)
    for person, clock in clocks.items():
        day, appointment = booked.get(person, (None, None))
        due = clock.echeance
        if due is None or (day is not None and portee.as_of <= day <= due):
            continue
        last = f"dernier face à face le {clock.dernier:%d/%m/%Y}" if clock.dernier else "aucun face à face"
        words = [last, sites.get(person, "")]
        if day is not None:
            words.insert(0, f"fixé le {day:%d/%m/%Y}, après l’échéance")
        if clock.offres_refusees:
            words.append(f"offre refusée le {clock.offres_refusees[-1]:%d/%m/%Y}")
        yield Ligne(
            genre=Genre.ENTRETIEN,
            source=INDIVIDUEL,
            due_on=due,
            subject_id=person,
            travailleur_id=person,
            before="Tenir l’entretien individuel de" if day else "Planifier l’entretien individuel de",
            act="Planifier" if day is None else "Ouvrir" if due < portee.as_of else "Déplacer",
            meta=_joined(words),
            url_name=_page(appointment is not None, late=due < portee.as_of),
            url_kwargs={"pk": appointment or person},
            gravite=Gravite.ROUGE,
        )


def _page(booked: bool, *, late: bool) -> str:
    """Name the page that does it: book; once booked, move it before the due date, or prepare it when none is left."""
    return "agenda:nouveau" if not booked else "agenda:rendez_vous" if late else "agenda:reporter"


def _fixes(portee: Portee) -> dict[uuid.UUID, tuple[dt.date, uuid.UUID]]:
    """Give the next interview face to face that is planned for each person: its day and key, in one query."""
    start = timezone.make_aware(dt.datetime.combine(portee.as_of, dt.time.min))
    rows = RendezVous.objects.of(portee.entreprise_id).filter(
        status=RendezVous.Status.PLANIFIE,
        kind=RendezVous.Kind.ENTRETIEN,
        form=RendezVous.Form.FACE_A_FACE,
        starts_at__gte=start,
    )
    found: dict[uuid.UUID, tuple[dt.date, uuid.UUID]] = {}
    for person, moment, pk in rows.order_by("starts_at", "id").values_list("travailleur_id", "starts_at", "pk"):
        found.setdefault(person, (timezone.localdate(moment), pk))
    return found


def _collectives(
    portee: Portee, clocks: Mapping[uuid.UUID, Horloge], sites: Mapping[uuid.UUID, str]
) -> Iterator[Ligne]:
    invited = _inscrits(portee)
    by_site: dict[str, list[tuple[uuid.UUID, Horloge]]] = defaultdict(list)
    by_seance: dict[tuple[dt.date, uuid.UUID], list[tuple[uuid.UUID, Horloge]]] = defaultdict(list)
    for person, clock in clocks.items():
        place = invited.get(person)
        if place is None:
            by_site[sites.get(person, "")].append((person, clock))
        elif clock.echeance is not None and place[0] > clock.echeance:
            by_seance[place].append((person, clock))
    yield from _a_planifier(portee, by_site)
    yield from _a_tenir(by_seance)


def _a_planifier(portee: Portee, by_site: Mapping[str, list[tuple[uuid.UUID, Horloge]]]) -> Iterator[Ligne]:
    for site, found in by_site.items():
        last = max((clock.dernier for _, clock in found if clock.dernier), default=None)
        words = [site, f"dernière séance le {last:%d/%m/%Y}" if last else "aucune séance"]
        late = sum(clock.situation == "en_retard" for _, clock in found)
        if late and late < len(found):
            words.append(f"dont {late} en retard")
        yield Ligne(
            genre=Genre.SEANCE,
            source=COLLECTIF,
            due_on=_premiere(found),
            subject_id=uuid.uuid5(portee.entreprise_id, f"seance:{site}"),
            travailleur_id=found[0][0] if len(found) == 1 else None,
            who="" if len(found) == 1 else f"{len(found)} travailleurs",
            before="Planifier une séance collective pour",
            act="Planifier",
            meta=_joined(words),
            url_name="accompagnateur:seance_nouvelle",
            url_query={"site": site} if site else {},
            gravite=Gravite.AMBRE,
        )


def _a_tenir(by_seance: Mapping[tuple[dt.date, uuid.UUID], list[tuple[uuid.UUID, Horloge]]]) -> Iterator[Ligne]:
    """Give the planned séances that come after the date of some of the persons on their list."""
    for (day, seance), found in by_seance.items():
        yield Ligne(
            genre=Genre.SEANCE,
            source=COLLECTIF,
            due_on=_premiere(found),
            subject_id=seance,
            travailleur_id=found[0][0] if len(found) == 1 else None,
            who="" if len(found) == 1 else f"{len(found)} travailleurs",
            before="Tenir la séance collective attendue par",
            act="Ouvrir",
            meta=f"Fixée le {day:%d/%m/%Y}, après l’échéance",
            url_name="accompagnateur:seance",
            url_kwargs={"pk": seance},
            gravite=Gravite.AMBRE,
        )


def _premiere(found: list[tuple[uuid.UUID, Horloge]]) -> dt.date:
    return min(clock.echeance for _, clock in found if clock.echeance)


def _inscrits(portee: Portee) -> dict[uuid.UUID, tuple[dt.date, uuid.UUID]]:
    """Give the next collective interview on whose list each person stands: its day and key, in one query."""
    start = timezone.make_aware(dt.datetime.combine(portee.as_of, dt.time.min))
    rows = Presence.objects.of(portee.entreprise_id).filter(
        status=Presence.Status.INSCRIT,
        seance__status="planifie",
        seance__is_collective_interview=True,
        seance__starts_at__gte=start,
    )
    found: dict[uuid.UUID, tuple[dt.date, uuid.UUID]] = {}
    listed = rows.order_by("seance__starts_at", "seance_id").values_list(
        "travailleur_id", "seance__starts_at", "seance_id"
    )
    for person, moment, seance in listed:
        found.setdefault(person, (timezone.localdate(moment), seance))
    return found


def _joined(words: list[str]) -> str:
    text = " · ".join(word for word in words if word)
    return text[:1].upper() + text[1:]
