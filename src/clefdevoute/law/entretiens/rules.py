"""The six-month rhythm: when the next interview is due, and which clock is late (P9, P25; A15)."""

import datetime as dt
from dataclasses import dataclass
from pathlib import Path
from typing import Annotated, Literal

from clefdevoute.law.kernel.dates import add_days, add_months
from clefdevoute.law.kernel.errors import BadFact
from clefdevoute.law.kernel.explained import Explained
from clefdevoute.law.kernel.money import date_fr
from clefdevoute.law.kernel.parameters import Parameter
from clefdevoute.law.kernel.registry import Fact, rule

from . import faits as f

_PARAMETERS = Path(__file__).parent / "parameters"
INTERVALLE = Parameter.load(_PARAMETERS / "intervalle.yaml")
DELAI_RETOUR = Parameter.load(_PARAMETERS / "delai_retour.yaml")

Situation = Literal["a_jour", "en_retard", "empeche", "clos"]
Couleur = Literal["vert", "ambre", "rouge", "gris"]

_NOUNS: dict[f.Sorte, str] = {"individuel": "Entretien individuel", "collectif": "Séance collective"}
_COLOURS: dict[Couleur, int] = {"gris": 0, "vert": 1, "ambre": 2, "rouge": 3}


@dataclass(frozen=True, slots=True)
class Horloge:
    """One clock as it stands on a day."""

    situation: Annotated[Situation, Fact("À jour, en retard, empêché ou clos.")]
    couleur: Annotated[Couleur, Fact("Couleur à montrer : rouge individuel, ambre collectif en retard.")]
    echeance: Annotated[dt.date | None, Fact("Dernier jour pour le prochain entretien ; vide après la sortie.")]
    jours_retard: Annotated[int, Fact("Jours de retard.", unit="jours")]
    dernier: Annotated[dt.date | None, Fact("Dernier entretien qui compte.")]
    offres_refusees: Annotated[tuple[dt.date, ...], Fact("Refus depuis : preuve de l'offre, rien de plus.")]
    empechement: Annotated[str, Fact("Motif de l'empêchement en cours ; vide s'il n'y en a pas.")] = ""


@dataclass(frozen=True, slots=True)
class Etat:
    """Both clocks of a person, and the worse colour of the two."""

    couleur: Annotated[Couleur, Fact("La plus grave des deux couleurs.")]
    individuel: Annotated[Horloge, Fact("Horloge des entretiens individuels.")]
    collectif: Annotated[Horloge, Fact("Horloge des séances collectives.")]


def _last(entretiens: tuple[f.Entretien, ...], sorte: f.Sorte, since: dt.date, as_of: dt.date) -> dt.date | None:
    days = [e.date for e in entretiens if e.sorte == sorte and e.counts and since <= e.date <= as_of]
    return max(days, default=None)


def _current(empechements: tuple[f.Empechement, ...], due: dt.date | None, as_of: dt.date) -> f.Empechement | None:
    """Find the impediment that runs on the day: first those that had begun by the due date, then the latest."""
    running = [e for e in empechements if e.debut <= as_of and (e.retour is None or as_of < e.retour)]
    excusing = [e for e in running if due is None or e.debut <= due]
    return max(excusing or running, key=lambda e: (e.debut, e.motif), default=None)


def _check(date_engagement: dt.date, sortie: dt.date | None) -> None:
    if sortie is not None and sortie < date_engagement:
        raise BadFact(
            f"« sortie » : le {date_fr(sortie)} précède l'engagement du {date_fr(date_engagement)}. "
            f"Vérifiez les deux dates."
        )


@rule("Quand le prochain entretien est-il dû au plus tard ?", "AGW du 24/05/2017, art. 3", "A15", "P9", "P25")
def echeance(
    *,
    sorte: Annotated[f.Sorte, Fact("Horloge des entretiens individuels ou des séances collectives.")],
    date_engagement: f.Engagement,
    debut_fonction: f.DebutFonction,
    as_of: f.AsOf,
    entretiens: f.Entretiens = (),
    empechements: f.Empechements = (),
    sortie: f.Sortie = None,
) -> Explained[dt.date | None]:
    """Answer the last day for the next one, that day included; None once the person has left."""
    _check(date_engagement, sortie)
    interval = INTERVALLE.at(as_of)
    noun = _NOUNS[sorte]
    if sortie is not None and sortie < as_of:
        return Explained(value=None, sentence=f"{noun} : plus rien n'est dû depuis la sortie du {date_fr(sortie)}.")
    start = max(date_engagement, debut_fonction)
    last = _last(entretiens, sorte, date_engagement, as_of)
    # An interview before the function began is kept as held, yet never makes the first deadline earlier.
    base = start if last is None or last < start else last
    due = add_months(base, int(interval.value))
    from_ = "le dernier en face à face" if base == last else "le plus tardif de l'engagement et du début de la fonction"
    first = f"{noun} : à faire au plus tard le {date_fr(due)}, {interval.value} mois depuis {from_} ({date_fr(base)})."
    moved = report_au_retour(echeance=due, empechements=empechements, as_of=as_of)
    if moved.value == due:
        return Explained(value=due, sentence=first, law=(interval,))
    sentence = f"{first[:-1]} ; reporté au {date_fr(moved.value)} après un empêchement."
    return Explained(value=moved.value, sentence=sentence, law=(interval,), because=(moved,))


