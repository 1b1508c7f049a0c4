"""Electronic invoices: read UBL from anyone, write UBL of our own. Bytes in, frozen facts out; no database."""

from clefdevoute.documents.factures.lecture import lire
from clefdevoute.documents.factures.modele import Decision, FactureLue, Refus

__all__ = ["Decision", "FactureLue", "Refus", "lire"]
