"""What the timeline of a dossier shows, one module per part; ``frise.SOURCES`` names them."""
