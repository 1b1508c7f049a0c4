"""The right in persons: today's count, the year's curve, what known contract ends will do to the next ceiling."""

import datetime as dt
from collections import Counter
from dataclasses import dataclass
from decimal import Decimal

from clefdevoute.law.accompagnement_social.decompte import Lectures
from clefdevoute.law.accompagnement_social.effectifs import Effectif, EffectifPeriode, Engagement, effectif
from clefdevoute.law.accompagnement_social.effectifs import effectif_periode as periode
from clefdevoute.law.accompagnement_social.rules import Droit, droit
from clefdevoute.law.accompagnement_social.values import SUBVENTION_MAXIMALE
from clefdevoute.law.agrement.annee import AnneeAgrement
from clefdevoute.law.agrement.en_cours import EtatAgrement
from clefdevoute.law.kernel.dates import add_days, add_months
from clefdevoute.law.kernel.explained import Explained
from clefdevoute.ui.charts import Change, StepCurve, Threshold, step_curve
from clefdevoute.ui.formats import date_longue, euros, nombre, pluriel
from clefdevoute.ui.why import Why
from clefdevoute.workspaces.gestionnaire.explication import expliquer

AHEAD = 6
"""Months of known contract ends that a warning looks at."""


@dataclass(frozen=True, slots=True)
class Registre:
    """The facts that every count of a page is asked on."""

    annee: AnneeAgrement
    engagements: tuple[Engagement, ...]
    agrement: EtatAgrement
    lectures: Lectures
    reference: dt.date | None
    today: dt.date

    @property
    def day(self) -> dt.date:
        """The day that the page counts on: today, or the nearest day of a year past or to come."""
        return min(max(self.today, self.annee.debut), self.annee.fin)


@dataclass(frozen=True, slots=True)
class Alerte:
    """The first known day on which the step of today is lost, and what the next year then gives."""

    jour: dt.date
    personnes: int
    seuil: int
    prochain: dt.date
    plafond: Decimal
    plafond_suivant: Decimal

    @property
    def title(self) -> str:
        """Say the day and how many persons short."""
        missing = self.seuil - self.personnes
        short = "un" if missing == 1 else str(missing)
        return f"Le {date_longue(self.jour)}, vous serez {self.personnes} : {short} de moins que le palier."

    @property
    def text(self) -> str:
        """Say what changes at the next year, if nothing else does."""
        day = date_longue(self.prochain)
        if self.plafond_suivant >= self.plafond:
            return f"Au {day}, le plafond resterait de {euros(self.plafond)} : d’autres entrées sont déjà prévues."
        return (
            f"Si rien ne change au {day}, le plafond suivant sera de {euros(self.plafond_suivant)} au lieu de "
            f"{euros(self.plafond)}. Une entrée ou une prolongation suffit."
            if self.seuil - self.personnes == 1
            else f"Si rien ne change au {day}, le plafond suivant sera de {euros(self.plafond_suivant)} au lieu de "
            f"{euros(self.plafond)}."
        )


@dataclass(frozen=True, slots=True)
class Personnes:
    """The answers of the law on persons, for one agrément year."""

    registre: Registre
    presents: Explained[Effectif]
    periode: Explained[EffectifPeriode]
    droit_du_jour: Explained[Droit]
    droit_fixe: Explained[Droit]
    suivant: Explained[EffectifPeriode]
    droit_suivant: Explained[Droit]
    alerte: Alerte | None

    @property
    def prochain(self) -> dt.date:
        """First day of the next year, on which its ceiling is fixed."""
        return add_days(self.registre.annee.fin, 1)

    @property
    def garde(self) -> str:
        """Say what the year keeps when today's persons no longer open what its counting day gave; else nothing."""
        kept = self.droit_fixe.value.plafond
        if self.droit_du_jour.value.plafond >= kept or self.registre.agrement != "en_cours":
            return ""
        then = f"au {date_longue(self.prochain)}, le plafond sera de {euros(self.droit_suivant.value.plafond)}"
        return f"Cette année garde son plafond de {euros(kept)} : {self.periode.sentence} Si rien ne change, {then}."


