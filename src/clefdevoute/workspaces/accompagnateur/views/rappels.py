"""The settings of reminders, and those that left: when, and how many things they spoke of."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from clefdevoute.records.echeances.actions import reglages
from clefdevoute.records.echeances.models import RappelEnvoye
from clefdevoute.records.foundation.requests import WorkRequest
from clefdevoute.workspaces.accompagnateur.forms.rappels import RappelsForm
from clefdevoute.workspaces.accompagnateur.formulaires import attempt

SHOWN = 10


@require_http_methods(["GET", "HEAD", "POST"])
def set_rappels(request: WorkRequest) -> HttpResponse:
    """Set one's reminders in the enterprise of the session."""
    actor, status = request.actor, 200
    form = RappelsForm(request.POST or None, initial=RappelsForm.initial_of(reglages.reglage_of(actor)))
    if request.method == "POST":
        done, status = attempt(
            form,
            lambda: reglages.regler_rappels(
                entreprise_id=actor.own_entreprise_id, by=actor, now=timezone.now(), **form.values()
            ),
        )
        if done is not None:
            messages.success(request, _("Vos rappels sont réglés."))
            return redirect("accompagnateur:rappels")
    sent = RappelEnvoye.objects.visible_to(actor).order_by("-sent_at")[:SHOWN]
    context = {"form": form, "envoyes": list(sent), "email": request.user.email}
    return render(request, "accompagnateur/rappels.html", context, status=status)
