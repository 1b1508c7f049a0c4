"""News to take three, six and twelve months after an exit, of those who agreed to be called."""

from collections.abc import Iterator

from clefdevoute.records.echeances.lignes import Genre, Gravite, Ligne, Portee
from clefdevoute.records.suivi.sorties import a_appeler


def lignes(portee: Portee) -> Iterator[Ligne]:
    """Give the calls due up to the horizon, in one query; an attempt leaves the line, an answer takes it away."""
    rows = a_appeler(portee.entreprise_id, on=portee.as_of, until=portee.jusque)
    rows = rows.select_related("sortie")
    for row in rows:
        words = [f"Sortie le {row.sortie.left_on:%d/%m/%Y}"]
        if row.attempts:
            words.append(f"{row.attempts} essai{'s' if row.attempts > 1 else ''}")
        yield Ligne(
            genre=Genre.SORTIE,
            source="suivi_sortie",
            due_on=row.due_on,
            subject_id=row.pk,
            travailleur_id=row.travailleur_id,
            before="Prendre des nouvelles de",
            after=f"{row.months} mois après sa sortie",
            act="Appeler",
            meta=" · ".join(words),
            url_name="accompagnateur:suivi_sortie",
            url_kwargs={"pk": row.pk},
            gravite=Gravite.AMBRE,
        )
