"""The agenda: one workspace that accompagnateurs and the secretariat share, dates and places without content."""
