"""The first page: what this is, and the three doors that need no account."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from clefdevoute.workspaces.public.cache import public_page


@public_page
def show_home(request: HttpRequest) -> HttpResponse:
    """Say what Clef de voûte is."""
    return render(request, "public/accueil.html")
