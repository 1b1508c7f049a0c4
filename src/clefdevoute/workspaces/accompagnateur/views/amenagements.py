"""Reasonable adjustments: the list, one adjustment with its five steps and its walls, the notice, health apart."""

import uuid
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods, require_safe

from clefdevoute.documents import aviq
from clefdevoute.documents.avis_amenagement import avis_pdf
from clefdevoute.records.amenagements import actions, policies
from clefdevoute.records.amenagements import avis as words
from clefdevoute.records.amenagements.facts import due, stand
from clefdevoute.records.amenagements.models import Amenagement, DiagnosticAmenagement
from clefdevoute.records.foundation.errors import RecordError
from clefdevoute.records.foundation.requests import WorkRequest
from clefdevoute.records.suivi.vigilance import SANTE, signaler
from clefdevoute.ui.pagination import paginate
from clefdevoute.workspaces.accompagnateur.dossier import contexte, travailleur_or_404
from clefdevoute.workspaces.accompagnateur.etapes import Etape, persons, step
from clefdevoute.workspaces.accompagnateur.forms import amenagements as forms
from clefdevoute.workspaces.accompagnateur.forms.formation import today as on_today
from clefdevoute.workspaces.accompagnateur.formulaires import attempt, form_page
from clefdevoute.workspaces.accompagnateur.parcours.amenagements import NEXT, seen
from clefdevoute.workspaces.accompagnateur.parcours.pas import neant

HERE: dict[str, Any] = {"tab": "amenagements_personne", "back": "amenagement", "own": True}
SEALED = ("need", "analysis", "measure")


def _line(row: Amenagement) -> dict[str, Any]:
    now = stand(row)
    return {"row": row, "stand": now, "next": NEXT[now.step], "due": due(row)}


@require_safe
def list_amenagements(request: WorkRequest) -> HttpResponse:
    """List the adjustments of the persons whose dossier is open, the open ones first."""
    closed = request.GET.get("etat") == "clos"
    rows = Amenagement.objects.visible_to(request.actor).filter(closed_on__isnull=not closed)
    page = paginate(request, rows.select_related("travailleur").defer(*SEALED).order_by("need_on", "id"))
    context = {
        "page": page,
        "lines": [_line(row) for row in page.items],
        "closed": closed,
        "today": timezone.localdate(),
    }
    return render(request, "accompagnateur/amenagements.html", context)


