"""The network: the list of partners, one partner with its contacts and its use, who may be a duplicate."""

import uuid
from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from clefdevoute.records.entreprises.models import EntrepriseInsertion
from clefdevoute.records.entreprises.validators import normalise_bce
from clefdevoute.records.foundation.requests import WorkRequest
from clefdevoute.records.parcours.models import EtapeJobcoaching, Jobcoaching, ModuleFormation
from clefdevoute.records.personnes.recherche import fold
from clefdevoute.records.reseau import facts
from clefdevoute.records.reseau.actions import partenaires as actions
from clefdevoute.records.reseau.models import Contact, Partenaire
from clefdevoute.ui.htmx import page_or_fragment
from clefdevoute.ui.pagination import paginate
from clefdevoute.workspaces.accompagnateur.conventions import rangees, visibles
from clefdevoute.workspaces.accompagnateur.forms.reseau import ContactForm, FiltresReseauForm, PartenaireForm
from clefdevoute.workspaces.accompagnateur.formulaires import attempt, form_page

MOST_DOUBLES = 5


@require_safe
def list_partners(request: WorkRequest) -> HttpResponse:
    """List the partners, by name, narrowed by a part of a name or a place."""
    form = FiltresReseauForm({name: value for name, value in request.GET.items() if name != "page"})
    asked = form.cleaned_data if form.is_valid() else {}
    rows = Partenaire.objects.visible_to(request.actor)
    for word in fold(asked.get("q", "")).split():
        rows = rows.filter(search_key__contains=word)
    if asked.get("kind"):
        rows = rows.filter(kind=asked["kind"])
    if not asked.get("closed"):
        rows = rows.filter(closed_on__isnull=True)
    page = paginate(request, rows.order_by("name", "id"))
    context = {"form": form, "page": page, "filtered": bool(asked.get("q") or asked.get("kind"))}
    return page_or_fragment(
        request,
        "accompagnateur/reseau.html",
        "accompagnateur/_reseau.html",
        context,
        status=422 if form.errors else 200,
    )


