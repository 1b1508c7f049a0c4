"""The accompagnateurs: the list, a person's page with what makes her eligible, her contracts and papers."""

import uuid
from typing import Any

from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from clefdevoute.records.foundation import proofs
from clefdevoute.records.foundation.models import ProofFile
from clefdevoute.records.foundation.requests import WorkRequest
from clefdevoute.records.personnes.actions import accompagnateurs as actions
from clefdevoute.records.personnes.models import Accompagnateur, ContratAccompagnateur, PeriodeExperience
from clefdevoute.ui.pagination import paginate
from clefdevoute.workspaces.gestionnaire import equipe
from clefdevoute.workspaces.gestionnaire.annees import entreprise_of
from clefdevoute.workspaces.gestionnaire.forms.accompagnateurs import AccompagnateurForm, ContratForm, ExperienceForm
from clefdevoute.workspaces.gestionnaire.formulaires import Keeper, attempt, form_page


@require_safe
def list_accompagnateurs(request: WorkRequest) -> HttpResponse:
    """List the accompagnateurs with the contracts that run and whether each is eligible."""
    today = timezone.localdate()
    page = paginate(request, Accompagnateur.objects.visible_to(request.actor).select_related("diploma_proof"))
    contracts: dict[uuid.UUID, list[ContratAccompagnateur]] = {one.pk: [] for one in page.items}
    for row in ContratAccompagnateur.objects.visible_to(request.actor).filter(accompagnateur__in=list(contracts)):
        contracts[row.accompagnateur_id].append(row)
    experiences = equipe.experiences_of(request.actor, page.items)
    rows = [
        (
            one,
            equipe.eligible(one, experiences[one.pk], equipe.jour_de_fonction(one, contracts[one.pk], today)),
            [seen for seen in (equipe.contrat_vu(row, today) for row in contracts[one.pk]) if seen.en_cours],
        )
        for one in page.items
    ]
    return render(request, "gestionnaire/accompagnateurs.html", {"page": page, "rows": rows})


def accompagnateur_or_404(request: WorkRequest, pk: uuid.UUID) -> Accompagnateur:
    """Find an accompagnateur of the session's enterprise."""
    rows = Accompagnateur.objects.visible_to(request.actor).select_related("diploma_proof", "entreprise")
    row: Accompagnateur = get_object_or_404(rows, pk=pk)
    return row


@require_safe
def show_accompagnateur(request: WorkRequest, pk: uuid.UUID) -> HttpResponse:
    """Show a person: eligibility with its pieces, contracts with their days, experience."""
    row = accompagnateur_or_404(request, pk)
    shown = equipe.fiche(request.actor, row.entreprise, row, timezone.localdate())
    return render(request, "gestionnaire/accompagnateur.html", {"one": row, "fiche": shown})


def _back(row: Accompagnateur) -> tuple[str, str]:
    return str(row), reverse("gestionnaire:accompagnateur", kwargs={"pk": row.pk})


@require_http_methods(["GET", "HEAD", "POST"])
def add_accompagnateur(request: WorkRequest) -> HttpResponse:
    """Enter an accompagnateur."""
    entreprise, now, status = entreprise_of(request), timezone.now(), 200
    form = AccompagnateurForm(request.POST or None, request.FILES or None, keeper=Keeper(request.actor, now))
    if request.method == "POST":
        row, status = attempt(
            form,
            lambda: actions.create_accompagnateur(
                entreprise_id=entreprise.pk, by=request.actor, now=now, **form.values()
            ),
        )
        if row is not None:
            return redirect("gestionnaire:accompagnateur", pk=row.pk)
    return form_page(
        request,
        form,
        title=_("Inscrire un accompagnateur"),
        act=_("Inscrire"),
        back=(_("Accompagnateurs"), reverse("gestionnaire:accompagnateurs")),
        status=status,
    )


@require_http_methods(["GET", "HEAD", "POST"])
def modify_accompagnateur(request: WorkRequest, pk: uuid.UUID) -> HttpResponse:
    """Correct or complete what is known of an accompagnateur."""
    row, now, status = accompagnateur_or_404(request, pk), timezone.now(), 200
    initial = {name: getattr(row, name) for name in actions.PERSON if name not in {"user", "diploma_proof"}}
    form = AccompagnateurForm(
        request.POST or None, request.FILES or None, initial=initial, keeper=Keeper(request.actor, now)
    )
    if request.method == "POST":
        done, status = attempt(
            form,
            lambda: actions.modify_accompagnateur(accompagnateur=row, by=request.actor, now=now, **form.values()),
        )
        if done is not None:
            return redirect("gestionnaire:accompagnateur", pk=row.pk)
    return form_page(
        request,
        form,
        title=_("Modifier %(name)s") % {"name": row},
        act=_("Enregistrer"),
        back=_back(row),
        status=status,
    )


