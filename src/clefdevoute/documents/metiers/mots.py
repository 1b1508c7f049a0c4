"""
Words of an occupation brought to one form: no accent, no case, no plural, no gender.

The endings are those of French titles; two forms of one word give one stem, whether or not the stem is
a word. The script that builds the data uses these same functions, so that both sides agree.
"""

import re
import unicodedata

_WORD = re.compile(r"[a-z0-9]+")
_MARK = re.compile(r"\(\s*(?:h|f|m|x|/|\s)+\)", re.IGNORECASE)
_ARTICLES = ("a", "au", "aux", "d", "de", "des", "du", "l", "la", "le", "les", "un", "une")
_LINKS = ("dans", "en", "et", "ou", "par", "pour", "sur")
_MARKS = ("e", "f", "h", "s", "x")
_EMPTY = frozenset(_ARTICLES + _LINKS + _MARKS)
_GENDERED = (
    ("trice", "teur"),
    ("euse", "eur"),
    ("iere", "ier"),
    ("ere", "er"),
    ("ienne", "ien"),
    ("enne", "en"),
    ("onne", "on"),
    ("esse", "e"),
    ("ive", "if"),
    ("elle", "el"),
)
_SHORTEST = 3


def plain(text: str) -> str:
    """Write a text small, without accents or joined letters."""
    small = text.lower().replace("œ", "oe").replace("æ", "ae")
    return "".join(sign for sign in unicodedata.normalize("NFD", small) if not unicodedata.combining(sign))


def stem(word: str) -> str:
    """Bring a plain word to the form that its plural and its feminine share."""
    if len(word) <= _SHORTEST or word.isdigit():
        return word
    bare = word.rstrip("sx") if len(word.rstrip("sx")) >= _SHORTEST else word
    for feminine, masculine in _GENDERED:
        if bare.endswith(feminine) and len(bare) - len(feminine) >= 2:
            bare = bare[: -len(feminine)] + masculine
            break
    shorter = bare.rstrip("e")
    return shorter if len(shorter) >= _SHORTEST else bare


def stems(text: str) -> tuple[str, ...]:
    """Give the telling words of a text, each once, in the order written."""
    words = _WORD.findall(plain(_MARK.sub(" ", text)))
    return tuple(dict.fromkeys(stem(word) for word in words if word not in _EMPTY))


def one_slip(typed: str, word: str) -> bool:
    """Tell whether one letter too many, missing, other or swapped leads from what was typed to the word."""
    if abs(len(typed) - len(word)) > 1:
        return False
    start = 0
    shortest = min(len(typed), len(word))
    while start < shortest and typed[start] == word[start]:
        start += 1
    left, right = typed[start:], word[start:]
    if len(left) == len(right):
        swapped = left[1:2] + left[:1] + left[2:]
        return left[1:] == right[1:] or swapped == right
    return left[1:] == right if len(left) > len(right) else left == right[1:]
