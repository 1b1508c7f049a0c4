"""A register as a table of text: which column is what, what a line says, what it would change. Pure functions."""
