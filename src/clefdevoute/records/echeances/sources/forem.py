"""Packets handed to the Forem: the answer is asked for after a month, and noted even when none comes."""

import datetime as dt
from collections.abc import Iterator

from clefdevoute.records.echeances.lignes import Genre, Gravite, Ligne, Portee
from clefdevoute.records.reseau import facts

PATIENCE = dt.timedelta(days=30)
"""How long an answer may take before it is asked for; our choice."""


def lignes(portee: Portee) -> Iterator[Ligne]:
    """Give the packets handed over to which no answer is noted, in one query."""
    rows = facts.reponses_a_recueillir(portee.entreprise_id, handed_until=portee.jusque - PATIENCE)
    for row in rows:
        yield Ligne(
            genre=Genre.FOREM,
            source="forem_reponse",
            due_on=row.on + PATIENCE,
            subject_id=row.pk,
            travailleur_id=row.travailleur_id,
            before="Recueillir la réponse du Forem pour",
            act="Noter",
            meta=f"Remis le {row.on:%d/%m/%Y}",
            url_name="accompagnateur:transmission",
            url_kwargs={"pk": row.transmission_id},
            gravite=Gravite.AMBRE,
        )
