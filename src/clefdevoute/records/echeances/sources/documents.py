"""Papers whose term comes, and accords that run out: only those that this reader may open, named by nothing secret."""

from collections.abc import Iterator

from clefdevoute.records.echeances.lignes import Genre, Gravite, Ligne, Portee
from clefdevoute.records.suivi.models import Consentement, Document

PAST = 60
"""Days after its term during which a paper is still asked for; then it is an old paper like another."""


def lignes(portee: Portee) -> Iterator[Ligne]:
    """Give the papers that expire within the month or did lately, in one indexed query."""
    rows = Document.objects.visible_to(portee.actor).filter(
        expires_on__isnull=False,
        expires_on__lte=portee.jusque,
    )
    for row in rows.exclude(check_state=Document.Check.REFUSE).order_by("expires_on", "id"):
        if (portee.as_of - row.expires_on).days > PAST:
            continue
        yield Ligne(
            genre=Genre.DOSSIER,
            source="document",
            due_on=row.expires_on,
            subject_id=row.pk,
            travailleur_id=row.travailleur_id,
            before="Renouveler un document de",
            act="Ouvrir",
            meta=f"Vaut jusqu’au {row.expires_on:%d/%m/%Y}",
            url_name="accompagnateur:document",
            url_kwargs={"pk": row.travailleur_id, "document": row.pk},
            gravite=Gravite.AMBRE,
        )


def accords(portee: Portee) -> Iterator[Ligne]:
    """Give the yes that run out within the month, in one query; the purpose is not named."""
    rows = Consentement.objects.of(portee.entreprise_id).filter(
        given_on__isnull=False,
        withdrawn_on__isnull=True,
        replaced_on__isnull=True,
        expires_on__range=(portee.as_of, portee.jusque),
    )
    for row in rows.order_by("expires_on", "id"):
        yield Ligne(
            genre=Genre.CONSENTEMENT,
            source="consentement_terme",
            due_on=row.expires_on,
            subject_id=row.pk,
            travailleur_id=row.travailleur_id,
            before="Redemander son accord à",
            act="Redemander",
            meta=f"Accord du {row.given_on:%d/%m/%Y}, vaut jusqu’au {row.expires_on:%d/%m/%Y}",
            url_name="accompagnateur:consentements",
            url_kwargs={"pk": row.travailleur_id},
            gravite=Gravite.AMBRE,
        )
