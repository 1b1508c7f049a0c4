"""What the tests of the deadlines share: who looks, on which Monday, and the lines of one source."""

import datetime as dt

from clefdevoute.records.echeances import aujourdhui
from clefdevoute.records.echeances.lignes import Portee
from clefdevoute.records.foundation.access import Role
from tests.records.factories import actor

MONDAY = dt.date(2026, 11, 23)


def days(number):
    """Give the day so many days after that Monday."""
    return MONDAY + dt.timedelta(days=number)


def portee(entreprise, *, miens=False, user=None, as_of=MONDAY):
    """Give what an accompagnateur of the enterprise reads on a day."""
    return Portee.of(actor(Role.ACCOMPAGNATEUR, entreprise, user=user, on=as_of), as_of=as_of, miens=miens)


def shown(source, entreprise, as_of=MONDAY, **who):
    """Give the lines of one source as the page shows them."""
    return aujourdhui.lignes(portee(entreprise, as_of=as_of, **who), [source]).toutes()


def sentence(line):
    """Read a line as a person does."""
    return " ".join(word for word in (line.before, line.who, line.after) if word)
