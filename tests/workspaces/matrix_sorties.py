"""The addresses of exits and of the calls that follow, and what each needs inside an enterprise."""

from tests.records.factories import EngagementFactory
from tests.records.factories_bilan import ConsentementFactory
from tests.records.factories_sorties import SortieFactory, SuiviSortieFactory
from tests.workspaces.matrix import register
from tests.workspaces.matrix_seances import entry


def person(entreprise):
    return {"pk": EngagementFactory(travailleur__entreprise=entreprise).travailleur.pk}


def left(entreprise):
    return {"pk": SortieFactory(travailleur__entreprise=entreprise).pk}


def call(entreprise):
    row = SuiviSortieFactory(sortie__travailleur__entreprise=entreprise)
    ConsentementFactory(travailleur=row.travailleur, purpose="rappel_sortie", donne=True)
    return {"pk": row.pk}


register(
    [
        entry("sortie", person),
        entry("sortie_noter", person),
        entry("sorties"),
        entry("sortie_corriger", left),
        entry("sortie_rouvrir", left),
        entry("sortie_attestation", left, post=True),
        entry("suivi_sortie", call),
        entry("suivi_sortie_clore", call, post=True),
    ]
)
