"""The validation of skills of a person, the sheet that she is given, and the grid of her skills."""

import uuid
from typing import Any

from django.http import HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_safe

from clefdevoute.records.foundation.requests import WorkRequest
from clefdevoute.records.parcours import actions
from clefdevoute.records.parcours.facts import grille
from clefdevoute.records.parcours.models import CompetenceEvaluee, EpreuveValidation, ValidationCompetences
from clefdevoute.records.personnes.models import Travailleur
from clefdevoute.workspaces.accompagnateur.dossier import contexte, travailleur_or_404
from clefdevoute.workspaces.accompagnateur.etapes import Etape, persons, step
from clefdevoute.workspaces.accompagnateur.forms import validation as forms
from clefdevoute.workspaces.accompagnateur.forms.formation import today
from clefdevoute.workspaces.accompagnateur.parcours.pas import neant
from clefdevoute.workspaces.accompagnateur.parcours.validation import grilles, validations

TAB: dict[str, Any] = {"tab": "formation", "back": "validation"}


@require_safe
def show_validation(request: WorkRequest, pk: uuid.UUID) -> HttpResponse:
    """Show the paths of a person to a title, and the grid of her skills."""
    person = travailleur_or_404(request, pk)
    context = contexte(request, person, tab="formation") | {
        "validations": (found := validations(request.actor, person)),
        "closed": any(not one.open for one in found),
        "grilles": grilles(request.actor, person),
        "neant": neant(request.actor, person, 6),
    }
    return render(request, "accompagnateur/validation.html", context)


@require_safe
def show_handout(request: WorkRequest, pk: uuid.UUID) -> HttpResponse:
    """Show the sheet to print and hand over: what the validation of skills is, in plain words."""
    person = travailleur_or_404(request, pk)
    return render(request, "accompagnateur/validation_feuille.html", {"one": person})


def _of_validation(actor: Any) -> Any:
    return ValidationCompetences.objects.visible_to(actor)


inform = step(
    Etape(
        rows=persons,
        on="travailleur",
        form=forms.InformationForm,
        write=actions.informer,
        title=gettext_lazy("Noter l’information donnée"),
        act=gettext_lazy("Noter l’information"),
        done=gettext_lazy("Information notée : elle prouve déjà la tâche 6."),
        day="informed_on",
        initial=lambda row, day: {"informed_on": day, "handout": True},
        **TAB,
    )
)

note_interest = step(
    Etape(
        rows=_of_validation,
        on="validation",
        form=forms.InteretForm,
        write=actions.noter_interet,
        title=gettext_lazy("Noter la réponse de la personne"),
        act=gettext_lazy("Noter la réponse"),
        done=gettext_lazy("Réponse notée."),
        day="interest_on",
        initial=today("interest_on"),
        **TAB,
    )
)

note_inscription = step(
    Etape(
        rows=_of_validation,
        on="validation",
        form=forms.InscriptionForm,
        write=actions.inscrire,
        title=gettext_lazy("Noter l’inscription"),
        act=gettext_lazy("Noter l’inscription"),
        done=gettext_lazy("Inscription notée."),
        initial=lambda row, day: {"registered_on": day, "occupation": row.occupation},
        **TAB,
    )
)

note_guidance = step(
    Etape(
        rows=_of_validation,
        on="validation",
        form=forms.GuidanceForm,
        write=actions.guider,
        title=gettext_lazy("Noter la guidance"),
        act=gettext_lazy("Noter la guidance"),
        done=gettext_lazy("Guidance notée."),
        initial=today("guidance_on"),
        **TAB,
    )
)

set_epreuve = step(
    Etape(
        rows=_of_validation,
        on="validation",
        form=forms.EpreuveForm,
        write=actions.fixer_epreuve,
        title=gettext_lazy("Fixer une épreuve"),
        act=gettext_lazy("Fixer l’épreuve"),
        done=gettext_lazy("Épreuve fixée ; son jour est dans Aujourd’hui."),
        options=lambda request, row: {"actor": request.actor},
        **TAB,
    )
)

note_result = step(
    Etape(
        rows=EpreuveValidation.objects.visible_to,
        on="epreuve",
        form=forms.ResultatForm,
        write=actions.noter_resultat,
        title=gettext_lazy("Noter le résultat de l’épreuve"),
        act=gettext_lazy("Noter le résultat"),
        done=gettext_lazy("Résultat noté."),
        **TAB,
    )
)

stop = step(
    Etape(
        rows=_of_validation,
        on="validation",
        form=forms.ArretForm,
        write=actions.clore_validation,
        title=gettext_lazy("Arrêter ce parcours"),
        act=gettext_lazy("Arrêter le parcours"),
        done=gettext_lazy("Parcours arrêté ; ce qui a été fait reste."),
        initial=today("closed_on"),
        **TAB,
    )
)


def _known(request: WorkRequest, person: Travailleur) -> dict[str, Any]:
    """Offer the occupation and the skills of the person's latest grid, so that a level is all there is to choose."""
    rows = CompetenceEvaluee.objects.visible_to(request.actor).filter(travailleur=person)
    last = rows.order_by("-assessed_on", "-id").first()
    if last is None:
        return {}
    skills = grille(rows.filter(occupation=last.occupation))[last.occupation]
    return {"known": [(one.competence, one.expected) for one in skills], "trade": last.occupation}


assess = step(
    Etape(
        rows=persons,
        on="travailleur",
        form=forms.GrilleForm,
        write=actions.evaluer_competences,
        title=gettext_lazy("Évaluer des compétences"),
        act=gettext_lazy("Enregistrer les niveaux"),
        done=gettext_lazy("Niveaux enregistrés."),
        day="assessed_on",
        initial=today("assessed_on"),
        options=_known,
        **TAB,
    )
)
