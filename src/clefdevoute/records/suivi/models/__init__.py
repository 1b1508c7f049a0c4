"""The tables of this domain; ``base`` gives the shape of a row of a file."""

from clefdevoute.records.suivi.models.base import DossierModel, DossierQuerySet
from clefdevoute.records.suivi.models.suivis import SuiviPar

__all__ = ["DossierModel", "DossierQuerySet", "SuiviPar"]
