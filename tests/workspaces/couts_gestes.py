"""What the tests of the pages of costs do: address pages, drop files, read sentences."""

import datetime as dt
from decimal import Decimal

from bs4 import BeautifulSoup
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from clefdevoute.records.foundation.access import Role
from tests.records.factories import AgrementFactory, actor
from tests.records.factories_frais import CleRepartitionFactory

START, END = dt.date(2025, 3, 15), dt.date(2026, 3, 14)


def url(name, *args, query=""):
    return reverse(f"gestionnaire:{name}", args=args) + query


def text(answer):
    """Give what a person reads on the page, spaces folded."""
    return " ".join(BeautifulSoup(answer.content, "html.parser").get_text(" ").split())


def approved(entreprise):
    """Give the enterprise an agrément from 15 March 2025."""
    AgrementFactory(entreprise=entreprise, starts_on=START)
    return entreprise


def by(entreprise):
    return actor(Role.GESTIONNAIRE, entreprise)


def key(entreprise, percent="15", **fields):
    return CleRepartitionFactory(entreprise=entreprise, version=Decimal(percent), **fields)


def upload(name, content):
    return SimpleUploadedFile(name, content)


def parts(*rows, initial=0):
    """Write the fields of the parts of an invoice as its form posts them."""
    data = {"part-TOTAL_FORMS": str(len(rows)), "part-INITIAL_FORMS": str(initial)}
    for place, row in enumerate(rows):
        data |= {f"part-{place}-{name}": value for name, value in row.items()}
    return data
