"""
Who acts: a user in one role for one enterprise, with the permissions of that role.

A session is one (role, enterprise); a policy takes an ``Actor``, never a request. Stored values are
stable lower-case strings.
"""

import datetime as dt
import uuid
from collections.abc import Hashable
from dataclasses import dataclass, field
from enum import StrEnum


class Role(StrEnum):
    """The audiences of the product (produit § 1)."""

    ACCOMPAGNATEUR = "accompagnateur"
    SECRETARIAT = "secretariat"
    GESTIONNAIRE = "gestionnaire"
    ADMINISTRATION = "administration"
    INSPECTION = "inspection"
    TRAVAILLEUR = "travailleur"
    FEDERATION = "federation"
    SUPPORT = "support"


@dataclass(frozen=True, slots=True)
class Actor:
    """
    A user in a role; ``entreprise_id`` is None for the roles that stand outside every enterprise.

    ``on`` is the day of the request: an access given until a date ends by it. Without a day, only what
    has no end is open. ``narrow`` says whether the enterprise opens a dossier only to who follows the person,
    as it was read with the session; None where it was not read, and is then asked with the rows.
    """

    user_id: uuid.UUID
    role: Role
    entreprise_id: uuid.UUID | None
    permissions: frozenset[str] = frozenset()
    on: dt.date | None = field(default=None, compare=False)
    narrow: bool | None = field(default=None, compare=False)

    @property
    def key(self) -> Hashable:
        """Give all that decides what this actor sees, for what is kept in memory: equality leaves out the day."""
        return (self.user_id, self.role, self.entreprise_id, self.permissions, self.on, self.narrow)

    @property
    def own_entreprise_id(self) -> uuid.UUID:
        """Give the enterprise of who works in one; to ask it of a role outside is a mistake of the programmer."""
        if self.entreprise_id is None:
            raise LookupError(f"{self.role} acts in no enterprise")
        return self.entreprise_id

    def belongs_to(self, entreprise_id: uuid.UUID | None) -> bool:
        """Tell whether the actor acts for that enterprise."""
        return self.entreprise_id is not None and self.entreprise_id == entreprise_id
