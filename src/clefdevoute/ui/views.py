"""The gallery for developers: what is not here is not invented in a page."""

from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_GET

from .gallery import gallery_context


@login_not_required
@require_GET
def components(request: HttpRequest) -> HttpResponse:
    """Show every component in each state, in the theme asked by ``?theme=light|dark``."""
    return render(request, "ui/composants.html", gallery_context(request))
