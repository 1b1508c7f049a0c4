"""The lines of Tables A and B in force on a day, as the law dates them (A29)."""

import datetime as dt

from clefdevoute.law.kernel.parameters import parameter_named


def codes_at(day: dt.date) -> tuple[str, ...]:
    """List the codes of the lines in force on a day, in printed order."""
    text = day.isoformat()
    rows = parameter_named("accompagnement_social.lignes_tableaux").at(day).value
    return tuple(row["code"] for row in rows if row["du"] <= text <= (row["au"] or text))
