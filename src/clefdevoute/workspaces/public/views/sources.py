"""Whose facts the product ships, and on what terms."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from clefdevoute.documents import metiers
from clefdevoute.workspaces.public.cache import public_page


@public_page
def show_sources(request: HttpRequest) -> HttpResponse:
    """Name each author with the mention and the licence."""
    return render(request, "public/sources.html", {"sources": metiers.SOURCES})
