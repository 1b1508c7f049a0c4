"""Convocations made: a letter, an e-mail, a text to copy; each leaves who made it and when."""

import datetime as dt

from django.db import transaction

from clefdevoute.records.agenda import policies
from clefdevoute.records.agenda.actions.courriels import ecrire_courriel
from clefdevoute.records.agenda.models import Convocation, Presence, RendezVous, Seance
from clefdevoute.records.entreprises.writing import checked, refused
from clefdevoute.records.foundation import journal
from clefdevoute.records.foundation.access import Actor


@transaction.atomic
def convoquer(
    *,
    by: Actor,
    now: dt.datetime,
    channel: str,
    rendez_vous: RendezVous | None = None,
    presence: Presence | None = None,
    subject: str = "",
    body: str = "",
) -> Convocation:
    """Keep that a person was convoked, and write the e-mail where that is the way (``subject`` and ``body``)."""
    moment = rendez_vous if rendez_vous is not None else presence.seance if presence is not None else None
    if moment is None:
        raise TypeError("a convocation is for an appointment or for a place at a séance")
    policies.check_convokes(by, moment)
    person = rendez_vous.travailleur if rendez_vous is not None else presence.travailleur  # type: ignore[union-attr]
    row = Convocation(
        entreprise_id=moment.entreprise_id,
        rendez_vous=rendez_vous,
        presence=presence,
        channel=channel,
        made_at=now,
        made_by_id=by.user_id,
    )
    if channel == Convocation.Channel.COURRIEL:
        if not person.email:
            raise refused(
                "Cette personne n’a pas d’adresse de courriel : imprimez la lettre, ou ajoutez l’adresse à sa fiche.",
                "",
            )
        row.courriel = ecrire_courriel(
            entreprise_id=moment.entreprise_id,
            to=person.email,
            subject=subject,
            body=body,
            purpose="convocation",
            by=by,
            now=now,
        )
    checked(row)
    row.save(force_insert=True)
    journal.append(event="agenda.convocation_faite", by=by, subject=row, entreprise_id=row.entreprise_id, now=now)
    return row


@transaction.atomic
def convoquer_par_lettre(*, seance: Seance, by: Actor, now: dt.datetime) -> tuple[Presence, ...]:
    """Keep that everybody enrolled at a séance was convoked by letter, and answer whom; one event for all."""
    policies.check_convokes(by, seance)
    rows = Presence.objects.of(seance.entreprise_id).filter(seance=seance, status=Presence.Status.INSCRIT)
    places = tuple(rows.select_related("travailleur").order_by("travailleur__name", "travailleur__first_name", "id"))
    if not places:
        raise refused("Personne n’est inscrit à cette séance : inscrivez d’abord les personnes à convoquer.")
    Convocation.objects.bulk_create(
        Convocation(
            entreprise_id=seance.entreprise_id,
            presence=place,
            channel=Convocation.Channel.LETTRE,
            made_at=now,
            made_by_id=by.user_id,
        )
        for place in places
    )
    journal.append(event="agenda.seance_convoquee", by=by, subject=seance, entreprise_id=seance.entreprise_id, now=now)
    return places
