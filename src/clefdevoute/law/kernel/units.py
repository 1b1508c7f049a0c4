"""Types with their unit, so that a fact says what it is measured in."""

from decimal import Decimal
from typing import Annotated

from .registry import Fact

Euros = Annotated[Decimal, Fact("", unit="EUR")]
"""An amount in euros, at most two decimals."""

Ratio = Annotated[Decimal, Fact("", unit="ratio")]
"""A share between 0 and 1, or a factor."""

Etp = Annotated[Decimal, Fact("", unit="ETP")]
"""Full-time equivalents, exact fraction of the reference hours."""

Heures = Annotated[Decimal, Fact("", unit="heures")]
"""Hours, a week or in all, as the fact says."""

Kilometres = Annotated[Decimal, Fact("", unit="km")]
"""Kilometres travelled."""
