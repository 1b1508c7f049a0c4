"""How a name is compared: without accents, case or marks, so that a search on the road finds it."""

import unicodedata

_PLAIN = {code: chr(code).lower() if chr(code).isalnum() else " " for code in range(128)}


def fold(text: str) -> str:
    """Write a text in lower case without accents, one space between words."""
    if text.isascii():
        return " ".join(text.translate(_PLAIN).split())
    decomposed = unicodedata.normalize("NFKD", text)
    plain = "".join(char if char.isalnum() else " " for char in decomposed if not unicodedata.combining(char))
    return " ".join(plain.casefold().split())


def search_key(name: str, first_name: str) -> str:
    """Join name and first name in the form that a search compares."""
    return fold(f"{name} {first_name}")[:220]