@require_safe
def show_partner(request: WorkRequest, pk: uuid.UUID) -> HttpResponse:
    """Show a partner: how to reach it, whom one calls there, which conventions rest on it."""
    row = _partner(request, pk)
    contacts = Contact.objects.visible_to(request.actor).filter(partenaire=row)
    held = visibles(request.actor).filter(cpas=row)[:50]
    context = {
        "row": row,
        "contacts": contacts.filter(left_on__isnull=True),
        "gone": contacts.filter(left_on__isnull=False),
        "conventions": rangees(request.actor, held, timezone.localdate()),
        "doubles": _doubles(row.entreprise_id, row.name, row.city, row.bce, apart_from=row.pk),
        "uses": _uses(request, row),
        "is_cpas": row.kind == Partenaire.Kind.CPAS,
    }
    return render(request, "accompagnateur/partenaire.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
def add_partner(request: WorkRequest) -> HttpResponse:
    """Add a partner; one that seems to be there already is shown first, and added all the same if asked again."""
    form = PartenaireForm(request.POST or None, initial={"kind": request.GET.get("sorte", "")})
    entreprise = get_object_or_404(
        EntrepriseInsertion.objects.visible_to(request.actor), pk=request.actor.entreprise_id
    )
    doubles: list[Partenaire] = []
    status = 200
    if request.method == "POST":
        given = form.cleaned_data if form.is_valid() else {}
        if given and "malgre" not in request.POST:
            bce = normalise_bce(given["bce"]) if given["bce"] else ""
            doubles = _doubles(entreprise.pk, given["name"], given["city"], bce)
        if not doubles:

            def write() -> Partenaire:
                given = form.cleaned_data
                return actions.enregistrer_partenaire(
                    entreprise=entreprise, by=request.actor, now=timezone.now(), **given
                )

            row, status = attempt(form, write)
            if row is not None:
                messages.success(request, _("Partenaire ajouté."))
                return redirect("accompagnateur:partenaire", pk=row.pk)
        else:
            status = 409
    return form_page(
        request,
        form,
        title=_("Ajouter un partenaire"),
        act=_("Ajouter ce partenaire quand même") if doubles else _("Ajouter le partenaire"),
        back=_back(),
        status=status,
        template="accompagnateur/partenaire_formulaire.html",
        doubles=doubles,
    )


@require_http_methods(["GET", "HEAD", "POST"])
def modify_partner(request: WorkRequest, pk: uuid.UUID) -> HttpResponse:
    """Correct a partner, or close the collaboration."""
    row = _partner(request, pk)
    initial = {name: getattr(row, name) for name in actions.PARTENAIRE}
    form = PartenaireForm(request.POST or None, initial=initial, known=True)
    status = 200
    if request.method == "POST":

        def write() -> Partenaire:
            return actions.modifier_partenaire(
                partenaire=row, by=request.actor, now=timezone.now(), **form.cleaned_data
            )

        done, status = attempt(form, write)
        if done is not None:
            messages.success(request, _("Partenaire corrigé."))
            return redirect("accompagnateur:partenaire", pk=pk)
    return form_page(request, form, title=row.name, act=_("Enregistrer"), back=_to(row), status=status)


@require_http_methods(["GET", "HEAD", "POST"])
def add_contact(request: WorkRequest, pk: uuid.UUID) -> HttpResponse:
    """Add a person one calls there."""
    row = _partner(request, pk)
    form = ContactForm(request.POST or None)
    status = 200
    if request.method == "POST":

        def write() -> Contact:
            return actions.ajouter_contact(partenaire=row, by=request.actor, now=timezone.now(), **form.cleaned_data)

        done, status = attempt(form, write)
        if done is not None:
            messages.success(request, _("Contact ajouté."))
            return redirect("accompagnateur:partenaire", pk=pk)
    return form_page(
        request, form, title=_("Ajouter un contact"), act=_("Ajouter le contact"), back=_to(row), status=status
    )


@require_http_methods(["GET", "HEAD", "POST"])
def modify_contact(request: WorkRequest, pk: uuid.UUID) -> HttpResponse:
    """Correct a contact, or note that the person left."""
    rows = Contact.objects.visible_to(request.actor).select_related("partenaire")
    row = get_object_or_404(rows, pk=pk)
    initial = {name: getattr(row, name) for name in actions.CONTACT}
    form = ContactForm(request.POST or None, initial=initial, known=True)
    status = 200
    if request.method == "POST":

        def write() -> Contact:
            return actions.modifier_contact(contact=row, by=request.actor, now=timezone.now(), **form.cleaned_data)

        done, status = attempt(form, write)
        if done is not None:
            messages.success(request, _("Contact corrigé."))
            return redirect("accompagnateur:partenaire", pk=row.partenaire_id)
    return form_page(request, form, title=row.name, act=_("Enregistrer"), back=_to(row.partenaire), status=status)


def _partner(request: WorkRequest, pk: uuid.UUID) -> Partenaire:
    row: Partenaire = get_object_or_404(Partenaire.objects.visible_to(request.actor), pk=pk)
    return row


def _doubles(entreprise_id: uuid.UUID, name: str, city: str, bce: str, **options: Any) -> list[Partenaire]:
    return list(facts.doublons(entreprise_id, name=name, city=city, bce=bce, **options)[:MOST_DOUBLES])


def _uses(request: WorkRequest, row: Partenaire) -> list[tuple[str, int]]:
    """Count what rests on a partner in the dossiers open to her, without a name."""
    asked = (
        ("jobcoaching,jobcoachings", Jobcoaching.objects.visible_to(request.actor)),
        ("étape de jobcoaching,étapes de jobcoaching", EtapeJobcoaching.objects.visible_to(request.actor)),
        ("module de formation,modules de formation", ModuleFormation.objects.visible_to(request.actor)),
    )
    found = [(label, rows.filter(partenaire=row).count()) for label, rows in asked]
    return [(label, count) for label, count in found if count]


def _back() -> tuple[Any, str]:
    return _("Réseau"), reverse("accompagnateur:reseau")


def _to(row: Partenaire) -> tuple[Any, str]:
    return row.name, reverse("accompagnateur:partenaire", kwargs={"pk": row.pk})
