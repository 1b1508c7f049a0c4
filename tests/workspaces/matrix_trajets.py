"""The addresses of route sheets, and what each needs inside an enterprise."""

from tests.records.factories import AccompagnateurFactory
from tests.records.factories_temps import AutorisationEtrangerFactory, DeplacementFactory
from tests.workspaces.matrix import register
from tests.workspaces.matrix_couts import entry, kept, year


def trip(entreprise):
    return {"pk": DeplacementFactory(accompagnateur__entreprise=entreprise, titre=True, proof=kept(entreprise)).pk}


def abroad(entreprise):
    return {"pk": AutorisationEtrangerFactory(accompagnateur__entreprise=entreprise).pk}


def sheet(entreprise):
    return year(entreprise) | {"pk": AccompagnateurFactory(entreprise=entreprise).pk}


register(
    [
        entry("trajets_courants"),
        entry("trajets", year, tenant=False),
        entry("trajet_nouveau", year, tenant=False),
        entry("etranger_nouveau", year, tenant=False),
        entry("feuille_de_route", sheet),
        entry("trajet", trip),
        entry("trajet_retirer", trip, post=True),
        entry("trajet_preuve", trip),
        entry("etranger", abroad),
    ]
)
