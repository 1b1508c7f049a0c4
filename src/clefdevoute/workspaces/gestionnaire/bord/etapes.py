"""The agrément year as a line: five steps, from the rows, each with who must move."""

import datetime as dt
from collections.abc import Sequence
from dataclasses import replace

from django.urls import reverse

from clefdevoute.law.accompagnement_social.values import TAUX_AVANCE
from clefdevoute.law.agrement.annee import AnneeAgrement
from clefdevoute.law.kernel.dates import add_days
from clefdevoute.records.subventions.etats import OWNERS, TRANSMISES, Side, label
from clefdevoute.records.subventions.models import Mouvement, Subvention
from clefdevoute.ui.charts import YearStep
from clefdevoute.ui.formats import date_longue, pourcent

State = Subvention.State
YOU, ADMINISTRATION, NOBODY = "Vous", "Administration", "Rien à faire"
_PAGES = ("subvention", "justification")
_PAID = {State.SOLDE_LIQUIDE, State.A_REMBOURSER, State.CLOTUREE}


def etapes(
    year: AnneeAgrement,
    row: Subvention | None,
    moved: Sequence[Mouvement],
    today: dt.date,
    sent_on: dt.date | None = None,
) -> tuple[YearStep, ...]:
    """Lay out contract, advance, twelve months, evidence, balance; one step alone is « now »."""
    steps = (
        _contract(year, row),
        _advance(year, row, moved),
        _months(year, today),
        _evidence(year, row, sent_on),
        _balance(year, row, moved),
    )
    return _with_now(_linked(steps, year), year, row, today)


def _linked(steps: tuple[YearStep, ...], year: AnneeAgrement) -> tuple[YearStep, ...]:
    """Lead each step to the page where it is noted."""
    subsidy, sending = (reverse(f"gestionnaire:{name}", kwargs={"annee": year.debut}) for name in _PAGES)
    urls = (subsidy, subsidy, "", sending, subsidy)
    return tuple(replace(step, url=url) for step, url in zip(steps, urls, strict=True))


def _contract(year: AnneeAgrement, row: Subvention | None) -> YearStep:
    if row is None:
        title = "Envoyer le contrat de travail" if year.numero == 1 else "Ouvrir l’année"
        return YearStep(when=f"Pour le {date_longue(year.debut)}", title=title, who=YOU)
    if row.contract_sent_on is None:
        return YearStep(when="Une année précédente", title="Contrat de travail envoyé", who=YOU, state="done")
    return YearStep(when=date_longue(row.contract_sent_on), title="Contrat de travail envoyé", who=YOU, state="done")


def _advance(year: AnneeAgrement, row: Subvention | None, moved: Sequence[Mouvement]) -> YearStep:
    share = pourcent(TAUX_AVANCE.at(year.debut).value)
    paid = [one.moved_on for one in moved if one.kind == Mouvement.Kind.AVANCE]
    if paid:
        return YearStep(when=date_longue(min(paid)), title=f"Avance de {share} reçue", who=ADMINISTRATION, state="done")
    if row is not None and row.state == State.AVANCE_DECIDEE:
        return YearStep(when="Décidée", title=f"Avance de {share} à recevoir", who=ADMINISTRATION)
    if row is not None and row.origin == Subvention.Origin.SOLDE_PRECEDENT:
        return YearStep(when="Avec le solde d’avant", title=f"Avance de {share}", who=ADMINISTRATION)
    return YearStep(when="Après le contrat", title=f"Avance de {share}", who=ADMINISTRATION)


def _months(year: AnneeAgrement, today: dt.date) -> YearStep:
    length = (year.fin - year.debut).days + 1
    if today > year.fin:
        return YearStep(when=date_longue(year.fin), title="Douze mois écoulés", who=NOBODY, state="done")
    if today < year.debut:
        return YearStep(when=date_longue(year.debut), title="Début de l’année", who=NOBODY)
    number = (today - year.debut).days + 1
    return YearStep(when="Aujourd’hui", title=f"Jour {number} sur {length}", who=NOBODY)


def _evidence(year: AnneeAgrement, row: Subvention | None, sent_on: dt.date | None) -> YearStep:
    when = f"Dès le {date_longue(year.preuves_des)}"
    if row is not None and row.state in TRANSMISES:
        return YearStep(when=date_longue(sent_on) if sent_on else when, title="Pièces envoyées", who=YOU, state="done")
    if row is not None and row.state == State.CORRECTION_DEMANDEE:
        return YearStep(when=when, title="Corriger les pièces", who=YOU)
    return YearStep(when=when, title="Envoyer les pièces", who=YOU)


def _balance(year: AnneeAgrement, row: Subvention | None, moved: Sequence[Mouvement]) -> YearStep:
    following = add_days(year.fin, 1).year
    title = f"Solde, puis avance {following}"
    settled = [one for one in moved if one.kind != Mouvement.Kind.AVANCE]
    if settled:
        when = date_longue(max(one.moved_on for one in settled))
        return YearStep(when=when, title=str(settled[-1].get_kind_display()), who=ADMINISTRATION, state="done")
    if row is not None and row.state in _PAID:
        return YearStep(when="Selon la lettre", title=label(row.state, Side.ENTREPRISE), who=_owner(row), state="done")
    return YearStep(when="Après le contrôle", title=title, who=ADMINISTRATION)


def _owner(row: Subvention) -> str:
    who = OWNERS[State(row.state)]
    return NOBODY if who is None else YOU if who is Side.ENTREPRISE else ADMINISTRATION


def _with_now(
    steps: tuple[YearStep, ...], year: AnneeAgrement, row: Subvention | None, today: dt.date
) -> tuple[YearStep, ...]:
    """Mark where one stands: the running months, else the first step not done."""
    if row is not None and row.state == State.SANS_SUITE:
        return steps
    running = year.debut <= today <= year.fin
    at = (
        2
        if running and row is not None
        else next((place for place, step in enumerate(steps) if step.state != "done"), None)
    )
    return tuple(replace(step, state="now") if place == at else step for place, step in enumerate(steps))
