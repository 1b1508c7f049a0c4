"""The jobcoaching of a person, and what to prepare before her contract ends."""

import uuid
from typing import Any

from django.http import HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_safe

from clefdevoute.records.foundation.requests import WorkRequest
from clefdevoute.records.parcours import actions
from clefdevoute.records.parcours.facts import CONTRACT_DAYS, fin_de_contrat
from clefdevoute.records.parcours.models import EtapeJobcoaching, Jobcoaching
from clefdevoute.workspaces.accompagnateur.dossier import contexte, travailleur_or_404
from clefdevoute.workspaces.accompagnateur.etapes import Etape, persons, step
from clefdevoute.workspaces.accompagnateur.forms import emploi as forms
from clefdevoute.workspaces.accompagnateur.forms.formation import today as on_today
from clefdevoute.workspaces.accompagnateur.parcours.emploi import jobcoachings, suites
from clefdevoute.workspaces.accompagnateur.parcours.pas import neant

TAB: dict[str, Any] = {"tab": "emploi", "back": "emploi"}


@require_safe
def show_jobcoachings(request: WorkRequest, pk: uuid.UUID) -> HttpResponse:
    """Show the jobcoachings of a person, and the contract that ends."""
    person = travailleur_or_404(request, pk)
    today = timezone.localdate()
    context = contexte(request, person, tab="emploi") | {
        "jobcoachings": (found := jobcoachings(request.actor, person, today)),
        "closed": any(not one.open for one in found),
        "ending": fin_de_contrat(person, as_of=today),
        "neant": neant(request.actor, person, 5),
    }
    return render(request, "accompagnateur/emploi.html", context)


@require_safe
def show_contract_end(request: WorkRequest, pk: uuid.UUID) -> HttpResponse:
    """Propose the next steps of a person whose contract ends within ninety days."""
    person = travailleur_or_404(request, pk)
    today = timezone.localdate()
    ending = fin_de_contrat(person, as_of=today)
    context = contexte(request, person, tab="emploi") | {
        "ending": ending,
        "days_left": (ending.ends_on - today).days if ending and ending.ends_on else None,
        "horizon": CONTRACT_DAYS,
        "suites": suites(request.actor, person),
    }
    return render(request, "accompagnateur/fin_de_contrat.html", context)


open_jobcoaching = step(
    Etape(
        rows=persons,
        on="travailleur",
        form=forms.JobcoachingForm,
        write=actions.ouvrir_jobcoaching,
        title=gettext_lazy("Ouvrir un jobcoaching"),
        act=gettext_lazy("Ouvrir le jobcoaching"),
        done=gettext_lazy("Jobcoaching ouvert."),
        day="opened_on",
        initial=on_today("opened_on"),
        options=lambda request, row: {"actor": request.actor},
        **TAB,
    )
)

aim = step(
    Etape(
        rows=Jobcoaching.objects.visible_to,
        on="jobcoaching",
        form=forms.ViserForm,
        write=actions.viser,
        title=gettext_lazy("Choisir l’entreprise visée"),
        act=gettext_lazy("Choisir cette entreprise"),
        done=gettext_lazy("Entreprise visée choisie."),
        initial=lambda row, today: {"partenaire": row.partenaire_id},
        options=lambda request, row: {"actor": request.actor},
        **TAB,
    )
)

add_step = step(
    Etape(
        rows=Jobcoaching.objects.visible_to,
        on="jobcoaching",
        form=forms.EtapeForm,
        write=actions.ajouter_etape,
        title=gettext_lazy("Ajouter une étape"),
        act=gettext_lazy("Ajouter l’étape"),
        done=gettext_lazy("Étape ajoutée."),
        day="held_on",
        initial=lambda row, today: {"held_on": today, "partenaire": row.partenaire_id, "outcome": "attente"},
        options=lambda request, row: {"actor": request.actor},
        **TAB,
    )
)

conclude_step = step(
    Etape(
        rows=EtapeJobcoaching.objects.visible_to,
        on="etape",
        form=forms.IssueForm,
        write=actions.noter_issue,
        title=gettext_lazy("Noter l’issue de l’étape"),
        act=gettext_lazy("Noter l’issue"),
        done=gettext_lazy("Issue notée."),
        initial=lambda row, today: {"note": row.note},
        **TAB,
    )
)

close_jobcoaching = step(
    Etape(
        rows=Jobcoaching.objects.visible_to,
        on="jobcoaching",
        form=forms.ClotureForm,
        write=actions.clore_jobcoaching,
        title=gettext_lazy("Noter l’issue du jobcoaching"),
        act=gettext_lazy("Clore le jobcoaching"),
        done=gettext_lazy("Jobcoaching clos, avec son issue."),
        initial=on_today("closed_on"),
        **TAB,
    )
)
