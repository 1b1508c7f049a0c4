"""
The explained décompte on paper: the tree of an ``Explained`` in its JSON form, indented.

The JSON is the frozen one, so the paper says what was decided then. The registry of rules only lends
the French meaning of the facts; a rule that no longer exists prints with the names it had.
"""

import datetime as dt
import re
from collections.abc import Mapping
from decimal import Decimal
from typing import Any

from clefdevoute.law.kernel.describe import describe
from clefdevoute.law.kernel.errors import UnknownRule
from clefdevoute.law.kernel.money import decimal_fr
from clefdevoute.law.kernel.registry import rule_named

from . import texte as t
from .annexes import annexe
from .composition import composer
from .modele import AnneeAgrement, Emission, Entete, PieceIncoherente, Tableau
from .pdf import identite, pied

MAX_LIGNES = 12
_DECIMAL = re.compile(r"-?\d{1,15}(\.\d{1,28})?")
_DATE = re.compile(r"\d{4}-\d{2}-\d{2}")
_NOTE = (
    "Chaque étape dit sa phrase, le droit en vigueur, les faits et ce qui reste à vérifier. Les montants sont ceux "
    "du dossier figé ; ce papier n’en calcule aucun."
)


def _mot(nom: str) -> str:
    return nom.replace("_", " ")


def _scalaire(valeur: Any, unite: str) -> str:
    if valeur is None:
        return "non donné"
    if isinstance(valeur, bool):
        return "oui" if valeur else "non"
    brut = str(valeur)
    if _DATE.fullmatch(brut):
        return t.jour(dt.date.fromisoformat(brut))
    if not _DECIMAL.fullmatch(brut) or ("." not in brut and isinstance(valeur, str) and not unite):
        return t.propre(brut)
    nombre = Decimal(brut)
    if not unite:
        return decimal_fr(nombre, len(brut.partition(".")[2]))
    if unite == "EUR":
        return t.euros(nombre)
    suffixe = "" if unite in {"", "ratio"} else f"\u00a0{unite}"
    return f"{decimal_fr(nombre)}{suffixe}"


def _texte(valeur: Any, unite: str) -> str:
    if isinstance(valeur, Mapping):
        return " ; ".join(f"{_mot(str(cle))}\u00a0: {_texte(sous, '')}" for cle, sous in valeur.items())
    if isinstance(valeur, list):
        entre = " ; " if any(isinstance(sous, list) for sous in valeur) else ", "
        return entre.join(_texte(sous, unite) for sous in valeur)
    return _scalaire(valeur, unite)


def _rangees(valeur: list[Any], unite: str) -> list[str]:
    """Write objects of one shape as rows under their names, anything else one a line."""
    formes = {tuple(sous) if isinstance(sous, Mapping) else () for sous in valeur}
    if len(valeur) < 2 or len(formes) > 1 or () in formes:
        return [_texte(sous, unite) for sous in valeur]
    noms = " · ".join(_mot(str(cle)) for cle in valeur[0])
    return [noms, *(" · ".join(_texte(v, "") for v in sous.values()) for sous in valeur)]


def _lignes(valeur: Any, unite: str) -> list[str]:
    if not isinstance(valeur, list):
        return [_texte(valeur, unite)]
    if not valeur:
        return ["aucun"]
    if not any(isinstance(sous, (Mapping, list)) for sous in valeur):
        return [_texte(valeur, unite)]
    lignes = _rangees(valeur[:MAX_LIGNES], unite)
    reste = len(valeur) - MAX_LIGNES
    return [*lignes, f"et {reste} autres, dans les tableaux joints"] if reste > 0 else lignes


def _sens(regle: str) -> dict[str, tuple[str, str]]:
    """Find the French meaning and the unit of a rule's facts; nothing if the rule is no longer there."""
    try:
        facts = describe(rule_named(regle))["facts"]
    except UnknownRule:
        return {}
    return {fact["name"]: (fact["meaning"], fact["unit"]) for fact in facts}


def _faits(noeud: Mapping[str, Any]) -> list[dict[str, Any]]:
    sens = _sens(noeud["rule"])
    return [
        {
            "nom": t.propre(sens.get(nom, ("", ""))[0] or _mot(nom)),
            "lignes": _lignes(valeur, sens.get(nom, ("", ""))[1]),
        }
        for nom, valeur in noeud["facts"].items()
    ]


def _droit(noeud: Mapping[str, Any]) -> list[dict[str, Any]]:
    return [
        {
            "titre": t.propre(v["title"]),
            "valeur": _texte(v["value"], "ratio"),
            "depuis": t.jour(dt.date.fromisoformat(v["since"])) if v["since"] else "",
            "lien": t.morceaux(v["link"]),
        }
        for v in noeud["law"]
    ]


def _doutes(noeud: Mapping[str, Any]) -> list[str]:
    """Keep the doubts born at this step: those of its own steps are printed beside them."""
    dessous = {doute for etape in noeud["because"] for doute in etape["doubts"]}
    return [t.propre(doute) for doute in noeud["doubts"] if doute not in dessous]


def _etapes(noeud: Mapping[str, Any], numero: str = "") -> list[dict[str, Any]]:
    etape = {
        "niveau": numero.count(".") + 1 if numero else 0,
        "numero": numero,
        "phrase": t.propre(noeud["sentence"]),
        "regle": t.propre(noeud["rule"]),
        "faits": _faits(noeud),
        "droit": _droit(noeud),
        "doutes": _doutes(noeud),
    }
    found = [etape]
    for n, sous in enumerate(noeud["because"], 1):
        found += _etapes(sous, f"{numero}.{n}" if numero else str(n))
    return found


def decompte_pdf(explique: Mapping[str, Any], *, entete: Entete, annee: AnneeAgrement, emission: Emission) -> bytes:
    """Set in type the JSON of an explanation (``law.kernel.codec.to_json``)."""
    manquent = {"rule", "sentence", "facts", "law", "because", "doubts"} - set(explique)
    if manquent:
        raise PieceIncoherente(
            f"Ce n’est pas un décompte expliqué : il manque {', '.join(sorted(manquent))}. Donnez le JSON de la règle."
        )
    donnees = {
        "titre": "Décompte expliqué",
        "sous-titre": f"Année d’agrément du {t.jour_long(annee.du)} au {t.jour_long(annee.au)}",
        "entete": identite(annexe(Tableau.A), entete),
        "etapes": _etapes(explique),
        "note": _NOTE,
        "pied": pied(entete, "Décompte expliqué", emission),
    }
    return composer("decompte", donnees, titre=t.propre(f"Décompte expliqué – {entete.nom}"), emission=emission)
