"""Writes to the agenda; see the modules."""
