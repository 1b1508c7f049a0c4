"""What every page says of where one is: the bar, the rail of one's workspace, the foot."""

from typing import Any

from django.http import HttpRequest
from django.urls import reverse

from clefdevoute.records.foundation.access import Role
from clefdevoute.ui.nav import BarPerson, NavItem
from clefdevoute.workspaces.gestionnaire import nav as gestionnaire

SPACES = {Role.GESTIONNAIRE: gestionnaire}


def bar(request: HttpRequest) -> dict[str, Any]:
    """Give base pages their bar and rail; a stranger gets the public links only."""
    actor = getattr(request, "actor", None)
    if actor is None:
        return {"site_nav": _public(request), "foot_links": ()}
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
        wall=space.WALL if space else "",
    )
    return {"actor_bar": person, "nav": space.rail(request) if space else (), "foot_links": ()}


def _public(request: HttpRequest) -> tuple[NavItem, ...]:
    here = request.path
    links = (("Se connecter", reverse("account_login")),)
    return tuple(NavItem(label=label, url=url, current=here == url) for label, url in links)
