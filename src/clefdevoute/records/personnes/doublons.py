"""Which entries of the register may be one person twice: same name, same birth date; and what was decided of them."""

import uuid
from collections.abc import Iterator
from dataclasses import dataclass

from django.db.models import Q

from clefdevoute.records.personnes.models import Homonymie, Travailleur


@dataclass(frozen=True, slots=True)
class Homonyme:
    """Another entry like this one, with the last decision about the two."""

    autre: Travailleur
    decision: Homonymie | None

    @property
    def pending(self) -> bool:
        """Tell whether nobody has decided yet."""
        return self.decision is None

    @property
    def joined(self) -> bool:
        """Tell whether both are one person."""
        return self.decision is not None and self.decision.decision == Homonymie.Decision.MEME


def homonymes(travailleur: Travailleur) -> list[Homonyme]:
    """Find the entries with the same name and birth date, or joined to this one, in two queries."""
    rows = Travailleur.objects.of(travailleur.entreprise_id).exclude(pk=travailleur.pk)
    decided = dict(_decisions(travailleur))
    alike = Q(pk__in=[pk for pk, row in decided.items() if row.decision == Homonymie.Decision.MEME])
    if travailleur.birth_date is not None:
        alike |= Q(search_key=travailleur.search_key, birth_date=travailleur.birth_date)
    return [Homonyme(one, decided.get(one.pk)) for one in rows.filter(alike).defer("niss").order_by("number")]


def joined_to(travailleur: Travailleur) -> list[uuid.UUID]:
    """Give the keys of the entries that were joined to this one, in one query: what is written once stays there."""
    last = dict(_decisions(travailleur))
    return [
        row.other_id
        for row in last.values()
        if row.decision == Homonymie.Decision.MEME and row.kept_id == travailleur.pk
    ]


def _decisions(travailleur: Travailleur) -> "Iterator[tuple[object, Homonymie]]":
    """Give the decisions about an entry, the last of each pair coming last."""
    rows = Homonymie.objects.of(travailleur.entreprise_id).filter(Q(kept=travailleur) | Q(other=travailleur))
    for row in rows.select_related("decided_by", "kept", "other").order_by("decided_at", "id"):
        yield (row.other_id if row.kept_id == travailleur.pk else row.kept_id), row
