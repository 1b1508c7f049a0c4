"""Travailleurs and accompagnateurs: engagements, status with its proof, contracts, absences."""
