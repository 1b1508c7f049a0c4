"""Those with whom one works for a person: partners, CPAS conventions, what went to the Forem."""
