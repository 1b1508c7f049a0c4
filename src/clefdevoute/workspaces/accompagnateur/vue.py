"""What the overview of a dossier shows below its header: the legal parts, the plan, the synthesis, the timeline."""

from typing import Any

from django.utils import timezone

from clefdevoute.records.foundation.requests import WorkRequest
from clefdevoute.records.personnes.doublons import homonymes
from clefdevoute.records.personnes.models import Travailleur
from clefdevoute.records.suivi.bilans import DernierBilan, derniers_bilans
from clefdevoute.records.suivi.facts import completude
from clefdevoute.records.suivi.models import Etat, HistoriqueDemarche, HistoriqueObjectif, MotifAbandon, Synthese
from clefdevoute.workspaces.accompagnateur.dossier import contexte
from clefdevoute.workspaces.accompagnateur.forms.dossier import DemarcheLigneForm, ObjectifLigneForm
from clefdevoute.workspaces.accompagnateur.frise import frise
from clefdevoute.workspaces.accompagnateur.legal import Facts, parts
from clefdevoute.workspaces.accompagnateur.plan import freins, plan


def overview(request: WorkRequest, one: Travailleur, **given: Any) -> dict[str, Any]:
    """Gather the overview; ``given`` replaces a form by the one that was typed, or adds what was refused."""
    shared = contexte(request, one, tab="dossier")
    today, actor = shared["today"], request.actor
    found = plan(actor, one, today=today, refus=given.pop("refus", None))
    whole = completude(one.entreprise_id, [one.pk], as_of=today)[one.pk]
    last = Synthese.objects.visible_to(actor).filter(travailleur=one).order_by("-made_at", "-id").first()
    statut, clocks = shared["statut"], shared["clocks"]
    facts = Facts(
        pk=one.pk,
        verified_on=statut.verified_on if statut else None,
        plan=found,
        synthese=last,
        etat=clocks.value if clocks else None,
        bilan=derniers_bilans(one.entreprise_id, [one.pk], as_of=today).get(one.pk, DernierBilan()),
    )
    return {
        **shared,
        "filled": True,
        "plan": found,
        "whole": whole.value,
        "homonymes": homonymes(one),
        "freins": freins(actor, one),
        "parts": parts(whole.value, facts),
        "synthese": last,
        "frise": frise(request, actor, one, today=today),
        "saved_at": _saved(request, one),
        "states": Etat.choices,
        "reasons": MotifAbandon.choices,
        "objectif_form": ObjectifLigneForm(),
        "demarche_form": DemarcheLigneForm(objectifs=found.objectifs),
        **given,
    }


def _saved(request: WorkRequest, one: Travailleur) -> Any:
    """Give the moment of the last change of the plan, if it was today: what « Enregistré à » tells."""
    moments = [
        model.objects.visible_to(request.actor)
        .filter(travailleur=one)
        .order_by("-changed_at")
        .values_list("changed_at", flat=True)
        .first()
        for model in (HistoriqueObjectif, HistoriqueDemarche)
    ]
    last = max(filter(None, moments), default=None)
    return last if last and timezone.localdate(last) == timezone.localdate() else None
