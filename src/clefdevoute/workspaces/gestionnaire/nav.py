"""The rail of the gestionnaire: two intentions, the right and the proof (design § 5)."""

from collections.abc import Callable, Mapping

from django.http import HttpRequest
from django.urls import reverse

from clefdevoute.ui.nav import NavGroup, NavItem
from clefdevoute.workspaces.gestionnaire.amenagements import a_decider
from clefdevoute.workspaces.gestionnaire.couts import a_traiter
from clefdevoute.workspaces.gestionnaire.registre import presents

SPACE = "Gestion"
SEARCH = "gestionnaire:chercher"
SEARCH_HINT = "Nom, facture ou montant"
WALL = "Vous voyez des dates, des nombres et des coûts. Le contenu des entretiens et des bilans est scellé."

COUTS = (
    "facture",
    "facture_corriger",
    "facture_taper",
    "factures_deposer",
    "depot",
    "fichiers",
    "cles",
    "cle",
    "charges",
    "charges_annee",
    "charge",
    "comptes",
    "compte",
    "compte_import",
    "trajets_courants",
    "trajets",
    "trajet_nouveau",
    "trajet",
    "feuille_de_route",
    "etranger_nouveau",
    "etranger",
)

TRAVAILLEURS = (
    "travailleur",
    "travailleur_nouveau",
    "travailleur_modifier",
    "imports",
    "import",
    "import_colonnes",
    "import_apercu",
    "contrat_nouveau",
    "contrat_modifier",
    "contrat_fin",
    "absence_nouvelle",
    "absence_fin",
    "statut",
    "statut_completer",
    "statut_verifier",
    "statut_corriger",
    "conditions",
)
ACCOMPAGNATEURS = (
    "accompagnateur",
    "accompagnateur_nouveau",
    "accompagnateur_modifier",
    "experience_nouvelle",
    "accompagnateur_contrat_nouveau",
    "accompagnateur_contrat_modifier",
)
ENTREPRISE = (
    "entreprise_modifier",
    "agrement_nouveau",
    "agrement_fin",
    "suspension_nouvelle",
    "tva",
    "compte_ligne",
    "invitation",
    "acces_fin",
)

JUSTIFICATION = ("justification", "subvention", "declaration", "dossier")

# (group, ((label, URL name, other URL names that light it up), …))
RAIL: tuple[tuple[str, tuple[tuple[str, str, tuple[str, ...]], ...]], ...] = (
    (
        "Le droit",
        (
            ("Tableau de bord", "tableau_de_bord", ("annee", "hypothese")),
            ("Travailleurs", "travailleurs", TRAVAILLEURS),
            ("Accompagnateurs", "accompagnateurs", ACCOMPAGNATEURS),
            ("Aménagements", "amenagements", ("amenagement",)),
            ("De minimis", "de_minimis", ()),
            ("Entreprise", "entreprise", ENTREPRISE),
        ),
    ),
    (
        "La preuve",
        (
            ("Coûts", "factures", COUTS),
            ("Tableaux A et B", "tableaux_courants", ("tableaux", "feuille", "depense")),
            ("Justification", "justification_courante", JUSTIFICATION),
            ("Accompagnement", "regularite", ()),
        ),
    ),
)

# A count equals the list that its link opens, and costs one indexed query.
COUNTS: Mapping[str, Callable[[HttpRequest], int]] = {
    "factures": a_traiter,
    "travailleurs": presents,
    "amenagements": a_decider,
}


def rail(request: HttpRequest) -> list[NavGroup]:
    """Draw the rail, the current page marked; a group without a page yet is left out."""
    here = request.resolver_match.url_name if request.resolver_match else ""
    groups = []
    for title, items in RAIL:
        links = [
            NavItem(
                label=label,
                url=reverse(f"gestionnaire:{name}"),
                count=COUNTS[name](request) if name in COUNTS else None,
                current=here == name or here in others,
            )
            for label, name, others in items
        ]
        if links:
            groups.append(NavGroup(title=title, items=links))
    return groups
