"""
The explained décompte on paper: the tree of an ``Explained`` in its JSON form, indented.

The JSON is the frozen one, so the paper says what was decided then. The registry of rules only lends
the French meaning of the facts; a rule that no longer exists prints with the names it had.
"""

import datetime as dt
import re
from collections.abc import Mapping
from decimal import Decimal
from functools import cache
from types import MappingProxyType
from typing import Any

from clefdevoute.documents.explications import doubt_words
from clefdevoute.law.kernel.describe import describe
from clefdevoute.law.kernel.errors import UnknownRule
from clefdevoute.law.kernel.money import decimal_fr
from clefdevoute.law.kernel.parameters import Parameter, all_parameters
from clefdevoute.law.kernel.registry import rule_named

from . import texte as t
from .annexes import annexe
from .composition import composer
from .modele import AnneeAgrement, Emission, Entete, PieceIncoherente, Tableau
from .pdf import identite, pied

_DECIMAL = re.compile(r"-?\d{1,15}(\.\d{1,28})?")
_CODE = re.compile(r"[a-z][a-z0-9]*(_[a-z0-9]+)+")
_DATE = re.compile(r"\d{4}-\d{2}-\d{2}")
_NOTE = (
    "Chaque étape dit sa phrase, le droit en vigueur, les faits et ce qui reste à vérifier. Les montants sont ceux "
    "du dossier figé ; ce papier n’en calcule aucun."
)


_UNITES = {"currency-EUR": "EUR", "choix": "", "oui-non": "", "liste": "", "mois-jour": "", "an": "ans"}
_MOTS = {
    "a_rembourser": "à rembourser",
    "accord_a_tout_moment": "accord reçu à tout moment",
    "accord_avant_depart": "accord reçu avant le départ",
    "annuelle": "sur l’année entière",
    "contrat_recu": "le contrat reçu",
    "date_reference": "au jour de comptage",
    "demi_superieur": "au cent le plus proche, le demi-cent vers le haut",
    "dernier_jour": "le dernier jour de l’année",
    "mensuelle": "mois par mois",
    "minimum": "au plus bas de l’année",
    "moyenne": "en moyenne sur l’année",
    "solde_precedent": "le solde de l’année précédente",
}
"""What the stored choices mean; the others read as they are written, without their underscores."""


def _mot(nom: str) -> str:
    return _MOTS.get(nom, nom.replace("_", " "))


def _scalaire(valeur: Any, unite: str) -> str:
    if valeur is None:
        return "non donné"
    if isinstance(valeur, bool):
        return "oui" if valeur else "non"
    brut = str(valeur)
    if _DATE.fullmatch(brut):
        return t.jour(dt.date.fromisoformat(brut))
    if brut in _MOTS or _CODE.fullmatch(brut):
        return _mot(brut)
    if not _DECIMAL.fullmatch(brut) or ("." not in brut and isinstance(valeur, str) and not unite):
        return t.propre(brut)
    nombre = Decimal(brut)
    if not unite:
        return decimal_fr(nombre, len(brut.partition(".")[2]))
    if unite == "EUR":
        return t.euros(nombre)
    if unite == "/1":
        return f"{decimal_fr(nombre * 100)}\u00a0%"
    suffixe = "" if unite == "ratio" else f"\u00a0{unite}"
    return f"{decimal_fr(nombre)}{suffixe}"


def _texte(valeur: Any, unite: str, noms: Mapping[str, str] = MappingProxyType({})) -> str:
    if isinstance(valeur, Mapping):
        donnes = ((cle, sous) for cle, sous in valeur.items() if sous not in (None, "", [], {}))
        return " ; ".join(f"{noms.get(cle) or _mot(str(cle))}\u00a0: {_texte(sous, '')}" for cle, sous in donnes)
    if not isinstance(valeur, list):
        return _scalaire(valeur, unite)
    if any(isinstance(sous, Mapping) for sous in valeur):
        return _compte(valeur)
    if valeur and all(isinstance(sous, list) and len(sous) == 2 for sous in valeur):
        return " ; ".join(f"dès {_scalaire(seuil, '')}\u00a0: {_scalaire(sous, unite)}" for seuil, sous in valeur)
    return ", ".join(_texte(sous, unite) for sous in valeur)


def _compte(valeur: list[Any]) -> str:
    return f"{len(valeur)} éléments, gardés au siège" if len(valeur) > 1 else "1 élément, gardé au siège"


def _rangees(valeur: list[Any]) -> list[str]:
    """Write objects of one shape as rows under their names, anything else one a line."""
    formes = {tuple(sous) if isinstance(sous, Mapping) else () for sous in valeur}
    if len(valeur) < 2 or len(formes) > 1 or () in formes:
        return [_texte(sous, "") for sous in valeur]
    noms = " · ".join(_mot(str(cle)) for cle in valeur[0])
    return [noms, *(" · ".join(_texte(v, "") for v in sous.values()) for sous in valeur)]


