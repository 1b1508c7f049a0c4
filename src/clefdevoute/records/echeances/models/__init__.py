"""What *Aujourd'hui* remembers: saved views and reminders; the lines themselves are stored nowhere."""

from clefdevoute.records.echeances.models.rappels import LigneRappelee, RappelEnvoye, ReglageRappel
from clefdevoute.records.echeances.models.vues import VueEnregistree

__all__ = ["LigneRappelee", "RappelEnvoye", "ReglageRappel", "VueEnregistree"]
