"""Questions of consent put to a person that still wait for her yes or no."""

import datetime as dt
from collections.abc import Iterator

from clefdevoute.records.echeances.lignes import Genre, Gravite, Ligne, Portee
from clefdevoute.records.suivi.models import Consentement

ANSWER_DAYS = 14
"""Days left to a person to think before her answer is collected (our choice)."""
_ABOUT = {
    Consentement.Purpose.FOREM: "pour le Forem",
    Consentement.Purpose.RAPPEL_SORTIE: "pour l’appel après sa sortie",
}


def lignes(portee: Portee) -> Iterator[Ligne]:
    """Give the questions without an answer, in one query; only the purposes that tell nothing are named."""
    rows = Consentement.objects.of(portee.entreprise_id).filter(
        given_on__isnull=True,
        refused_on__isnull=True,
        asked_on__lte=portee.jusque - dt.timedelta(days=ANSWER_DAYS),
    )
    for row in rows.only("travailleur_id", "asked_on", "purpose").order_by("asked_on", "id"):
        yield Ligne(
            genre=Genre.CONSENTEMENT,
            source="consentement",
            due_on=row.asked_on + dt.timedelta(days=ANSWER_DAYS),
            subject_id=row.pk,
            travailleur_id=row.travailleur_id,
            before="Recueillir la réponse de",
            after=_ABOUT.get(Consentement.Purpose(row.purpose), "à la demande d’accord"),
            act="Noter",
            meta=f"Accord demandé le {row.asked_on:%d/%m/%Y}",
            url_name="accompagnateur:consentement",
            url_kwargs={"pk": row.travailleur_id, "row": row.pk},
            gravite=Gravite.AMBRE,
        )
