"""Matter of law: how long each kind of record is kept."""
