"""Adjustments: the step that is next, and by when; the decision of the head comes back by this line."""

from collections.abc import Iterator

from clefdevoute.records.amenagements.facts import Step, due, stand
from clefdevoute.records.amenagements.models import Amenagement
from clefdevoute.records.echeances.lignes import Genre, Gravite, Ligne, Portee

# (before the name, after it, the verb of the button)
WORDS: dict[Step, tuple[str, str, str]] = {
    Step.ANALYSE: ("Analyser le poste de", "", "Analyser"),
    Step.AVIS: ("Remettre l’avis d’aménagement de", "", "Relire l’avis"),
    Step.DECISION: ("Demander la décision sur l’aménagement de", "", "Voir"),
    Step.DIRE: ("Dire à", "ce que la direction a décidé", "Lire la décision"),
    Step.REVUE: ("Revoir l’aménagement de", "", "Revoir"),
}


def lignes(portee: Portee) -> Iterator[Ligne]:
    """Give the open adjustments by their next step, in one query; no need, no measure, no health."""
    rows = Amenagement.objects.of(portee.entreprise_id).filter(closed_on__isnull=True)
    for row in rows.defer("need", "analysis", "measure"):
        now, due_on = stand(row), due(row)
        if due_on is None or due_on > portee.jusque:
            continue
        before, after, act = WORDS[now.step]
        yield Ligne(
            genre=Genre.AMENAGEMENT,
            source=f"amenagement_{now.step.value}",
            due_on=due_on,
            subject_id=row.pk,
            travailleur_id=row.travailleur_id,
            before=before,
            after=after,
            act=act,
            meta=f"Depuis le {now.since:%d/%m/%Y}",
            url_name="accompagnateur:amenagement",
            url_kwargs={"pk": row.pk},
            gravite=Gravite.AMBRE,
        )
