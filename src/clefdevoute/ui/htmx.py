"""A page or its fragment from one view: what htmx swaps is what a reload shows."""

from collections.abc import Callable, Mapping
from typing import Any

from django.contrib.messages import get_messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.template.loader import render_to_string
from django.utils.cache import patch_vary_headers


def wants_fragment(request: HttpRequest) -> bool:
    """Say whether htmx asks for a part; a boosted link or a restored history wants the whole page."""
    headers = request.headers
    return headers.get("HX-Request") == "true" and not (
        headers.get("HX-Boosted") == "true" or headers.get("HX-History-Restore-Request") == "true"
    )


def page_or_fragment(
    request: HttpRequest, page: str, fragment: str, context: Mapping[str, Any], status: int = 200
) -> HttpResponse:
    """Render the fragment for htmx, with any waiting message, and the page for everyone else."""
    if not wants_fragment(request):
        return render(request, page, dict(context), status=status)
    html = render_to_string(fragment, dict(context), request)
    if len(get_messages(request)):
        html += render_to_string("ui/_messages.html", {"swap": True}, request)
    return HttpResponse(html, status=status)


class VaryOnHtmxMiddleware:
    """Tell caches that one address has two bodies: the page and its fragment."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Add HX-Request to Vary on every answer."""
        response = self.get_response(request)
        patch_vary_headers(response, ["HX-Request"])
        return response
