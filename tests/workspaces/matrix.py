"""
Every address of the product, who may open it and with what in it.

An address is ``namespace:name``. ``Entry.kwargs`` makes what its path needs inside a given enterprise;
``roles`` may open it for their own enterprise; everybody else gets 404, a stranger the sign-in page.
A test module that adds pages adds its entries with ``register``.
"""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Any

from clefdevoute.records.entreprises.models import EntrepriseInsertion
from clefdevoute.records.foundation.access import Role

GESTION = frozenset({Role.GESTIONNAIRE})
EVERYBODY_SIGNED_IN = frozenset(Role)
Maker = Callable[[EntrepriseInsertion], dict[str, Any]]


def nothing(_: EntrepriseInsertion) -> dict[str, Any]:
    """Need nothing in the path."""
    return {}


@dataclass(frozen=True, slots=True, kw_only=True)
class Entry:
    """
    An address in the matrix; ``public`` opens it to strangers too, ``post`` names one that only takes POST.

    ``answers`` are the statuses by which it refuses in a sentence what is not there yet.
    """

    name: str
    kwargs: Maker = nothing
    roles: frozenset[Role] = GESTION
    public: bool = False
    post: bool = False
    tenant: bool = True
    answers: frozenset[int] = frozenset()


ENTRIES: dict[str, Entry] = {}


def register(entries: Iterable[Entry]) -> None:
    """Add addresses; one address is said once."""
    for entry in entries:
        if entry.name in ENTRIES:
            raise ValueError(f"{entry.name} est déjà dans la matrice")
        ENTRIES[entry.name] = entry


register(
    [
        Entry(name="gestionnaire:tableau_de_bord"),
        Entry(name="compte:accueil", roles=EVERYBODY_SIGNED_IN),
        Entry(name="compte:roles", roles=EVERYBODY_SIGNED_IN),
        Entry(name="compte:reprendre", public=True, post=True),
        Entry(name="account_login", public=True),
        Entry(name="account_logout", public=True),
        Entry(name="account_inactive", public=True),
        Entry(name="account_change_password", roles=EVERYBODY_SIGNED_IN),
        Entry(name="ui:components", public=True),
    ]
)
