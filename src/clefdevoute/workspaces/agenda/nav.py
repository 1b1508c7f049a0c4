"""The rail of the secretariat, whose whole workspace is the agenda; an accompagnateur keeps her own."""

from collections.abc import Callable, Mapping

from django.http import HttpRequest
from django.urls import reverse

from clefdevoute.ui.nav import NavGroup, NavItem
from clefdevoute.workspaces.agenda.listes import a_confirmer_count, en_attente_count

SPACE = "Agenda"
SEARCH = "agenda:chercher"
SEARCH_HINT = "Nom ou date de naissance"
WALL = "Vous voyez des dates, des lieux et des présences. Ce qui s’écrit aux entretiens et aux bilans est scellé."

# (group, ((label, URL name, other URL names that light it up), …))
RAIL: tuple[tuple[str, tuple[tuple[str, str, tuple[str, ...]], ...]], ...] = (
    (
        "Convoquer",
        (
            ("Aujourd’hui", "jour", ()),
            ("Semaine", "semaine", ("rendez_vous", "nouveau", "reporter", "modifier", "annuler", "corriger")),
            ("À confirmer", "confirmer", ()),
            (
                "Séances",
                "seances",
                ("seance", "seance_nouvelle", "seance_modifier", "seance_reporter", "seance_annuler"),
            ),
            ("Travailleurs", "chercher", ("personne", "empechement_nouveau", "empechement")),
        ),
    ),
    ("Envoyer", (("Boîte de sortie", "boite", ("convocation",)),)),
)

# A count equals the list that its link opens, and costs one indexed query.
COUNTS: Mapping[str, Callable[[HttpRequest], int]] = {"confirmer": a_confirmer_count, "boite": en_attente_count}


def rail(request: HttpRequest) -> list[NavGroup]:
    """Draw the rail, the current page marked."""
    here = request.resolver_match.url_name if request.resolver_match else ""
    return [
        NavGroup(
            title=title,
            items=[
                NavItem(
                    label=label,
                    url=reverse(f"agenda:{name}"),
                    count=COUNTS[name](request) if name in COUNTS else None,
                    current=here == name or here in others,
                )
                for label, name, others in items
            ],
        )
        for title, items in RAIL
    ]
