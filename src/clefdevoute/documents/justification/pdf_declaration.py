"""The sworn statement to sign: our words, the file's figures, places left for a hand."""

from functools import cache
from pathlib import Path
from typing import Any

import yaml

from . import texte as t
from .annexes import annexe
from .composition import composer
from .modele import Declaration, DeMinimis, Emission, Tableau
from .pdf import identite, pied


@cache
def _mots() -> dict[str, Any]:
    path = Path(__file__).resolve().parent / "declaration.yaml"
    raw: dict[str, Any] = yaml.safe_load(path.read_text(encoding="utf-8"))
    return raw


def _et(noms: tuple[str, ...]) -> str:
    propres = [t.propre(nom) for nom in noms]
    return propres[0] if len(propres) == 1 else f"{', '.join(propres[:-1])} et {propres[-1]}"


def _de_minimis(donnee: DeMinimis | None) -> dict[str, str]:
    mots = _mots()["de_minimis"]
    if donnee is None:
        return {"titre": mots["titre"], "texte": mots["a_remplir"]}
    texte = mots["chiffre"].format(
        fenetre=t.propre(donnee.fenetre),
        total=t.euros(donnee.total),
        plafond=t.euros(donnee.plafond),
        reglement=t.propre(donnee.reglement),
    )
    return {"titre": mots["titre"], "texte": texte}


def _points(declaration: Declaration) -> list[dict[str, str]]:
    noms = declaration.accompagnateurs
    valeurs = {
        "accompagnateurs": _et(noms) if noms else "la personne qui assure l’accompagnement social",
        "autres_aides": f" ({_et(declaration.autres_aides)})" if declaration.autres_aides else "",
    }
    points = [{"titre": p["titre"], "texte": p["texte"].format(**valeurs)} for p in _mots()["points"]]
    return [*points, _de_minimis(declaration.de_minimis)]


def _montants(declaration: Declaration) -> list[dict[str, Any]]:
    mots = _mots()["montants"]
    noms = ("cout_salarial", "frais_tableau_a", "frais_tableau_b", "frais_retenus", "total_justifie", "subvention")
    forts = {"total_justifie", "subvention"}
    return [
        {"nom": mots[nom], "valeur": t.euros(valeur), "fort": nom in forts}
        for nom in noms
        if (valeur := getattr(declaration, nom)) is not None
    ]


def _aides(donnee: DeMinimis | None) -> list[dict[str, str]]:
    return [
        {
            "le": t.jour(aide.le),
            "autorite": t.propre(aide.autorite),
            "base": t.propre(aide.base),
            "montant": t.euros(aide.montant),
        }
        for aide in (donnee.aides if donnee else ())
    ]


def declaration_pdf(declaration: Declaration, *, emission: Emission) -> bytes:
    """Set the sworn statement in type; what is not given is left as a line to fill in by hand."""
    mots = _mots()
    donnees = {
        "titre": mots["titre"],
        "sous-titre": mots["sous_titre"].format(
            du=t.jour_long(declaration.annee.du), au=t.jour_long(declaration.annee.au)
        ),
        "modele": mots["modele"],
        "ouverture": mots["ouverture"],
        "entete": identite(annexe(Tableau.A), declaration.entete),
        "points": _points(declaration),
        "aides": _aides(declaration.de_minimis),
        "montants-titre": mots["montants"]["titre"],
        "montants": _montants(declaration),
        "signature": mots["signature"],
        "lieu": t.propre(declaration.lieu),
        "signataire": t.propre(declaration.signataire),
        "qualite": t.propre(declaration.qualite),
        "pied": pied(declaration.entete, mots["titre"], emission),
    }
    titre = t.propre(f"{mots['titre']} – {declaration.entete.nom}")
    return composer("declaration", donnees, titre=titre, emission=emission)
