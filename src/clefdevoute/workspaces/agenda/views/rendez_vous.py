"""One appointment: fixed, shown, postponed, changed, cancelled, corrected."""

import datetime as dt
import uuid
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlencode

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from clefdevoute.records.agenda import alertes, creneaux, policies
from clefdevoute.records.agenda.actions import rendez_vous as actions
from clefdevoute.records.agenda.alertes import Alerte, Envisage
from clefdevoute.records.agenda.models import Convocation, RendezVous
from clefdevoute.records.foundation.requests import WorkRequest
from clefdevoute.records.personnes.models import Accompagnateur, Travailleur
from clefdevoute.records.suivi.horloges import horloges
from clefdevoute.ui import formats, saisie
from clefdevoute.workspaces.agenda import portee
from clefdevoute.workspaces.agenda.calendrier import accompagnateurs, ligne
from clefdevoute.workspaces.agenda.forms.rendez_vous import (
    AnnulationForm,
    IssueForm,
    MomentForm,
    PrecisionsForm,
    RendezVousForm,
    ReportForm,
)
from clefdevoute.workspaces.agenda.formulaires import attempt, form_page
from clefdevoute.workspaces.agenda.liens import dossier_url, entretien_url

DEFAULT_LENGTH = 60


@dataclass(frozen=True, slots=True)
class Propose:
    """A free moment as a link that fills the form."""

    words: str
    query: str
    late: bool


@require_http_methods(["GET", "HEAD", "POST"])
def book(request: WorkRequest, pk: uuid.UUID) -> HttpResponse:
    """Fix an appointment for a person; moments before the due date are proposed, what to know is said first."""
    person = get_object_or_404(portee.travailleurs(request.actor), pk=pk)
    people = list(accompagnateurs(request.actor))
    who = _usual(request, person, people)
    form = RendezVousForm(request.POST or None, people=people, initial=_wished(request, who))
    due = _due(person)

    def write() -> RendezVous:
        return actions.fixer_rendez_vous(
            travailleur=person, starts_at=form.starts_at(), by=request.actor, now=timezone.now(), **form.details()
        )

    return _ask_then_write(
        request,
        form,
        lambda: _envisage(form, person),
        write,
        done=_("Rendez-vous fixé. L’échéance de l’entretien ne bouge pas."),
        title=_("Fixer un rendez-vous"),
        act=_("Fixer le rendez-vous"),
        back=(str(person), reverse("agenda:personne", kwargs={"pk": pk})),
        lede=_due_words(person, due),
        proposed=_proposals(request, who, person, due),
        due=due,
    )


