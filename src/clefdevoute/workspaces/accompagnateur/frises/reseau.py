"""On the timeline: conventions with a CPAS, reports sent to it, packets handed to the Forem."""

from collections.abc import Iterator

from django.urls import reverse
from django.utils.translation import gettext as _

from clefdevoute.records.reseau.models import ConventionPersonne, RapportCpas, SuiteForem
from clefdevoute.ui import formats
from clefdevoute.workspaces.accompagnateur.frises.fait import Fait, Portee


def conventions(portee: Portee) -> Iterator[Fait]:
    """Give the first day of each convention that holds for the person, in one query."""
    rows = ConventionPersonne.objects.visible_to(portee.actor).filter(
        travailleur_id__in=portee.ids, convention__signed_on__isnull=False
    )
    for row in rows.select_related("convention__cpas"):
        begins = max(row.starts_on, row.convention.effective_on or row.starts_on)
        if begins <= portee.today:
            yield Fait(
                on=begins,
                genre="contrats",
                icon="document",
                title=_("Sous convention avec %(cpas)s") % {"cpas": row.convention.cpas.name},
                meta=_("jusqu’au %(day)s") % {"day": formats.date_courte(min(row.ends_on, row.convention.last_day))},
                url=reverse("accompagnateur:convention", kwargs={"pk": row.convention_id}),
                act=_("Ouvrir la convention"),
            )


def rapports(portee: Portee) -> Iterator[Fait]:
    """Give the reports sent to a CPAS, in one query."""
    rows = RapportCpas.objects.visible_to(portee.actor).filter(
        travailleur_id__in=portee.ids, sent_on__isnull=False, sent_on__lte=portee.today
    )
    for row in rows.select_related("convention__cpas"):
        yield Fait(
            on=row.sent_on,
            genre="documents",
            icon="envoyer",
            title=_("Rapport envoyé à %(cpas)s") % {"cpas": row.convention.cpas.name},
            meta=_("reçu par %(who)s") % {"who": row.recipient},
            url=reverse("accompagnateur:rapport_cpas", kwargs={"pk": row.pk}),
            act=_("Ouvrir le rapport"),
        )


def forem(portee: Portee) -> Iterator[Fait]:
    """Give what was handed to the Forem and what it answered, in one query."""
    rows = SuiteForem.objects.visible_to(portee.actor).filter(travailleur_id__in=portee.ids, on__lte=portee.today)
    for row in rows.exclude(kind=SuiteForem.Kind.FICHIER):
        handed = row.kind == SuiteForem.Kind.REMISE
        yield Fait(
            on=row.on,
            genre="parcours",
            icon="envoyer",
            title=_("Dossier remis au Forem") if handed else row.get_kind_display(),
            meta=_("%(way)s, reçu par %(who)s") % {"way": row.get_channel_display(), "who": row.recipient}
            if handed
            else "",
            url=reverse("accompagnateur:transmission", kwargs={"pk": row.transmission_id}),
            act=_("Ouvrir le dossier envoyé"),
            at=row.at,
        )
