"""Every page answers at any hour: across midnight and the year, on 29 February, where the clocks change."""

import pytest

from clefdevoute.records.foundation.access import Role
from tests import clock
from tests.workspaces import matrix
from tests.workspaces.test_url_matrix import ALLOWED, ask

MOMENTS = (
    "2026-12-31T23:59:59.9",  # the page begins in one year and ends in the next
    "2027-01-01T00:05",  # still the year before in UTC
    "2027-01-31T23:30",  # a Sunday, a 31st
    "2027-02-28T00:30",
    "2027-03-14T12:00",  # the last day of the agrément year of the examples
    "2027-03-28T03:00",  # the hour before does not exist
    "2028-02-29T12:00",
    "2027-10-31T02:30",  # an hour that comes twice
)
PAGES = sorted(name for name, entry in matrix.ENTRIES.items() if not entry.post)


def turns():
    """Give each page one moment of its own, so that each moment has its pages; ./test --long crosses them all."""
    for place, name in enumerate(PAGES):
        for rank, moment in enumerate(MOMENTS):
            marks = [] if rank == place % len(MOMENTS) else [pytest.mark.long]
            yield pytest.param(name, moment, marks=marks, id=f"{name}-{moment}")


@pytest.mark.parametrize(("name", "moment"), list(turns()))
def test_each_page_answers_at_any_hour(name, moment, sign_in, entreprise):
    entry = matrix.ENTRIES[name]
    role = min(entry.roles, key=list(Role).index)
    with clock.at(moment):
        assert ask(sign_in(role, entreprise), entry, entreprise).status_code in ALLOWED | entry.answers
