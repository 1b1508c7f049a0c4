"""The three paths and the adjustments on the timeline: what happened on which day; the words stay on their screens."""

import datetime as dt
from collections.abc import Iterator

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from clefdevoute.records.amenagements.models import Amenagement, RevueAmenagement
from clefdevoute.records.parcours.models import (
    CompetenceEvaluee,
    DemandeExpertise,
    EpreuveValidation,
    EtapeJobcoaching,
    EvaluationFormation,
    Jobcoaching,
    ModuleFormation,
    PlanFormation,
    SansObjet,
    ValidationCompetences,
)
from clefdevoute.workspaces.accompagnateur.frises.fait import Fait, Portee

_TACHES = {
    2: gettext_lazy("Convention avec le CPAS"),
    4: gettext_lazy("Plan de formation"),
    5: gettext_lazy("Jobcoaching"),
    6: gettext_lazy("Validation des compétences"),
    8: gettext_lazy("Envoi au Forem"),
    10: gettext_lazy("Aménagement raisonnable"),
}
"""The tasks owed « le cas échéant », in the words of their pages."""


def _fait(portee: Portee, screen: str, on: dt.date, title: str, *, meta: str = "", icon: str = "fait") -> Fait:
    url = reverse(f"accompagnateur:{screen}", kwargs={"pk": portee.travailleur.pk})
    return Fait(on=on, genre="parcours", icon=icon, title=title, meta=meta, url=url)


def formation(portee: Portee) -> Iterator[Fait]:
    """Give the needs, the Forem's answers, the modules and the evaluations, in four queries."""
    plans = PlanFormation.objects.visible_to(portee.actor).filter(travailleur__in=portee.ids).defer("need")
    for plan in plans:
        yield _fait(portee, "formation", plan.need_on, _("Besoin de formation noté"), icon="afaire")
    asked = DemandeExpertise.objects.visible_to(portee.actor).filter(travailleur__in=portee.ids).defer("answer_text")
    for row in asked:
        yield _fait(portee, "formation", row.asked_on, _("Expertise demandée au Forem"), meta=row.convention_ref)
        if row.answered_on is not None:
            said = row.get_answer_display()
            yield _fait(portee, "formation", row.answered_on, _("Réponse du Forem"), meta=said)
    modules = ModuleFormation.objects.visible_to(portee.actor).filter(
        travailleur__in=portee.ids, starts_on__lte=portee.today
    )
    for module in modules.select_related("partenaire"):
        meta = str(module.partenaire) if module.partenaire else ""
        yield _fait(portee, "formation", module.starts_on, _("Module : %(title)s") % {"title": module.title}, meta=meta)
    ended = EvaluationFormation.objects.visible_to(portee.actor).filter(travailleur__in=portee.ids).defer("text")
    for one in ended:
        yield _fait(portee, "formation", one.held_on, _("Plan de formation évalué"), meta=one.get_outcome_display())


def emploi(portee: Portee) -> Iterator[Fait]:
    """Give the jobcoachings and their steps already done, in two queries."""
    rows = Jobcoaching.objects.visible_to(portee.actor).filter(travailleur__in=portee.ids).defer("wish")
    for row in rows:
        yield _fait(portee, "emploi", row.opened_on, _("Jobcoaching ouvert"), icon="afaire")
        if row.closed_on is not None:
            yield _fait(portee, "emploi", row.closed_on, _("Issue du jobcoaching"), meta=row.get_outcome_display())
    steps = EtapeJobcoaching.objects.visible_to(portee.actor).filter(
        travailleur__in=portee.ids, held_on__lte=portee.today
    )
    for step in steps.select_related("partenaire").defer("note"):
        words = [str(step.partenaire)] if step.partenaire else []
        meta = " · ".join([*words, step.get_done_display(), step.get_outcome_display()])
        yield _fait(portee, "emploi", step.held_on, step.get_kind_display(), meta=meta)


def validation(portee: Portee) -> Iterator[Fait]:
    """Give the steps to a title, the épreuves and the days of the grid, in three queries."""
    rows = ValidationCompetences.objects.visible_to(portee.actor).filter(travailleur__in=portee.ids).defer("note")
    for row in rows:
        for on, title in (
            (row.informed_on, _("Informé de la validation des compétences")),
            (row.interest_on, _("Validation : %(answer)s") % {"answer": row.get_interest_display().lower()}),
            (row.registered_on, _("Inscrit à la validation")),
            (row.guidance_on, _("Guidance au centre de validation")),
        ):
            if on is not None:
                yield _fait(portee, "validation", on, title, meta=row.occupation)
    tests = EpreuveValidation.objects.visible_to(portee.actor).filter(
        travailleur__in=portee.ids, held_on__lte=portee.today
    )
    for test in tests.select_related("centre"):
        meta = test.title or (str(test.centre) if test.centre else "")
        title = _("Épreuve de validation : %(result)s") % {"result": test.get_result_display().lower()}
        yield _fait(portee, "validation", test.held_on, title, meta=meta)
    seen = CompetenceEvaluee.objects.visible_to(portee.actor).filter(travailleur__in=portee.ids).order_by()
    for on, occupation in sorted(set(seen.values_list("assessed_on", "occupation"))):
        yield _fait(portee, "validation", on, _("Compétences évaluées"), meta=occupation)


def sans_objet(portee: Portee) -> Iterator[Fait]:
    """Give the tasks noted without object, in one query."""
    rows = SansObjet.objects.visible_to(portee.actor).filter(travailleur__in=portee.ids).defer("detail")
    for row in rows:
        title = _("%(what)s : sans objet") % {"what": _TACHES.get(row.task, _("Tâche %(n)d") % {"n": row.task})}
        yield Fait(on=row.noted_on, genre="parcours", icon="info", title=title, meta=row.get_reason_display())


def amenagements(portee: Portee) -> Iterator[Fait]:
    """Give the steps of the adjustments, without a word of need, measure or health, in two queries."""
    rows = Amenagement.objects.visible_to(portee.actor).filter(travailleur__in=portee.ids)
    for row in rows.defer("need", "analysis", "measure"):
        url = reverse("accompagnateur:amenagement", kwargs={"pk": row.pk})
        for on, title, meta in (
            (row.need_on, _("Besoin d’aménagement noté"), ""),
            (row.analysed_on, _("Poste analysé"), row.get_kind_display()),
            (row.notified_on, _("Avis d’aménagement remis à la direction"), ""),
            (row.decided_on, _("Décision de la direction"), row.get_outcome_display()),
            (row.closed_on, _("Aménagement clos"), row.get_close_reason_display()),
        ):
            if on is not None:
                yield Fait(on=on, genre="parcours", icon="fait", title=title, meta=meta, url=url)
    seen = RevueAmenagement.objects.visible_to(portee.actor).filter(travailleur__in=portee.ids).defer("note")
    for one in seen:
        url = reverse("accompagnateur:amenagement", kwargs={"pk": one.amenagement_id})
        meta = one.get_result_display()
        yield Fait(on=one.held_on, genre="parcours", icon="fait", title=_("Aménagement revu"), meta=meta, url=url)
