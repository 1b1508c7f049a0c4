"""Who follows whom, the interviews one after the other, the séances, the impediments: the agenda of two years."""

import datetime as dt
from collections.abc import Iterator, Mapping
from functools import partial
from typing import Any
from zoneinfo import ZoneInfo

from clefdevoute.config.exemple.recit import Recit, Scene, donnees
from clefdevoute.config.exemple.registre import MALADE, Ligne, lignes
from clefdevoute.config.exemple.suivi.entretiens import finir
from clefdevoute.records.agenda.actions import empechements, rendez_vous, seances
from clefdevoute.records.agenda.models import Motif, Presence, RendezVous, Seance
from clefdevoute.records.suivi.actions import suivis

FONCTION = dt.date(2024, 4, 16)
"""The first day on which somebody accompanied."""
FIN = dt.date(2026, 11, 20)
"""The Friday before the Monday on which the story opens."""
BOOKED_BEFORE = dt.timedelta(days=14)
PACE, FIRST = 133, 24
HOURS = ((9, 0), (10, 30), (13, 30), (15, 0))
SUBJECTS = {
    "entretien_collectif": "is_collective_interview",
    "strategie": "is_strategy",
    "gestion": "is_management",
    "economie_sociale": "is_social_economy",
}
_BRUSSELS = ZoneInfo("Europe/Brussels")


def moment(value: str) -> dt.datetime:
    """Read a local time of the data files, such as « 2026-11-23 09:30 »."""
    return dt.datetime.fromisoformat(value).replace(tzinfo=_BRUSSELS)


def referent(number: str, day: dt.date) -> str:
    """Name who follows a person on a day."""
    data = donnees("suivi/rythme")
    return "thomas" if number in data["referents"]["thomas"] and day >= data["releve_de_thomas"] else "nadia"


def raconter(scene: Scene, recit: Recit) -> None:
    """Tell the agenda: follow-ups, interviews at their pace and what departs from it, séances, impediments."""
    data = donnees("suivi/rythme")
    for line in lignes():
        _suivis(scene, recit, line, data["releve_de_thomas"])
        for moment_ in cadence(line, data["arret"]):
            day = moment_.date()
            recit.le(max(day - BOOKED_BEFORE, FONCTION), partial(_tenir, scene, line.number, moment_))
    for row in data["issues"]:
        recit.le(moment(row["le"]).date() - BOOKED_BEFORE, partial(_ecart, scene, row))
    for row in data["telephone"]:
        recit.le(moment(row["le"]).date(), partial(_appeler, scene, row))
    for row in data["prevus"]:
        recit.le(min(moment(row["le"]).date() - BOOKED_BEFORE, FIN), partial(_prevoir, scene, row))
    for row in data["seances"]:
        recit.le(min(moment(row["le"]).date() - BOOKED_BEFORE, FIN), partial(_seance, scene, row, data["absents"]))
    for row in data["empechements"]:
        recit.le(row["le"], partial(_empecher, scene, row))


def cadence(line: Ligne, stops: Mapping[str, dt.date]) -> Iterator[dt.datetime]:
    """Give the moments of a person's interviews, a little more often than every five months, on working days."""
    if line.statut == "autre":
        return
    rank = int(line.number)
    stop = min(stops.get(line.number, FIN), line.ends_on or FIN, MALADE[1] if line.number == MALADE[0] else FIN)
    day = max(line.starts_on, FONCTION) + dt.timedelta(days=FIRST + 3 * (rank % 20))
    while day <= stop:
        day += dt.timedelta(days=(7 - day.weekday()) if day.weekday() > 4 else 0)
        if day > stop:
            return
        hour, minute = HOURS[rank % len(HOURS)]
        yield dt.datetime(day.year, day.month, day.day, hour, minute, tzinfo=_BRUSSELS)
        day += dt.timedelta(days=PACE + 7 * (rank % 4))


def _suivis(scene: Scene, recit: Recit, line: Ligne, taken_over: dt.date) -> None:
    """Entrust the person to her referent, and to Thomas for those he took over."""
    if line.statut == "autre":
        return
    first = max(line.starts_on, FONCTION)
    recit.le(first, partial(_confier, scene, line.number, referent(line.number, first), first))
    left = line.ends_on is not None and line.ends_on < taken_over
    if first < taken_over and referent(line.number, taken_over) == "thomas" and not left:
        recit.le(taken_over, partial(_confier, scene, line.number, "thomas", taken_over))


def _confier(scene: Scene, number: str, who: str, day: dt.date, now: dt.datetime) -> None:
    suivis.assign(
        travailleur=scene.travailleurs[number],
        accompagnateur=scene.accompagnateurs[who],
        starts_on=day,
        by=scene.acteurs[who],
        now=now,
    )


