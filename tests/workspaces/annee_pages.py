"""A whole agrément year behind the pages: its gestionnaire signed in, and the addresses of its sheets."""

from bs4 import BeautifulSoup
from django.http import HttpResponse
from django.test import Client

from clefdevoute.records.foundation.models import User
from tests.records import annee_frais as scene
from tests.records.factories import AffectationFactory

START = scene.START
GESTION = f"/gestion/{START.isoformat()}"


def signed_in(year: scene.Year, *, chef: bool = True) -> Client:
    """Sign the scene's own actor in as gestionnaire of the enterprise."""
    user = User.objects.get(pk=year.by.user_id)
    AffectationFactory(
        user=user,
        entreprise=year.entreprise,
        role="gestionnaire",
        permissions=["chef_entreprise"] if chef else [],
    )
    client = Client()
    client.force_login(user)
    return client


def sheet(code: str) -> str:
    """Give the address of a sheet."""
    return f"{GESTION}/tableaux/{code}/"


def words(answer: HttpResponse) -> str:
    """Read a page as a person does: its text, spaces folded."""
    return " ".join(BeautifulSoup(answer.content, "html.parser").get_text(" ").replace("\u00a0", " ").split())
