"""Contracts, their status and who follows the person, on the timeline: the start and the end of each."""

from collections.abc import Iterator

from django.utils.translation import gettext as _

from clefdevoute.records.personnes.models import Engagement, StatutEngagement
from clefdevoute.records.suivi.models import SuiviPar
from clefdevoute.ui import formats
from clefdevoute.workspaces.accompagnateur.frises.fait import Fait, Portee


def contrats(portee: Portee) -> Iterator[Fait]:
    """Give the first and the last day of each contract, in two queries; a day to come is not yet a fact."""
    rows = Engagement.objects.visible_to(portee.actor).filter(travailleur_id__in=portee.ids)
    contracts = list(rows.order_by("starts_on", "id"))
    statuts = {
        row.engagement_id: row
        for row in StatutEngagement.objects.visible_to(portee.actor).filter(engagement__in=[c.pk for c in contracts])
    }
    for index, one in enumerate(contracts):
        if one.starts_on <= portee.today:
            yield Fait(
                on=one.starts_on,
                genre="contrats",
                icon="personne",
                title=_("Entrée dans l’entreprise") if index == 0 else _("Nouveau contrat"),
                meta=_meta(one, statuts.get(one.pk)),
            )
        if one.ends_on is not None and one.ends_on <= portee.today:
            yield Fait(
                on=one.ends_on,
                genre="contrats",
                icon="calendrier",
                title=_("Fin du contrat"),
                meta=_("%(kind)s du %(start)s") % {"kind": one.get_contract_kind_display(), "start": _day(one)},
            )


def _meta(one: Engagement, statut: StatutEngagement | None) -> str:
    words = [one.get_contract_kind_display()]
    if one.site:
        words.append(one.site)
    if one.cpas_name:
        words.append(one.cpas_name)
    words.append(_("Statut %(what)s") % {"what": statut.summary} if statut else _("Statut à figer"))
    return " · ".join(words)


def _day(one: Engagement) -> str:
    return formats.date_courte(one.starts_on)


def suivis(portee: Portee) -> Iterator[Fait]:
    """Give who followed the person from when to when, replacements included, in one query."""
    rows = SuiviPar.objects.visible_to(portee.actor).filter(travailleur_id__in=portee.ids)
    for one in rows.select_related("accompagnateur"):
        until = _("jusqu’au %(day)s") % {"day": formats.date_courte(one.ends_on)} if one.ends_on else ""
        if one.starts_on <= portee.today:
            yield Fait(
                on=one.starts_on,
                genre="contrats",
                icon="personnes",
                title=_("Suivi par %(who)s") % {"who": one.accompagnateur},
                meta=" · ".join(filter(None, [one.get_kind_display(), until])),
            )
