"""
The sealed word that every drawn form carries: for whom it was drawn, under which role, on which page.

It makes a sending recognisable (the same one counts once), and tells for whom to keep what was typed when the
session has ended meanwhile.
"""

import datetime as dt
import hashlib
import secrets
from dataclasses import asdict, dataclass
from typing import Any
from urllib.parse import urlsplit

from django.http import HttpRequest
from django.utils import timezone

from clefdevoute.records.foundation import packets
from clefdevoute.records.foundation.models import User
from clefdevoute.records.foundation.sendings import KEPT, Claim
from clefdevoute.ui.htmx import wants_fragment

FIELD = "cv_envoi"
"""The hidden field that the tag ``csrf_token`` writes beside Django's own."""
_PURPOSE = "formulaire"
_MOST = 4096


@dataclass(frozen=True, slots=True)
class Jeton:
    """One drawing of one page for one user under one role."""

    nonce: str
    user: str
    affectation: str
    page: str


def issue(request: HttpRequest) -> str:
    """Seal the word of the page being drawn; a stranger's forms carry none."""
    if not request.user.is_authenticated:
        return ""
    drawn = Jeton(secrets.token_hex(16), str(request.user.pk), affectation_id(request), _page(request))
    return packets.pack(asdict(drawn), purpose=_PURPOSE, now=timezone.now())


def read(request: HttpRequest) -> Jeton | None:
    """Open the word that came back with a form, or None where there is none that we wrote."""
    text = request.POST.get(FIELD, "")
    if not text or len(text) > _MOST:
        return None
    now = timezone.now()
    found: dict[str, Any] | None = packets.unpack(text, purpose=_PURPOSE, now=now, max_age=KEPT - dt.timedelta(days=1))
    return Jeton(**found) if found else None


def affectation_id(request: HttpRequest) -> str:
    """Name the role that the session plays, or nothing."""
    held = getattr(request, "affectation", None)
    return str(held.pk) if held else ""


def same_user(request: HttpRequest, drawn: Jeton) -> bool:
    """Say whether the person signed in is the one for whom the form was drawn."""
    return isinstance(request.user, User) and str(request.user.pk) == drawn.user


def claim_of(request: HttpRequest, drawn: Jeton) -> Claim:
    """Name a sending: the drawing and the address, and all that was typed."""
    address = f"{drawn.nonce}\n{drawn.user}\n{request.get_full_path()}"
    typed = hashlib.sha256(drawn.nonce.encode())
    for name in sorted(set(request.POST) - {"csrfmiddlewaretoken", FIELD}):
        for value in request.POST.getlist(name):
            typed.update(f"{len(name)} {name} {len(value)} {value}\n".encode(errors="surrogatepass"))
    for name in sorted(request.FILES):
        for upload in request.FILES.getlist(name):
            typed.update(f"{name} {upload.name} {upload.size}\n".encode(errors="surrogatepass"))
            for chunk in upload.chunks():
                typed.update(chunk)
            upload.seek(0)
    return Claim(key=hashlib.sha256(address.encode()).hexdigest(), digest=typed.hexdigest())


def _page(request: HttpRequest) -> str:
    """Name the page that shows the form: for a part, the page it goes in; for a refused form, the one it left."""
    if request.method == "POST":
        before = read(request)
        return before.page if before else request.get_full_path()
    if wants_fragment(request):
        here = urlsplit(request.headers.get("HX-Current-URL", ""))
        return here.path + (f"?{here.query}" if here.query else "") if here.path else request.get_full_path()
    return request.get_full_path()
