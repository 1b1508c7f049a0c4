"""The attendance sheet of a séance: names and room to sign, nothing else about anybody."""
