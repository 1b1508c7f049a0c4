"""Trips as the facts that the law asks for: one query for a year, whatever the number of trips."""

import datetime as dt
import uuid
from collections import defaultdict
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from clefdevoute.law.accompagnement_social.couts import Composante
from clefdevoute.law.accompagnement_social.etranger import EtatAutorisation, Etranger, LectureEtranger
from clefdevoute.law.deplacements.rules import Bareme, indemnite
from clefdevoute.law.kernel.explained import Explained

from .models import AutorisationEtranger, Deplacement

STATES: dict[str, EtatAutorisation] = {
    AutorisationEtranger.State.DEMANDEE: "en_attente",
    AutorisationEtranger.State.ACCORDEE: "accordee",
    AutorisationEtranger.State.REFUSEE: "refusee",
}
"""The law's word for each state of a request."""


@dataclass(frozen=True, slots=True)
class Trajet:
    """A trip with the facts the law takes of it."""

    row: Deplacement
    facts: dict[str, Any]

    def indemnite(self, lecture: LectureEtranger = "accord_avant_depart") -> Explained[Decimal]:
        """Say what the trip is worth, and nothing while a journey abroad is not admitted (A26)."""
        return indemnite(**self.facts, etranger=etranger(self.row), lecture_etranger=lecture)


def etranger(row: Deplacement) -> Etranger | None:
    """Give where the authorisation of a trip abroad stands; none was asked where none is named."""
    if not row.abroad:
        return None
    given = row.autorisation
    if given is None:
        return Etranger(depart_le=row.held_on, autorisation="non_demandee")
    return Etranger(
        depart_le=given.departure_on,
        autorisation=STATES[given.state],
        accordee_le=given.decided_on if given.state == AutorisationEtranger.State.ACCORDEE else None,
        reference=given.reference,
    )


def trajets(
    entreprise_id: uuid.UUID, debut: dt.date, fin: dt.date, *, bareme: Bareme = "trimestriel"
) -> tuple[Trajet, ...]:
    """Read the trips of a stretch of days, each with the kilometres of its person since 1 January, in one query."""
    rows = Deplacement.objects.of(entreprise_id).filter(held_on__gte=debut.replace(month=1, day=1), held_on__lte=fin)
    driven: dict[tuple[uuid.UUID, int], Decimal] = defaultdict(Decimal)
    found = []
    for row in rows.select_related("accompagnateur", "autorisation", "proof").order_by("held_on", "pk"):
        who = (row.accompagnateur_id, row.held_on.year)
        if row.held_on >= debut:
            found.append(Trajet(row, _facts(row, driven[who], bareme)))
        driven[who] += row.kilometres or Decimal(0)
    return tuple(found)


def composantes(
    entreprise_id: uuid.UUID, debut: dt.date, fin: dt.date, *, bareme: Bareme = "trimestriel"
) -> tuple[Composante, ...]:
    """Give the trips of a year as wage components, in one query; the day of each places it (A6)."""
    return tuple(
        Composante(
            accompagnateur=str(one.row.accompagnateur_id),
            genre="mission" if one.row.nature == Deplacement.Nature.MISSION else "domicile_travail",
            date=one.row.held_on,
            montant=indemnite(**one.facts).value,
            piece=f"Feuille de route, {one.row.held_on:%d/%m/%Y}",
            etranger=etranger(one.row),
        )
        for one in trajets(entreprise_id, debut, fin, bareme=bareme)
    )


def _facts(row: Deplacement, driven: Decimal, bareme: Bareme) -> dict[str, Any]:
    """Give the law the one measure that this trip is counted on."""
    at_home = row.nature == Deplacement.Nature.DOMICILE
    return {
        "date_trajet": row.held_on,
        "nature": row.nature,
        "moyen": row.moyen,
        "kilometres": row.kilometres,
        "prix_ticket": None if at_home else row.price,
        "cout_reel": row.price if at_home else None,
        "bareme": bareme,
        "kilometres_annee": driven,
    }
