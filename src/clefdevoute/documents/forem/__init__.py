"""
The Forem packet: what it says field by field, and the three files handed over (PDF, JSON, CSV).

No interface of the Forem exists or is pretended: the files are given by hand, by mail or by the person.
The JSON is described in ``docs/reference/forem.md``.
"""

from . import paroles
from .fichiers import FORMATS, Copie, Fichier, fichier
from .paquet import LANGUES, Champ, champs, paquet_de

__all__ = ["FORMATS", "LANGUES", "Champ", "Copie", "Fichier", "champs", "fichier", "paquet_de", "paroles"]
