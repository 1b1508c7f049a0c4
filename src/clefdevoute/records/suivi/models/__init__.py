"""The tables of this domain; ``base`` gives the shape of a row of a file."""

from clefdevoute.records.suivi.models.base import AppendOnlyDossierModel, DossierModel, DossierQuerySet
from clefdevoute.records.suivi.models.demarches import AncienTexte, AucuneDemarche, Demarche, HistoriqueDemarche
from clefdevoute.records.suivi.models.etats import CLOS, Etat, Geste, MotifAbandon
from clefdevoute.records.suivi.models.objectifs import HistoriqueObjectif, Horizon, Objectif
from clefdevoute.records.suivi.models.suivis import SuiviPar
from clefdevoute.records.suivi.models.syntheses import Synthese

__all__ = [
    "CLOS",
    "AncienTexte",
    "AppendOnlyDossierModel",
    "AucuneDemarche",
    "Demarche",
    "DossierModel",
    "DossierQuerySet",
    "Etat",
    "Geste",
    "HistoriqueDemarche",
    "HistoriqueObjectif",
    "Horizon",
    "MotifAbandon",
    "Objectif",
    "SuiviPar",
    "Synthese",
]
