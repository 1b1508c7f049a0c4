"""How accounts are opened: by invitation only, never by a stranger signing up."""

from allauth.account.adapter import DefaultAccountAdapter
from django.http import HttpRequest


class ClosedAccountAdapter(DefaultAccountAdapter):
    """Accounts come from a chef d'entreprise or from ``clefdevoute createuser``."""

    def is_open_for_signup(self, request: HttpRequest) -> bool:
        """Refuse signing up: nobody is let in by himself."""
        return False
