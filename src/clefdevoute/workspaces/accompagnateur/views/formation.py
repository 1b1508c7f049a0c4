"""The training plan of a person: one screen, and the page of each step."""

import uuid
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from clefdevoute.records.foundation.errors import RecordError
from clefdevoute.records.foundation.requests import WorkRequest
from clefdevoute.records.parcours import actions
from clefdevoute.records.parcours.models import (
    TACHES,
    DemandeExpertise,
    ModuleFormation,
    PlanFormation,
    SansObjet,
)
from clefdevoute.workspaces.accompagnateur.dossier import contexte, travailleur_or_404
from clefdevoute.workspaces.accompagnateur.etapes import Etape, persons, step
from clefdevoute.workspaces.accompagnateur.forms import formation as forms
from clefdevoute.workspaces.accompagnateur.parcours.formation import plans
from clefdevoute.workspaces.accompagnateur.parcours.pas import neant

TAB: dict[str, Any] = {"tab": "formation", "back": "formation"}
SCREENS = {4: "formation", 5: "emploi", 6: "validation", 10: "amenagements_personne"}
"""Where a task without object is found again; the others stand on the first page of the dossier."""


@require_safe
def show_plans(request: WorkRequest, pk: uuid.UUID) -> HttpResponse:
    """Show the training plans of a person."""
    person = travailleur_or_404(request, pk)
    today = timezone.localdate()
    context = contexte(request, person, tab="formation") | {
        "plans": (found := plans(request.actor, person, today)),
        "closed": any(not one.open for one in found),
        "neant": neant(request.actor, person, 4),
    }
    return render(request, "accompagnateur/formation.html", context)


open_plan = step(
    Etape(
        rows=persons,
        on="travailleur",
        form=forms.PlanForm,
        write=actions.ouvrir_plan,
        title=gettext_lazy("Ouvrir un plan de formation"),
        act=gettext_lazy("Ouvrir le plan"),
        done=gettext_lazy("Plan ouvert. Demandez maintenant l’expertise du Forem."),
        day="need_on",
        initial=forms.today("need_on"),
        options=lambda request, row: {"actor": request.actor, "person": row},
        **TAB,
    )
)

ask_expertise = step(
    Etape(
        rows=PlanFormation.objects.visible_to,
        on="plan",
        form=forms.ExpertiseForm,
        write=actions.demander_expertise,
        title=gettext_lazy("Demander l’expertise du Forem"),
        act=gettext_lazy("Noter la demande"),
        done=gettext_lazy("Demande notée. Sans réponse dans trente jours, elle revient dans Aujourd’hui."),
        day="asked_on",
        initial=forms.today("asked_on"),
        lede=gettext_lazy("Cette page garde la trace de la demande ; rien n’est envoyé au Forem."),
        **TAB,
    )
)

note_answer = step(
    Etape(
        rows=DemandeExpertise.objects.visible_to,
        on="demande",
        form=forms.ReponseForm,
        write=actions.noter_reponse,
        title=gettext_lazy("Noter la réponse du Forem"),
        act=gettext_lazy("Noter la réponse"),
        done=gettext_lazy("Réponse notée."),
        initial=forms.today("answered_on"),
        **TAB,
    )
)

add_module = step(
    Etape(
        rows=PlanFormation.objects.visible_to,
        on="plan",
        form=forms.ModuleForm,
        write=actions.ajouter_module,
        title=gettext_lazy("Ajouter un module"),
        act=gettext_lazy("Ajouter le module"),
        done=gettext_lazy("Module ajouté."),
        day="starts_on",
        options=lambda request, row: {"actor": request.actor},
        **TAB,
    )
)


def _module(row: ModuleFormation, _today: Any) -> dict[str, Any]:
    return {name: getattr(row, name) for name in actions.formation.MODULE}


modify_module = step(
    Etape(
        rows=ModuleFormation.objects.visible_to,
        on="module",
        form=forms.ResultatModuleForm,
        write=actions.modifier_module,
        title=gettext_lazy("Noter le résultat du module"),
        act=gettext_lazy("Enregistrer le module"),
        done=gettext_lazy("Module enregistré."),
        initial=_module,
        options=lambda request, row: {"actor": request.actor},
        **TAB,
    )
)

note_hours = step(
    Etape(
        rows=ModuleFormation.objects.visible_to,
        on="module",
        form=forms.HeuresForm,
        write=actions.noter_heures,
        title=gettext_lazy("Noter les heures suivies"),
        act=gettext_lazy("Noter les heures"),
        done=gettext_lazy("Heures notées."),
        day="held_on",
        initial=forms.today("held_on"),
        **TAB,
    )
)

evaluate_plan = step(
    Etape(
        rows=PlanFormation.objects.visible_to,
        on="plan",
        form=forms.EvaluationForm,
        write=actions.evaluer_plan,
        title=gettext_lazy("Évaluer le plan de formation"),
        act=gettext_lazy("Évaluer et clore le plan"),
        done=gettext_lazy("Plan évalué et clos."),
        initial=forms.today("held_on"),
        **TAB,
    )
)


def _sans_objet(task: int) -> Any:
    def write(travailleur: Any, **values: Any) -> SansObjet:
        return actions.noter_sans_objet(travailleur=travailleur, task=task, **values)

    back = SCREENS.get(task, "dossier")
    return step(
        Etape(
            rows=persons,
            on="travailleur",
            form=forms.SansObjetForm,
            write=write,
            title=gettext_lazy("Noter sans objet"),
            act=gettext_lazy("Noter sans objet"),
            done=gettext_lazy("Noté sans objet, avec sa raison : ce n’est pas un manque."),
            tab="emploi" if task == 5 else "formation" if task in {4, 6} else "dossier",
            back=back,
            initial=forms.today("noted_on"),
            lede=gettext_lazy("La matrice des obligations montrera la raison et la date à la place d’un manque."),
        )
    )


_NOTES = {task: _sans_objet(task) for task in TACHES}


@require_http_methods(["GET", "HEAD", "POST"])
def note_without_object(request: WorkRequest, pk: uuid.UUID, task: int) -> HttpResponse:
    """Note that a task has no object for this person; a task due to everybody has no such page."""
    if task not in _NOTES:
        raise Http404
    answer: HttpResponse = _NOTES[task](request, pk)
    return answer


@require_POST
def lift_without_object(request: WorkRequest, pk: uuid.UUID) -> HttpResponse:
    """Let the task be due again, from today."""
    row = get_object_or_404(SansObjet.objects.visible_to(request.actor), pk=pk)
    person = travailleur_or_404(request, row.travailleur_id)
    try:
        actions.lever_sans_objet(sans_objet=row, lifted_on=timezone.localdate(), by=request.actor, now=timezone.now())
        messages.success(request, _("La tâche est à nouveau due."))
    except RecordError as refused:
        messages.error(request, str(refused))
    return redirect(f"accompagnateur:{SCREENS.get(row.task, 'dossier')}", pk=person.pk)