def _lignes(valeur: Any, unite: str, noms: Mapping[str, str], *, detail: bool) -> list[str]:
    if not valeur and isinstance(valeur, (list, dict)):
        return ["aucun"]
    if detail and isinstance(valeur, list) and any(isinstance(sous, Mapping) for sous in valeur):
        return _rangees(valeur)
    return [_texte(valeur, unite, noms)]


def _sens(regle: str) -> dict[str, dict[str, Any]]:
    """Find what a rule says of its facts; nothing if the rule is no longer there."""
    try:
        facts = describe(rule_named(regle))["facts"]
    except UnknownRule:
        return {}
    return {fact["name"]: fact for fact in facts}


def _court(sens: str) -> str:
    """Keep of a meaning what names the fact, not what happens when it is left empty."""
    return t.typographie(t.propre(sens.partition(" Vide :")[0])).rstrip(".")


def _faits(noeud: Mapping[str, Any], *, detail: bool) -> list[dict[str, Any]]:
    connus = _sens(noeud["rule"])
    faits = []
    for nom, valeur in noeud["facts"].items():
        if valeur is None:
            continue
        connu = connus.get(nom, {})
        mots = t.typographie(t.propre(connu.get("meaning", ""))).rstrip(".") or _mot(nom)
        noms = {champ["name"]: _court(champ["meaning"]) for champ in connu.get("fields", ())}
        faits.append({"nom": mots, "lignes": _lignes(valeur, connu.get("unit", ""), noms, detail=detail)})
    return faits


@cache
def _parametres() -> dict[str, Parameter]:
    return {parametre.name: parametre for parametre in all_parameters()}


def _valeur(v: Mapping[str, Any]) -> str:
    """Name a value of the law and write it in its unit; a parameter that is gone prints its bare value."""
    parametre = _parametres().get(v["parameter"])
    if parametre is None:
        return _texte(v["value"], "ratio")
    unite = str(parametre.metadata.get("amount_unit") or parametre.metadata.get("unit") or "")
    valeur = v["value"]
    if isinstance(valeur, list) and any(isinstance(sous, Mapping) for sous in valeur):
        lignes = len(valeur)
        return f"{parametre.description}\u00a0: {lignes} {'lignes' if lignes > 1 else 'ligne'}"
    return t.typographie(f"{parametre.description}\u00a0: {_texte(valeur, _UNITES.get(unite, unite))}")


def _droit(noeud: Mapping[str, Any]) -> list[dict[str, Any]]:
    return [
        {
            "titre": t.typographie(t.propre(v["title"])),
            "valeur": _valeur(v),
            "depuis": t.jour(dt.date.fromisoformat(v["since"])) if v["since"] else "",
            "lien": t.morceaux(v["link"]),
        }
        for v in noeud["law"]
    ]


def _doutes(noeud: Mapping[str, Any]) -> list[str]:
    """Keep the doubts born at this step: those of its own steps are printed beside them."""
    dessous = {doute for etape in noeud["because"] for doute in etape["doubts"]}
    return [t.typographie(t.propre(doubt_words(doute))) for doute in noeud["doubts"] if doute not in dessous]


def _etapes(noeud: Mapping[str, Any], *, detail: bool, numero: str = "") -> list[dict[str, Any]]:
    etape = {
        "niveau": numero.count(".") + 1 if numero else 0,
        "numero": numero,
        "phrase": t.typographie(t.propre(noeud["sentence"])),
        "regle": t.propre(noeud["rule"]),
        "faits": _faits(noeud, detail=detail),
        "droit": _droit(noeud),
        "doutes": _doutes(noeud),
    }
    found = [etape]
    for n, sous in enumerate(noeud["because"], 1):
        found += _etapes(sous, detail=detail, numero=f"{numero}.{n}" if numero else str(n))
    return found


def decompte_pdf(
    explique: Mapping[str, Any], *, entete: Entete, annee: AnneeAgrement, emission: Emission, detail: bool = False
) -> bytes:
    """
    Set in type the JSON of an explanation (``law.kernel.codec.to_json``).

    A list of persons, contracts or invoices is counted and not shown: the paper leaves the house, and who
    was ill or hired when does not go with it. ``detail`` prints them, for the copy kept at the seat.
    """
    manquent = {"rule", "sentence", "facts", "law", "because", "doubts"} - set(explique)
    if manquent:
        raise PieceIncoherente(
            f"Ce n’est pas un décompte expliqué : il manque {', '.join(sorted(manquent))}. Donnez le JSON de la règle."
        )
    donnees = {
        "titre": "Décompte expliqué",
        "sous-titre": f"Année d’agrément du {t.jour_long(annee.du)} au {t.jour_long(annee.au)}",
        "entete": identite(annexe(Tableau.A), entete),
        "etapes": _etapes(explique, detail=detail),
        "note": _NOTE,
        "pied": pied(entete, "Décompte expliqué", emission),
    }
    return composer("decompte", donnees, titre=t.propre(f"Décompte expliqué – {entete.nom}"), emission=emission)
