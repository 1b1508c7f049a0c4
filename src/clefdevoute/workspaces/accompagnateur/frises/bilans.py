"""Bilans, opinions, papers and consents on the timeline."""

from collections.abc import Iterator

from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from clefdevoute.records.suivi.models import (
    AvisTravailleur,
    Bilan,
    Document,
    DocumentProduit,
    MouvementConsentement,
    SignatureBilan,
)
from clefdevoute.ui import formats
from clefdevoute.workspaces.accompagnateur.frises.fait import Fait, Portee


def bilans(portee: Portee) -> Iterator[Fait]:
    """Give each finished bilan, then each opinion with or without its signature, in three queries."""
    rows = Bilan.objects.visible_to(portee.actor).filter(travailleur_id__in=portee.ids, state=Bilan.State.TERMINE)
    for row in rows.select_related("author"):
        yield Fait(
            on=row.held_on,
            at=row.finished_at,
            genre="bilans",
            icon="coche",
            title=_("Bilan"),
            meta=_("Par %(who)s") % {"who": row.author.name},
            url=reverse("accompagnateur:bilan", kwargs={"pk": row.travailleur_id, "bilan": row.pk}),
            act=_("Lire le bilan"),
        )
    signed = {
        one.avis_id: one
        for one in SignatureBilan.objects.visible_to(portee.actor).filter(travailleur_id__in=portee.ids)
    }
    opinions = AvisTravailleur.objects.visible_to(portee.actor).filter(travailleur_id__in=portee.ids)
    for opinion in opinions.select_related("bilan"):
        sign = signed.get(opinion.pk)
        how = sign.get_kind_display() if sign else _("Sans signature")
        yield Fait(
            on=opinion.given_on,
            at=opinion.recorded_at,
            genre="bilans",
            icon="personne",
            title=_("Avis sur le bilan du %(day)s") % {"day": formats.date_courte(opinion.bilan.held_on)},
            meta=f"{opinion.get_avis_display()} · {how}",
        )


def documents(portee: Portee) -> Iterator[Fait]:
    """Give each paper this reader may open, and each document produced, in two queries."""
    rows = Document.objects.visible_to(portee.actor).filter(travailleur_id__in=portee.ids)
    for row in rows.select_related("author"):
        yield Fait(
            on=row.received_on,
            at=row.recorded_at,
            genre="documents",
            icon="cadenas" if row.confidential or row.health else "document",
            title=lambda row=row: _("Document : %(title)s") % {"title": row.title},  # type: ignore[misc]
            meta=f"{row.get_kind_display()} · {row.state(portee.today)} · {row.author.name}",
            url=reverse("accompagnateur:document", kwargs={"pk": row.travailleur_id, "document": row.pk}),
            act=_("Voir le document"),
        )
    made = DocumentProduit.objects.visible_to(portee.actor).filter(travailleur_id__in=portee.ids)
    for one in made.select_related("produced_by"):
        yield Fait(
            on=timezone.localdate(one.produced_at),
            at=one.produced_at,
            genre="documents",
            icon="imprimer",
            title=_("Document remis : %(name)s") % {"name": one.source},
            meta=str(one.produced_by.name),
        )


def consentements(portee: Portee) -> Iterator[Fait]:
    """Give each movement of each consent, in one query."""
    rows = MouvementConsentement.objects.visible_to(portee.actor).filter(travailleur_id__in=portee.ids)
    for row in rows.select_related("consentement", "recorded_by"):
        yield Fait(
            on=row.happened_on,
            at=row.recorded_at,
            genre="consentements",
            icon="coche",
            title=f"{row.consentement.get_purpose_display()} : {row.get_kind_display().lower()}",
            meta=str(row.recorded_by.name),
        )
