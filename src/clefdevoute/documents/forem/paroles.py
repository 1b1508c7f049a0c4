"""
The words of the preview in the languages in which a person consents, kept as data.

What she typed herself, and the names of occupations, stay as they are: they leave in those words.
"""

from functools import cache
from pathlib import Path

from clefdevoute.law.kernel.parameters import load_yaml

PAGE = {
    "legend": "Ce qui part au Forem",
    "nothing": "Rien à envoyer",
    "right": "Vous pouvez enlever chaque ligne. Votre santé, votre bilan et nos entretiens ne partent jamais.",
}
"""What the preview itself says to the person."""
RAYON = "Jusqu’à {km} km de chez soi"
DES = "À partir du {jour}"


@cache
def _paroles() -> dict[str, dict[str, str]]:
    found: dict[str, dict[str, str]] = load_yaml(Path(__file__).with_suffix(".yaml"))
    return found


def dans(words: str, language: str) -> str:
    """Say words of the preview in a language; those that it does not hold, and French, stay as they are."""
    return _paroles().get(words, {}).get(language, words)
