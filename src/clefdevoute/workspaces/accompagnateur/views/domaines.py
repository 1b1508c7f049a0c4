"""The domains that the enterprise looks at in its bilans: added, renamed, retired."""

import uuid
from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from clefdevoute.records.entreprises.models import EntrepriseInsertion
from clefdevoute.records.foundation.errors import RecordError
from clefdevoute.records.foundation.requests import WorkRequest
from clefdevoute.records.suivi import domaines
from clefdevoute.records.suivi.actions import domaines as actions
from clefdevoute.records.suivi.models import DomaineBilan
from clefdevoute.workspaces.accompagnateur.forms.bilans import DomaineForm
from clefdevoute.workspaces.accompagnateur.formulaires import attempt

LONGEST = 80


@require_http_methods(["GET", "HEAD", "POST"])
def show_all(request: WorkRequest) -> HttpResponse:
    """List the domains in use and the retired ones; a POST adds one."""
    form = DomaineForm(request.POST or None)
    status = 200
    if request.method == "POST":
        row, status = attempt(
            form,
            lambda: actions.ajouter(
                entreprise_id=_entreprise(request).pk, by=request.actor, now=timezone.now(), **form.cleaned_data
            ),
        )
        if row is not None:
            messages.success(request, _("Domaine ajouté : les bilans à venir le regardent."))
            return redirect("accompagnateur:domaines")
    return _page(request, form, status=status)


@require_POST
def change(request: WorkRequest, pk: uuid.UUID) -> HttpResponse:
    """Rename a domain, or retire it."""
    entreprise_id, now, name = _entreprise(request).pk, timezone.now(), request.POST.get("name", "")
    typed = {"changed": pk, "typed": name}
    if "retirer" not in request.POST and len(name) > LONGEST:
        refusal = _("Ce nom est trop long : au plus 80 caractères. Raccourcissez-le.")
        return _page(request, DomaineForm(), refusal=refusal, status=422, **typed)
    try:
        if "retirer" in request.POST:
            actions.retirer(entreprise_id=entreprise_id, pk=pk, on=timezone.localdate(), by=request.actor, now=now)
            messages.success(request, _("Domaine retiré : il reste dans les anciens bilans."))
        else:
            actions.renommer(entreprise_id=entreprise_id, pk=pk, name=name, by=request.actor, now=now)
            messages.success(request, _("Domaine renommé : les anciens bilans gardent l’ancien nom."))
    except RecordError as refused:
        return _page(request, DomaineForm(), refusal=str(refused), status=409, **typed)
    return redirect("accompagnateur:domaines")


def _entreprise(request: WorkRequest) -> EntrepriseInsertion:
    return EntrepriseInsertion.objects.visible_to(request.actor).get()


def _page(request: WorkRequest, form: DomaineForm, refusal: str = "", status: int = 200, **typed: Any) -> HttpResponse:
    """Draw the list; ``typed`` names the domain that was changed and gives back the name refused."""
    rows = domaines.tous(_entreprise(request).pk)
    used = [row for row in rows if row.retired_on is None]
    context = {
        "form": form,
        "families": [
            {"title": family.label, "rows": [row for row in used if row.famille == family]}
            for family in (DomaineBilan.Famille.PROFESSIONNEL, DomaineBilan.Famille.PERSONNEL)
        ],
        "retired": [row for row in rows if row.retired_on is not None],
        "refusal": refusal,
        **typed,
    }
    return render(request, "accompagnateur/domaines.html", context, status=status)
