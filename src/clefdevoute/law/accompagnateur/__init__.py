"""Matter of law: the social support worker, who may be one and what the hours may hold."""
