"""The tables of the fiche as PDF: every word from ``annexes.yaml``, every figure from the caller."""

from collections.abc import Sequence
from typing import Any

from . import texte as t
from .annexes import Annexe, annexe, nom_du_mois
from .composition import composer
from .modele import Depense, Emission, Entete, Feuille, LigneMois, PieceIncoherente, TypeCharge


def pied(entete: Entete, milieu: str, emission: Emission) -> dict[str, str]:
    """Write the foot line: who, which piece, when and by whom."""
    return {
        "gauche": t.propre(f"{entete.dossier} · {entete.nom}" if entete.dossier else entete.nom),
        "milieu": milieu,
        "droite": t.propre(f"Établi le {t.jour(emission.le)} par {emission.par}"),
    }


def identite(form: Annexe, entete: Entete) -> list[dict[str, Any]]:
    """Lay out the header of an annex with the enterprise's values."""
    return [
        {
            "etiquette": t.typographie(champ.etiquette),
            "valeur": t.propre(getattr(entete, champ.champ) or champ.debut),
            "code": champ.champ == "dossier",
        }
        for champ in form.entete
    ]


def _depense(depense: Depense) -> dict[str, Any]:
    return {
        "piece": t.morceaux(depense.piece),
        "montant": t.montant(depense.montant),
        "cle": t.cle(depense.cle),
        "dedie": t.montant(depense.dedie),
    }


def borne(ligne: LigneMois) -> str:
    """Say which days of a month are in the agrément year, when it cuts the month: « dès le 15 »."""
    parts = [f"dès le {ligne.du.day}"] if ligne.du else []
    parts += [f"jusqu’au {ligne.au.day}" if ligne.au.day > 1 else "le 1er seulement"] if ligne.au else []
    return ", ".join(parts)


def _mois(ligne: LigneMois) -> dict[str, Any]:
    nom = nom_du_mois(ligne.mois)
    return {
        "nom": nom,
        "hors": "hors année" if ligne.hors_annee else "",
        "borne": borne(ligne),
        "depenses": [_depense(d) for d in ligne.depenses],
        "somme": f"Somme de {nom.lower()}" if nom[0] not in "AO" else f"Somme d’{nom.lower()}",
        "montant": t.montant(ligne.montant),
        "dedie": t.montant(ligne.dedie),
    }


def _charge(charge: TypeCharge) -> dict[str, Any]:
    fiche, propre = charge.comptes_imprimes
    return {
        "libelle": t.typographie(t.propre(charge.libelle)),
        "comptes": t.propre(fiche),
        "propre": t.propre(propre),
        "ajoutee": charge.ajoutee,
        "mois": [_mois(ligne) for ligne in charge.mois],
    }


def _titre(form: Annexe, feuille: Feuille) -> str:
    titre = t.typographie(form.titre_de(annee=feuille.annee, trimestre=feuille.trimestre))
    return titre.replace("TRIMESTRE ", "TRIMESTRE\u00a0")


def _feuille(feuille: Feuille, emission: Emission) -> dict[str, Any]:
    form = annexe(feuille.tableau)
    milieu = f"Tableau {feuille.tableau.value}, trimestre 0{feuille.trimestre}/{feuille.annee}"
    return {
        "annexe": form.annexe,
        "entete": identite(form, feuille.entete),
        "titre": _titre(form, feuille),
        "colonnes": [t.typographie(colonne) for colonne in form.colonnes],
        "charges": [_charge(charge) for charge in feuille.charges],
        "total-mot": form.total,
        "total": t.montant(feuille.total),
        "telephones-mot": t.typographie(form.telephones),
        "telephones": t.propre(" · ".join(feuille.telephones)),
        "notes": [{"marque": note.marque, "texte": t.typographie(note.texte)} for note in form.notes],
        "pied": pied(feuille.entete, milieu, emission),
    }


def tableau_pdf(feuilles: Sequence[Feuille], *, emission: Emission) -> bytes:
    """Set sheets in type, one page or more each, in the order given."""
    if not feuilles:
        raise PieceIncoherente("Aucune feuille à imprimer. Donnez au moins un trimestre.")
    premiere = feuilles[0]
    noms = " et ".join(sorted({f"tableau {f.tableau.value}" for f in feuilles}))
    titre = t.propre(f"Frais de fonctionnement, {noms} – {premiere.entete.nom}")
    donnees = {"feuilles": [_feuille(feuille, emission) for feuille in feuilles]}
    return composer("tableau", donnees, titre=titre, emission=emission)
