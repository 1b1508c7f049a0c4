"""
What was typed, sealed: carried by the sign-in page in a hidden field, then by the session until it is sent.

It opens for the same user under the same role alone, for eight hours; nobody reads it in the page, and the
server keeps no clear word of it. Passwords are never kept, nor the content of files: only their names.
"""

import datetime as dt
from dataclasses import asdict, dataclass
from typing import Any

from django.http import HttpRequest
from django.utils import timezone

from clefdevoute.records.foundation import packets
from clefdevoute.workspaces.compte.saisies import jeton
from clefdevoute.workspaces.compte.saisies.jeton import Jeton

FIELD = "cv_garde"
MOST = 1024 * 1024
"""Characters of a packet: more than any form of ours fills, less than a request may weigh."""
AGE = dt.timedelta(hours=8)
_PURPOSE = "saisie"
_SESSION = "saisies_gardees"
_TOGETHER = 3
_ASIDE = frozenset({"csrfmiddlewaretoken", jeton.FIELD, FIELD})


@dataclass(frozen=True, slots=True)
class Garde:
    """A form that was not taken: whose, from which page, to which address, with which words and files."""

    user: str
    affectation: str
    page: str
    action: str
    fields: list[list[Any]]
    files: dict[str, list[str]]

    def values(self, name: str) -> list[str]:
        """Give what was typed under a name."""
        return next((values for field, values in self.fields if field == name), [])


def of(request: HttpRequest, drawn: Jeton | None = None) -> str:
    """Seal what a POST carries, or give nothing: no word of ours in it, nothing typed, or far too much."""
    drawn = drawn or jeton.read(request)
    if drawn is None:
        return str(request.POST.get(FIELD, ""))[:MOST]
    names = [name for name in request.POST if name not in _ASIDE and "password" not in name]
    garde = Garde(
        user=drawn.user,
        affectation=drawn.affectation,
        page=drawn.page,
        action=request.get_full_path(),
        fields=[[name, request.POST.getlist(name)] for name in names],
        files={name: [str(upload.name) for upload in request.FILES.getlist(name)] for name in request.FILES},
    )
    if not garde.fields and not garde.files:
        return ""
    sealed = packets.pack(asdict(garde), purpose=_PURPOSE, now=timezone.now())
    return sealed if len(sealed) <= MOST else ""


def read(sealed: str) -> Garde | None:
    """Open what was kept, or None once it is too old, altered or not ours."""
    if not sealed or len(sealed) > MOST:
        return None
    found = packets.unpack(sealed, purpose=_PURPOSE, now=timezone.now(), max_age=AGE)
    return Garde(**found) if found else None


def store(request: HttpRequest, sealed: str) -> None:
    """Let the session carry it, still sealed, until its page is sent again."""
    former = [one for one in request.session.get(_SESSION, []) if one != sealed]
    request.session[_SESSION] = [*former[1 - _TOGETHER :], sealed]


def waiting(request: HttpRequest) -> Garde | None:
    """Give what waits for this very page, if it is this person's under this role."""
    if not request.user.is_authenticated or _SESSION not in request.session:
        return None
    for sealed in reversed(request.session[_SESSION]):
        garde = read(sealed)
        if garde and garde.page == request.get_full_path() and _is_own(request, garde):
            return garde
    return None


def let_go(request: HttpRequest, page: str) -> None:
    """Forget what was kept for a page: it has been sent, or it has aged."""
    if _SESSION not in request.session:
        return
    opened = [(sealed, read(sealed)) for sealed in request.session[_SESSION]]
    left = [sealed for sealed, garde in opened if garde and garde.page != page]
    if left:
        request.session[_SESSION] = left
    else:
        del request.session[_SESSION]


def _is_own(request: HttpRequest, garde: Garde) -> bool:
    return str(request.user.pk) == garde.user and jeton.affectation_id(request) == garde.affectation
