"""Dropping files: many at once, each read, its outcome kept and shown."""

import uuid

from django.contrib import messages
from django.db.models import Count, OuterRef, Q, QuerySet, Subquery
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST
from django_htmx.http import HttpResponseClientRedirect

from clefdevoute.documents.factures.depot import FichierRecu, deposer
from clefdevoute.records.foundation import proofs
from clefdevoute.records.foundation.errors import RecordError
from clefdevoute.records.foundation.requests import WorkRequest
from clefdevoute.records.frais import actions
from clefdevoute.records.frais.models import Depot, FichierDepose
from clefdevoute.ui.htmx import page_or_fragment, wants_fragment
from clefdevoute.ui.pagination import paginate
from clefdevoute.workspaces.gestionnaire.annees import entreprise_of

FILES_A_PAGE = 100


@require_http_methods(["GET", "POST"])
def drop_invoices(request: WorkRequest) -> HttpResponse:
    """Take files, read each, then show what became of them."""
    error = ""
    if request.method == "POST":
        files = request.FILES.getlist("fichiers")
        if files:
            recus = (FichierRecu(one.name or "facture", one.size or 0, one.read) for one in files)
            try:
                depot = deposer(files=recus, entreprise=entreprise_of(request), by=request.actor, now=timezone.now())
            except RecordError as refused:
                error = str(refused)
            else:
                url = reverse("gestionnaire:depot", args=[depot.pk])
                return HttpResponseClientRedirect(url) if wants_fragment(request) else redirect(url)
        error = error or _("Aucun fichier n’est choisi : choisissez-en un ou plusieurs, puis déposez-les.")
    last = Depot.objects.visible_to(request.actor).order_by("-deposited_at", "pk")[:5]
    context = {"error": error, "last": last.annotate(files=_files_of_a_drop(request))}
    return page_or_fragment(
        request,
        "gestionnaire/factures_deposer.html",
        "gestionnaire/_factures_deposer.html",
        context,
        422 if error else 200,
    )


def _files_of_a_drop(request: WorkRequest) -> Subquery:
    rows = FichierDepose.objects.visible_to(request.actor).filter(depot=OuterRef("pk")).order_by()
    return Subquery(rows.values("depot").annotate(n=Count("pk")).values("n"))


@require_GET
def show_drop(request: WorkRequest, pk: uuid.UUID) -> HttpResponse:
    """List the files of a drop: refused, to check, accepted; each with what was read and what is missing."""
    depot = get_object_or_404(Depot.objects.visible_to(request.actor), pk=pk)
    rows = FichierDepose.objects.visible_to(request.actor).filter(depot=depot)
    context = {
        "depot": depot,
        "page": paginate(request, _with_rows(rows.order_by("-decision", "rank")), per_page=FILES_A_PAGE),
        "counts": rows.aggregate(
            total=Count("pk"),
            acceptees=Count("pk", filter=Q(decision=FichierDepose.Decision.ACCEPTEE)),
            averties=Count("pk", filter=Q(decision=FichierDepose.Decision.AVERTIE)),
            refusees=Count("pk", filter=Q(decision=FichierDepose.Decision.REFUSEE)),
        ),
    }
    return render(request, "gestionnaire/depot.html", context)


@require_GET
def show_pending_files(request: WorkRequest) -> HttpResponse:
    """List the refused files that wait to be the piece of a typed invoice."""
    rows = FichierDepose.objects.visible_to(request.actor).filter(issue=FichierDepose.Issue.REFUSEE, done=False)
    return render(request, "gestionnaire/fichiers.html", {"page": paginate(request, _with_rows(rows.order_by("-pk")))})


def _with_rows(rows: "QuerySet[FichierDepose]") -> "QuerySet[FichierDepose]":
    return rows.select_related("proof", "facture", "facture__fournisseur", "facture__conflict_with")


@require_POST
def leave_file(request: WorkRequest, pk: uuid.UUID) -> HttpResponse:
    """Offer a refused file no longer."""
    fichier = get_object_or_404(FichierDepose.objects.visible_to(request.actor), pk=pk)
    try:
        actions.laisser_fichier(fichier=fichier, by=request.actor, now=timezone.now())
    except RecordError as refused:
        messages.error(request, str(refused))
    else:
        messages.success(request, _("« %(name)s » n’est plus proposé. Le fichier reste gardé.") % {"name": fichier})
    return redirect("gestionnaire:fichiers")


@require_GET
def open_file(request: WorkRequest, pk: uuid.UUID) -> HttpResponse:
    """Open a dropped file that was kept: shown only if it cannot run, else handed over."""
    rows = FichierDepose.objects.visible_to(request.actor).select_related("proof")
    fichier = get_object_or_404(rows, pk=pk, proof__isnull=False)
    return proofs.response(fichier.proof, by=request.actor, now=timezone.now())
