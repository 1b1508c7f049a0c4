"""Writing an interview or a call: every gesture first keeps the draft, then does what it says."""

import uuid
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from clefdevoute.records.agenda.models import RendezVous
from clefdevoute.records.entreprises.writing import RowRefused
from clefdevoute.records.foundation.errors import RecordError
from clefdevoute.records.foundation.requests import WorkRequest
from clefdevoute.records.suivi import vigilance
from clefdevoute.records.suivi.actions import brouillons
from clefdevoute.records.suivi.actions.brouillons import BrouillonDisparu, BrouillonPerime, contenu
from clefdevoute.records.suivi.actions.entretiens import terminer
from clefdevoute.records.suivi.models import Brouillon, Entretien
from clefdevoute.workspaces.accompagnateur import dossier, redaction
from clefdevoute.workspaces.accompagnateur.forms.entretiens import EntretienForm, typed
from clefdevoute.workspaces.accompagnateur.redaction import Ecrit

PAGE = "accompagnateur/entretien_ecrire.html"
STATE = "accompagnateur/_entretien_etat.html"
DONE = "cv_brouillon_fini"
"""The cookie by which the browser knows that its sealed copy of a draft has served."""


@require_http_methods(["GET", "HEAD", "POST"])
def write(request: WorkRequest, pk: uuid.UUID, *, call: bool = False) -> HttpResponse:
    """Write an interview: from an appointment, from nothing, or from the draft that waits."""
    ecrit = _ecrit(request, pk, call=call)
    if request.method == "POST":
        return _gesture(request, ecrit)
    if ecrit.rendez_vous is not None:
        written = Entretien.objects.visible_to(request.actor).filter(rendez_vous=ecrit.rendez_vous).first()
        if written is not None:
            return redirect("accompagnateur:entretien", pk=pk, entretien=written.pk)
    begun = redaction.debut(ecrit, request.actor, now=timezone.now())
    content = begun | contenu(ecrit.brouillon(request.actor))
    return _page(request, ecrit, redaction.formulaire(ecrit, request.actor, initial=content), content)


@require_POST
def keep(request: WorkRequest, pk: uuid.UUID, *, call: bool = False) -> HttpResponse:
    """Keep the draft at a pause of the typing; answer its hour and what the page now says."""
    ecrit = _ecrit(request, pk, call=call)
    content = typed(request.POST)
    try:
        _kept(request, ecrit, content)
    except (BrouillonPerime, BrouillonDisparu) as refused:
        form = redaction.formulaire(ecrit, request.actor)
        return _state(request, ecrit, content, status=409, **_conflict(refused, content, form))
    return _state(request, ecrit, content)


def _gesture(request: WorkRequest, ecrit: Ecrit) -> HttpResponse:
    """Do what the button says, once what is typed is safe."""
    content, geste = typed(request.POST), request.POST.get("geste", "")
    try:
        if geste in {"garder_mien", "prendre_autre"}:
            return _settle(request, ecrit, content, keep_mine=geste == "garder_mien")
        _kept(request, ecrit, content, version=0 if geste == "nouveau" else None)
    except (BrouillonPerime, BrouillonDisparu) as refused:
        form = redaction.formulaire(ecrit, request.actor, initial=content)
        return _page(request, ecrit, form, content, status=409, **_conflict(refused, content, form))
    if geste == "terminer":
        return _finish(request, ecrit, content)
    if geste in {"deplacer", "laisser", "laisser_jugement"}:
        return _answer_warning(request, ecrit, content, geste)
    if geste == "brouillon":
        messages.success(request, _("Brouillon gardé. Il vous attend ici et dans « Aujourd’hui »."))
        return redirect("accompagnateur:entretiens", pk=ecrit.travailleur.pk)
    return redirect(ecrit.url)


def _finish(request: WorkRequest, ecrit: Ecrit, content: dict[str, Any]) -> HttpResponse:
    """Finish in one press; words that nobody answered for are shown to be read again on the next page."""
    form = redaction.formulaire(ecrit, request.actor, data=request.POST)
    if not form.is_valid():
        return _page(request, ecrit, form, content, status=422)
    try:
        row = terminer(
            travailleur=ecrit.travailleur,
            recit=form.recit(),
            rendez_vous=ecrit.rendez_vous,
            draft=(ecrit.form, ecrit.subject),
            by=request.actor,
            now=timezone.now(),
        )
    except RowRefused as refused:
        form.refused(refused.fields)
        return _page(request, ecrit, form, content, status=422)
    except RecordError as refused:
        form.add_error(None, str(refused))
        return _page(request, ecrit, form, content, status=409)
    messages.success(request, _("Appel noté.") if ecrit.call else _("Entretien terminé."))
    name = "accompagnateur:entretien_feuille" if form.cleaned_data["feuille"] else "accompagnateur:entretien"
    reread = redaction.relire(content["note_partagee"], left=content["laisse"])
    answer = redirect(reverse(name, kwargs={"pk": ecrit.travailleur.pk, "entretien": row.pk}) + reread)
    answer.set_cookie(DONE, ecrit.name, max_age=8 * 3600, samesite="Lax", secure=request.is_secure())
    return answer


