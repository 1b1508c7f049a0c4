"""The entreprise d'insertion, its agrément, its settings, and who works there in which role."""
