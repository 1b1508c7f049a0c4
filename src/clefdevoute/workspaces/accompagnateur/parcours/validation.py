"""The validation of skills of a person as the screen shows it, and the grid of her skills."""

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from django.urls import reverse
from django.utils.text import slugify
from django.utils.translation import gettext as _

from clefdevoute.records.foundation.access import Actor
from clefdevoute.records.parcours.facts import Progres, grille
from clefdevoute.records.parcours.models import CompetenceEvaluee, EpreuveValidation, ValidationCompetences
from clefdevoute.records.personnes.models import Travailleur
from clefdevoute.ui import formats
from clefdevoute.ui.charts import Level, Levels, levels
from clefdevoute.workspaces.accompagnateur.parcours.pas import Pas, first_is_full

_State = ValidationCompetences.State
_Interest = ValidationCompetences.Interest


@dataclass(frozen=True, slots=True)
class ValidationVue:
    """One path with its épreuves."""

    row: ValidationCompetences
    epreuves: list[EpreuveValidation]
    steps: list[Pas]

    @property
    def open(self) -> bool:
        """Tell whether the path is in course."""
        return self.row.state == _State.EN_COURS


def validations(actor: Actor, person: Travailleur) -> list[ValidationVue]:
    """Read the paths of a person, the open ones first, in two queries."""
    rows = list(ValidationCompetences.objects.visible_to(actor).filter(travailleur=person))
    rows.sort(key=lambda row: row.state != _State.EN_COURS)
    tests = list(
        EpreuveValidation.objects.visible_to(actor)
        .filter(validation__in=[row.pk for row in rows])
        .select_related("centre")
    )
    return [_seen(row, [one for one in tests if one.validation_id == row.pk]) for row in rows]


def _seen(row: ValidationCompetences, tests: list[EpreuveValidation]) -> ValidationVue:
    steps = [
        _information(row),
        _interest(row),
        _inscription(row),
        _guidance(row),
        _epreuve(row, tests),
        _titre(row, tests),
    ]
    if row.state != _State.EN_COURS:
        steps = [Pas(title=one.title, state=_over(one.state), meta=one.meta, label=one.label) for one in steps]
    return ValidationVue(row, tests, first_is_full(steps))


def _over(state: str) -> str:
    return state if state == "termine" else "sans_objet"


def _url(name: str, row: Any) -> str:
    return reverse(f"accompagnateur:{name}", kwargs={"pk": row.pk})


def _done(title: Any, day: dt.date, label: Any = "", meta: Any = "") -> Pas:
    said = formats.date_courte(day)
    return Pas(title=title, state="termine", label=label, meta=f"{meta}, {said}" if meta else said)


def _information(row: ValidationCompetences) -> Pas:
    meta = _("Feuille remise") if row.handout else _("Sans feuille remise")
    return _done(_("Information"), row.informed_on, _("Donnée"), meta)


def _interest(row: ValidationCompetences) -> Pas:
    title = _("Réponse de la personne")
    if row.interest_on is None:
        return Pas(title=title, state="pas_commence", act=_("Noter la réponse"), url=_url("validation_interet", row))
    return _done(title, row.interest_on, row.get_interest_display())


def _inscription(row: ValidationCompetences) -> Pas:
    title = _("Inscription")
    if row.registered_on is not None:
        return _done(title, row.registered_on, _("Inscrit"), row.occupation)
    if row.interest != _Interest.INTERESSE:
        return Pas(title=title, state="impossible")
    return Pas(title=title, state="pas_commence", act=_("Noter l’inscription"), url=_url("validation_inscrire", row))


def _guidance(row: ValidationCompetences) -> Pas:
    title = _("Guidance au centre")
    if row.guidance_on is not None:
        return _done(title, row.guidance_on, _("Faite"))
    if row.registered_on is None:
        return Pas(title=title, state="impossible")
    return Pas(title=title, state="pas_commence", act=_("Noter la guidance"), url=_url("validation_guider", row))


def _epreuve(row: ValidationCompetences, tests: list[EpreuveValidation]) -> Pas:
    title = _("Épreuve")
    if row.guidance_on is None:
        return Pas(title=title, state="impossible")
    if not tests:
        return Pas(title=title, state="pas_commence", act=_("Fixer l’épreuve"), url=_url("epreuve_nouvelle", row))
    last = tests[0]
    where = f"{last.centre}, " if last.centre else ""
    meta = f"{where}{formats.date_courte(last.held_on)}"
    if last.result == EpreuveValidation.Result.PREVUE:
        url = _url("epreuve_resultat", last)
        return Pas(title=title, state="en_cours", label=_("Prévue"), meta=meta, act=_("Noter le résultat"), url=url)
    if last.result == EpreuveValidation.Result.TITRE:
        return Pas(title=title, state="termine", label=_("Réussie"), meta=meta)
    return Pas(
        title=title,
        state="manque",
        label=last.get_result_display(),
        meta=meta,
        act=_("Fixer une autre épreuve"),
        url=_url("epreuve_nouvelle", row),
    )


def _titre(row: ValidationCompetences, tests: list[EpreuveValidation]) -> Pas:
    won = next((one for one in tests if one.result == EpreuveValidation.Result.TITRE), None)
    if won is not None:
        return _done(_("Titre de compétence"), won.held_on, _("Obtenu"), won.title)
    return Pas(title=_("Titre de compétence"), state="impossible")


@dataclass(frozen=True, slots=True)
class GrilleVue:
    """The skills of one occupation, drawn and in a table."""

    occupation: str
    rows: list[Progres]
    chart: Levels


def grilles(actor: Actor, person: Travailleur) -> list[GrilleVue]:
    """Read the skills of a person by occupation, in one query, and draw them."""
    seen = grille(CompetenceEvaluee.objects.visible_to(actor).filter(travailleur=person))
    return [_drawn(number, occupation, rows) for number, (occupation, rows) in enumerate(seen.items())]


def _drawn(number: int, occupation: str, rows: Iterable[Progres]) -> GrilleVue:
    found = list(rows)
    chart = levels(
        id=f"grille-{number}-{slugify(occupation) or 'metier'}",
        title=_("%(occupation)s : niveaux au début et maintenant") % {"occupation": occupation},
        rows=[
            Level(name=row.competence, start=row.start, now=row.now, start_word=row.start_word, now_word=row.now_word)
            for row in found
        ],
    )
    return GrilleVue(occupation, found, chart)
