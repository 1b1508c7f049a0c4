"""The approval of the enterprise: whether it is in force, its years, its yearly report."""
