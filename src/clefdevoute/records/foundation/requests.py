"""The request as every workspace sees it: signed in, with its actor. Views only; a policy takes the actor."""

from django.http import HttpRequest

from clefdevoute.records.foundation.access import Actor
from clefdevoute.records.foundation.models import User


class WorkRequest(HttpRequest):
    """A request behind the sign-in: the middleware has set who acts, or the view was never reached."""

    actor: Actor
    user: User
