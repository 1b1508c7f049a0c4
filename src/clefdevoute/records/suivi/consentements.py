"""
Does a consent hold, for whom, on which day: what Forem, the calls after exit and health ask before acting.

Everything is answered from dates. Which version of the text was read goes with the answer: the law
says whether an older one still serves (``law.forem``).
"""

import datetime as dt
import uuid
from collections.abc import Iterable
from dataclasses import dataclass

from django.db import models

from clefdevoute.records.personnes.models import Travailleur
from clefdevoute.records.suivi import textes_consentement as textes
from clefdevoute.records.suivi.models import Consentement

Etat = Consentement.Etat


@dataclass(frozen=True, slots=True)
class Question:
    """One purpose for one person: where it stands, the row that says so, the text that would be asked."""

    purpose: str
    label: str
    etat: Consentement.Etat
    row: Consentement | None
    version: str

    @property
    def text_changed(self) -> bool:
        """Say whether the yes in force was given to an older text."""
        return self.etat is Etat.DONNE and self.row is not None and self.row.text_version != self.version


def en_vigueur(travailleur: Travailleur, purpose: str, on: dt.date) -> Consentement | None:
    """Give the consent of a person that holds for this purpose on this day, or nothing."""
    rows = Consentement.objects.of(travailleur.entreprise_id).filter(travailleur_id=travailleur.pk, purpose=purpose)
    found: Consentement | None = rows.in_force(on).order_by("-given_on", "-id").first()
    return found


def personnes_avec(entreprise_id: uuid.UUID, purpose: str, on: dt.date) -> "models.QuerySet[Consentement]":
    """Give the consents of an enterprise that hold, for a subquery on ``travailleur_id``."""
    rows: models.QuerySet[Consentement] = Consentement.objects.of(entreprise_id).filter(purpose=purpose).in_force(on)
    return rows


def ids_avec(
    entreprise_id: uuid.UUID, purpose: str, on: dt.date, travailleur_ids: Iterable[uuid.UUID]
) -> set[uuid.UUID]:
    """Say which of these persons have a consent that holds, in one query."""
    rows = personnes_avec(entreprise_id, purpose, on).filter(travailleur_id__in=list(travailleur_ids))
    return set(rows.values_list("travailleur_id", flat=True))


def questions(travailleur: Travailleur, on: dt.date) -> list[Question]:
    """Say where each of the four purposes stands for a person, in one query."""
    rows = list(Consentement.objects.of(travailleur.entreprise_id).filter(travailleur_id=travailleur.pk))
    found = []
    for purpose in Consentement.Purpose:
        # The newest question decides, except that a yes still in force is not hidden by a question not answered.
        own = [row for row in rows if row.purpose == purpose]
        standing = next((row for row in own if row.etat(on) is Etat.DONNE), None)
        row = standing or (own[0] if own else None)
        found.append(
            Question(
                purpose.value,
                purpose.label,
                row.etat(on) if row else Etat.NON_DEMANDE,
                row,
                textes.version_en_vigueur(purpose.value, on),
            )
        )
    return found
