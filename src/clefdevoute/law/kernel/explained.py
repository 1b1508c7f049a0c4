"""The one shape in which the law answers: a value and the reasons for it."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any, Generic, TypeVar

from .parameters import ValueInForce

T = TypeVar("T")


@dataclass(frozen=True, slots=True, kw_only=True)
class Explained(Generic[T]):
    """
    A result of law together with the reasons that lead to it.

    ``value`` is what the caller uses; everything else is what an accompagnateur, a gestionnaire
    or an inspector reads to agree or to contest. ``rule``, ``facts`` and the doubts of the steps
    are filled by the ``rule`` decorator. Build it unsubscripted: ``Explained(value=…, sentence=…)``.
    """

    value: T
    sentence: str
    rule: str = ""
    facts: Mapping[str, Any] = field(default_factory=dict)
    law: tuple[ValueInForce, ...] = ()
    because: tuple["Explained[Any]", ...] = ()
    doubts: tuple[str, ...] = ()

    def walk(self, depth: int = 0) -> Iterator[tuple[int, "Explained[Any]"]]:
        """Yield every step with its depth, the conclusion first."""
        yield depth, self
        for step in self.because:
            yield from step.walk(depth + 1)
