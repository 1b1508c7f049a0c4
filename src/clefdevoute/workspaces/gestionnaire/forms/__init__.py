"""Forms of the gestionnaire: what is typed, read in French and given back untouched when refused."""
