"""Rows of persons as the facts that the law asks for; the number of queries never grows with the persons."""

import datetime as dt
import uuid
from collections.abc import Iterable
from typing import Any, Literal

from clefdevoute.law.accompagnateur.rules import Diplome, Experience, Fonction
from clefdevoute.law.accompagnement_social.couts import ContratAccompagnateur as ContratFact
from clefdevoute.law.accompagnement_social.effectifs import Engagement as EngagementFact
from clefdevoute.records.personnes.models import (
    Absence,
    Accompagnateur,
    ContratAccompagnateur,
    Engagement,
    PeriodeExperience,
    StatutEngagement,
)

_COUNTED: dict[str, Literal["TD", "TGD"]] = {"td": "TD", "tgd": "TGD"}
_ORIENTATIONS: dict[str, Literal["sociale", "psychologique", "pedagogique", "a_apprecier", "autre"]] = {
    "social": "sociale",
    "psychologique": "psychologique",
    "pedagogique": "pedagogique",
    "a_apprecier": "a_apprecier",
    "autre": "autre",
}
_FONCTIONS: dict[str, Fonction] = {
    "responsabilite_rh": "poste_responsabilite_rh_isp",
    "accompagnement_social": "accompagnement_social",
    "encadrement": "encadrement_isp",
    "psychosocial": "accompagnement_psychosocial",
    "autre": "autre",
}


def engagement_facts(entreprise_id: uuid.UUID, *, as_of: dt.date) -> tuple[EngagementFact, ...]:
    """Read every contract of an enterprise for ``effectif`` and ``effectif_periode``, in three queries."""
    statuts = dict(StatutEngagement.objects.of(entreprise_id).order_by().values_list("engagement_id", "statut"))
    absent = Absence.objects.of(entreprise_id).filter(kind=Absence.Kind.LONGUE_DUREE, starts_on__lte=as_of)
    ill = set(absent.exclude(ends_on__lt=as_of).order_by().values_list("travailleur_id", flat=True))
    rows = Engagement.objects.of(entreprise_id).order_by("starts_on", "id")
    columns = rows.values_list(
        "id",
        "travailleur_id",
        "travailleur__number",
        "starts_on",
        "ends_on",
        "art60",
        "hours_per_week",
        "reference_hours",
    )
    return tuple(
        EngagementFact(
            personne=number,
            debut=start,
            fin=end,
            statut=_COUNTED.get(statuts.get(pk, ""), "aucun"),
            art_60=art60 or statuts.get(pk) == "art60",
            malade_longue_duree=person in ill,
            sous_mi_temps=hours * 2 < full,
        )
        for pk, person, number, start, end, art60, hours, full in columns
    )


def contrat_facts(entreprise_id: uuid.UUID) -> tuple[ContratFact, ...]:
    """Read the contracts of support of an enterprise for ``cout_salarial``, in one query; second contracts stay out."""
    rows = ContratAccompagnateur.objects.of(entreprise_id).filter(kind=ContratAccompagnateur.Kind.ACCOMPAGNEMENT)
    return tuple(
        ContratFact(
            accompagnateur=str(row.accompagnateur_id),
            debut=row.starts_on,
            fin=row.ends_on,
            heures=row.hours_per_week,
            heures_reference=row.reference_hours,
        )
        for row in rows.order_by("starts_on", "id")
    )


def eligibilite_facts(
    accompagnateur: Accompagnateur, experiences: Iterable[PeriodeExperience] | None = None
) -> dict[str, Any]:
    """
    Give the diplomas and the experience of an accompagnateur, as ``eligibilite`` takes them, in two queries.

    A list of persons reads their ``experiences`` at once and hands each her own.
    """
    diplomes: tuple[Diplome, ...] = ()
    if accompagnateur.diploma and accompagnateur.diploma_on:
        diplomes = (
            Diplome(
                intitule=accompagnateur.diploma_title or accompagnateur.get_diploma_display(),
                superieur=True,
                orientation=_ORIENTATIONS[accompagnateur.diploma],
                obtenu_le=accompagnateur.diploma_on,
                piece=accompagnateur.diploma_proof.filename if accompagnateur.diploma_proof else "",
            ),
        )
    rows = experiences
    if rows is None:
        own = PeriodeExperience.objects.of(accompagnateur.entreprise_id).filter(accompagnateur_id=accompagnateur.pk)
        rows = own.select_related("proof").order_by("starts_on", "id")
    return {
        "diplomes": diplomes,
        "experiences": tuple(
            Experience(
                fonction=_FONCTIONS[row.kind],
                debut=row.starts_on,
                fin=row.ends_on,
                employeur=row.employer,
                piece=row.proof.filename if row.proof else "",
            )
            for row in rows
        ),
    }


def mi_temps_facts(contrat: ContratAccompagnateur) -> dict[str, Any]:
    """Give the hours of a contract, as ``mi_temps`` takes them."""
    return {"heures": contrat.hours_per_week, "heures_reference": contrat.reference_hours}
