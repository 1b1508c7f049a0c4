"""The gestionnaire's pages: the right, the costs, the yearly justification."""
