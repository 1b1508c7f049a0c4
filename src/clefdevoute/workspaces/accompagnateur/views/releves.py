"""Handing persons over: the list, a new handover, its sheet, its end; persons whom nobody follows."""

import datetime as dt
import uuid

from django.contrib import messages
from django.db import transaction
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods, require_safe

from clefdevoute.records.foundation.requests import WorkRequest
from clefdevoute.records.personnes.models import Accompagnateur, Travailleur
from clefdevoute.records.suivi.actions import releves as acts
from clefdevoute.records.suivi.models import Releve
from clefdevoute.records.suivi.sorties import sans_referent
from clefdevoute.ui.pagination import paginate
from clefdevoute.workspaces.accompagnateur import releves as data
from clefdevoute.workspaces.accompagnateur.forms.releves import FinForm, ReleveForm, ReprendreForm
from clefdevoute.workspaces.accompagnateur.formulaires import attempt, form_page
from clefdevoute.workspaces.accompagnateur.seances import sites_of


@require_safe
def show_list(request: WorkRequest) -> HttpResponse:
    """Show the handovers, those that run first, and how many persons nobody follows."""
    today = timezone.localdate()
    rows = Releve.objects.visible_to(request.actor).select_related("from_accompagnateur", "to_accompagnateur")
    page = paginate(request, rows.order_by("-ends_on", "-starts_on", "-id"))
    counts = data.comptes(request.actor, page.items)
    entreprise_id = request.actor.entreprise_id
    context = {
        "page": page,
        "rows": [{"row": row, "state": data.etat(row, today), "count": counts[row.pk]} for row in page.items],
        "alone": sans_referent(entreprise_id, as_of=today).count() if entreprise_id else 0,
    }
    return render(request, "accompagnateur/releves.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
def hand_over(request: WorkRequest) -> HttpResponse:
    """Hand over some or all of the persons whom someone follows."""
    today = timezone.localdate()
    team = data.equipe(request.actor, today)
    giver = _giver(request, list(Accompagnateur.objects.visible_to(request.actor)))
    people = data.suivies_par(request.actor, giver) if giver else []
    colleagues = [row for row in team if giver is None or row.pk != giver.pk]
    form = ReleveForm(request.POST or None, colleagues=colleagues, initial={"starts_on": today})
    ticked = set(request.POST.getlist("travailleur")) or {request.GET.get("travailleur", "")}
    status = 200
    if request.method == "POST" and giver is not None:
        chosen = people if "toutes" in request.POST else data.cles(ticked, people)

        def write() -> Releve:
            return acts.confier(
                from_accompagnateur=giver,
                travailleurs=chosen,
                by=request.actor,
                now=timezone.now(),
                **form.cleaned_data,
            )

        row, status = attempt(form, write)
        if row is not None:
            count = len(chosen)
            said = ngettext("Relève confiée pour %(n)s personne.", "Relève confiée pour %(n)s personnes.", count)
            messages.success(request, said % {"n": count})
            return redirect("accompagnateur:releve_fiche", pk=row.pk)
    sites = sites_of(request.actor, [one.pk for one in people], today)
    return form_page(
        request,
        form,
        title=_("Confier des dossiers"),
        act=_("Confier les dossiers cochés"),
        back=_back(),
        status=status,
        template="accompagnateur/releve_nouvelle.html",
        giver=giver,
        givers=list(Accompagnateur.objects.visible_to(request.actor)),
        people=[{"one": one, "site": sites.get(one.pk, ""), "ticked": str(one.pk) in ticked} for one in people],
    )


@require_safe
def show_sheet(request: WorkRequest, pk: uuid.UUID) -> HttpResponse:
    """Show the handover sheet; with its content, each dossier that is read leaves its trace."""
    row = _releve(request, pk)
    today, now = timezone.localdate(), timezone.now()
    people = data.fiche(request.actor, data.personnes_de(request.actor, row), today=today, now=now)
    content = request.GET.get("contenu") == "1"
    if content:
        data.trace(request.actor, people, now)
    context = {
        "row": row,
        "state": data.etat(row, today),
        "people": people,
        "content": content,
        "closed": sum(not one.open for one in people),
        "today": today,
        "running": row.ends_on >= today,
    }
    return render(request, "accompagnateur/releve.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
def change_end(request: WorkRequest, pk: uuid.UUID) -> HttpResponse:
    """Make a handover shorter or longer."""
    row = _releve(request, pk)
    form = FinForm(request.POST or None, initial={"ends_on": row.ends_on})
    status = 200
    if request.method == "POST":

        def write() -> Releve:
            ends_on: dt.date = form.cleaned_data["ends_on"]
            return acts.changer_fin(releve=row, ends_on=ends_on, by=request.actor, now=timezone.now())

        done, status = attempt(form, write)
        if done is not None:
            messages.success(request, _("Fin de la relève changée, avec les accès qu’elle donnait."))
            return redirect("accompagnateur:releve_fiche", pk=pk)
    back = (_("Fiche de relève"), reverse("accompagnateur:releve_fiche", kwargs={"pk": pk}))
    return form_page(
        request, form, title=_("Changer la fin de la relève"), act=_("Enregistrer"), back=back, status=status
    )


@require_http_methods(["GET", "HEAD", "POST"])
def show_alone(request: WorkRequest) -> HttpResponse:
    """Show the persons whom nobody follows, and give a referent to those ticked."""
    today = timezone.localdate()
    entreprise_id = request.actor.entreprise_id
    rows = sans_referent(entreprise_id, as_of=today) if entreprise_id else Travailleur.objects.visible_to(request.actor)
    team = data.equipe(request.actor, today)
    own = next((row for row in team if row.user_id == request.actor.user_id), None)
    form = ReprendreForm(
        request.POST if request.method == "POST" else None,
        colleagues=team,
        initial={"starts_on": today, "accompagnateur": str(own.pk) if own else ""},
    )
    ticked = set(request.POST.getlist("travailleur"))
    status = 200
    if request.method == "POST":
        chosen = data.cles(ticked, list(rows))
        if not chosen:
            form.add_error(None, _("Aucune personne n’est cochée : cochez-en au moins une."))

        def write() -> int:
            with transaction.atomic():
                for person in chosen:
                    acts.reprendre(travailleur=person, by=request.actor, now=timezone.now(), **form.cleaned_data)
            return len(chosen)

        count, status = attempt(form, write)
        if count is not None:
            said = ngettext("Référent donné à %(n)s personne.", "Référent donné à %(n)s personnes.", count)
            messages.success(request, said % {"n": count})
            return redirect("accompagnateur:releve")
    page = paginate(request, rows.order_by("name", "first_name", "number"))
    sites = sites_of(request.actor, [one.pk for one in page.items], today)
    people = [{"one": one, "site": sites.get(one.pk, ""), "ticked": str(one.pk) in ticked} for one in page.items]
    context = {"page": page, "people": people, "form": form}
    return render(request, "accompagnateur/sans_referent.html", context, status=status)


def _giver(request: WorkRequest, team: list[Accompagnateur]) -> Accompagnateur | None:
    """Find whose persons are handed over: the one asked for, or oneself."""
    asked = request.POST.get("de") or request.GET.get("de", "")
    own = next((row for row in team if row.user_id == request.actor.user_id), None)
    return next((row for row in team if str(row.pk) == asked), own)


def _releve(request: WorkRequest, pk: uuid.UUID) -> Releve:
    rows = Releve.objects.visible_to(request.actor).select_related("from_accompagnateur", "to_accompagnateur")
    row: Releve = get_object_or_404(rows, pk=pk)
    return row


def _back() -> tuple[str, str]:
    return _("Relève"), reverse("accompagnateur:releve")
