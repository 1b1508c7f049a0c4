"""What a person sees when her form was not taken: why, that nothing is lost, and the one button that goes on."""

import uuid
from dataclasses import dataclass
from typing import Any

from allauth.account.forms import LoginForm
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.template.loader import render_to_string
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from clefdevoute.records.foundation.errors import AccessDenied
from clefdevoute.records.foundation.models import User
from clefdevoute.workspaces.compte import session
from clefdevoute.workspaces.compte.saisies import garde, jeton
from clefdevoute.workspaces.compte.saisies.garde import Garde
from clefdevoute.workspaces.compte.saisies.remplir import Filled, fill

_MAIN = '<main class="cv-main" id="contenu" tabindex="-1">'


@dataclass(frozen=True, slots=True)
class Reason:
    """Why a form was not taken, and the words of the button."""

    title: Any
    why: Any
    button: Any
    status: int = 409


SIGNED_OUT = Reason(
    gettext_lazy("Session finie"),
    gettext_lazy("Votre session est finie : elle se ferme après huit heures, ou quand vous vous déconnectez."),
    gettext_lazy("Me reconnecter et retrouver mon texte"),
    401,
)
AGED = Reason(
    gettext_lazy("Formulaire périmé"),
    gettext_lazy("La page est restée ouverte pendant qu’une autre session s’ouvrait : son jeton n’est plus le vôtre."),
    gettext_lazy("Revoir mon formulaire rempli"),
    403,
)
OTHER_ROLE = Reason(
    gettext_lazy("Vous avez changé de rôle"),
    gettext_lazy("Cette page était ouverte sous un autre rôle, ou pour une autre entreprise, que vous avez quitté."),
    gettext_lazy("Reprendre ce rôle et revoir mon formulaire"),
)
OTHER_USER = Reason(
    gettext_lazy("Une autre personne est connectée"),
    gettext_lazy("Cette page était ouverte par une autre personne : elle seule peut retrouver ce qu’elle y a tapé."),
    gettext_lazy("Fermer la session ouverte et me reconnecter"),
)
UNDER_WAY = Reason(
    gettext_lazy("Envoi en cours"),
    gettext_lazy("Le même envoi est déjà parti et n’a pas encore reçu de réponse. Regardez s’il est enregistré."),
    gettext_lazy("Revoir mon formulaire rempli"),
)


def refused(request: HttpRequest, sealed: str, reason: Reason) -> HttpResponse:
    """Answer that nothing was recorded and nothing is lost, with the words sealed in the page."""
    context = {"reason": reason, "sealed": sealed, "field": garde.FIELD, "files": _files(sealed)}
    return render(request, "compte/saisie_gardee.html", context, status=reason.status)


def sign_in(request: HttpRequest, sealed: str) -> HttpResponse:
    """Show the sign-in page in the place of the one asked for; it carries the words along, sealed."""
    context = {"form": LoginForm(request=request), "kept": sealed}
    return render(request, "account/login.html", context, status=401)


def resumed(request: HttpRequest, sealed: str) -> HttpResponse | None:
    """Lead the person who typed back to her page under her role; None when this is not hers or cannot be read."""
    kept = garde.read(sealed)
    if kept is None or not isinstance(request.user, User) or str(request.user.pk) != kept.user:
        return None
    if not _takes_role(request, kept):
        messages.error(
            request,
            _("Le rôle sous lequel vous écriviez a pris fin : ce formulaire ne s’enregistre plus sous un autre."),
        )
        return redirect("compte:accueil")
    garde.store(request, sealed)
    return redirect(kept.page)


def refill(request: HttpRequest, response: HttpResponse) -> HttpResponse:
    """Write into a page what waits for it, with a notice that says so and gives what found no field."""
    if request.method != "GET" or response.status_code != 200 or response.streaming:
        return response
    kept = garde.waiting(request)
    if kept is None or not response.get("Content-Type", "").startswith("text/html"):
        return response
    filled = fill(response.content.decode(), kept)
    response.content = filled.html.replace(_MAIN, _MAIN + _notice(kept, filled), 1).encode()
    return response


def _notice(kept: Garde, filled: Filled) -> str:
    names = sorted({name for uploads in kept.files.values() for name in uploads})
    return render_to_string(
        "compte/_saisie_retrouvee.html", {"found": filled.found, "left": filled.left, "files": names}
    )


def _files(sealed: str) -> bool:
    """Say whether files were handed in: their names stay sealed, another person may be looking."""
    kept = garde.read(sealed)
    return bool(kept and kept.files)


def _takes_role(request: HttpRequest, kept: Garde) -> bool:
    """Take the role of the form again, if it is still held."""
    today = timezone.localdate()
    user: Any = request.user
    request.affectation = session.affectation_of(user, request.session, today)  # type: ignore[attr-defined]
    if jeton.affectation_id(request) == kept.affectation:
        return True
    try:
        session.switch_affectation(
            user=user, session=request.session, affectation_id=uuid.UUID(kept.affectation), as_of=today
        )
    except (AccessDenied, ValueError):
        return False
    return True
