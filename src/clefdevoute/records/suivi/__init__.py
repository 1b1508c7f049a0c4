"""The individual file: what is written about a person, sealed to those who accompany her."""
