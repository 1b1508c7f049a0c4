"""The yearly subsidy: states, append-only movements, frozen décomptes."""
