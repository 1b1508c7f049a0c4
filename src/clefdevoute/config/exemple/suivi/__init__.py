"""Two years of follow-up of the invented enterprise, so that every page of the accompagnateur has something to show."""
