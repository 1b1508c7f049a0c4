"""The interviews written of appointments: where to read each, never what it says."""

import uuid

from django.urls import reverse

from clefdevoute.records.suivi.models import Entretien
from clefdevoute.workspaces.accompagnateur.frises.fait import Portee


def pages(portee: Portee) -> dict[uuid.UUID, str]:
    """Give the page of the interview of each appointment that has one, in one query."""
    rows = Entretien.objects.visible_to(portee.actor).filter(travailleur_id__in=portee.ids)
    return {
        appointment: reverse("accompagnateur:entretien", kwargs={"pk": person, "entretien": pk})
        for appointment, pk, person in rows.values_list("rendez_vous_id", "pk", "travailleur_id")
    }
