"""The Forem as pages show it: the persons for whom it comes into question, and where each stands."""

import datetime as dt
import uuid
from dataclasses import dataclass

from clefdevoute.records.foundation.access import Actor
from clefdevoute.records.personnes.models import Travailleur
from clefdevoute.records.reseau.models import RechercheEmploi, SuiteForem, TransmissionForem
from clefdevoute.records.suivi import consentements, dossiers
from clefdevoute.records.suivi.models import Consentement

PURPOSE = Consentement.Purpose.FOREM


@dataclass(frozen=True, slots=True)
class Candidat:
    """A person noted DEI: whether she looks for work, whether she agreed, the last packet."""

    travailleur: Travailleur
    recherche: RechercheEmploi
    agreed: bool
    last: TransmissionForem | None
    handed: SuiteForem | None
    answered: bool

    @property
    def ready(self) -> bool:
        """Tell whether both conditions seem met; the law is asked on her page."""
        return self.agreed and self.recherche.seeking


def candidats(actor: Actor, today: dt.date) -> list[Candidat]:
    """Read the persons noted DEI whose dossier is open, by name, in five queries whatever their number."""
    if actor.entreprise_id is None:
        return []
    rows = RechercheEmploi.objects.visible_to(actor).filter(dei_since__lte=today).exclude(ends_on__lte=today)
    people = rows.filter(travailleur__in=dossiers.travailleurs(actor).values("pk")).select_related("travailleur")
    found = list(people.order_by("travailleur__name", "travailleur__first_name", "-dei_since"))
    ids = [row.travailleur_id for row in found]
    agreed = consentements.ids_avec(actor.entreprise_id, PURPOSE, today, ids)
    last: dict[uuid.UUID, TransmissionForem] = {}
    for packet in TransmissionForem.objects.visible_to(actor).filter(travailleur_id__in=ids).order_by("made_at"):
        last[packet.travailleur_id] = packet
    handed, answered = _suites(actor, [packet.pk for packet in last.values()])
    made = []
    for row in found:
        packet = last.get(row.travailleur_id)
        key = packet.pk if packet else None
        made.append(
            Candidat(
                travailleur=row.travailleur,
                recherche=row,
                agreed=row.travailleur_id in agreed,
                last=packet,
                handed=handed.get(key) if key else None,
                answered=key in answered,
            )
        )
    return made


def _suites(actor: Actor, packets: list[uuid.UUID]) -> tuple[dict[uuid.UUID, SuiteForem], set[uuid.UUID]]:
    handed: dict[uuid.UUID, SuiteForem] = {}
    answered = set()
    rows = SuiteForem.objects.visible_to(actor).filter(transmission_id__in=packets).exclude(kind="fichier")
    for row in rows:
        if row.kind == SuiteForem.Kind.REMISE:
            handed[row.transmission_id] = row
        else:
            answered.add(row.transmission_id)
    return handed, answered
