"""Clef de voûte: the accompagnement social of Walloon entreprises d'insertion, and the subsidy that pays for it."""

__version__ = "0.1.0"
