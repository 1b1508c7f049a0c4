"""Matter of law: the six-month rhythm of individual and collective interviews."""
