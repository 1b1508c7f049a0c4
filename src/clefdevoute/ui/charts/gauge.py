"""The gauge: what is justified, of which kinds, against what is to be reached."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Literal

from clefdevoute.ui.formats import NBSP, euros

from .labels import Label, hang, percent, span

Fill = Literal["accent", "ink", "hatch", "dots", "none"]
_ZERO, _WHOLE = Decimal(0), Decimal(100)
_TOP, _BOTTOM = "16", "80"


@dataclass(frozen=True, slots=True, kw_only=True)
class Part:
    """One amount of the bar; a forecast part is drawn and not counted as reached."""

    name: str
    amount: Decimal
    fill: Fill
    forecast: bool = False
    maximum: Decimal | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Bar:
    """A drawn part."""

    fill: Fill
    x: str
    width: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Gauge:
    """All that the template draws, and the rows of the equal table."""

    id: str
    title: str
    desc: str
    bars: Sequence[Bar]
    target_x: str
    labels: Sequence[Label]
    parts: Sequence[Part]
    reached: Decimal
    target: Decimal
    target_word: str

    @property
    def forecast(self) -> bool:
        """Say whether some part is only foreseen."""
        return any(part.forecast for part in self.parts)

    @property
    def bounded(self) -> bool:
        """Say whether some part has a maximum of its own, and so a column."""
        return any(part.maximum is not None for part in self.parts)


def gauge(*, id: str, parts: Sequence[Part], target: Decimal, reached_word: str, target_word: str = "") -> Gauge:
    """
    Draw amounts one after the other up to a target, which stays visible when it is passed.

    ``reached_word`` names what is reached (« Justifié »), ``target_word`` the target (« À justifier »).
    """
    kept = [part for part in parts if part.amount]
    reached = sum((part.amount for part in kept if not part.forecast), _ZERO)
    everything = sum((part.amount for part in kept), _ZERO)
    scale = max(target, everything)
    bars, at = [], _ZERO
    for part, amount in _drawn(kept):
        bars.append(Bar(fill=part.fill, x=_share(at, scale), width=_share(amount, scale)))
        at += amount
    target_at = _position(target, scale)
    return Gauge(
        id=id,
        title=f"{reached_word}{NBSP}: {euros(reached)} sur {euros(target)}",
        desc=" ; ".join(f"{part.name} {euros(part.amount)}{', prévu' if part.forecast else ''}" for part in kept),
        bars=bars,
        target_x=percent(target_at),
        labels=_labels(reached, target, scale, reached_word, target_word),
        parts=parts,
        reached=reached,
        target=target,
        target_word=target_word or "À atteindre",
    )


def _drawn(parts: Sequence[Part]) -> Iterator[tuple[Part, Decimal]]:
    """Give each part its room: one below nought, as credit notes make it, takes its own from the first others."""
    owed = -sum((part.amount for part in parts if part.amount < 0), _ZERO)
    for part in parts:
        taken = min(owed, max(part.amount, _ZERO))
        owed -= taken
        if part.amount > taken:
            yield part, part.amount - taken


def _labels(reached: Decimal, target: Decimal, scale: Decimal, reached_word: str, target_word: str) -> list[Label]:
    """Write what is reached above the bar and the bounds below; nought gives way to the target."""
    above = f"{reached_word}{NBSP}: {euros(reached)}"
    x, anchor = hang(above, _position(reached, scale), bold=True)
    labels = [Label(text=above, x=percent(x), y=_TOP, anchor=anchor, kind="tb")]
    below = f"{target_word}{NBSP}: {euros(target)}" if target_word else euros(target)
    x, anchor = hang(below, _position(target, scale))
    labels.append(Label(text=below, x=percent(x), y=_BOTTOM, anchor=anchor, kind="t2"))
    nought = f"0{NBSP}€"
    if span(nought, _ZERO, "start")[1] + 8 < span(below, x, anchor)[0]:
        labels.append(Label(text=nought, x="0%", y=_BOTTOM, kind="t2"))
    return labels


def _position(amount: Decimal, scale: Decimal) -> Decimal:
    return max(min(amount * 100 / scale, _WHOLE), _ZERO) if scale > 0 else _ZERO


def _share(amount: Decimal, scale: Decimal) -> str:
    return percent(_position(amount, scale))
