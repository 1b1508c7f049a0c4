"""Keys as numbers: which version holds on a day, and the guard that no invoice gives more than itself."""

import datetime as dt
import uuid
from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from decimal import Decimal

from .errors import BaseDepassee, CleAuDessusDe100
from .models import VersionCle

HUNDRED = Decimal(100)


@dataclass(frozen=True, slots=True)
class Part:
    """A part of an invoice as the guard sees it: its line, its basis, the percentage taken of it."""

    line: str
    net: Decimal
    vat: Decimal
    percent: Decimal


Versions = Mapping[uuid.UUID, tuple[VersionCle, ...]]
"""The versions of each key, oldest first; of two of the same day the last written comes last."""


def versions_of(entreprise_id: uuid.UUID) -> Versions:
    """Read every version of every key of an enterprise, in one query."""
    found: dict[uuid.UUID, list[VersionCle]] = defaultdict(list)
    for version in VersionCle.objects.of(entreprise_id):
        found[version.cle_id].append(version)
    return {key: tuple(rows) for key, rows in found.items()}


def version_at(versions: Versions, cle_id: uuid.UUID, day: dt.date) -> VersionCle | None:
    """Find the version in force on a day, or None before the first one."""
    held = [version for version in versions.get(cle_id, ()) if version.since <= day]
    return held[-1] if held else None


def percent_fr(percent: Decimal) -> str:
    """Write a percentage for a person: ``33,3333 %``."""
    return f"{percent.normalize():f}".replace(".", ",") + "\u00a0%"


def check_parts(parts: Iterable[Part], *, net: Decimal, vat: Decimal, other_percent: Decimal = Decimal(0)) -> None:
    """
    Refuse parts that take more than the invoice.

    Parts of the same line share one basis, so their keys add up to 100 % at most, with what another
    subsidy takes; the bases of different lines add up to the invoice at most.
    """
    by_line: dict[str, list[Part]] = defaultdict(list)
    for part in parts:
        by_line[part.line].append(part)
    for name in ("net", "vat"):
        whole = net if name == "net" else vat
        bases = [max((getattr(part, name) for part in group), key=abs) for group in by_line.values()]
        if any(base * whole < 0 or (base and not whole) for base in bases) or abs(sum(bases)) > abs(whole):
            raise BaseDepassee("Les parts dépassent le montant de la facture : réduisez-les, ou laissez-les vides.")
    for group in by_line.values():
        basis = max((part.net for part in group), key=abs)
        taken = sum((part.net / basis * part.percent if basis else part.percent) for part in group)
        if taken + other_percent > HUNDRED:
            other = f" et {percent_fr(other_percent)} à une autre subvention" if other_percent else ""
            raise CleAuDessusDe100(
                f"Les clés de cette facture prennent {percent_fr(Decimal(taken).quantize(Decimal('0.0001')))}{other}, "
                "plus que la facture entière : baissez une clé, ou retirez une ligne."
            )
