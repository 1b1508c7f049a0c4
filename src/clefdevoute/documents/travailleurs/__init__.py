"""Registers of workers handed in as spreadsheets: bytes to rows, no decision taken here."""
