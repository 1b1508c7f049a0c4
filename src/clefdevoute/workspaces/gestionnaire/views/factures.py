"""The inbox of invoices: found by state, word or amount; several imputed in one action."""

import uuid
from typing import Any

from django.contrib import messages
from django.db.models import Count, Q
from django.http import HttpResponse
from django.shortcuts import redirect
from django.utils import timezone
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_GET, require_POST

from clefdevoute.records.foundation.errors import RecordError
from clefdevoute.records.foundation.requests import WorkRequest
from clefdevoute.records.frais import actions, policies
from clefdevoute.records.frais.models import CleRepartition, Facture, FichierDepose, Fournisseur
from clefdevoute.records.frais.saisies import PartSaisie
from clefdevoute.ui import saisie
from clefdevoute.ui.htmx import page_or_fragment
from clefdevoute.ui.pagination import paginate
from clefdevoute.workspaces.gestionnaire.couts import A_TRAITER, key_choices, line_choices
from clefdevoute.workspaces.gestionnaire.forms.factures import TOUTES, FiltreForm, LotForm

MOST_AT_ONCE = 200
IMPUTABLE = (Facture.State.A_IMPUTER, Facture.State.IMPUTEE)
"""The states whose invoices can be ticked, to be put on a line together."""


@require_GET
def show_invoices(request: WorkRequest) -> HttpResponse:
    """List the invoices, those that wait for a person first asked."""
    return _answer(request)


@require_POST
def impute_several(request: WorkRequest) -> HttpResponse:
    """Impute the chosen invoices, on one line or as their suppliers' last; each is its own write, refusals are said."""
    form = _lot_form(request, request.POST)
    chosen = _chosen(request)
    if not chosen:
        return _answer(request, lot=form, refusals=[_("Aucune facture n’est cochée : cochez-en, puis imputez-les.")])
    if not form.is_valid():
        return _answer(request, lot=form, status=422)
    part, done, refusals = _part(request, form), 0, []
    for facture in chosen:
        try:
            parts = [part] if part else _remembered(facture)
            actions.imputer(facture=facture, parts=parts, by=request.actor, now=timezone.now())
            done += 1
        except RecordError as refused:
            refusals.append(f"{facture.fournisseur}, {facture.number} : {refused}")
    if done:
        sentence = ngettext("%(n)d facture imputée.", "%(n)d factures imputées.", done) % {"n": done}
        messages.success(request, sentence)
    if refusals:
        return _answer(request, lot=form, refusals=refusals)
    back = request.POST.get("retour", "")
    safe = back.startswith("?") and url_has_allowed_host_and_scheme(back, allowed_hosts=None)
    return redirect(request.path.removesuffix("imputer/") + (back if safe else ""))


def _part(request: WorkRequest, form: LotForm) -> PartSaisie | None:
    """Read the line and key of all; none when each supplier's own are wanted."""
    found = form.cleaned_data
    if not found["cle"]:
        return None
    cle = CleRepartition.objects.visible_to(request.actor).get(pk=found["cle"])
    return PartSaisie(line=found["line"], cle=cle)


def _remembered(facture: Facture) -> tuple[PartSaisie, ...]:
    """Give the parts that the supplier's last invoice proposes; say what to choose where there was none."""
    parts = actions.parts_proposees(facture)
    if not parts:
        raise RecordError(_("Rien n’a encore été imputé chez ce fournisseur. Choisissez un poste et une clé."))
    return parts


def _chosen(request: WorkRequest) -> list[Facture]:
    """Read the ticked invoices, among those the actor may see; a made-up identifier is nobody's."""
    identifiers = []
    for text in request.POST.getlist("facture")[:MOST_AT_ONCE]:
        try:
            identifiers.append(uuid.UUID(text))
        except ValueError as wrong:
            raise RecordError(_("Une case cochée n’est pas une facture : rechargez la page.")) from wrong
    rows = Facture.objects.visible_to(request.actor).filter(pk__in=identifiers).select_related("fournisseur")
    return list(rows)


def _answer(
    request: WorkRequest, *, lot: LotForm | None = None, refusals: list[str] | None = None, status: int = 200
) -> HttpResponse:
    filters = FiltreForm(request.GET)
    filters.is_valid()
    found = filters.cleaned_data
    rows = _filtered(request, found).select_related("fournisseur")
    supplier_id = found.get("fournisseur")
    supplier = Fournisseur.objects.visible_to(request.actor).filter(pk=supplier_id).first() if supplier_id else None
    counts, page = _counts(request), paginate(request, rows)
    context: dict[str, Any] = {
        "filters": filters,
        "page": page,
        "tickable": any(one.state in IMPUTABLE for one in page.items),
        "counts": counts,
        "never": not any(one["n"] for one in counts),
        "supplier": supplier,
        "pending": FichierDepose.objects.visible_to(request.actor)
        .filter(issue=FichierDepose.Issue.REFUSEE, done=False)
        .count(),
        "may_write": policies.can_write(request.actor, request.actor.entreprise_id),  # type: ignore[arg-type]
        "lot": lot or _lot_form(request),
        "chosen": set(request.POST.getlist("facture")),
        "refusals": refusals or [],
        "query": f"?{request.GET.urlencode()}" if request.GET else "",
        "narrowed": bool(found.get("q") or found.get("etat") or supplier),
    }
    status = 409 if refusals else status
    return page_or_fragment(request, "gestionnaire/factures.html", "gestionnaire/_factures.html", context, status)


def _lot_form(request: WorkRequest, data: Any = None) -> LotForm:
    today = timezone.localdate()
    return LotForm(data, lines=line_choices(today), keys=key_choices(request.actor, today))


def _counts(request: WorkRequest) -> list[dict[str, Any]]:
    """Count every state in one query, in the order of a year's work."""
    rows = Facture.objects.visible_to(request.actor).order_by().values("state").annotate(n=Count("pk"))
    found = {row["state"]: row["n"] for row in rows}
    return [{"state": value, "label": label, "n": found.get(value, 0)} for value, label in Facture.State.choices]


def _filtered(request: WorkRequest, found: dict[str, Any]) -> Any:
    rows = Facture.objects.visible_to(request.actor).order_by("-issue_date", "-piece_number")
    state = found.get("etat") or ""
    if state in Facture.State.values:
        rows = rows.filter(state=state)
    elif state != TOUTES and not found.get("q") and not found.get("fournisseur"):
        rows = rows.filter(state__in=A_TRAITER)
    if supplier := found.get("fournisseur"):
        rows = rows.filter(fournisseur=supplier)
    if word := (found.get("q") or "").strip():
        rows = rows.filter(matching(word))
    return rows


def matching(word: str) -> Q:
    """Look for a word in the supplier and the number, and for an amount among the amounts."""
    wanted = Q(fournisseur__name__icontains=word) | Q(number__icontains=word)
    digits = "".join(char for char in word if char.isdigit())
    if len(digits) in {9, 10} and not word.strip(" .-BEbe0123456789"):
        wanted |= Q(fournisseur__enterprise_number=digits.zfill(10))
    try:
        amount = saisie.euros(word)
    except saisie.SaisieError:
        return wanted
    return wanted | Q(gross=amount) | Q(net=amount)
