"""
Contracts that end: the next step is prepared before the person is out of work (F42).

The line shows from ninety days before the end and is due sixty days before it. It goes once something
continues: another contract that runs further, a jobcoaching under way, or the exit already written down.
"""

import datetime as dt
from collections.abc import Iterator

from django.db.models import Exists, OuterRef, Q

from clefdevoute.records.echeances.lignes import HORIZON, Genre, Gravite, Ligne, Portee
from clefdevoute.records.parcours.models import Jobcoaching
from clefdevoute.records.personnes.models import Engagement, StatutEngagement
from clefdevoute.records.suivi.models import Sortie

SUGGESTED = 90
"""Days before the end from which the line shows."""
PREPARED = SUGGESTED - HORIZON
"""Days before the end by which the next step should be ready."""
FOLLOWED = ("td", "tgd", "art60")


def lignes(portee: Portee) -> Iterator[Ligne]:
    """Give the contracts of followed persons that end soon and that nothing continues, in one query."""
    rows = Engagement.objects.of(portee.entreprise_id).filter(
        ends_on__gte=portee.as_of,
        ends_on__lte=portee.as_of + dt.timedelta(days=SUGGESTED),
    )
    statut = StatutEngagement.objects.filter(engagement_id=OuterRef("pk"), statut__in=FOLLOWED)
    further = Engagement.objects.filter(travailleur_id=OuterRef("travailleur_id")).filter(
        Q(ends_on__isnull=True) | Q(ends_on__gt=OuterRef("ends_on"))
    )
    person = {"travailleur_id": OuterRef("travailleur_id")}
    coached = Jobcoaching.objects.filter(**person, state=Jobcoaching.State.EN_COURS)
    left = Sortie.objects.filter(**person, left_on__gte=OuterRef("starts_on"), reopened_on__isnull=True)
    rows = rows.filter(Exists(statut), ~Exists(further), ~Exists(coached), ~Exists(left))
    for row in rows.order_by("ends_on", "id"):
        yield Ligne(
            genre=Genre.CONTRAT,
            source="contrat",
            due_on=row.ends_on - dt.timedelta(days=PREPARED),
            subject_id=row.pk,
            travailleur_id=row.travailleur_id,
            before="Préparer la fin de contrat de",
            act="Préparer",
            meta=f"{row.get_contract_kind_display()} jusqu’au {row.ends_on:%d/%m/%Y}",
            url_name="accompagnateur:fin_de_contrat",
            url_kwargs={"pk": row.travailleur_id},
            gravite=Gravite.AMBRE,
        )
