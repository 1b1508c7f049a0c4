"""Who the person is, as the register says it: read here, what is missing and whom to ask; contact data completed."""

import uuid

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from clefdevoute.records.foundation.requests import WorkRequest
from clefdevoute.records.personnes.actions import registre
from clefdevoute.records.personnes.doublons import homonymes
from clefdevoute.records.personnes.models import Absence, Engagement, StatutEngagement
from clefdevoute.records.suivi.facts import completude
from clefdevoute.workspaces.accompagnateur.dossier import contexte, travailleur_or_404
from clefdevoute.workspaces.accompagnateur.forms.dossier import ContactForm
from clefdevoute.workspaces.accompagnateur.formulaires import attempt


@require_http_methods(["GET", "HEAD", "POST"])
def show_signaletique(request: WorkRequest, pk: uuid.UUID) -> HttpResponse:
    """Show the identity, the contracts and what is missing; a POST completes how the person is reached."""
    one = travailleur_or_404(request, pk)
    form = ContactForm(request.POST or None, initial={name: getattr(one, name) for name in registre.CONTACT})
    status = 200
    if request.method == "POST":
        done, status = attempt(
            form,
            lambda: registre.complete_contact(
                travailleur=one, by=request.actor, now=timezone.now(), **form.cleaned_data
            ),
        )
        if done is not None:
            messages.success(request, _("Contact enregistré."))
            return redirect("accompagnateur:signaletique", pk=one.pk)
    contracts = list(Engagement.objects.visible_to(request.actor).filter(travailleur=one).order_by("-starts_on"))
    statuts = StatutEngagement.objects.visible_to(request.actor).filter(engagement__in=contracts)
    by_contract = {row.engagement_id: row for row in statuts}
    context = contexte(request, one, tab="dossier") | {
        "form": form,
        "part": completude(one.entreprise_id, [one.pk], as_of=timezone.localdate())[one.pk].value.parties[0],
        "contracts": [(row, by_contract.get(row.pk)) for row in contracts],
        "absences": Absence.objects.visible_to(request.actor).filter(travailleur=one).order_by("-starts_on")[:20],
        "homonymes": homonymes(one),
    }
    return render(request, "accompagnateur/signaletique.html", context, status=status)
