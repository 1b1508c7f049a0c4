"""The tags that an enterprise's own .docx models may hold: what each says, and an example; nothing else is filled."""

BALISES: dict[str, tuple[str, str]] = {
    "aujourdhui": ("La date du jour, en chiffres", "22/11/2026"),
    "aujourdhui_long": ("La date du jour, en mots", "22 novembre 2026"),
    "travailleur.prenom": ("Prénom de la personne", "Samira"),
    "travailleur.nom": ("Nom de la personne", "Boisclair"),
    "travailleur.naissance": ("Date de naissance", "04/09/1994"),
    "travailleur.rue": ("Rue et numéro", "Rue des Tilleuls 8"),
    "travailleur.code_postal": ("Code postal", "5000"),
    "travailleur.localite": ("Localité", "Hautpont"),
    "travailleur.telephone": ("Téléphone", "0470 00 00 00"),
    "travailleur.courriel": ("Courriel", "samira@exemple.be"),
    "travailleur.numero": ("Numéro interne", "T00012"),
    "contrat.debut": ("Premier jour du contrat", "12/01/2026"),
    "contrat.fin": ("Dernier jour du contrat ; vide sans terme", "11/01/2027"),
    "contrat.heures": ("Heures par semaine", "38"),
    "contrat.sorte": ("Sorte de contrat", "CDD"),
    "contrat.site": ("Site", "Couture"),
    "contrat.statut": ("Statut à l’engagement", "TD"),
    "entreprise.nom": ("Nom de l’entreprise", "Ateliers du Tilleul SC"),
    "entreprise.rue": ("Rue et numéro de l’entreprise", "Rue du Moulin 3"),
    "entreprise.code_postal": ("Code postal de l’entreprise", "5000"),
    "entreprise.localite": ("Localité de l’entreprise", "Namur"),
    "entreprise.telephone": ("Téléphone de l’entreprise", "081 00 00 00"),
    "entreprise.bce": ("Numéro d’entreprise", "0403.170.701"),
    "accompagnateur.nom": ("Vous, qui produisez le document", "Hélène Marsoul"),
    "referent.nom": ("Qui suit la personne", "Hélène Marsoul"),
    "suivi.depuis": ("Premier jour du suivi", "12/01/2026"),
    "suivi.entretiens": ("Nombre d’entretiens individuels réalisés", "6"),
    "suivi.dernier_entretien": ("Date du dernier entretien", "28/10/2026"),
    "bilan.date": ("Date du dernier bilan terminé", "26/01/2026"),
}
"""Path of a tag → what it says, an example."""

LISTES: dict[str, tuple[str, dict[str, str]]] = {
    "objectifs": (
        "Les objectifs en cours",
        {
            "titre": "L’objectif",
            "horizon": "Court, moyen ou long terme",
            "echeance": "À revoir le",
            "souhait": "Dans les mots de la personne",
        },
    ),
    "demarches": (
        "Les démarches, la dernière d’abord",
        {"texte": "La démarche", "date": "Faite ou promise pour le", "statut": "Son statut"},
    ),
    "entretiens": (
        "Les entretiens réalisés, sans leur contenu",
        {"date": "Le jour", "forme": "Face à face, téléphone ou vidéo"},
    ),
}
"""Name of a list → what it holds, and the fields of each of its items."""

EXEMPLES: dict[str, list[dict[str, str]]] = {
    "objectifs": [
        {
            "titre": "Obtenir une place en crèche",
            "horizon": "Court terme",
            "echeance": "01/12/2026",
            "souhait": "Pouvoir suivre le cours du mardi.",
        }
    ],
    "demarches": [{"texte": "Dossier envoyé à la crèche", "date": "06/11/2026", "statut": "Réalisé"}],
    "entretiens": [{"date": "28/10/2026", "forme": "Face à face"}],
}


def exemple() -> dict[str, object]:
    """Give a value to every tag, to try a model before any person is concerned."""
    return imbriquer({path: example for path, (_, example) in BALISES.items()}) | EXEMPLES


def imbriquer(plat: dict[str, str]) -> dict[str, object]:
    """Put ``groupe.champ`` under its group, as a model reads it."""
    found: dict[str, object] = {}
    for path, value in plat.items():
        group, dot, name = path.partition(".")
        if dot:
            inner = found.setdefault(group, {})
            if isinstance(inner, dict):
                inner[name] = value
        else:
            found[path] = value
    return found
