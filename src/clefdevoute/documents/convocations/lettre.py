"""The letter: A4, folded in three, its address in the right window of a Belgian C5/6 envelope."""

from pathlib import Path
from typing import Any

from clefdevoute.documents.justification import texte as t
from clefdevoute.documents.justification.composition import composer
from clefdevoute.documents.justification.modele import Emission

from .texte import OBJET, Convocation, excuse, quand_et_ou

_MODELE = Path(__file__).resolve().parent / "lettre.typ"


def lettre_pdf(convocations: tuple[Convocation, ...], *, emission: Emission) -> bytes:
    """Set letters in type, one page each, in the order given."""
    donnees = {"lettres": [_lettre(one, emission) for one in convocations]}
    return composer(_MODELE, donnees, titre=OBJET, emission=emission)


def _lettre(one: Convocation, emission: Emission) -> dict[str, Any]:
    return {
        "expediteur": [t.propre(line) for line in (one.entreprise, *one.adresse_entreprise) if line],
        "destinataire": [t.propre(line) for line in one.destinataire if line],
        "date": t.propre(f"Le {t.jour_long(emission.le.date())}"),
        "objet": OBJET,
        "annonce": t.typographie(f"Vous avez {one.quoi} :"),
        "lignes": [t.propre(line[0].upper() + line[1:]) for line in quand_et_ou(one)],
        "avec": t.propre(f"Avec {one.avec}") if one.avec else "",
        "excuse": t.typographie(t.propre(excuse(one))),
        "signature": t.propre(one.avec or one.entreprise),
    }