@require_http_methods(["GET", "HEAD", "POST"])
def add_experience(request: WorkRequest, pk: uuid.UUID) -> HttpResponse:
    """Record a stretch of experience."""
    person, now, status = accompagnateur_or_404(request, pk), timezone.now(), 200
    form = ExperienceForm(request.POST or None, request.FILES or None, keeper=Keeper(request.actor, now))
    if request.method == "POST":
        row, status = attempt(
            form,
            lambda: actions.add_experience(accompagnateur=person, by=request.actor, now=now, **form.cleaned_data),
        )
        if row is not None:
            return redirect("gestionnaire:accompagnateur", pk=person.pk)
    return form_page(
        request,
        form,
        title=_("Expérience de %(name)s") % {"name": person},
        act=_("Enregistrer l’expérience"),
        back=_back(person),
        status=status,
    )


@require_POST
def remove_experience(request: WorkRequest, pk: uuid.UUID) -> HttpResponse:
    """Take back a stretch of experience entered by mistake."""
    row = get_object_or_404(PeriodeExperience.objects.visible_to(request.actor), pk=pk)
    actions.remove_experience(experience=row, by=request.actor, now=timezone.now())
    return redirect("gestionnaire:accompagnateur", pk=row.accompagnateur_id)


@require_http_methods(["GET", "HEAD", "POST"])
def add_contrat(request: WorkRequest, pk: uuid.UUID) -> HttpResponse:
    """Record a contract; two that run together share no day."""
    person, now, status = accompagnateur_or_404(request, pk), timezone.now(), 200
    initial: dict[str, Any] = {"kind": "accompagnement", "reference_hours": person.entreprise.reference_hours}
    form = ContratForm(request.POST or None, request.FILES or None, initial=initial, keeper=Keeper(request.actor, now))
    if request.method == "POST":
        row, status = attempt(
            form, lambda: actions.sign_contrat(accompagnateur=person, by=request.actor, now=now, **form.values())
        )
        if row is not None:
            return redirect("gestionnaire:accompagnateur", pk=person.pk)
    return form_page(
        request,
        form,
        title=_("Contrat de %(name)s") % {"name": person},
        act=_("Enregistrer le contrat"),
        back=_back(person),
        status=status,
    )


@require_http_methods(["GET", "HEAD", "POST"])
def modify_contrat(request: WorkRequest, pk: uuid.UUID) -> HttpResponse:
    """Correct, send or end a contract."""
    rows = ContratAccompagnateur.objects.visible_to(request.actor).select_related("accompagnateur")
    row, now, status = get_object_or_404(rows, pk=pk), timezone.now(), 200
    initial = {name: getattr(row, name) for name in actions.CONTRACT if name != "proof"}
    form = ContratForm(
        request.POST or None,
        request.FILES or None,
        initial=initial | {"weekdays": list(row.weekdays)},
        keeper=Keeper(request.actor, now),
        fixed_kind=True,
    )
    if request.method == "POST":
        done, status = attempt(
            form, lambda: actions.modify_contrat(contrat=row, by=request.actor, now=now, **form.values())
        )
        if done is not None:
            return redirect("gestionnaire:accompagnateur", pk=row.accompagnateur_id)
    return form_page(
        request,
        form,
        title=_("Contrat de %(name)s") % {"name": row.accompagnateur},
        act=_("Enregistrer"),
        back=_back(row.accompagnateur),
        lede=row.get_kind_display(),
        status=status,
    )


@require_safe
def read_diploma(request: WorkRequest, pk: uuid.UUID) -> HttpResponse:
    """Serve the copy of a diploma."""
    return _served(request, accompagnateur_or_404(request, pk).diploma_proof)


@require_safe
def read_experience_proof(request: WorkRequest, pk: uuid.UUID) -> HttpResponse:
    """Serve the paper of a stretch of experience."""
    rows = PeriodeExperience.objects.visible_to(request.actor).select_related("proof")
    return _served(request, get_object_or_404(rows, pk=pk).proof)


@require_safe
def read_contrat_proof(request: WorkRequest, pk: uuid.UUID) -> HttpResponse:
    """Serve a signed contract."""
    rows = ContratAccompagnateur.objects.visible_to(request.actor).select_related("proof")
    return _served(request, get_object_or_404(rows, pk=pk).proof)


def _served(request: WorkRequest, proof: ProofFile | None) -> HttpResponse:
    if proof is None:
        raise Http404
    return proofs.response(proof, by=request.actor, now=timezone.now())
