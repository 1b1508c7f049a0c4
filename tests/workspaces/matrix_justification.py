"""The addresses of the justification: an enterprise needs an approval before its year has a page."""

import datetime as dt
from typing import Any

from clefdevoute.records.entreprises.models import Agrement, EntrepriseInsertion
from tests.records.factories import AgrementFactory
from tests.workspaces.matrix import Entry, Maker, register

START = dt.date(2025, 3, 15)


def year(**more: Any) -> Maker:
    """Give the path of a year, and the approval it needs."""

    def make(entreprise: EntrepriseInsertion) -> dict[str, Any]:
        if not Agrement.objects.filter(entreprise=entreprise).exists():
            AgrementFactory(entreprise=entreprise)
        return {"annee": START} | more

    return make


register(
    [
        Entry(name="gestionnaire:tableaux_courants"),
        Entry(name="gestionnaire:tableaux", kwargs=year()),
        Entry(name="gestionnaire:feuille", kwargs=year(feuille="a-2025-t2")),
        Entry(name="gestionnaire:depense", kwargs=year(feuille="a-2025-t2"), post=True),
        Entry(name="gestionnaire:annexe", kwargs=year(nom="decompte")),
    ]
)
