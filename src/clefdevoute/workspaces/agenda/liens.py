"""The ways out of the agenda that an accompagnateur alone has: the dossier and the interview to write."""

from urllib.parse import urlencode

from django.urls import reverse

from clefdevoute.records.agenda.models import RendezVous
from clefdevoute.records.foundation.access import Actor, Role
from clefdevoute.records.personnes.models import Travailleur
from clefdevoute.records.suivi import dossiers


def dossier_url(actor: Actor, person: Travailleur) -> str:
    """Give the page of a dossier that is open to the actor; nothing to anybody else."""
    if actor.role is not Role.ACCOMPAGNATEUR or not dossiers.travailleurs(actor).filter(pk=person.pk).exists():
        return ""
    return reverse("accompagnateur:dossier", kwargs={"pk": person.pk})


def entretien_url(actor: Actor, row: RendezVous) -> str:
    """Give the page where an interview is written, for an interview that stands and an open dossier."""
    stands = row.status in (RendezVous.Status.PLANIFIE, RendezVous.Status.REALISE)
    if row.kind != RendezVous.Kind.ENTRETIEN or not stands or not dossier_url(actor, row.travailleur):
        return ""
    address = reverse("accompagnateur:entretien_nouveau", kwargs={"pk": row.travailleur_id})
    return f"{address}?{urlencode({'rendez_vous': row.pk})}"
