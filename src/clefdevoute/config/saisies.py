"""
Nothing typed is lost, nothing is written twice: the net under every form of every workspace.

Each drawn form carries a sealed word (``compte.saisies.jeton``). When it comes back, the same words count once;
a form of another person, of another role or of an ended session is not taken, and what was typed is kept.
"""

import functools
from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.utils import timezone
from django.utils.translation import gettext as _

from clefdevoute.config.middleware import WORKSPACES
from clefdevoute.records.foundation import packets, sendings
from clefdevoute.records.foundation.sendings import Claim, StillSending
from clefdevoute.ui import errors
from clefdevoute.workspaces.compte.saisies import garde, jeton, pages
from clefdevoute.workspaces.compte.saisies.jeton import Jeton

_ANSWER = "reponse"
_OWN_COOKIES = frozenset({"sessionid", "csrftoken", "messages"})


class SaisieMiddleware:
    """Gives each drawn form its word, takes each sending once, and fills a page with what waits for it."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Answer; then remember the answer of what was sent, or give its key back."""
        request.form_word = functools.cache(lambda: jeton.issue(request))  # type: ignore[attr-defined]
        response = self.get_response(request)
        taken: Claim | None = getattr(request, "claim", None)
        if taken is not None:
            _settle(taken, response)
        return pages.refill(request, response)

    def process_view(self, request: HttpRequest, *_args: Any) -> HttpResponseBase | None:
        """Stop a form that is not this session's, and one that was already sent."""
        if request.method != "POST" or not request.user.is_authenticated:
            return None
        drawn = jeton.read(request)
        if drawn is None:
            return None
        reason = _foreign(request, drawn)
        if reason is not None:
            return pages.refused(request, garde.of(request, drawn), reason)
        garde.let_go(request, drawn.page)
        return _once(request, drawn)


def csrf_failure(request: HttpRequest, reason: str = "") -> HttpResponse:
    """Answer a form whose token is missing or too old: nothing was recorded, and what was typed is kept."""
    sealed = garde.of(request)
    if garde.read(sealed) is None:
        return errors.csrf_failure(request, reason)
    return pages.refused(request, sealed, pages.AGED if request.user.is_authenticated else pages.SIGNED_OUT)


def _foreign(request: HttpRequest, drawn: Jeton) -> pages.Reason | None:
    """Say why a form of a workspace is not this session's; leaving and changing role are open to every form."""
    match = request.resolver_match
    if not match or not match.namespaces or match.namespaces[0] not in WORKSPACES:
        return None
    if not jeton.same_user(request, drawn):
        return pages.OTHER_USER
    return None if jeton.affectation_id(request) == drawn.affectation else pages.OTHER_ROLE


def _once(request: HttpRequest, drawn: Jeton) -> HttpResponseBase | None:
    """Claim a sending, or answer as the first one was answered."""
    taken = jeton.claim_of(request, drawn)
    now = timezone.now()
    try:
        former = sendings.claim(key=taken.key, digest=taken.digest, now=now)
    except StillSending:
        return pages.refused(request, garde.of(request, drawn), pages.UNDER_WAY)
    if not former:
        request.claim = taken  # type: ignore[attr-defined]
        return None
    answer = packets.unpack(former, purpose=_ANSWER, now=now, max_age=sendings.KEPT)
    response = HttpResponse(status=answer["status"])
    for name, value in answer["headers"]:
        response.headers[name] = value
    for cookie in answer["cookies"]:
        response.cookies.load(cookie)
    messages.info(request, _("Cet envoi est arrivé deux fois : il ne compte qu’une fois."))
    return response


def _settle(taken: Claim, response: HttpResponseBase) -> None:
    """Remember a sending that led on; one that drew the page again recorded nothing."""
    leads_on = 300 <= response.status_code < 400 or response.has_header("HX-Redirect")
    if not leads_on:
        sendings.free(taken)
        return
    headers = [(name, response.headers[name]) for name in ("Location", "HX-Redirect") if response.has_header(name)]
    cookies = [morsel.OutputString() for name, morsel in response.cookies.items() if name not in _OWN_COOKIES]
    answer = {"status": response.status_code, "headers": headers, "cookies": cookies}
    sendings.done(taken, answer=packets.pack(answer, purpose=_ANSWER, now=timezone.now()))
