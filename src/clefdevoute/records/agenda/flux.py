"""What an address of a feed opens: the one question that is answered without knowing who asks."""

import datetime as dt

from clefdevoute.records.agenda.actions.flux import token_hash
from clefdevoute.records.agenda.models import FluxAgenda, RendezVous, Seance
from clefdevoute.records.agenda.models.base import MomentModel
from clefdevoute.records.entreprises.affectations import affectations_of
from clefdevoute.records.foundation.access import Role
from clefdevoute.records.personnes.models import Accompagnateur

PAST, AHEAD = dt.timedelta(days=60), dt.timedelta(days=400)


def holder(token: str, *, as_of: dt.date) -> Accompagnateur | None:
    """
    Give the accompagnateur whose open feed holds this key, in two queries; None for any other key.

    A feed ends with the affectation of its holder: whoever has left, or changed role, feeds no calendar.
    """
    rows = FluxAgenda.objects.filter(token_hash=token_hash(token), revoked_at__isnull=True)
    row = rows.select_related("accompagnateur__user").first()
    if row is None or row.accompagnateur.user is None:
        return None
    held = affectations_of(row.accompagnateur.user, as_of)
    here = any(one.entreprise_id == row.entreprise_id and one.role == Role.ACCOMPAGNATEUR.value for one in held)
    return row.accompagnateur if here else None


def moments(accompagnateur: Accompagnateur, *, now: dt.datetime) -> list[MomentModel]:
    """Read what the feed of an accompagnateur holds, in two queries."""
    found: list[MomentModel] = []
    for model in (RendezVous, Seance):
        rows = model.objects.of(accompagnateur.entreprise_id).between(now - PAST, now + AHEAD)
        found += rows.filter(accompagnateur=accompagnateur).order_by("starts_at", "id")
    return found
