"""Objectives whose review day comes, and actions promised for a day: their words stay sealed in the dossier."""

from collections.abc import Iterator

from clefdevoute.records.echeances.lignes import Genre, Gravite, Ligne, Portee
from clefdevoute.records.suivi.models import Demarche, Objectif

_ACTIONS = {
    Demarche.Kind.SOCIALE: "démarche sociale",
    Demarche.Kind.ADMINISTRATIVE: "démarche administrative",
    Demarche.Kind.EMPLOI: "démarche d’emploi",
    Demarche.Kind.FORMATION: "démarche de formation",
    Demarche.Kind.VALORISATION: "démarche de valorisation",
}


def a_revoir(portee: Portee) -> Iterator[Ligne]:
    """Give the open objectives to review, in one query."""
    rows = Objectif.objects.of(portee.entreprise_id).filter(
        closed_on__isnull=True,
        review_on__lte=portee.jusque,
    )
    for row in rows.only("travailleur_id", "review_on", "opened_on", "horizon").order_by("review_on", "id"):
        yield Ligne(
            genre=Genre.OBJECTIF,
            source="objectif",
            due_on=row.review_on,
            subject_id=row.pk,
            travailleur_id=row.travailleur_id,
            before=f"Revoir l’objectif à {row.get_horizon_display().lower()} de",
            act="Revoir",
            meta=f"Posé le {row.opened_on:%d/%m/%Y}",
            url_name="accompagnateur:objectif",
            url_kwargs={"pk": row.travailleur_id, "objectif": row.pk},
            gravite=Gravite.AMBRE,
        )


def promises(portee: Portee) -> Iterator[Ligne]:
    """Give the actions promised for a day and not done, in one query."""
    rows = Demarche.objects.of(portee.entreprise_id).filter(
        done_on__isnull=True,
        promised_for__lte=portee.jusque,
    )
    columns = ("travailleur_id", "promised_for", "kind", "par", "avec", "recorded_at")
    for row in rows.only(*columns).order_by("promised_for", "id"):
        kind = _ACTIONS[Demarche.Kind(row.kind)]
        hers = row.par == Demarche.Par.TRAVAILLEUR
        yield Ligne(
            genre=Genre.ACTION,
            source="demarche",
            due_on=row.promised_for,
            subject_id=row.pk,
            travailleur_id=row.travailleur_id,
            before=f"Faire le point sur la {kind} de" if hers else f"Faire la {kind} promise à",
            act="Noter",
            meta=f"Promise le {row.recorded_at:%d/%m/%Y}, {row.who}",
            url_name="accompagnateur:demarche",
            url_kwargs={"pk": row.travailleur_id, "demarche": row.pk},
            gravite=Gravite.AMBRE,
        )
