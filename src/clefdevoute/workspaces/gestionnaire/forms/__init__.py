"""The gestionnaire's forms, a module per subject: what is typed is read in French and given back untouched."""
