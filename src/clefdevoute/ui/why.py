"""The plain shape of « Pourquoi ? »: ui knows no law, so a workspace hands the reasons over in this form."""

from collections.abc import Sequence
from dataclasses import dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class Why:
    """
    A question with its number, the sentence that answers it and the reasons below.

    ``question`` is empty on the steps. A source is a text and an address, empty when there is none.
    """

    sentence: str
    question: str = ""
    sources: Sequence[tuple[str, str]] = ()
    doubts: Sequence[str] = ()
    steps: Sequence["Why"] = ()
