"""
Words of health or of judgement in a note that others will read: a question asked before saving, never a wall.

The list is data (``mots_sensibles.yaml``); this module only finds its words, whatever their accents, their
capitals and their endings, and moves a sentence from one text to another.
"""

import hashlib
import re
import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache
from pathlib import Path

import yaml

SANTE, JUGEMENT = "sante", "jugement"
_FILE = Path(__file__).with_name("mots_sensibles.yaml")
_ENDINGS = "(?:e|s|es|x)?"
_SENTENCE = re.compile(r"[^\n.!?…]*(?:[.!?…]+(?=\s|$)|[.!?…]+|\n|$)")


@dataclass(frozen=True, slots=True)
class Signal:
    """A sentence that says something of health, or judges; ``words`` are those found, as they were written."""

    kind: str
    words: tuple[str, ...]
    sentence: str
    key: str


def signaler(text: str, *, left: Iterable[str] = ()) -> tuple[Signal, ...]:
    """Find the sentences of a text that hold a word of the list; those in ``left`` were read and kept."""
    text, kept = unicodedata.normalize("NFC", text), frozenset(left)
    found = []
    for start, end in _sentences(text):
        sentence = text[start:end]
        plain = _plain(sentence)
        for kind, pattern in _patterns().items():
            words = tuple(dict.fromkeys(sentence[m.start() : m.end()] for m in pattern.finditer(plain)))
            key = _key(kind, plain)
            if words and key not in kept:
                found.append(Signal(kind=kind, words=words, sentence=sentence.strip(), key=key))
    return tuple(found)


def deplacer(text: str, target: str, *, keys: Iterable[str]) -> tuple[str, str]:
    """Move the sentences with these keys from a text to the end of another; answer both texts."""
    text, wanted = unicodedata.normalize("NFC", text), frozenset(keys)
    stay: list[str] = []
    moved: list[str] = []
    for start, end in _sentences(text):
        sentence = text[start:end]
        plain = _plain(sentence)
        (moved if any(_key(kind, plain) in wanted for kind in _patterns()) else stay).append(sentence)
    if not moved:
        return text, target
    gone = " ".join(sentence.strip() for sentence in moved)
    return "".join(stay).strip(), f"{target.rstrip()}\n{gone}".strip()


def _sentences(text: str) -> list[tuple[int, int]]:
    """Cut a text at its full stops and at its ends of line; every character belongs to one piece."""
    return [(match.start(), match.end()) for match in _SENTENCE.finditer(text) if match.group()]


def _plain(text: str) -> str:
    """Take accents and capitals away, one character for one: places stay the same."""
    return "".join(_letter(letter) for letter in text)


def _letter(letter: str) -> str:
    if letter in "’`´":
        return "'"
    return unicodedata.normalize("NFD", letter)[0].lower()[0]


def _key(kind: str, plain: str) -> str:
    """Name a sentence by its words alone, so that a space more does not ask again."""
    words = " ".join(re.findall(r"\w+", plain))
    return hashlib.sha256(f"{kind}:{words}".encode()).hexdigest()[:16]


@cache
def _patterns() -> dict[str, re.Pattern[str]]:
    listed: dict[str, list[str]] = yaml.safe_load(_FILE.read_text(encoding="utf-8"))
    return {
        kind: re.compile(r"(?<!\w)(?:" + "|".join(map(_pattern, words)) + r")(?!\w)") for kind, words in listed.items()
    }


def _pattern(entry: str) -> str:
    """Write an entry of the list as a pattern: any ending after « ~ », gender and number otherwise."""
    words = _plain(unicodedata.normalize("NFC", entry)).split()
    return r"\s+".join(
        re.escape(word[:-1]) + r"\w*" if word.endswith("~") else re.escape(word) + _ENDINGS for word in words
    )
