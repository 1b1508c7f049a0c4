"""The lines of Tables A and B in force on a day, as the law dates them (A29)."""

import datetime as dt

from clefdevoute.law.accompagnement_social.values import lines_at
from clefdevoute.law.kernel.errors import NoValueInForce


def codes_at(day: dt.date) -> tuple[str, ...]:
    """List the codes of the lines in force on a day, in printed order; before the tables existed, none."""
    try:
        return tuple(row["code"] for row in lines_at(day))
    except NoValueInForce:
        return ()