@require_safe
def list_of_person(request: WorkRequest, pk: uuid.UUID) -> HttpResponse:
    """List the adjustments of one person, and say where they have no object."""
    person = travailleur_or_404(request, pk)
    rows = Amenagement.objects.visible_to(request.actor).filter(travailleur=person).defer(*SEALED)
    context = contexte(request, person, tab="amenagements_personne") | {
        "lines": [_line(row) for row in rows.select_related("travailleur")],
        "neant": neant(request.actor, person, 10),
    }
    return render(request, "accompagnateur/amenagements_personne.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
def begin(request: WorkRequest) -> HttpResponse:
    """Begin an adjustment from the list: the person, then the need."""
    typed = request.POST if request.method == "POST" else None
    form = forms.BesoinDeForm(typed, actor=request.actor, initial={"need_on": timezone.localdate()})
    status = 200
    if request.method == "POST":
        row, status = attempt(
            form, lambda: actions.noter_besoin(**form.cleaned_data, by=request.actor, now=timezone.now())
        )
        if row is not None:
            messages.success(request, _("Besoin noté. Analysez maintenant le poste."))
            return redirect("accompagnateur:amenagement", pk=row.pk)
    back = (_("Aménagements"), reverse("accompagnateur:amenagements"))
    title = _("Noter un besoin d’aménagement")
    return form_page(request, form, title=title, act=_("Noter le besoin"), back=back, status=status)


note_need = step(
    Etape(
        rows=persons,
        on="travailleur",
        form=forms.BesoinForm,
        write=actions.noter_besoin,
        title=gettext_lazy("Noter un besoin d’aménagement"),
        act=gettext_lazy("Noter le besoin"),
        done=gettext_lazy("Besoin noté. Analysez maintenant le poste."),
        day="need_on",
        initial=on_today("need_on"),
        tab="amenagements_personne",
        back="amenagements_personne",
    )
)


@require_safe
def show_amenagement(request: WorkRequest, pk: uuid.UUID) -> HttpResponse:
    """Show one adjustment: its steps, what the head reads, what stays here, what is behind the wall of health."""
    return render(request, "accompagnateur/amenagement.html", _context(request, pk))


def _row(request: WorkRequest, pk: uuid.UUID) -> Amenagement:
    rows = Amenagement.objects.visible_to(request.actor).select_related("travailleur", "entreprise")
    found: Amenagement = get_object_or_404(rows, pk=pk)
    return found


def _context(request: WorkRequest, pk: uuid.UUID, **more: Any) -> dict[str, Any]:
    row = _row(request, pk)
    person = travailleur_or_404(request, row.travailleur_id)
    health = DiagnosticAmenagement.objects.visible_to(request.actor).filter(amenagement=row).defer("text").first()
    draft = words.compose(row, author=request.user.name, sent_on=timezone.localdate()) if row.measure else None
    one = seen(request.actor, row)
    return (
        contexte(request, person, tab="amenagements_personne")
        | {
            "seen": one,
            "row": row,
            "avis": one.sent or draft,
            "health": health,
            "reperes": aviq.REPERES,
            "lu_le": aviq.LU_LE,
            "doute": aviq.DOUTE,
            "can_analyse": policies.can_analyse(request.actor, row),
            "can_change": policies.can_change(request.actor, row),
        }
        | more
    )


analyse = step(
    Etape(
        rows=Amenagement.objects.visible_to,
        on="amenagement",
        form=forms.AnalyseForm,
        write=actions.analyser,
        title=gettext_lazy("Analyser le poste"),
        act=gettext_lazy("Enregistrer l’analyse"),
        done=gettext_lazy("Analyse enregistrée. Relisez l’avis avant de le remettre."),
        initial=lambda row, today: {
            "analysed_on": row.analysed_on or today,
            "analysis": row.analysis,
            "kind": row.kind,
            "measure": row.measure,
            "cost": row.cost,
        },
        **HERE,
    )
)


@require_http_methods(["GET", "HEAD", "POST"])
def send_notice(request: WorkRequest, pk: uuid.UUID) -> HttpResponse:
    """Show the notice exactly as it will leave, with the words of health it may hold; then hand it over."""
    status, refusal = 200, ""
    if request.method == "POST":
        try:
            read = request.POST.get("relu", "")
            actions.remettre_avis(amenagement=_row(request, pk), by=request.actor, now=timezone.now(), previewed=read)
        except RecordError as refused:
            status, refusal = 409, str(refused)
        else:
            messages.success(request, _("Avis remis à la direction. Sa décision reviendra dans Aujourd’hui."))
            return redirect("accompagnateur:amenagement", pk=pk)
    row = _row(request, pk)
    signals = [one for one in signaler(row.measure or "") if one.kind == SANTE]
    context = _context(request, pk, refusal=refusal, signals=signals, sendable=policies.can_send(request.actor, row))
    context["fingerprint"] = words.fingerprint(row)
    return render(request, "accompagnateur/avis.html", context, status=status)


@require_safe
def serve_notice(request: WorkRequest, pk: uuid.UUID) -> HttpResponse:
    """Serve the notice as sent, on paper; before it leaves there is no paper."""
    row = _row(request, pk)
    travailleur_or_404(request, row.travailleur_id)
    one = seen(request.actor, row)
    if one.sent is None or one.avis is None:
        raise Http404
    content = avis_pdf(one.sent, le=timezone.localtime(one.avis.sent_at), par=dict(one.sent.facts).get("Par", ""))
    return HttpResponse(
        content,
        content_type="application/pdf",
        headers={"Content-Disposition": 'inline; filename="avis-amenagement.pdf"'},
    )


tell = step(
    Etape(
        rows=Amenagement.objects.visible_to,
        on="amenagement",
        form=forms.DireForm,
        write=actions.dire_decision,
        title=gettext_lazy("Dire la décision à la personne"),
        act=gettext_lazy("Noter que la personne la connaît"),
        done=gettext_lazy("Noté."),
        initial=on_today("told_on"),
        **HERE,
    )
)

review = step(
    Etape(
        rows=Amenagement.objects.visible_to,
        on="amenagement",
        form=forms.RevueForm,
        write=actions.revoir,
        title=gettext_lazy("Revoir la mesure"),
        act=gettext_lazy("Enregistrer la revue"),
        done=gettext_lazy("Revue enregistrée."),
        initial=on_today("held_on"),
        **HERE,
    )
)


def _clore(amenagement: Amenagement, **values: Any) -> None:
    actions.clore(amenagement=amenagement, **values)


close = step(
    Etape(
        rows=Amenagement.objects.visible_to,
        on="amenagement",
        form=forms.FinForm,
        write=_clore,
        title=gettext_lazy("Clore cet aménagement"),
        act=gettext_lazy("Clore l’aménagement"),
        done=gettext_lazy("Aménagement clos ; rien n’est effacé."),
        initial=on_today("closed_on"),
        **HERE,
    )
)


@require_http_methods(["GET", "HEAD", "POST"])
def health(request: WorkRequest, pk: uuid.UUID) -> HttpResponse:
    """Write the health note, or open one's own: each opening goes to the journal before a word is shown."""
    row = _row(request, pk)
    person = travailleur_or_404(request, row.travailleur_id)
    own = DiagnosticAmenagement.objects.visible_to(request.actor).filter(amenagement=row).first()
    opened, status = "", 200
    typed = request.POST if request.method == "POST" and "ouvrir" not in request.POST else None
    if request.method == "POST" and typed is None and own is not None:
        opened = actions.ouvrir_sante(diagnostic=own, by=request.actor, now=timezone.now())
    form = forms.SanteForm(typed, initial={"text": opened})
    if typed is not None:
        noted, status = attempt(
            form,
            lambda: actions.noter_sante(amenagement=row, **form.cleaned_data, by=request.actor, now=timezone.now()),
        )
        if noted is not None:
            messages.success(request, _("Note de santé enregistrée dans son compartiment."))
            return redirect("accompagnateur:amenagement", pk=row.pk)
    return form_page(
        request,
        form,
        title=_("Note de santé"),
        act=_("Enregistrer la note"),
        back=(_("Aménagement"), reverse("accompagnateur:amenagement", kwargs={"pk": row.pk})),
        status=status,
        template="accompagnateur/amenagement_sante.html",
        closed=own is not None and not opened and typed is None,
        **contexte(request, person, tab="amenagements_personne"),
    )
