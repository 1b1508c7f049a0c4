"""Parts in the management (task 9): the list, one noted, corrected, cancelled, its proof."""

import uuid

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from clefdevoute.records.entreprises.writing import refused
from clefdevoute.records.foundation import proofs
from clefdevoute.records.foundation.requests import WorkRequest
from clefdevoute.records.parcours.actions import participations as acts
from clefdevoute.records.parcours.models import Participation, PartPrise
from clefdevoute.records.personnes.models import Accompagnateur
from clefdevoute.ui.pagination import paginate
from clefdevoute.workspaces.accompagnateur import participations as data
from clefdevoute.workspaces.accompagnateur.forms.participations import AnnulerForm, ParticipationForm
from clefdevoute.workspaces.accompagnateur.formulaires import Keeper, attempt, form_page


@require_safe
def show_list(request: WorkRequest) -> HttpResponse:
    """Show the occasions, the newest first, with who took part."""
    rows = Participation.objects.visible_to(request.actor).select_related("accompagnateur", "proof")
    page = paginate(request, rows.order_by("-held_on", "-id"))
    found = data.parts(request.actor, page.items)
    context = {"page": page, "rows": [{"row": row, "parts": found[row.pk]} for row in page.items]}
    return render(request, "accompagnateur/participations.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
def note(request: WorkRequest) -> HttpResponse:
    """Note an occasion and who took part."""
    form = ParticipationForm(request.POST or None, request.FILES or None, keeper=_keeper(request))
    people = data.lignes(request.actor, _said(request), _proposed(request), timezone.localdate())
    status = 200
    if request.method == "POST":
        own = Accompagnateur.objects.visible_to(request.actor).filter(user_id=request.actor.user_id).first()

        def write() -> Participation:
            if own is None:
                raise refused(_("Votre compte n’est celui d’aucun accompagnateur : demandez-le au gestionnaire."))
            return acts.noter_participation(
                roles=data.roles(people),
                accompagnateur=own,
                by=request.actor,
                now=timezone.now(),
                **form.values(),
            )

        row, status = attempt(form, write)
        if row is not None:
            return _saved(request, row, people, _("Participation notée : elle prouve la tâche 9 pour chacun."))
    return _form(request, form, people, title=_("Noter une participation à la gestion"), status=status)


@require_http_methods(["GET", "HEAD", "POST"])
def correct(request: WorkRequest, pk: uuid.UUID) -> HttpResponse:
    """Correct an occasion and who took part."""
    row = _participation(request, pk)
    held = PartPrise.objects.visible_to(request.actor).filter(participation=row, removed_on__isnull=True)
    kept = dict(held.values_list("travailleur_id", "role"))
    initial = {name: getattr(row, name) for name in ("held_on", "organ", "organ_name", "form")}
    form = ParticipationForm(request.POST or None, request.FILES or None, keeper=_keeper(request), initial=initial)
    people = data.lignes(request.actor, _said(request), kept, timezone.localdate())
    status = 200
    if request.method == "POST":

        def write() -> Participation:
            return acts.corriger_participation(
                participation=row,
                roles=data.roles(people),
                by=request.actor,
                now=timezone.now(),
                **form.values(),
            )

        done, status = attempt(form, write)
        if done is not None:
            return _saved(request, done, people, _("Participation corrigée. L’historique garde ce qui était noté."))
    return _form(request, form, people, title=_("Corriger la participation"), status=status, row=row)


@require_http_methods(["GET", "HEAD", "POST"])
def cancel(request: WorkRequest, pk: uuid.UUID) -> HttpResponse:
    """Cancel an occasion noted by mistake."""
    row = _participation(request, pk)
    form = AnnulerForm(request.POST or None)
    status = 200
    if request.method == "POST":

        def write() -> Participation:
            reason = form.cleaned_data["cancel_reason"]
            return acts.annuler_participation(participation=row, reason=reason, by=request.actor, now=timezone.now())

        done, status = attempt(form, write)
        if done is not None:
            messages.success(request, _("Participation annulée : elle ne prouve plus rien."))
            return redirect("accompagnateur:participations")
    return form_page(
        request,
        form,
        title=_("Annuler la participation"),
        act=_("Annuler la participation"),
        back=_back(),
        status=status,
        lede=str(row),
    )


@require_safe
def open_proof(request: WorkRequest, pk: uuid.UUID) -> HttpResponse:
    """Serve the proof of an occasion."""
    row = _participation(request, pk)
    if row.proof is None:
        raise Http404
    return proofs.response(row.proof, by=request.actor, now=timezone.now())


def _saved(request: WorkRequest, row: Participation, people: list[data.Ligne], text: str) -> HttpResponse:
    """Say it is done, and warn of who had no contract that day."""
    messages.success(request, text)
    outside = acts.hors_contrat(row, list(data.roles(people)))
    if outside:
        names = ", ".join(str(one) for one in outside)
        messages.warning(request, _("Hors contrat ce jour-là : %(names)s. Vérifiez la date.") % {"names": names})
    return redirect("accompagnateur:participations")


def _form(
    request: WorkRequest,
    form: ParticipationForm,
    people: list[data.Ligne],
    *,
    title: str,
    status: int,
    row: Participation | None = None,
) -> HttpResponse:
    return form_page(
        request,
        form,
        title=title,
        act=_("Enregistrer la participation"),
        back=_back(),
        status=status,
        template="accompagnateur/participation.html",
        people=people,
        roles=PartPrise.Role.choices,
        row=row,
    )


def _said(request: WorkRequest) -> dict[str, str]:
    """Read the roles that were typed."""
    return {name: request.POST[name] for name in request.POST if name.startswith("r-")}


def _proposed(request: WorkRequest) -> dict[uuid.UUID, str]:
    """Tick beforehand the person whose dossier one comes from."""
    try:
        return {uuid.UUID(request.GET.get("travailleur", "")): PartPrise.Role.PARTICIPANT.value}
    except ValueError:
        return {}


def _participation(request: WorkRequest, pk: uuid.UUID) -> Participation:
    rows = Participation.objects.visible_to(request.actor).select_related("proof")
    row: Participation = get_object_or_404(rows, pk=pk)
    return row


def _keeper(request: WorkRequest) -> Keeper:
    return Keeper(by=request.actor, now=timezone.now())


def _back() -> tuple[str, str]:
    return _("Participation à la gestion"), reverse("accompagnateur:participations")
