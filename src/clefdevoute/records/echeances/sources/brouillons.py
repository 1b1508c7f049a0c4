"""
Drafts that wait: due the day they were last typed in, so that none is forgotten for being unseen (ask 66).

They are their author's alone: the line is drawn for her, whoever follows the person.
"""

from collections.abc import Iterator

from django.utils import timezone

from clefdevoute.records.echeances.lignes import Genre, Gravite, Ligne, Portee
from clefdevoute.records.suivi.models import Brouillon


def lignes(portee: Portee) -> Iterator[Ligne]:
    """Give the actor's own unfinished interviews and calls, in one query; nothing of their texts is read."""
    rows = Brouillon.objects.of(portee.entreprise_id).filter(author_id=portee.actor.user_id)
    for row in rows.defer("content", "replaced").order_by("saved_at"):
        saved = timezone.localtime(row.saved_at)
        call = row.form == Brouillon.Form.APPEL
        yield Ligne(
            genre=Genre.BROUILLON,
            source="brouillon",
            due_on=saved.date(),
            subject_id=row.pk,
            travailleur_id=row.travailleur_id,
            before="Terminer la note de l’appel avec" if call else "Terminer l’entretien avec",
            act="Reprendre",
            meta=f"Brouillon enregistré le {saved:%d/%m/%Y} à {saved:%H:%M}",
            url_name="accompagnateur:appel_nouveau" if call else "accompagnateur:entretien_nouveau",
            url_kwargs={"pk": row.travailleur_id},
            url_query={} if row.subject == row.travailleur_id else {"rendez_vous": str(row.subject)},
            gravite=Gravite.AMBRE,
        )
