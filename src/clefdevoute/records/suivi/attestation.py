"""What an attestation of support says: from when to when, how many interviews and séances; nothing of their content."""

import datetime as dt
from dataclasses import dataclass

from django.utils import timezone

from clefdevoute.records.agenda.models import Presence, RendezVous
from clefdevoute.records.suivi.models import Sortie


@dataclass(frozen=True, slots=True)
class Faits:
    """Two dates and three numbers."""

    du: dt.date
    au: dt.date
    entretiens: int
    face_a_face: int
    seances: int


def faits(sortie: Sortie) -> Faits:
    """Count the interviews held and the séances attended during a stay, both ends included, in two queries."""
    since = timezone.make_aware(dt.datetime.combine(sortie.stay_starts_on, dt.time.min))
    until = timezone.make_aware(dt.datetime.combine(sortie.left_on + dt.timedelta(days=1), dt.time.min))
    held = RendezVous.objects.of(sortie.entreprise_id).between(since, until)
    held = held.filter(
        travailleur_id=sortie.travailleur_id, kind=RendezVous.Kind.ENTRETIEN, status=RendezVous.Status.REALISE
    )
    forms = list(held.order_by().values_list("form", flat=True))
    came = Presence.objects.of(sortie.entreprise_id).filter(
        travailleur_id=sortie.travailleur_id,
        status=Presence.Status.PRESENT,
        seance__starts_at__gte=since,
        seance__starts_at__lt=until,
    )
    return Faits(
        du=sortie.stay_starts_on,
        au=sortie.left_on,
        entretiens=len(forms),
        face_a_face=sum(form == RendezVous.Form.FACE_A_FACE for form in forms),
        seances=came.count(),
    )
