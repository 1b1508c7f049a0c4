"""Template filters of the French formats and of the components."""
