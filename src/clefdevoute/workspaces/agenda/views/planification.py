"""Séances planned by the secretariat: the list, one fixed or moved, its places, its sheet; no content of any."""

import uuid
from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.db.models import Count
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from clefdevoute.documents.feuille import Emission
from clefdevoute.documents.seances.presence import Presences, presence_pdf
from clefdevoute.records.agenda.actions import feuilles
from clefdevoute.records.agenda.actions import seances as acts
from clefdevoute.records.agenda.models import Presence, Seance
from clefdevoute.records.foundation.errors import RecordError
from clefdevoute.records.foundation.requests import WorkRequest
from clefdevoute.records.personnes.models import Accompagnateur
from clefdevoute.ui.pagination import paginate
from clefdevoute.workspaces.agenda import portee
from clefdevoute.workspaces.agenda.calendrier import accompagnateurs
from clefdevoute.workspaces.agenda.forms.rendez_vous import AnnulationForm
from clefdevoute.workspaces.agenda.forms.seances import ReportForm, SeanceForm
from clefdevoute.workspaces.agenda.formulaires import attempt, form_page

QUAND = ("a_pointer", "a_venir", "passees")


@require_safe
def show_list(request: WorkRequest) -> HttpResponse:
    """Show the séances whose attendance is waited for, those to come, or those past."""
    now, planned = timezone.now(), Seance.Status.PLANIFIE
    rows = Seance.objects.visible_to(request.actor).select_related("accompagnateur")
    kept = {
        "a_pointer": rows.filter(status=planned, starts_at__lt=now).order_by("starts_at", "id"),
        "a_venir": rows.filter(status=planned, starts_at__gte=now).order_by("starts_at", "id"),
        "passees": rows.exclude(status=planned).order_by("-starts_at", "id"),
    }
    quand = request.GET.get("quand", "")
    if quand not in QUAND:
        quand = "a_pointer" if kept["a_pointer"].exists() else "a_venir"
    page = paginate(request, kept[quand])
    places = Presence.objects.visible_to(request.actor).filter(seance__in=[row.pk for row in page.items]).order_by()
    counts = dict(places.values_list("seance_id").annotate(Count("id")))
    lines = [(row, counts.get(row.pk, 0)) for row in page.items]
    context = {"page": page, "lines": lines, "quand": quand, "on": {quand: True}}
    return render(request, "agenda/seances.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
def plan(request: WorkRequest) -> HttpResponse:
    """Plan a séance; its places are given on its page."""
    form = SeanceForm(request.POST or None, people=_people(request), initial={"duration_min": "90"})
    return _write(
        request,
        form,
        lambda: acts.planifier_seance(by=request.actor, now=timezone.now(), **form.values()),
        done=_("Séance planifiée. Inscrivez maintenant les personnes."),
        title=_("Planifier une séance collective"),
        act=_("Planifier la séance"),
        back=(_("Séances collectives"), reverse("agenda:seances")),
    )


@require_http_methods(["GET", "HEAD", "POST"])
def modify(request: WorkRequest, pk: uuid.UUID) -> HttpResponse:
    """Change where a séance is held, by whom, or its title."""
    row = _row(request, pk)
    initial = {name: getattr(row, name) for name in ("title", "place", "duration_min")}
    initial |= {"accompagnateur": str(row.accompagnateur_id), "objets": [n for n, _l in row.OBJETS if getattr(row, n)]}
    form = SeanceForm(request.POST or None, people=_people(request, row), moment=False, initial=initial)
    return _write(
        request,
        form,
        lambda: acts.modifier_seance(seance=row, by=request.actor, now=timezone.now(), **form.values()),
        done=_("Séance corrigée."),
        title=_("Corriger la séance"),
        act=_("Enregistrer"),
        back=_back(row),
    )


@require_http_methods(["GET", "HEAD", "POST"])
def postpone(request: WorkRequest, pk: uuid.UUID) -> HttpResponse:
    """Move a séance to another moment; the old one stays, postponed."""
    row, form = _row(request, pk), ReportForm(request.POST or None)
    return _write(
        request,
        form,
        lambda: acts.reporter_seance(seance=row, starts_at=form.starts_at(), by=request.actor, now=timezone.now()),
        done=_("Séance reportée, avec les mêmes personnes."),
        title=_("Reporter la séance"),
        act=_("Reporter la séance"),
        back=_back(row),
    )


@require_http_methods(["GET", "HEAD", "POST"])
def cancel(request: WorkRequest, pk: uuid.UUID) -> HttpResponse:
    """Cancel a séance with a reason of the list."""
    row, form = _row(request, pk), AnnulationForm(request.POST or None)
    return _write(
        request,
        form,
        lambda: acts.annuler_seance(
            seance=row, reason=form.cleaned_data["reason"], by=request.actor, now=timezone.now()
        ),
        done=_("Séance annulée : personne n’est crédité."),
        title=_("Annuler la séance"),
        act=_("Annuler la séance"),
        back=_back(row),
    )


@require_POST
def enrol(request: WorkRequest, pk: uuid.UUID) -> HttpResponse:
    """Give places to the persons ticked."""
    row = _row(request, pk)
    keys = [key for key in map(_key, request.POST.getlist("travailleur")) if key is not None]
    people = list(portee.travailleurs(request.actor).filter(pk__in=keys))
    try:
        count = acts.inscrire(seance=row, travailleurs=people, by=request.actor, now=timezone.now())
    except RecordError as refused:
        messages.error(request, str(refused))
    else:
        text = ngettext("%(n)s personne inscrite.", "%(n)s personnes inscrites.", count)
        messages.success(request, text % {"n": count})
    return redirect("agenda:seance", pk=pk)


@require_POST
def remove(request: WorkRequest, pk: uuid.UUID) -> HttpResponse:
    """Take one place back."""
    rows = Presence.objects.visible_to(request.actor).select_related("seance", "travailleur")
    place: Presence = get_object_or_404(rows, pk=pk)
    try:
        feuilles.desinscrire(presence=place, by=request.actor, now=timezone.now())
    except RecordError as refused:
        messages.error(request, str(refused))
    else:
        messages.success(request, _("%(name)s n’est plus attendu à cette séance.") % {"name": place.travailleur})
    return redirect("agenda:seance", pk=place.seance_id)


@require_safe
def sheet(request: WorkRequest, pk: uuid.UUID) -> HttpResponse:
    """Give the attendance sheet to print."""
    row = _row(request, pk)
    places = Presence.objects.visible_to(request.actor).filter(seance=row).select_related("travailleur")
    content = presence_pdf(
        Presences(
            entreprise=row.entreprise.name,
            titre=row.title,
            debut=timezone.localtime(row.starts_at),
            fin=timezone.localtime(row.ends_at),
            lieu=row.place,
            accompagnateur=str(row.accompagnateur),
            objets=[text[:1].lower() + text[1:] for text in row.objets()],
            personnes=[str(one.travailleur) for one in places.order_by("travailleur__name", "travailleur__first_name")],
        ),
        emission=Emission(le=timezone.now(), par=request.user.name),
    )
    answer = HttpResponse(content, content_type="application/pdf")
    answer.headers["Content-Disposition"] = f'inline; filename="feuille-de-presence-{row.day:%Y-%m-%d}.pdf"'
    return answer


def _write(request: WorkRequest, form: Any, write: Callable[[], Seance], *, done: str, **page: Any) -> HttpResponse:
    status = 200
    if request.method == "POST":
        row, status = attempt(form, write)
        if row is not None:
            messages.success(request, done)
            return redirect("agenda:seance", pk=row.pk)
    return form_page(request, form, status=status, **page)


def _row(request: WorkRequest, pk: uuid.UUID) -> Seance:
    rows = Seance.objects.visible_to(request.actor).select_related("accompagnateur", "entreprise")
    row: Seance = get_object_or_404(rows, pk=pk)
    return row


def _people(request: WorkRequest, held: Seance | None = None) -> list[Accompagnateur]:
    """Offer the accompagnateurs in function, and whoever holds the séance already."""
    today = timezone.localdate()
    return [
        row
        for row in accompagnateurs(request.actor)
        if row.functions_end is None or row.functions_end >= today or (held and row.pk == held.accompagnateur_id)
    ]


def _back(row: Seance) -> tuple[str, str]:
    return row.title, reverse("agenda:seance", kwargs={"pk": row.pk})


def _key(text: str) -> uuid.UUID | None:
    try:
        return uuid.UUID(text)
    except ValueError:
        return None
