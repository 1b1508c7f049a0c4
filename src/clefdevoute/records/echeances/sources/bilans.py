"""
Bilans that wait: a draft to finish, an opinion and a signature to collect, one that passes its age (P23).

The texts give no day for the first two. Ours: a draft is taken up within seven days, and the person is asked
within fourteen. Once a bilan has passed its age, the line of the dossier says it; here it is seen coming.
"""

import datetime as dt
from collections.abc import Iterator

from django.db.models import Exists, OuterRef, Q

from clefdevoute.law.accompagnement_social.dossier import VALIDITE_BILAN
from clefdevoute.law.kernel.dates import add_months
from clefdevoute.records.echeances.lignes import Genre, Gravite, Ligne, Portee
from clefdevoute.records.echeances.sources.horloges import horloges
from clefdevoute.records.suivi.bilans import derniers_bilans
from clefdevoute.records.suivi.models import Bilan, SignatureBilan

TAKEN_UP = dt.timedelta(days=7)
SIGNED = dt.timedelta(days=14)


def lignes(portee: Portee) -> Iterator[Ligne]:
    """Give the drafts, and the bilans without a signature that no later one replaces, in one query."""
    rows = Bilan.objects.visible_to(portee.actor)
    signed = SignatureBilan.objects.filter(bilan_id=OuterRef("pk"))
    later = Bilan.objects.of(portee.entreprise_id).filter(
        travailleur_id=OuterRef("travailleur_id"), finished_at__isnull=False, held_on__gt=OuterRef("held_on")
    )
    for row in rows.filter(~Exists(signed), Q(finished_at__isnull=True) | ~Exists(later)).order_by("held_on", "id"):
        if row.finished:
            yield _unsigned(row)
        else:
            yield _draft(row)


def a_refaire(portee: Portee) -> Iterator[Ligne]:
    """Give the followed persons whose bilan passes its age within the month, in one query beside the clocks."""
    age = int(VALIDITE_BILAN.at(portee.as_of).value)
    followed = horloges(portee)
    for person, last in derniers_bilans(portee.entreprise_id, as_of=portee.as_of).items():
        if last.held_on is None or person not in followed:
            continue
        until = add_months(last.held_on, age)
        if portee.as_of <= until <= portee.jusque:
            yield Ligne(
                genre=Genre.BILAN,
                source="bilan_age",
                due_on=until,
                subject_id=person,
                travailleur_id=person,
                before="Refaire le bilan de",
                act="Commencer",
                meta=f"Dernier bilan le {last.held_on:%d/%m/%Y}",
                url_name="accompagnateur:bilans",
                url_kwargs={"pk": person},
                gravite=Gravite.AMBRE,
            )


def _draft(row: Bilan) -> Ligne:
    return Ligne(
        genre=Genre.BROUILLON,
        source="bilan_brouillon",
        due_on=row.held_on + TAKEN_UP,
        subject_id=row.pk,
        travailleur_id=row.travailleur_id,
        before="Finir le bilan de",
        act="Reprendre",
        meta=f"Brouillon du {row.held_on:%d/%m/%Y}",
        url_name="accompagnateur:bilan_remplir",
        url_kwargs={"pk": row.travailleur_id, "bilan": row.pk},
        gravite=Gravite.AMBRE,
    )


def _unsigned(row: Bilan) -> Ligne:
    return Ligne(
        genre=Genre.BILAN,
        source="bilan_signature",
        due_on=row.held_on + SIGNED,
        subject_id=row.pk,
        travailleur_id=row.travailleur_id,
        before="Recueillir l’avis et la signature de",
        after="sur son bilan",
        act="Recueillir",
        meta=f"Bilan du {row.held_on:%d/%m/%Y}, pas encore signé",
        url_name="accompagnateur:bilan_avis",
        url_kwargs={"pk": row.travailleur_id, "bilan": row.pk},
        gravite=Gravite.AMBRE,
    )
