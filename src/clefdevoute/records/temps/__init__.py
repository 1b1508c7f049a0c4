"""Time and trips: the nominative route sheet of an accompagnateur, and the authorisations for travel abroad."""
