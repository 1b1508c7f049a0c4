"""The rail of the accompagnateur: to follow, to link, to prove (design § 5)."""

from collections.abc import Callable, Mapping

from django.http import HttpRequest
from django.urls import reverse

from clefdevoute.ui.nav import NavGroup, NavItem
from clefdevoute.workspaces.accompagnateur import jour
from clefdevoute.workspaces.accompagnateur.listes.filtres import presents

SPACE = "Suivi"
SEARCH = "accompagnateur:chercher"
SEARCH_HINT = "Nom, date ou mots"
WALL = (
    "Ce que vous écrivez ici n’est lu ni par la direction ni par l’administration. Elles voient des dates et des "
    "nombres."
)

JOUR = tuple(f"accompagnateur:{name}" for name in ("rappels", "brouillons", "brouillon_jeter"))
"""Pages reached from the day."""

REGLAGES = tuple(
    f"accompagnateur:{name}"
    for name in ("themes", "theme", "domaines", "domaine", "bilan_retrouver", "modeles", "modele_retirer", "chercher")
)
"""Pages reached from the dossiers that do not lie below their address."""

PARTICIPATIONS = tuple(
    f"accompagnateur:{name}"
    for name in ("participations", "participation_nouvelle", "participation", "participation_annuler")
)
"""Pages reached from the séances that do not lie below their address."""

# (group, ((label, URL name, other URL names that light it up), …)); the dossier and all that is in it light up
# Travailleurs. A page of another workspace that this role enters too is named with its namespace.
RAIL: tuple[tuple[str, tuple[tuple[str, str, tuple[str, ...]], ...]], ...] = (
    (
        "Suivre",
        (
            ("Aujourd’hui", "accompagnateur:aujourdhui", JOUR),
            ("Travailleurs", "accompagnateur:travailleurs", REGLAGES),
            ("Agenda", "agenda:semaine", ()),
            ("Séances collectives", "accompagnateur:seances", PARTICIPATIONS),
        ),
    ),
    (
        "Relier",
        (
            ("Conventions CPAS", "accompagnateur:conventions", ()),
            ("Forem", "accompagnateur:forem", ()),
            ("Aménagements", "accompagnateur:amenagements", ()),
            ("Réseau", "accompagnateur:reseau", ()),
        ),
    ),
    (
        "Prouver",
        (
            ("Obligations", "accompagnateur:obligations", ()),
            ("Registre de régularité", "accompagnateur:registre", ()),
            ("Relève", "accompagnateur:releve", ("accompagnateur:sorties",)),
        ),
    ),
)

# A count equals the list that its link opens, and costs a bounded number of indexed queries.
COUNTS: Mapping[str, Callable[[HttpRequest], int]] = {
    "accompagnateur:aujourdhui": jour.compte,
    "accompagnateur:travailleurs": presents,
}


def rail(request: HttpRequest) -> list[NavGroup]:
    """Draw the rail, the current page marked; a page whose path begins like an item's is below it."""
    groups = []
    for title, items in RAIL:
        groups.append(NavGroup(title=title, items=[_link(request, *entry) for entry in items]))
    return groups


def _link(request: HttpRequest, label: str, name: str, others: tuple[str, ...]) -> NavItem:
    """Make one item; current when the page is its own, one of its others, or lies below its address."""
    url = reverse(name)
    match = request.resolver_match
    here = match.view_name if match else ""
    return NavItem(
        label=label,
        url=url,
        count=COUNTS[name](request) if name in COUNTS else None,
        current=here == name or here in others or (url != "/suivi/" and request.path.startswith(url)),
    )