@rule("L'échéance passée pendant un empêchement est-elle reportée au retour ?", "A15", "P25", public=False)
def report_au_retour(*, echeance: dt.date, empechements: f.Empechements, as_of: dt.date) -> Explained[dt.date]:
    """Answer the due date after each return: only a date that passed during the impediment moves."""
    delay = DELAI_RETOUR.at(as_of)
    due, returns = echeance, []
    for absence in sorted(empechements, key=lambda e: (e.debut, e.retour or dt.date.max)):
        if absence.retour is not None and absence.retour <= as_of and absence.debut <= due < absence.retour:
            due = add_days(absence.retour, int(delay.value))
            returns.append(date_fr(absence.retour))
    if not returns:
        return Explained(value=due, sentence="Aucun empêchement terminé ne déplace l'échéance.")
    return Explained(
        value=due,
        sentence=f"Échéance passée pendant un empêchement : {delay.value} jours après le retour du {returns[-1]}, "
        f"soit le {date_fr(due)}.",
        law=(delay,),
    )


@rule("Où en sont les deux horloges d'entretiens de cette personne ?", "AGW du 24/05/2017, art. 3", "A15", "P9", "P25")
def etat(
    *,
    date_engagement: f.Engagement,
    debut_fonction: f.DebutFonction,
    as_of: f.AsOf,
    entretiens: f.Entretiens = (),
    empechements: f.Empechements = (),
    sortie: f.Sortie = None,
) -> Explained[Etat]:
    """Answer both clocks: an individual one overdue is red, a collective one amber."""
    steps: dict[f.Sorte, Explained[Horloge]] = {}
    sortes: tuple[f.Sorte, ...] = ("individuel", "collectif")
    for sorte in sortes:
        steps[sorte] = horloge(
            sorte=sorte,
            date_engagement=date_engagement,
            debut_fonction=debut_fonction,
            as_of=as_of,
            entretiens=entretiens,
            empechements=empechements,
            sortie=sortie,
        )
    one, two = steps["individuel"].value, steps["collectif"].value
    worst = max((one.couleur, two.couleur), key=lambda colour: _COLOURS[colour])
    return Explained(
        value=Etat(couleur=worst, individuel=one, collectif=two),
        sentence=" ".join(step.sentence for step in steps.values()),
        because=tuple(steps.values()),
    )


@rule("Où en est cette horloge ?", "A15", public=False)
def horloge(
    *,
    sorte: f.Sorte,
    date_engagement: dt.date,
    debut_fonction: dt.date,
    as_of: dt.date,
    entretiens: f.Entretiens,
    empechements: f.Empechements,
    sortie: dt.date | None,
) -> Explained[Horloge]:
    """Answer one clock: closed after exit, impeded, late or up to date."""
    step = echeance(
        sorte=sorte,
        date_engagement=date_engagement,
        debut_fonction=debut_fonction,
        as_of=as_of,
        entretiens=entretiens,
        empechements=empechements,
        sortie=sortie,
    )
    due, last = step.value, _last(entretiens, sorte, date_engagement, as_of)
    since = last or date_engagement
    refused = (e.date for e in entretiens if e.sorte == sorte and e.statut == "refuse" and since <= e.date <= as_of)
    running = _current(empechements, due, as_of)
    situation, words = _situation(due, as_of, running)
    late: Couleur = "rouge" if sorte == "individuel" else "ambre"
    colours: dict[Situation, Couleur] = {"a_jour": "vert", "en_retard": late, "empeche": "gris", "clos": "gris"}
    value = Horloge(
        situation=situation,
        couleur=colours[situation],
        echeance=due,
        jours_retard=(as_of - due).days if due is not None and situation == "en_retard" else 0,
        dernier=last,
        offres_refusees=tuple(sorted(refused)),
        empechement=running.motif if running is not None and situation != "clos" else "",
    )
    return Explained(value=value, sentence=f"{_NOUNS[sorte]} : {words}", because=(step,))


def _situation(due: dt.date | None, as_of: dt.date, running: f.Empechement | None) -> tuple[Situation, str]:
    if due is None:
        return "clos", "suivi clos."
    if as_of <= due:
        return "a_jour", f"à jour, échéance le {date_fr(due)}."
    # An impediment begun after the due date excuses nothing: the delay was there before it.
    if running is not None and running.debut <= due:
        return "empeche", f"échéance du {date_fr(due)} passée, empêchement motivé depuis le {date_fr(running.debut)}."
    days = (as_of - due).days
    return "en_retard", f"en retard de {days} jour{'s' if days > 1 else ''}, échéance le {date_fr(due)}."
