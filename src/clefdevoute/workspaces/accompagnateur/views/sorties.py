"""The way out of the enterprise, below the dossier: noted, corrected, reopened, attested; then the calls."""

import uuid
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from clefdevoute.documents.attestation import attestation_pdf, nom_de_fichier
from clefdevoute.documents.feuille import Emission
from clefdevoute.records.foundation.errors import RecordError
from clefdevoute.records.foundation.requests import WorkRequest
from clefdevoute.records.personnes.models import Travailleur
from clefdevoute.records.suivi.actions import sorties as acts
from clefdevoute.records.suivi.attestation import faits
from clefdevoute.records.suivi.models import Sortie, SuiviSortie
from clefdevoute.workspaces.accompagnateur import sorties as data
from clefdevoute.workspaces.accompagnateur.dossier import contexte, travailleur_or_404
from clefdevoute.workspaces.accompagnateur.forms.sorties import AppelForm, ReouvertureForm, ReponseForm, SortieForm
from clefdevoute.workspaces.accompagnateur.formulaires import attempt, form_page

FORM = "accompagnateur/dossier_formulaire.html"


@require_safe
def show(request: WorkRequest, pk: uuid.UUID) -> HttpResponse:
    """Show the exit of a person, its calls, those before, and who followed her."""
    return _page(request, travailleur_or_404(request, pk))


@require_http_methods(["GET", "HEAD", "POST"])
def note(request: WorkRequest, pk: uuid.UUID) -> HttpResponse:
    """Note an exit."""
    one = travailleur_or_404(request, pk)
    form = SortieForm(request.POST or None)
    status = 200
    if request.method == "POST":

        def write() -> Sortie:
            return acts.noter_sortie(travailleur=one, by=request.actor, now=timezone.now(), **form.cleaned_data)

        row, status = attempt(form, write)
        if row is not None:
            messages.success(request, _("Sortie notée. Le dossier reste ouvert, rien n’est caché."))
            return redirect("accompagnateur:sortie", pk=pk)
    return _form(request, one, form, title=_("Noter la sortie"), act=_("Noter la sortie"), status=status)


@require_http_methods(["GET", "HEAD", "POST"])
def correct(request: WorkRequest, pk: uuid.UUID) -> HttpResponse:
    """Correct an exit."""
    row = _sortie(request, pk)
    one = travailleur_or_404(request, row.travailleur_id)
    form = SortieForm(request.POST or None, initial={name: getattr(row, name) for name in acts.FIELDS})
    status = 200
    if request.method == "POST":

        def write() -> Sortie:
            return acts.corriger_sortie(sortie=row, by=request.actor, now=timezone.now(), **form.cleaned_data)

        done, status = attempt(form, write)
        if done is not None:
            messages.success(request, _("Sortie corrigée. L’historique garde ce qui était noté."))
            return redirect("accompagnateur:sortie", pk=one.pk)
    return _form(request, one, form, title=_("Corriger la sortie"), act=_("Enregistrer"), status=status)


@require_http_methods(["GET", "HEAD", "POST"])
def reopen(request: WorkRequest, pk: uuid.UUID) -> HttpResponse:
    """Take an exit back with its reason."""
    row = _sortie(request, pk)
    one = travailleur_or_404(request, row.travailleur_id)
    form = ReouvertureForm(request.POST or None)
    status = 200
    if request.method == "POST":

        def write() -> Sortie:
            reason = form.cleaned_data["reason"]
            return acts.rouvrir_sortie(sortie=row, reason=reason, by=request.actor, now=timezone.now())

        done, status = attempt(form, write)
        if done is not None:
            messages.success(request, _("Sortie rouverte : la personne est à nouveau suivie."))
            return redirect("accompagnateur:sortie", pk=one.pk)
    return _form(request, one, form, title=_("Rouvrir la sortie"), act=_("Rouvrir la sortie"), status=status)


@require_POST
def attest(request: WorkRequest, pk: uuid.UUID) -> HttpResponse:
    """Make the attestation out as a PDF and keep its day."""
    row = _sortie(request, pk)
    now = timezone.now()
    one = travailleur_or_404(request, row.travailleur_id)
    content = attestation_pdf(
        entreprise=one.entreprise,
        travailleur=one,
        faits=faits(row),
        emission=Emission(le=timezone.localtime(now), par=request.user.name),
    )
    try:
        acts.noter_attestation(sortie=row, by=request.actor, now=now)
    except RecordError as refused:
        return _page(request, one, refusal=str(refused), status=409)
    answer = HttpResponse(content, content_type="application/pdf")
    name = nom_de_fichier(one, timezone.localdate(now))
    answer.headers["Content-Disposition"] = f'attachment; filename="{name}"'
    return answer


