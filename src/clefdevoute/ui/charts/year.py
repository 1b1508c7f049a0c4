"""The agrément year as a line: five steps, and who must move at each."""

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
