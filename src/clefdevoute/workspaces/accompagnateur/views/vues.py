"""Saved views of the list of workers: kept, renamed, shared, put away."""

import uuid

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.http import urlencode
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from clefdevoute.records.echeances import policies
from clefdevoute.records.echeances.actions import vues
from clefdevoute.records.echeances.models import VueEnregistree
from clefdevoute.records.foundation.requests import WorkRequest
from clefdevoute.workspaces.accompagnateur.forms.listes import VueForm
from clefdevoute.workspaces.accompagnateur.formulaires import attempt
from clefdevoute.workspaces.accompagnateur.views.travailleurs import filters_of


@require_http_methods(["GET", "HEAD", "POST"])
def keep_vue(request: WorkRequest) -> HttpResponse:
    """Keep the filters of the address under a name; the page lists one's views and those of the team."""
    actor, status = request.actor, 200
    filters = filters_of(request)
    form = VueForm(request.POST or None)
    if request.method == "POST":
        done, status = attempt(
            form,
            lambda: vues.enregistrer_vue(
                entreprise_id=actor.own_entreprise_id,
                query=filters.query(),
                by=actor,
                now=timezone.now(),
                **form.cleaned_data,
            ),
        )
        if done is not None:
            messages.success(request, _("La vue « %(name)s » est enregistrée.") % {"name": done.name})
            return redirect(f"{reverse('accompagnateur:travailleurs')}?{urlencode(done.query)}")
    rows = VueEnregistree.objects.visible_to(actor).select_related("user")
    context = {
        "form": form,
        "words": filters.words(),
        "query": urlencode(filters.query()),
        "vues": [
            {
                "one": view,
                "url": f"{reverse('accompagnateur:travailleurs')}?{urlencode(view.query)}",
                "mine": policies.can_change_view(actor, view),
            }
            for view in rows
        ],
    }
    return render(request, "accompagnateur/vues.html", context, status=status)


@require_POST
def share_vue(request: WorkRequest, pk: uuid.UUID) -> HttpResponse:
    """Share one's own view with the team, or take it back."""
    view = own_or_404(request, pk)
    vues.modifier_vue(vue=view, by=request.actor, now=timezone.now(), shared=not view.shared)
    return redirect("accompagnateur:vues")


@require_POST
def remove_vue(request: WorkRequest, pk: uuid.UUID) -> HttpResponse:
    """Put one's own view away."""
    view = own_or_404(request, pk)
    vues.retirer_vue(vue=view, by=request.actor, now=timezone.now())
    messages.success(request, _("La vue « %(name)s » est retirée.") % {"name": view.name})
    return redirect("accompagnateur:vues")


def own_or_404(request: WorkRequest, pk: uuid.UUID) -> VueEnregistree:
    """Find a view of one's own; a colleague's, shared or not, is not there to change."""
    rows = VueEnregistree.objects.visible_to(request.actor).filter(user_id=request.actor.user_id)
    found: VueEnregistree = get_object_or_404(rows, pk=pk)
    return found
