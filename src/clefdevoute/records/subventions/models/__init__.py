"""The yearly subsidy, its movements, its frozen décompte, its package, and the aids de minimis."""

from .aides import AideDeMinimis
from .pieces import DeclarationHonneur, DecompteFige, DossierTransmis, Mouvement
from .subvention import Subvention

__all__ = [
    "AideDeMinimis",
    "DeclarationHonneur",
    "DecompteFige",
    "DossierTransmis",
    "Mouvement",
    "Subvention",
]
