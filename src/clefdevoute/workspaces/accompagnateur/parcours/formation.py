"""The training plans of a person as the screen shows them."""

import datetime as dt
import uuid
from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from clefdevoute.records.foundation.access import Actor
from clefdevoute.records.parcours.facts import EXPERTISE_DAYS, Totaux, heures, totaux
from clefdevoute.records.parcours.models import (
    DemandeExpertise,
    EvaluationFormation,
    HeuresModule,
    ModuleFormation,
    PlanFormation,
)
from clefdevoute.records.personnes.models import Travailleur
from clefdevoute.ui import formats
from clefdevoute.workspaces.accompagnateur.parcours.pas import Pas, first_is_full


@dataclass(frozen=True, slots=True)
class ModuleVu:
    """A module with its hours, day by day."""

    row: ModuleFormation
    attended: Decimal
    days: list[HeuresModule]


@dataclass(frozen=True, slots=True)
class PlanVu:
    """One plan with all that hangs on it."""

    row: PlanFormation
    demandes: list[DemandeExpertise]
    modules: list[ModuleVu]
    totaux: Totaux
    evaluation: EvaluationFormation | None
    steps: list[Pas]

    @property
    def open(self) -> bool:
        """Tell whether the plan is in course."""
        return self.row.state == PlanFormation.State.EN_COURS


def plans(actor: Actor, person: Travailleur, today: dt.date) -> list[PlanVu]:
    """Read the plans of a person, the open ones first, in five queries whatever their number."""
    rows = list(PlanFormation.objects.visible_to(actor).filter(travailleur=person).select_related("objectif"))
    rows.sort(key=lambda row: row.state != PlanFormation.State.EN_COURS)
    ids = [row.pk for row in rows]
    asked = _by_plan(DemandeExpertise.objects.visible_to(actor).filter(plan__in=ids))
    modules = list(
        ModuleFormation.objects.visible_to(actor)
        .filter(plan__in=ids)
        .select_related("partenaire")
        .order_by("starts_on")
    )
    days = list(HeuresModule.objects.visible_to(actor).filter(module__in=[row.pk for row in modules]))
    attended = heures(person.entreprise_id, [row.pk for row in modules]) if modules else {}
    ended = {row.plan_id: row for row in EvaluationFormation.objects.visible_to(actor).filter(plan__in=ids)}
    return [
        _seen(row, asked.get(row.pk, []), [m for m in modules if m.plan_id == row.pk], attended, days, ended, today)
        for row in rows
    ]


def _by_plan(rows: Iterable[Any]) -> dict[uuid.UUID, list[Any]]:
    found: dict[uuid.UUID, list[Any]] = {}
    for row in rows:
        found.setdefault(row.plan_id, []).append(row)
    return found


def _seen(  # noqa: PLR0917 - one call, just above
    row: PlanFormation,
    demandes: list[DemandeExpertise],
    modules: list[ModuleFormation],
    attended: dict[uuid.UUID, Decimal],
    days: list[HeuresModule],
    ended: dict[uuid.UUID, EvaluationFormation],
    today: dt.date,
) -> PlanVu:
    seen = [
        ModuleVu(one, attended.get(one.pk, Decimal(0)), [day for day in days if day.module_id == one.pk])
        for one in modules
    ]
    total = totaux(modules, attended)
    evaluation = ended.get(row.pk)
    steps = [_need(row), _expertise(row, demandes, today), _modules(row, modules, total), _evaluation(row, evaluation)]
    if row.state != PlanFormation.State.EN_COURS:
        steps = [Pas(title=one.title, state=one.state, meta=one.meta, label=one.label) for one in steps]
    return PlanVu(row, demandes, seen, total, evaluation, first_is_full(steps))


def _need(row: PlanFormation) -> Pas:
    return Pas(title=_("Besoin"), state="termine", label=_("Noté"), meta=_day(row.need_on))


def _expertise(row: PlanFormation, demandes: list[DemandeExpertise], today: dt.date) -> Pas:
    title = _("Expertise du Forem")
    ask = reverse("accompagnateur:expertise", kwargs={"pk": row.pk})
    if not demandes:
        return Pas(title=title, state="pas_commence", act=_("Demander l’expertise"), url=ask)
    last = demandes[0]
    if last.answered_on is None:
        days = (today - last.asked_on).days
        late = days > EXPERTISE_DAYS
        meta = _("Demandée le %(day)s, sans réponse depuis %(n)d jours") % {"day": _day(last.asked_on), "n": days}
        answer = reverse("accompagnateur:expertise_repondre", kwargs={"pk": last.pk})
        label = _("À relancer") if late else _("Attend une réponse")
        return Pas(
            title=title,
            state="manque" if late else "en_cours",
            waits=True,
            label=label,
            meta=meta,
            act=_("Noter la réponse"),
            url=answer,
        )
    meta = _("%(answer)s, le %(day)s") % {"answer": last.get_answer_display(), "day": _day(last.answered_on)}
    settled = last.answer in {DemandeExpertise.Answer.FAVORABLE, DemandeExpertise.Answer.AUTRE_OFFRE}
    again: dict[str, Any] = {} if settled else {"act": _("Demander à nouveau"), "url": ask}
    return Pas(title=title, state="termine", label=_("Réponse reçue"), meta=meta, **again)


def _modules(row: PlanFormation, modules: list[ModuleFormation], total: Totaux) -> Pas:
    url = reverse("accompagnateur:module_nouveau", kwargs={"pk": row.pk})
    if not modules:
        return Pas(title=_("Modules"), state="pas_commence", act=_("Ajouter un module"), url=url)
    over = all(one.result != ModuleFormation.Result.PREVU for one in modules)
    count = ngettext("%(n)d module", "%(n)d modules", len(modules)) % {"n": len(modules)}
    meta = _("%(count)s, %(attended)s heures suivies sur %(planned)s prévues") % {
        "count": count,
        "attended": formats.nombre(total.attended),
        "planned": formats.nombre(total.planned),
    }
    return Pas(
        title=_("Modules"),
        state="termine" if over else "en_cours",
        label=_("Suivis") if over else "",
        meta=meta,
        act="" if over else _("Ajouter un module"),
        url=url,
    )


def _evaluation(row: PlanFormation, evaluation: EvaluationFormation | None) -> Pas:
    if evaluation is None:
        url = reverse("accompagnateur:plan_evaluer", kwargs={"pk": row.pk})
        return Pas(title=_("Évaluation"), state="pas_commence", act=_("Évaluer le plan"), url=url)
    meta = _("%(outcome)s, le %(day)s") % {
        "outcome": evaluation.get_outcome_display(),
        "day": _day(evaluation.held_on),
    }
    return Pas(title=_("Évaluation"), state="termine", label=_("Évalué"), meta=meta)


def _day(day: dt.date) -> str:
    return formats.date_courte(day)
