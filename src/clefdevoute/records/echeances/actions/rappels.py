"""The reminder of one person for one enterprise and one day: decided, written down, sent, all or nothing."""

import datetime as dt
from dataclasses import dataclass

from django.db import transaction

from clefdevoute.records.agenda.actions.courriels import ecrire_courriel
from clefdevoute.records.echeances import aujourdhui, courriel
from clefdevoute.records.echeances.actions.reglages import reglage_of
from clefdevoute.records.echeances.lignes import Bande, Ligne, Portee
from clefdevoute.records.echeances.models import LigneRappelee, RappelEnvoye, ReglageRappel
from clefdevoute.records.echeances.rappels import Key, Passe, a_rappeler
from clefdevoute.records.entreprises.models import EntrepriseInsertion
from clefdevoute.records.foundation import journal
from clefdevoute.records.foundation.access import Actor
from clefdevoute.records.foundation.models import User

REMEMBERED = 400
"""Days during which a reminder weighs on the next: longer than any clock."""


@dataclass(frozen=True, slots=True)
class Liens:
    """The addresses that a reminder gives: one's own page, the team's, the settings."""

    mine: str
    team: str
    settings: str


@transaction.atomic
def rappeler(*, user: User, by: Actor, as_of: dt.date, now: dt.datetime, links: Liens) -> RappelEnvoye | None:
    """
    Write the reminder of a day, unless it has left or there is nothing to say.

    ``by`` is the person reminded, in her role: she is told of what she may open, and of nothing else.
    """
    if by.entreprise_id is None or RappelEnvoye.objects.visible_to(by).filter(sent_on=as_of).exists():
        return None
    setting = reglage_of(by)
    mine = setting.champ == ReglageRappel.Champ.MIENS
    portee = Portee.of(by, as_of=as_of, miens=mine)
    if portee is None or not setting.active:
        return None
    found = aujourdhui.lignes(portee)
    chosen = a_rappeler(found.toutes(), passes=_passes(by, as_of), reglage=setting, as_of=as_of)
    if not chosen:
        return None
    counts = {band: len(lines) for band, lines in found.bandes.items()}
    row = _written(by, chosen, counts=counts, as_of=as_of, now=now)
    ecrire_courriel(
        entreprise_id=by.entreprise_id,
        to=user.email,
        subject=courriel.objet(counts),
        body=courriel.texte(
            counts,
            reminded=len(chosen),
            entreprise=EntrepriseInsertion.objects.get(pk=by.entreprise_id).name,
            as_of=as_of,
            page=links.mine if mine else links.team,
            settings_page=links.settings,
        ),
        purpose="rappel",
        by=None,
        now=now,
    )
    journal.append(
        event="echeances.rappel_envoye", by=None, subject=row, entreprise_id=by.entreprise_id, now=now, purpose="rappel"
    )
    return row


def _written(
    by: Actor,
    chosen: list[tuple[Ligne, LigneRappelee.Etape]],
    *,
    counts: dict[Bande, int],
    as_of: dt.date,
    now: dt.datetime,
) -> RappelEnvoye:
    row: RappelEnvoye = RappelEnvoye.objects.create(
        entreprise_id=by.own_entreprise_id,
        user_id=by.user_id,
        sent_on=as_of,
        sent_at=now,
        late=counts[Bande.EN_RETARD],
        this_week=counts[Bande.CETTE_SEMAINE],
        this_month=counts[Bande.CE_MOIS],
    )
    LigneRappelee.objects.bulk_create(
        LigneRappelee(
            entreprise_id=by.own_entreprise_id,
            user_id=by.user_id,
            rappel=row,
            source=line.source,
            subject_id=line.subject_id,
            etape=stage,
            due_on=line.due_on,
            sent_on=as_of,
        )
        for line, stage in chosen
    )
    return row


def _passes(by: Actor, as_of: dt.date) -> dict[Key, Passe]:
    """Read the last reminder of each line at each stage, for this person; a year and more ago weighs nothing."""
    since = as_of - dt.timedelta(days=REMEMBERED)
    rows = LigneRappelee.objects.visible_to(by).filter(sent_on__gte=since).order_by("sent_on", "id")
    columns = rows.values_list("source", "subject_id", "etape", "sent_on", "due_on")
    return {(source, subject, stage): Passe(sent, due) for source, subject, stage, sent, due in columns}