def compter(registre: Registre) -> Personnes:
    """Ask the law all that the page says of persons."""
    year, readings = registre.annee, registre.lectures
    presents = effectif(engagements=registre.engagements, as_of=registre.day, compter_art_60=readings.compter_art_60)
    over = periode(
        engagements=registre.engagements,
        debut=year.debut,
        fin=year.fin,
        date_reference=registre.reference,
        comptage=readings.comptage,
        compter_art_60=readings.compter_art_60,
    )
    after = add_days(year.fin, 1)
    suivant = _between(registre, after, after)
    right = _right(registre, presents.value.total, year.debut)
    return Personnes(
        registre=registre,
        presents=presents,
        periode=over,
        droit_du_jour=right,
        droit_fixe=_right(registre, over.value.retenu, year.debut),
        suivant=suivant,
        droit_suivant=_right(registre, suivant.value.retenu, after),
        alerte=_alert(registre, right.value, suivant.value.retenu),
    )


def _between(registre: Registre, debut: dt.date, fin: dt.date) -> Explained[EffectifPeriode]:
    return periode(
        engagements=registre.engagements, debut=debut, fin=fin, compter_art_60=registre.lectures.compter_art_60
    )


def _right(registre: Registre, persons: int, as_of: dt.date) -> Explained[Droit]:
    return droit(personnes=persons, as_of=as_of, agrement=registre.agrement)


def _alert(registre: Registre, right: Droit, next_count: int) -> Alerte | None:
    """Find the first known day below today's step; a year past or to come warns of nothing."""
    year, today = registre.annee, registre.today
    after = add_days(year.fin, 1)
    if not right.ouvert or not year.debut <= today <= year.fin:
        return None
    ahead = _between(registre, today, max(add_months(today, AHEAD), after))
    lost = next((change for change in ahead.value.changements if change.personnes < right.seuil), None)
    if lost is None:
        return None
    return Alerte(
        jour=lost.jour,
        personnes=lost.personnes,
        seuil=right.seuil,
        prochain=after,
        plafond=right.plafond,
        plafond_suivant=_right(registre, next_count, after).value.plafond,
    )


def courbe(counted: Personnes, *, id: str) -> StepCurve:
    """Draw the persons of the year against the steps; the step in play is the one reached on the day."""
    registre, over = counted.registre, counted.periode.value
    year, reached = registre.annee, counted.droit_du_jour.value
    steps = SUBVENTION_MAXIMALE.at(year.debut).value
    in_play = reached.seuil or int(steps[0][0])
    first = "Comptage qui fixe le plafond" if registre.reference in (None, year.debut) else "Début de l’année"
    return step_curve(
        id=id,
        changes=[
            Change(since=year.debut, persons=over.au_debut, why=first),
            *(Change(since=one.jour, persons=one.personnes, why=_moved(one.variation)) for one in over.changements),
        ],
        thresholds=[
            Threshold(persons=int(step), gives=f"{nombre(amount)} €", in_play=int(step) == in_play)
            for step, amount in steps
        ],
        start=year.debut,
        end=year.fin,
        today=registre.today,
    )


def _moved(variation: int) -> str:
    count = abs(variation)
    return f"{count} {pluriel(count, 'personne')} de {'plus' if variation > 0 else 'moins'}"


def pourquoi(counted: Personnes) -> Why:
    """Say who counts on the day and why, the step it gives, and what fixed the ceiling of the year."""
    present, total = counted.presents, counted.presents.value.total
    groups = Counter((one.compte, one.motif) for one in present.value.personnes)
    persons = expliquer(present)
    steps = [
        Why(
            sentence=f"{count} {pluriel(count, 'personne')} {'comptée' if kept else 'non comptée'}"
            f"{'' if count < 2 else 's'} : {reason}."
        )
        for (kept, reason), count in sorted(groups.items(), key=lambda one: (not one[0][0], -one[1], one[0][1]))
    ]
    return Why(
        question=f"Pourquoi {total} ?",
        sentence=persons.sentence,
        sources=persons.sources,
        doubts=persons.doubts,
        steps=(*steps, expliquer(counted.droit_du_jour), expliquer(counted.periode)),
    )
