"""Bytes in and out: what is read from files and what leaves the house. No decision is taken here."""
