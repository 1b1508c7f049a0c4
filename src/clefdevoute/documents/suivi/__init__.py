"""Papers of a dossier: the person's copy of her bilan, the dossier as a PDF, documents from .docx models."""