@require_http_methods(["GET", "HEAD", "POST"])
def call(request: WorkRequest, pk: uuid.UUID) -> HttpResponse:
    """Ask the one question, and note the attempt; once answered, correct the answer."""
    row = _suivi(request, pk)
    one = travailleur_or_404(request, row.travailleur_id)
    today = timezone.localdate()
    open_still = row.outcome == SuiviSortie.Outcome.A_FAIRE
    if row.outcome not in (SuiviSortie.Outcome.A_FAIRE, SuiviSortie.Outcome.REPONDU):
        raise Http404
    form: AppelForm | ReponseForm
    if open_still:
        form = AppelForm(request.POST or None, initial={"tried_on": today})
    else:
        form = ReponseForm(request.POST or None, initial={"employed": row.employed})
    status = 200
    if request.method == "POST":

        def write() -> SuiviSortie:
            given = {"suivi": row, "by": request.actor, "now": timezone.now(), **form.cleaned_data}
            return acts.noter_appel(**given) if open_still else acts.corriger_reponse(**given)

        done, status = attempt(form, write)
        if done is not None:
            closed = done.outcome != SuiviSortie.Outcome.A_FAIRE
            messages.success(request, _("Réponse notée.") if closed else _("Essai noté : le suivi reste à faire."))
            return redirect("accompagnateur:sortie", pk=one.pk)
    found = next(item for item in data.rappels(request.actor, row.sortie, today) if item.row.pk == row.pk)
    return form_page(
        request,
        form,
        title=_("Nouvelles %(months)s mois après la sortie") % {"months": row.months},
        act=_("Noter l’appel") if open_still else _("Corriger la réponse"),
        back=_back(one),
        status=status,
        template="accompagnateur/suivi_sortie.html",
        rappel=found,
        accord=data.accord(one, today),
        **contexte(request, one, tab="sortie") | {"noter_url": ""},
    )


@require_POST
def give_up(request: WorkRequest, pk: uuid.UUID) -> HttpResponse:
    """Close a follow-up that nobody answered."""
    row = _suivi(request, pk)
    one = travailleur_or_404(request, row.travailleur_id)
    try:
        acts.clore_sans_reponse(suivi=row, by=request.actor, now=timezone.now())
    except RecordError as refused:
        return _page(request, one, refusal=str(refused), status=409)
    messages.success(request, _("Suivi clos sans réponse : il est compté à part."))
    return redirect("accompagnateur:sortie", pk=one.pk)


def _page(request: WorkRequest, one: Travailleur, *, refusal: str = "", status: int = 200) -> HttpResponse:
    today = timezone.localdate()
    found = data.sorties(request.actor, one)
    row = data.actuelle(request.actor, one, found)
    context: dict[str, Any] = contexte(request, one, tab="sortie") | {
        "sortie": row,
        "rappels": data.rappels(request.actor, row, today) if row else [],
        "accord": data.accord(one, today) if row else None,
        "contrat_ouvert": data.contrat_ouvert(request.actor, row) if row else None,
        "faits": faits(row) if row else None,
        "avant": [other for other in found if row is None or other.pk != row.pk],
        "suivis": data.suivis(request.actor, one),
        "refusal": refusal,
    }
    return render(request, "accompagnateur/sortie.html", context, status=status)


def _form(request: WorkRequest, one: Travailleur, form: Any, *, title: str, act: str, status: int) -> HttpResponse:
    context = contexte(request, one, tab="sortie") | {"noter_url": ""}
    return form_page(request, form, title=title, act=act, back=_back(one), status=status, template=FORM, **context)


def _sortie(request: WorkRequest, pk: uuid.UUID) -> Sortie:
    row: Sortie = get_object_or_404(Sortie.objects.visible_to(request.actor).select_related("travailleur"), pk=pk)
    return row


def _suivi(request: WorkRequest, pk: uuid.UUID) -> SuiviSortie:
    rows = SuiviSortie.objects.visible_to(request.actor).select_related("travailleur", "sortie")
    row: SuiviSortie = get_object_or_404(rows, pk=pk)
    return row


def _back(one: Travailleur) -> tuple[str, str]:
    return _("Sortie"), reverse("accompagnateur:sortie", kwargs={"pk": one.pk})