def fixer(
    scene: Scene, number: str, starts_at: dt.datetime, now: dt.datetime, place: str = "Bureau, Ciney"
) -> RendezVous:
    """Book the interview of a person with who follows her that day."""
    who = referent(number, starts_at.date())
    return rendez_vous.fixer_rendez_vous(
        travailleur=scene.travailleurs[number],
        accompagnateur=scene.accompagnateurs[who],
        starts_at=starts_at,
        duration_min=45,
        place=place,
        by=scene.acteurs[who],
        now=now,
    )


def _tenir(scene: Scene, number: str, starts_at: dt.datetime, now: dt.datetime) -> None:
    row = fixer(scene, number, starts_at, now)
    scene.recit.le(starts_at.date(), partial(_noter, scene, number, row))


def _noter(scene: Scene, number: str, row: RendezVous, now: dt.datetime) -> None:
    finir(scene, number, row, referent(number, row.day), now)


def _ecart(scene: Scene, row: Mapping[str, Any], now: dt.datetime) -> None:
    booked = fixer(scene, row["numero"], moment(row["le"]), now)
    scene.recit.le(moment(row["le"]).date(), partial(_issue, scene, row, booked))


def _issue(scene: Scene, row: Mapping[str, Any], booked: RendezVous, now: dt.datetime) -> None:
    by = scene.acteurs[referent(row["numero"], booked.day)]
    if row["issue"] == "reporte":
        later = rendez_vous.reporter_rendez_vous(rendez_vous=booked, starts_at=moment(row["au"]), by=by, now=now)
        scene.recit.le(moment(row["au"]).date(), partial(_noter, scene, row["numero"], later))
    elif row["issue"] == "annule":
        rendez_vous.annuler_rendez_vous(rendez_vous=booked, reason=Motif.values[0], by=by, now=now)
    elif row["issue"]:
        rendez_vous.noter_issue(rendez_vous=booked, status=row["issue"], by=by, now=now)


def _appeler(scene: Scene, row: Mapping[str, Any], now: dt.datetime) -> None:
    who = referent(row["numero"], moment(row["le"]).date())
    rendez_vous.enregistrer_tenu(
        travailleur=scene.travailleurs[row["numero"]],
        accompagnateur=scene.accompagnateurs[who],
        starts_at=moment(row["le"]),
        duration_min=int(row["minutes"]),
        form=RendezVous.Form.TELEPHONE,
        by=scene.acteurs[who],
        now=now,
    )


def _prevoir(scene: Scene, row: Mapping[str, Any], now: dt.datetime) -> None:
    fixer(scene, row["numero"], moment(row["le"]), now)


def _seance(scene: Scene, row: Mapping[str, Any], absent: Mapping[str, list[str]], now: dt.datetime) -> None:
    seance = seances.planifier_seance(
        accompagnateur=scene.accompagnateurs["nadia"],
        title=row["titre"],
        starts_at=moment(row["le"]),
        duration_min=int(row["minutes"]),
        place="Réfectoire, Ciney",
        by=scene.acteurs["nadia"],
        now=now,
        **{SUBJECTS[word]: True for word in row["sujets"]},
    )
    day = moment(row["le"]).date()
    invited = [line.number for line in lignes() if line.site in row["sites"] and _present(line, day)]
    seances.inscrire(
        seance=seance,
        travailleurs=[scene.travailleurs[number] for number in invited if number in scene.travailleurs],
        by=scene.acteurs["nadia"],
        now=now,
    )
    if not row.get("prevue"):
        scene.recit.le(day, partial(_pointer, scene, seance, absent.get(day.isoformat(), [])))


def _present(line: Ligne, day: dt.date) -> bool:
    ill = line.number == MALADE[0] and day >= MALADE[1]
    return line.statut != "autre" and not ill and line.starts_on <= day <= (line.ends_on or dt.date.max)


def _pointer(scene: Scene, seance: Seance, absent: list[str], now: dt.datetime) -> None:
    away = {scene.travailleurs[number].pk for number in absent}
    places = Presence.objects.of(scene.entreprise.pk).filter(seance=seance).values_list("travailleur_id", flat=True)
    seances.pointer_presences(
        seance=seance,
        statuses={pk: Presence.Status.ABSENT if pk in away else Presence.Status.PRESENT for pk in places},
        by=scene.acteurs["nadia"],
        now=now,
    )


def _empecher(scene: Scene, row: Mapping[str, Any], now: dt.datetime) -> None:
    by, person = scene.acteurs["nadia"], scene.travailleurs[row["numero"]]
    noted = empechements.noter_empechement(travailleur=person, reason=row["motif"], starts_on=row["du"], by=by, now=now)
    if back := row.get("retour"):
        scene.recit.le(
            back,
            lambda at: empechements.modifier_empechement(empechement=noted, returns_on=back, by=by, now=at),
        )
