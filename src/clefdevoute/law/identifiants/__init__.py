"""Matter of law: identification numbers, read and checked (NISS, BCE, structured communication, IBAN)."""
