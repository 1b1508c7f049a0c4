"""The rules of law, each with its texts, its values, its doubts and its worked cases."""

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render

from clefdevoute.workspaces.public.cache import public_page
from clefdevoute.workspaces.public.catalogue import known, matters, page_of


@public_page
def show_rules(request: HttpRequest) -> HttpResponse:
    """List every public rule by matter."""
    return render(request, "public/regles.html", {"matters": tuple(matters())})


@public_page
def show_rule(request: HttpRequest, nom: str) -> HttpResponse:
    """Show one rule; the steps of an explanation have their page too, though no list names them."""
    if not known(nom):
        raise Http404
    return render(request, "public/regle.html", {"page": page_of(nom)})
