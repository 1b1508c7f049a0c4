"""Invoices, allocation keys, recurring rents, comptes individuels."""
