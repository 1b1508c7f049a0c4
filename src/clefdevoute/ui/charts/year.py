"""Drawings that are lists first: the agrément year as a line, the arch of the five legal parts."""

from dataclasses import dataclass
from typing import Literal


@dataclass(frozen=True, slots=True, kw_only=True)
class YearStep:
    """One step: when, what, who must move, and whether it is done, now or to come."""

    when: str
    title: str
    who: str = ""
    state: Literal["done", "now", "todo"] = "todo"
    url: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class ArchPart:
    """One of the five legal parts of a file: full, begun or empty, and the way to what is missing."""

    name: str
    text: str
    state: Literal["full", "part", "none"]
    late: bool = False
    act: str = ""
    url: str = ""
