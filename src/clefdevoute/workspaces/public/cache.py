"""What makes a page public: no sign-in, read only, kept a while by whoever read it."""

from collections.abc import Callable
from functools import wraps

from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.utils.cache import patch_cache_control
from django.views.decorators.http import require_safe

MINUTES = 5
"""Short: a corrected rule must not be read wrong for an hour."""


def public_page(view: Callable[..., HttpResponse]) -> Callable[..., HttpResponse]:
    """Open a view to everybody; a signed-in person's copy, whose bar names her, is hers alone."""

    @wraps(view)
    def answer(request: HttpRequest, **path: str) -> HttpResponse:
        response = view(request, **path)
        if request.user.is_authenticated:
            patch_cache_control(response, private=True, no_cache=True)
        else:
            patch_cache_control(response, public=True, max_age=60 * MINUTES)
        return response

    opened: Callable[..., HttpResponse] = login_not_required(require_safe(answer))
    return opened
