"""Exits, news taken afterwards and parts in the management on the timeline: dates and codes, never the words."""

from collections.abc import Iterator
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _

from clefdevoute.records.parcours.models import PartPrise
from clefdevoute.records.suivi.models import Sortie, SuiviSortie
from clefdevoute.workspaces.accompagnateur.frises.fait import Fait, Portee


def sorties(portee: Portee) -> Iterator[Fait]:
    """Give each exit, its reopening and its attestation, in one query."""
    url = reverse("accompagnateur:sortie", kwargs={"pk": portee.travailleur.pk})
    rows = Sortie.objects.visible_to(portee.actor).filter(travailleur__in=portee.ids)
    for row in rows.defer("remark", "reopening_reason"):
        common: dict[str, Any] = {"genre": "contrats", "url": url}
        if row.left_on <= portee.today:
            words = f"{row.get_reason_display()} · {row.get_destination_display()}"
            yield Fait(on=row.left_on, icon="envoyer", title=_("Sortie de l’entreprise"), meta=words, **common)
        if row.reopened_on is not None:
            yield Fait(on=row.reopened_on, icon="retour", title=_("Sortie rouverte"), **common)
        if row.attestation_on is not None:
            title = _("Attestation d’accompagnement produite")
            yield Fait(on=row.attestation_on, icon="document", title=title, **common)


def nouvelles(portee: Portee) -> Iterator[Fait]:
    """Give the answers to the calls after an exit, in one query."""
    url = reverse("accompagnateur:sortie", kwargs={"pk": portee.travailleur.pk})
    rows = SuiviSortie.objects.visible_to(portee.actor).filter(travailleur__in=portee.ids)
    for row in rows.filter(answered_on__isnull=False):
        said = {"oui": _("En emploi"), "non": _("Sans emploi")}.get(row.employed, row.get_outcome_display())
        title = _("Nouvelles %(months)s mois après la sortie") % {"months": row.months}
        yield Fait(on=row.answered_on, genre="contrats", icon="telephone", title=title, meta=said, url=url)


def participations(portee: Portee) -> Iterator[Fait]:
    """Give each part in the management, in one query; what is cancelled is none."""
    rows = PartPrise.objects.visible_to(portee.actor).filter(
        travailleur__in=portee.ids, removed_on__isnull=True, participation__cancelled_on__isnull=True
    )
    for row in rows.select_related("participation"):
        occasion = row.participation
        organ = occasion.organ_name or occasion.get_organ_display()
        yield Fait(
            on=occasion.held_on,
            genre="parcours",
            icon="personnes",
            title=_("Participation à la gestion : %(organ)s") % {"organ": organ},
            meta=f"{occasion.get_form_display()} · {row.get_role_display()}",
            url=reverse("accompagnateur:participation", kwargs={"pk": occasion.pk}),
        )
