"""Comptes individuels coming in as CSV, whatever the social secretariat calls its columns."""
