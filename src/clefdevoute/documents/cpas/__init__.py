"""
What goes to a CPAS: the convention, editable and in PDF from the same words, and the reports it wants.

A report holds the agreed sections and no other; a convention names persons and dates, nothing of a dossier.
"""

from .convention import Convention, Personne, convention_docx, convention_pdf
from .rapport import prefill, rapport_pdf

__all__ = ["Convention", "Personne", "convention_docx", "convention_pdf", "prefill", "rapport_pdf"]
