"""Which column of a spreadsheet is which field: proposed from its headers, always open to correction."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from clefdevoute.records.personnes.recherche import fold


@dataclass(frozen=True, slots=True)
class Colonne:
    """A field of the register: its name in code, its French label, the headers people give it."""

    field: str
    label: str
    required: bool
    headers: tuple[str, ...]


COLONNES = (
    Colonne(
        "number",
        "Numéro interne",
        False,
        ("numero", "numero interne", "n", "no", "nr", "num", "matricule", "matr", "code", "numero travailleur", "id",
         "n travailleur"),
    ),
    Colonne("name", "Nom", True, ("nom", "nom de famille", "nom du travailleur", "naam", "name", "last name")),
    Colonne("first_name", "Prénom", True, ("prenom", "prenoms", "voornaam", "first name", "prenom du travailleur")),
    Colonne(
        "birth_date",
        "Date de naissance",
        False,
        ("date de naissance", "naissance", "ne le", "nee le", "ne e le", "date naissance", "ddn", "geboortedatum"),
    ),
    Colonne("site", "Site", False, ("site", "lieu", "lieu de travail", "siege", "equipe", "implantation", "service")),
    Colonne(
        "starts_on",
        "Début du contrat",
        True,
        ("debut", "date de debut", "date debut", "debut du contrat", "debut contrat", "entree", "date d entree",
         "date entree", "engage le", "date d engagement", "engagement", "en service", "date de mise au travail"),
    ),
    Colonne(
        "ends_on",
        "Fin du contrat",
        False,
        ("fin", "date de fin", "date fin", "fin du contrat", "fin contrat", "sortie", "date de sortie", "date sortie",
         "hors service"),
    ),
    Colonne(
        "hours_per_week",
        "Heures par semaine",
        True,
        ("heures par semaine", "heures semaine", "heures", "h semaine", "h sem", "heures hebdomadaires", "regime",
         "regime horaire", "horaire", "heures hebdo", "duree hebdomadaire", "heures sem", "h par semaine", "hrs sem",
         "hrs semaine"),
    ),
    Colonne(
        "contract_kind",
        "Type de contrat",
        False,
        ("type de contrat", "contrat", "type", "sorte de contrat", "nature du contrat", "type contrat",
         "genre de contrat"),
    ),
    Colonne(
        "statut",
        "Statut",
        False,
        ("statut", "status", "td tgd", "categorie", "public cible", "statut td tgd", "type de travailleur"),
    ),
    Colonne(
        "conditions",
        "Conditions",
        False,
        ("conditions", "condition", "conditions remplies", "numeros des conditions", "criteres", "conditions td"),
    ),
    Colonne(
        "verified_on",
        "Vérifié le",
        False,
        ("verifie le", "date de verification", "verification", "verifiees le", "conditions verifiees le", "controle le",
         "date verification"),
    ),
)  # fmt: skip
BY_FIELD = {colonne.field: colonne for colonne in COLONNES}
_SMALL = frozenset({"de", "du", "des", "d", "la", "l"})
HEADER_SEARCH = 20


def _plain(header: str) -> str:
    """Fold a header and drop its small words: « Fin de contrat » is « fin contrat »."""
    return " ".join(word for word in fold(header).split() if word not in _SMALL)


_BY_HEADER = {_plain(header): colonne.field for colonne in COLONNES for header in colonne.headers}


def header_row(rows: Sequence[Sequence[str]]) -> int:
    """Find the line of headers among the first ones: that which names the most fields."""
    scores = [sum(_plain(cell) in _BY_HEADER for cell in row) for row in rows[:HEADER_SEARCH]]
    return scores.index(max(scores)) if scores else 0


def propose(headers: Sequence[str]) -> dict[str, int]:
    """Propose a column for each field, whole headers first, then those that contain the words."""
    folded = [_plain(header) for header in headers]
    found: dict[str, int] = {}
    for index, header in enumerate(folded):
        field = _BY_HEADER.get(header)
        if field and field not in found:
            found[field] = index
    for index, header in enumerate(folded):
        if header and index not in found.values():
            field = _contained(header)
            if field and field not in found:
                found[field] = index
    return found


def _contained(header: str) -> str | None:
    """Name the field whose longest known header stands, word by word, inside this one."""
    padded = f" {header} "
    known = [name for name in _BY_HEADER if len(name) > 3 and f" {name} " in padded]
    return _BY_HEADER[max(known, key=len)] if known else None


def faults(mapping: Mapping[str, int], width: int) -> list[str]:
    """Say in French what a mapping lacks; an empty list lets the preview go on."""
    said = [
        f"Choisissez la colonne « {colonne.label} » : sans elle, aucune ligne ne se lit."
        for colonne in COLONNES
        if colonne.required and colonne.field not in mapping
    ]
    for field, index in mapping.items():
        if field not in BY_FIELD or not isinstance(index, int) or not 0 <= index < width:
            said.append(f"La colonne choisie pour « {field} » n’existe pas dans ce fichier. Choisissez-en une autre.")
    columns = list(mapping.values())
    for field, index in mapping.items():
        if columns.count(index) > 1 and field in BY_FIELD:
            said.append(f"La colonne choisie pour « {BY_FIELD[field].label} » sert deux fois. Gardez-en une.")
    return said


def letters(index: int) -> str:
    """Name a column as a spreadsheet does: 0 is A, 26 is AA."""
    name = ""
    index += 1
    while index:
        index, rest = divmod(index - 1, 26)
        name = chr(65 + rest) + name
    return name