def _answer_warning(request: WorkRequest, ecrit: Ecrit, content: dict[str, Any], geste: str) -> HttpResponse:
    """Move the sentences about health to their own box, or remember that they stay where they are."""
    found = redaction.avis(content)
    keys = [one.key for one in found["judged" if geste == "laisser_jugement" else "health"]]
    if geste == "deplacer":
        content["note_partagee"], content["note_sante"] = vigilance.deplacer(
            content["note_partagee"], content["note_sante"], keys=keys
        )
    else:
        content["laisse"] = [*content["laisse"], *keys]
    row = ecrit.brouillon(request.actor)
    _kept(request, ecrit, content, version=row.version if row else 0)
    step = "&" if "?" in ecrit.url else "?"
    return redirect(f"{ecrit.url}{step}suite={'sante' if geste == 'deplacer' else 'partagee'}#notes")


def _settle(request: WorkRequest, ecrit: Ecrit, content: dict[str, Any], *, keep_mine: bool) -> HttpResponse:
    """Keep one of the two texts that two tabs wrote; the other stays beside it."""
    row = get_object_or_404(Brouillon.objects.visible_to(request.actor), pk=_uuid_or_404(request.POST.get("autre", "")))
    brouillons.trancher(
        brouillon=row, mine=content, keep_mine=keep_mine, tab=_tab(request), by=request.actor, now=timezone.now()
    )
    messages.success(request, _("Votre choix est enregistré. L’autre texte reste au bas de la page."))
    return redirect(ecrit.url)


def _kept(request: WorkRequest, ecrit: Ecrit, content: dict[str, Any], *, version: int | None = None) -> Brouillon:
    return brouillons.garder(
        travailleur=ecrit.travailleur,
        form=ecrit.form,
        subject=ecrit.subject,
        content=content,
        version=_version(request) if version is None else version,
        tab=_tab(request),
        by=request.actor,
        now=timezone.now(),
    )


def _conflict(refused: BrouillonPerime | BrouillonDisparu, mine: dict[str, Any], form: EntretienForm) -> dict[str, Any]:
    """Give what the page shows of a disagreement: both texts where they differ, or that the draft is gone."""
    if isinstance(refused, BrouillonDisparu):
        return {"refusal": str(refused), "gone": True}
    other = contenu(refused.saved)
    return {
        "refusal": str(refused),
        "other": refused.saved,
        "differences": redaction.differences(mine, other, form),
    }


def _page(
    request: WorkRequest, ecrit: Ecrit, form: EntretienForm, content: dict[str, Any], *, status: int = 200, **more: Any
) -> HttpResponse:
    context = redaction.contexte(request, ecrit, content, tab=request.POST.get("onglet", ""))
    if more.get("refusal"):
        context["version"] = request.POST.get("version", "0")
    former = brouillons.remplace(context["brouillon"]) if context["brouillon"] else {}
    context["replaced"] = redaction.differences(former, content, form) if former else []
    return render(request, PAGE, context | redaction.page(request, ecrit) | {"form": form} | more, status=status)


def _state(
    request: WorkRequest, ecrit: Ecrit, content: dict[str, Any], *, status: int = 200, **more: Any
) -> HttpResponse:
    """
    Answer the fragments that saving changes; the fields that a person types in are never swapped.

    They are drawn without the request: every few seconds of typing, nobody looks at the rail and its counts.
    """
    context = redaction.contexte(request, ecrit, content, tab=request.POST.get("onglet", ""))
    if more.get("refusal"):
        context["version"] = request.POST.get("version", "0")
    return HttpResponse(render_to_string(STATE, context | {"swap": True} | more), status=status)


def _ecrit(request: WorkRequest, pk: uuid.UUID, *, call: bool) -> Ecrit:
    """Find the person and the appointment that an address names, among what the actor may open."""
    travailleur = dossier.travailleur_or_404(request, pk)
    wanted = request.GET.get("rendez_vous", "")
    if not wanted:
        return Ecrit(travailleur, None, call)
    rows = RendezVous.objects.visible_to(request.actor).filter(travailleur=travailleur).select_related("accompagnateur")
    return Ecrit(travailleur, get_object_or_404(rows, pk=_uuid_or_404(wanted)), call)


def _uuid_or_404(text: str) -> uuid.UUID:
    try:
        return uuid.UUID(text)
    except ValueError as wrong:
        raise Http404 from wrong


def _tab(request: WorkRequest) -> uuid.UUID | None:
    try:
        return uuid.UUID(request.POST.get("onglet", ""))
    except ValueError:
        return None


def _version(request: WorkRequest) -> int:
    text = request.POST.get("version", "")
    return int(text) if text.isdecimal() and len(text) < 10 else 0
