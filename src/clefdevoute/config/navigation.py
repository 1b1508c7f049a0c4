"""What every page says of where one is: the bar, the rail of one's workspace, the foot."""

from typing import Any

from django.conf import settings
from django.http import HttpRequest
from django.urls import reverse

from clefdevoute.records.foundation.access import Role
from clefdevoute.ui.nav import BarPerson, NavItem
from clefdevoute.workspaces.accompagnateur import nav as accompagnateur
from clefdevoute.workspaces.agenda import nav as agenda
from clefdevoute.workspaces.gestionnaire import nav as gestionnaire

PUBLIC_PAGES = (
    ("Simulateur", "public:simulateur"),
    ("Règles", "public:regles"),
    ("Paramètres", "public:parametres"),
)
FOOT_PAGES = (*PUBLIC_PAGES, ("Sources", "public:sources"))
SPACES = {Role.GESTIONNAIRE: gestionnaire, Role.ACCOMPAGNATEUR: accompagnateur, Role.SECRETARIAT: agenda}


def bar(request: HttpRequest) -> dict[str, Any]:
    """Give base pages their bar and rail; a stranger gets the public links only."""
    actor = getattr(request, "actor", None)
    if actor is None:
        return {"site_nav": _public(request), "foot_links": _links(request, FOOT_PAGES)}
    held = request.affectation  # type: ignore[attr-defined]
    space = SPACES.get(actor.role)
    person = BarPerson(
        name=getattr(request.user, "name", ""),
        role=held.get_role_display() if held else "",
        entreprise=str(held.entreprise) if held and held.entreprise else "",
        space=space.SPACE if space else "Compte",
        home_url=reverse("compte:accueil"),
        roles_url=reverse("compte:roles"),
        logout_url=reverse("account_logout"),
        search_url=reverse(space.SEARCH) if space else "",
        search_hint=space.SEARCH_HINT if space else "",
        wall=space.WALL if space else "",
    )
    return {
        "actor_bar": person,
        "training": settings.DEMO,
        "nav": space.rail(request) if space else (),
        "site_nav": _public(request),
        "foot_links": _links(request, FOOT_PAGES),
    }


def _public(request: HttpRequest) -> tuple[NavItem, ...]:
    """Give the public pages, then the door: signing in, or the way back to one's own space."""
    signed_in = request.user.is_authenticated
    door = ("Mon espace", "compte:accueil") if signed_in else ("Se connecter", "account_login")
    return _links(request, (*PUBLIC_PAGES, door))


def _links(request: HttpRequest, pages: tuple[tuple[str, str], ...]) -> tuple[NavItem, ...]:
    """Link pages by their names; a page below another lights up the one above."""
    here = request.path
    found = ((label, reverse(name)) for label, name in pages)
    return tuple(NavItem(label=label, url=url, current=here == url or _below(here, url)) for label, url in found)


def _below(here: str, url: str) -> bool:
    return url.endswith("/") and here.startswith(url)
