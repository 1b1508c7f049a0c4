"""Who acts in a request: the session's chosen role in one enterprise, and nothing of any other."""

from collections.abc import Callable
from typing import Any

from django.contrib.auth.middleware import LoginRequiredMiddleware
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.utils import timezone

from clefdevoute.records.entreprises.affectations import actor_for
from clefdevoute.records.foundation.access import Role
from clefdevoute.ui.errors import error_page
from clefdevoute.ui.htmx import wants_fragment
from clefdevoute.workspaces.compte.saisies import garde, pages
from clefdevoute.workspaces.compte.session import affectation_of

WORKSPACES = {role.value: frozenset({role}) for role in Role} | {
    "agenda": frozenset({Role.ACCOMPAGNATEUR, Role.SECRETARIAT})
}
"""Who may enter the addresses of each namespace: a workspace is its role's own, the agenda is shared by two."""


class SignInMiddleware(LoginRequiredMiddleware):
    """
    Sends strangers to sign in; a part of a page asked for after the session ended gets a sentence instead.

    htmx would follow the redirection and set the sign-in page inside the page, over what is being typed.
    """

    def handle_no_permission(  # type: ignore[override]  # a part is answered 401, where Django only redirects
        self, request: HttpRequest, view_func: Callable[..., HttpResponseBase]
    ) -> HttpResponseBase:
        """Answer 401 to a part, the sign-in page to the rest; what a form carries is kept either way."""
        sealed = garde.of(request) if request.method == "POST" else ""
        if garde.read(sealed):
            part = wants_fragment(request)
            return pages.refused(request, sealed, pages.SIGNED_OUT) if part else pages.sign_in(request, sealed)
        if wants_fragment(request):
            return error_page(request, 401)
        return super().handle_no_permission(request, view_func)


class ActorMiddleware:
    """
    Sets ``request.actor`` and ``request.affectation`` (None for a stranger) and keeps each workspace to its own role.

    A workspace's URL names begin by the stored value of its role, or by another name of ``WORKSPACES``. Whoever
    holds another role in this session gets 404, never 403: what is not hers must not be known to exist.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Find the actor once, before any view."""
        today = timezone.localdate()
        held = affectation_of(request.user, request.session, today)
        request.affectation = held  # type: ignore[attr-defined]
        request.actor = actor_for(held.user, held, today) if held else None  # type: ignore[attr-defined]
        response = self.get_response(request)
        if request.user.is_authenticated and not response.has_header("Cache-Control"):
            response.headers["Cache-Control"] = "private, no-store"  # shared desks: nothing is left to go back to
        return response

    def process_view(self, request: HttpRequest, *_: Any) -> HttpResponseBase | None:
        """Refuse a signed-in user outside her role's workspace; signing in comes first for the others."""
        match = request.resolver_match
        workspace = match.namespaces[0] if match and match.namespaces else ""
        if workspace not in WORKSPACES or not request.user.is_authenticated:
            return None
        actor = request.actor  # type: ignore[attr-defined]
        if actor is None or actor.role not in WORKSPACES[workspace]:
            raise Http404
        return None
