"""Convocations: a letter for a windowed envelope, an e-mail, a text to copy; a date, an hour and a place, no reason."""
