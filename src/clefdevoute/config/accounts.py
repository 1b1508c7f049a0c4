"""How accounts are opened (by invitation only) and how signing in is journalled."""

from typing import Any

from allauth.account.adapter import DefaultAccountAdapter
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.utils import timezone

from clefdevoute.records.foundation import journal
from clefdevoute.workspaces.compte.saisies import garde, pages


class ClosedAccountAdapter(DefaultAccountAdapter):
    """Accounts come from a chef d'entreprise or from ``clefdevoute createuser``."""

    def is_open_for_signup(self, request: HttpRequest) -> bool:
        """Refuse signing up: nobody is let in by himself."""
        return False

    def post_login(self, request: HttpRequest, user: Any, **kwargs: Any) -> HttpResponse:
        """Write the sign-in in the chain of the installation."""
        _journal("foundation.connexion_ouverte", user)
        answer: HttpResponse = super().post_login(request, user, **kwargs)
        return _back_to_form(request) or answer

    def authentication_failed(self, request: HttpRequest, **credentials: Any) -> None:
        """Write the failure, without the address that was typed."""
        super().authentication_failed(request, **credentials)
        _journal("foundation.connexion_refusee", None)

    def logout(self, request: HttpRequest) -> None:
        """Write the sign-out, while it is still known whose it is."""
        user = request.user if request.user.is_authenticated else None
        super().logout(request)
        _journal("foundation.connexion_fermee", user)


def _back_to_form(request: HttpRequest) -> HttpResponse | None:
    """Lead back to the form that waited behind the sign-in page, if it is hers; another's stays unseen."""
    sealed = request.POST.get(garde.FIELD, "")
    if not sealed:
        return None
    answer = pages.resumed(request, sealed)
    if answer is None:
        messages.warning(
            request,
            "La page de connexion gardait le formulaire d’une autre personne : il ne vous est pas montré. "
            "Elle le retrouve en revenant à la page précédente et en se connectant.",
        )
    return answer


def _journal(event: str, user: Any) -> None:
    """Add the event to the chain that belongs to no enterprise."""
    journal.append(event=event, by=None, subject=user, entreprise_id=None, now=timezone.now())