@require_safe
def show(request: WorkRequest, pk: uuid.UUID) -> HttpResponse:
    """Show an appointment: when, where, with whom, how it went, what was sent, what came before and after."""
    row = _row(request, pk)
    now = timezone.now()
    line = ligne(row, now=now)
    context = {
        "row": row,
        "line": line,
        "when": formats.date_longue(row.starts_at, weekday=True),
        "dossier_url": dossier_url(request.actor, row.travailleur),
        "entretien_url": entretien_url(request.actor, row),
        "before": RendezVous.objects.visible_to(request.actor).filter(postponed_to=row).first(),
        "sent": Convocation.objects.visible_to(request.actor).filter(rendez_vous=row).select_related("courriel"),
        "can_move": policies.can_move(request.actor, row),
        "can_correct": policies.can_correct(request.actor, row),
        "can_convoke": policies.can_convoke(request.actor, row) and row.starts_at >= now,
    }
    return render(request, "agenda/rendez_vous.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
def postpone(request: WorkRequest, pk: uuid.UUID) -> HttpResponse:
    """Postpone: the old moment stays, the new one is proposed before the due date."""
    row = _row(request, pk)
    people = list(accompagnateurs(request.actor))
    form = ReportForm(request.POST or None, people=people, initial=_wished(request, row.accompagnateur, row))
    due = _due(row.travailleur)

    def write() -> RendezVous:
        return actions.reporter_rendez_vous(
            rendez_vous=row, starts_at=form.starts_at(), by=request.actor, now=timezone.now(), **form.details()
        )

    return _ask_then_write(
        request,
        form,
        lambda: _envisage(form, row.travailleur, row),
        write,
        done=_("Rendez-vous reporté. L’ancien reste dans l’agenda ; l’échéance de l’entretien ne bouge pas."),
        title=_("Reporter le rendez-vous"),
        act=_("Reporter"),
        back=_back(row),
        lede=_due_words(row.travailleur, due),
        proposed=_proposals(request, row.accompagnateur, row.travailleur, due, row),
        due=due,
    )


@require_http_methods(["GET", "HEAD", "POST"])
def modify(request: WorkRequest, pk: uuid.UUID) -> HttpResponse:
    """Change how or where a planned appointment is held."""
    row = _row(request, pk)
    initial = _wished(request, row.accompagnateur, row) | {"kind": row.kind, "form": row.form}
    form = PrecisionsForm(request.POST or None, people=list(accompagnateurs(request.actor)), initial=initial)
    return _write_or_show(
        request,
        form,
        lambda: actions.modifier_rendez_vous(rendez_vous=row, by=request.actor, now=timezone.now(), **form.details()),
        done=_("Rendez-vous modifié."),
        title=_("Modifier le rendez-vous"),
        act=_("Enregistrer"),
        back=_back(row),
    )


@require_http_methods(["GET", "HEAD", "POST"])
def cancel(request: WorkRequest, pk: uuid.UUID) -> HttpResponse:
    """Cancel with a reason of the list; the appointment stays, cancelled."""
    row = _row(request, pk)
    form = AnnulationForm(request.POST or None)
    return _write_or_show(
        request,
        form,
        lambda: actions.annuler_rendez_vous(
            rendez_vous=row, reason=form.cleaned_data["reason"], by=request.actor, now=timezone.now()
        ),
        done=_("Rendez-vous annulé. Il reste dans l’agenda, avec son motif."),
        title=_("Annuler le rendez-vous"),
        act=_("Annuler ce rendez-vous"),
        back=_back(row),
    )


@require_http_methods(["GET", "HEAD", "POST"])
def correct(request: WorkRequest, pk: uuid.UUID) -> HttpResponse:
    """Correct an outcome noted by mistake; the journal keeps the first one."""
    row = _row(request, pk)
    form = IssueForm(request.POST or None, initial={"status": row.status, "form": row.form})
    return _write_or_show(
        request,
        form,
        lambda: actions.corriger_issue(rendez_vous=row, by=request.actor, now=timezone.now(), **form.cleaned_data),
        done=_("Issue corrigée. Le journal garde l’ancienne."),
        title=_("Corriger l’issue"),
        act=_("Corriger"),
        back=_back(row),
    )


def _ask_then_write(
    request: WorkRequest,
    form: MomentForm,
    envisage: Callable[[], Envisage],
    write: Callable[[], RendezVous],
    *,
    done: str,
    **page: Any,
) -> HttpResponse:
    """Write once everything that is to be known has been seen; what is new is shown first, nothing typed is lost."""
    status, warned = 200, tuple[Alerte, ...]()
    if request.method == "POST":
        if form.is_valid():
            warned = alertes.alertes(envisage(), now=timezone.now())
        if not {one.code for one in warned} - set(request.POST.getlist("vu")):
            row, status = attempt(form, write)
            if row is not None:
                messages.success(request, done)
                return redirect("agenda:rendez_vous", pk=row.pk)
    if warned and not form.errors:
        page["act"] = _("%(act)s quand même") % {"act": page["act"]}
    page |= {"warned": warned, "taken": _taken(form)}
    return form_page(request, form, status=status, template="agenda/fixer.html", **page)


def _write_or_show(
    request: WorkRequest, form: Any, write: Callable[[], RendezVous], *, done: str, **page: Any
) -> HttpResponse:
    status = 200
    if request.method == "POST":
        row, status = attempt(form, write)
        if row is not None:
            messages.success(request, done)
            return redirect("agenda:rendez_vous", pk=row.pk)
    return form_page(request, form, status=status, **page)


def _row(request: WorkRequest, pk: uuid.UUID) -> RendezVous:
    rows = portee.rendez_vous(request.actor).select_related("travailleur", "accompagnateur", "postponed_to")
    row: RendezVous = get_object_or_404(rows, pk=pk)
    return row


def _back(row: RendezVous) -> tuple[str, str]:
    words = _("%(who)s, %(day)s") % {"who": row.travailleur, "day": formats.date_courte(row.day)}
    return words, reverse("agenda:rendez_vous", kwargs={"pk": row.pk})


def _envisage(form: MomentForm, person: Travailleur, row: RendezVous | None = None) -> Envisage:
    values = form.cleaned_data
    return Envisage(
        accompagnateur=values["accompagnateur"],
        travailleur=person,
        starts_at=form.starts_at(),
        duration_min=values["duration_min"],
        row_id=row.pk if row else None,
    )


def _usual(request: WorkRequest, person: Travailleur, people: Sequence[Accompagnateur]) -> Accompagnateur | None:
    """Give the accompagnateur asked for, the one who looks, or the one whom the person saw last."""
    asked = request.GET.get("accompagnateur", "")
    for one in people:
        if str(one.pk) == asked:
            return one
    for one in people:
        if one.user_id == request.actor.user_id:
            return one
    last = RendezVous.objects.visible_to(request.actor).filter(travailleur=person).order_by("-starts_at").first()
    known = {one.pk: one for one in people}
    found = known.get(last.accompagnateur_id) if last else None
    return found or next((one for one in people if one.functions_end is None), None)


def _wished(request: WorkRequest, who: Accompagnateur | None, row: RendezVous | None = None) -> dict[str, Any]:
    """Fill the form with what a proposal's link says, and with what the row already holds."""
    wished: dict[str, Any] = {"accompagnateur": str(who.pk) if who else ""}
    if row is not None:
        wished |= {"duration_min": str(row.duration_min), "place": row.place}
    elif who is not None:
        wished["place"] = _last_place(request, who)
    for name, read in (("le", saisie.date), ("heure", saisie.heure)):
        try:
            wished[name] = read(request.GET[name])
        except (KeyError, saisie.SaisieError):
            continue
    return wished


def _last_place(request: WorkRequest, who: Accompagnateur) -> str:
    """Give the place where this accompagnateur last met somebody: most meet at one desk."""
    rows = RendezVous.objects.visible_to(request.actor).filter(accompagnateur=who).exclude(place="")
    return rows.order_by("-starts_at").values_list("place", flat=True).first() or ""


def _taken(form: MomentForm) -> str:
    """Say the moment that a proposal put into the form, to be taken without going down to its end."""
    day, hour = form.initial.get("le"), form.initial.get("heure")
    if form.is_bound or not isinstance(day, dt.date) or not isinstance(hour, dt.time):
        return ""
    return f"{formats.date_longue(day, year=False, weekday=True)}, {hour:%H:%M}"


def _due(person: Travailleur) -> dt.date | None:
    found = horloges(person.entreprise_id, [person.pk], as_of=timezone.localdate()).get(person.pk)
    return found.value.individuel.echeance if found else None


def _due_words(person: Travailleur, due: dt.date | None) -> str:
    if due is None:
        return str(person)
    return _("%(who)s : entretien individuel dû au plus tard le %(day)s.") % {
        "who": person,
        "day": formats.date_longue(due),
    }


def _proposals(
    request: WorkRequest,
    who: Accompagnateur | None,
    person: Travailleur,
    due: dt.date | None,
    row: RendezVous | None = None,
) -> list[Propose]:
    """Propose free moments as links; a form already sent keeps its own moment."""
    if who is None or request.method == "POST":
        return []
    length = row.duration_min if row else DEFAULT_LENGTH
    found = creneaux.proposer(who, person, due_on=due, duration_min=length, now=timezone.now())
    return [
        Propose(
            words=f"{formats.date_longue(one.starts_at, year=False, weekday=True)}, {formats.heure(one.starts_at)}",
            query=urlencode(
                {
                    "le": timezone.localdate(one.starts_at).isoformat(),
                    "heure": formats.heure(one.starts_at),
                    "accompagnateur": one.accompagnateur_id,
                }
            ),
            late=one.late,
        )
        for one in sorted(found, key=lambda one: one.starts_at)
    ]
