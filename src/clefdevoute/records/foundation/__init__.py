"""What every record stands on: actors, permissions, journal, proofs, classes of fields, secrets."""
