"""The workspace of who accompanies: to-day, the persons, their dossiers, the evidence of the eleven obligations."""
