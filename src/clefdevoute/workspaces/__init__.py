"""Top floor: one app per audience; they never import each other."""
