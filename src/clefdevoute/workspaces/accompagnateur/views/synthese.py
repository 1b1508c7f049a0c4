"""The synthesis of the actions: made from the records, read, confirmed, printed; the former ones stay."""

import uuid
from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from clefdevoute.law.accompagnement_social.dossier import Completude
from clefdevoute.law.kernel.explained import Explained
from clefdevoute.records.foundation.errors import RecordError
from clefdevoute.records.foundation.requests import WorkRequest
from clefdevoute.records.personnes.models import Travailleur
from clefdevoute.records.suivi.actions import syntheses
from clefdevoute.records.suivi.facts import completude
from clefdevoute.records.suivi.models import Synthese
from clefdevoute.records.suivi.synthese import load, seal
from clefdevoute.ui.pagination import paginate
from clefdevoute.workspaces.accompagnateur.dossier import contexte, travailleur_or_404
from clefdevoute.workspaces.accompagnateur.synthese import chapitres

PART = 2  # the third of the five legal parts


@require_http_methods(["GET", "HEAD", "POST"])
def show_synthese(request: WorkRequest, pk: uuid.UUID) -> HttpResponse:
    """
    Show the last synthesis, or the one asked for.

    Where it lags behind the records, what they say today is shown in its place, to be read and confirmed at once.
    """
    one = travailleur_or_404(request, pk)
    if request.method == "POST":
        return _make(request, one)
    rows = Synthese.objects.visible_to(request.actor).filter(travailleur=one).order_by("-made_at", "-id")
    rows = rows.select_related("made_by", "confirmed_by")
    last = rows.first()
    asked = _asked(request)
    shown = get_object_or_404(rows, pk=asked) if asked else last
    found = completude(one.entreprise_id, [one.pk], as_of=timezone.localdate())[one.pk]
    part = found.value.parties[PART]
    fresh = asked is None and not part.complete and (last is None or last.confirmed_at is not None or _lags(found))
    said = chapitres(request.actor, one) if fresh else []
    context = contexte(request, one, tab="dossier") | {
        "fresh": fresh,
        "seal": seal(said),
        "shown": shown,
        "chapitres": said if fresh else load(shown.content).chapitres if shown else [],
        "last": last,
        "part": part,
        "page": paginate(request, rows.defer("content")),
    }
    return render(request, "accompagnateur/synthese.html", context)


def _lags(found: Explained[Completude]) -> bool:
    """Tell whether something was recorded after the day of the last synthesis."""
    facts: Any = found.facts
    made, last = facts["synthese_regeneree_le"], facts["dernier_enregistrement"]
    return made is not None and last is not None and last > made


def _make(request: WorkRequest, one: Travailleur) -> HttpResponse:
    """Make a synthesis from the records; confirm it too when they still say what was read."""
    said = chapitres(request.actor, one)
    read = request.POST.get("lu", "")
    if read == seal(said):
        syntheses.make_confirmed(travailleur=one, chapitres=said, by=request.actor, now=timezone.now())
        messages.success(request, _("Synthèse confirmée."))
    else:
        syntheses.make_synthese(travailleur=one, chapitres=said, by=request.actor, now=timezone.now())
        changed = _("Le dossier a changé pendant que vous lisiez. Relisez la synthèse, puis confirmez-la.")
        messages.success(request, changed if read else _("Synthèse produite. Relisez-la, puis confirmez-la."))
    return redirect("accompagnateur:synthese", pk=one.pk)


@require_POST
def confirm(request: WorkRequest, pk: uuid.UUID, synthese: uuid.UUID) -> HttpResponse:
    """Confirm that a synthesis was read and is right."""
    one = travailleur_or_404(request, pk)
    rows = Synthese.objects.visible_to(request.actor).filter(travailleur=one).select_related("travailleur")
    row = get_object_or_404(rows, pk=synthese)
    try:
        syntheses.confirm_synthese(synthese=row, by=request.actor, now=timezone.now())
    except RecordError as refused:
        messages.error(request, str(refused))
    else:
        messages.success(request, _("Synthèse confirmée."))
    return redirect("accompagnateur:synthese", pk=one.pk)


def _asked(request: WorkRequest) -> uuid.UUID | None:
    """Read which synthesis is asked for; what is no key asks for the last."""
    try:
        return uuid.UUID(request.GET.get("le", ""))
    except ValueError:
        return None
