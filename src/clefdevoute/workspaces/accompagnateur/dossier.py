"""What every page of one person's dossier shows: who she is, what is due, the tabs; and the trace of the opening."""

import datetime as dt
import uuid
from dataclasses import dataclass
from typing import Any

from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils import timezone

from clefdevoute.records.foundation.requests import WorkRequest
from clefdevoute.records.personnes.models import Engagement, StatutEngagement, Travailleur
from clefdevoute.records.suivi import acces, dossiers
from clefdevoute.records.suivi.horloges import horloges, sorties_notees
from clefdevoute.records.suivi.models import SuiviPar
from clefdevoute.workspaces.accompagnateur.ajouter import address, ajouts
from clefdevoute.workspaces.accompagnateur.horloge import marque

# (label, URL name)
TABS: tuple[tuple[str, str], ...] = (
    ("Vue d’ensemble", "dossier"),
    ("Entretiens", "entretiens"),
    ("Bilan", "bilans"),
    ("Formation", "formation"),
    ("Emploi", "emploi"),
    ("Documents", "documents"),
    ("Consentements", "consentements"),
    ("Sortie", "sortie"),
    ("Accès", "acces"),
)


NOTER = "accompagnateur:entretien_nouveau"
"""Where the one filled button of a dossier leads: writing an interview."""


@dataclass(frozen=True, slots=True)
class Tab:
    """One part of a dossier, as a link."""

    label: str
    url: str
    current: bool


def travailleur_or_404(request: WorkRequest, pk: uuid.UUID) -> Travailleur:
    """Find a person whose dossier is open to the actor today, and note in the journal that it was opened."""
    found = get_object_or_404(dossiers.travailleurs(request.actor).select_related("entreprise"), pk=pk)
    acces.opened(found, by=request.actor, now=timezone.now())
    return found


def contexte(request: WorkRequest, travailleur: Travailleur, *, tab: str) -> dict[str, Any]:
    """Give what ``dossier_base.html`` shows of a person; ``tab`` is the URL name of the part in front."""
    contracts = Engagement.objects.visible_to(request.actor).filter(travailleur=travailleur)
    contract = contracts.order_by("-starts_on", "-id").first()
    statuts = StatutEngagement.objects.visible_to(request.actor)
    statut = statuts.filter(engagement=contract).first() if contract else None
    today = timezone.localdate()
    followed = SuiviPar.objects.visible_to(request.actor).filter(travailleur=travailleur, starts_on__lte=today)
    followed = followed.exclude(ends_on__lt=today).order_by("-starts_on", "-id")
    clocks = horloges(travailleur.entreprise_id, [travailleur.pk], as_of=today).get(travailleur.pk)
    return {
        "one": travailleur,
        "contract": contract,
        "statut": statut,
        "referent": followed.filter(kind=SuiviPar.Kind.REFERENT).select_related("accompagnateur").first(),
        "tabs": tuple(_tabs(travailleur, tab)),
        "today": today,
        "clocks": clocks,
        "mark": marque(clocks.value if clocks else None, today=today, left_on=_left_on(travailleur, contract)),
        "ajouts": tuple(ajouts(travailleur.pk)),
        "noter_url": address(NOTER, travailleur.pk),
    }


def _left_on(travailleur: Travailleur, contract: Engagement | None) -> dt.date | None:
    """Give the last day noted for the present stay, or that of its contract; coming back opens a new stay."""
    noted = sorties_notees(travailleur.entreprise_id, [travailleur.pk]).get(travailleur.pk)
    if contract is None or (noted is not None and noted >= contract.starts_on):
        return noted
    ended: dt.date | None = contract.ends_on
    return ended


def _tabs(travailleur: Travailleur, current: str) -> "list[Tab]":
    return [
        Tab(
            label=label,
            url=reverse(f"accompagnateur:{name}", kwargs={"pk": travailleur.pk}),
            current=name == current,
        )
        for label, name in TABS
    ]
