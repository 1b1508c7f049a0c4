"""Every write to subsidies, by what it writes; each is atomic and leaves its event in the journal."""

from .aides import enregistrer_aide, retirer_aide
from .annee import annuler_mouvement, enregistrer_mouvement, noter_etat, noter_octroi, ouvrir_annee, renoncer
from .envoi import (
    Signataire,
    figer_decompte,
    poster_declaration,
    produire_declaration,
    signer_declaration,
    transmettre,
)
from .telechargements import noter_telechargement

__all__ = [
    "Signataire",
    "annuler_mouvement",
    "enregistrer_aide",
    "enregistrer_mouvement",
    "figer_decompte",
    "noter_etat",
    "noter_octroi",
    "noter_telechargement",
    "ouvrir_annee",
    "poster_declaration",
    "produire_declaration",
    "renoncer",
    "retirer_aide",
    "signer_declaration",
    "transmettre",
]
