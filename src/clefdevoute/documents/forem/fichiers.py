"""The three files of a frozen packet: the same packet gives the same content, whoever takes it out, whenever."""

import csv
import json
from dataclasses import dataclass
from io import StringIO

from django.utils import timezone

from clefdevoute.documents.feuille import Emission, Feuille, Partie, feuille_pdf
from clefdevoute.records.entreprises.models import EntrepriseInsertion
from clefdevoute.records.reseau.forem import champs_admis
from clefdevoute.records.reseau.models import TransmissionForem

from .paquet import URIS

SCHEMA = "clefdevoute.forem/1"
FORMATS = {"pdf": "application/pdf", "json": "application/json", "csv": "text/csv; charset=utf-8"}
_FORMULA = ("=", "+", "-", "@", "\t", "\r")
_NISS = "Numéro de registre national"


@dataclass(frozen=True, slots=True)
class Copie:
    """Who makes the copy out, for which enterprise; the NISS only when typed for this very copy, kept nowhere."""

    entreprise: EntrepriseInsertion
    par: str
    niss: str = ""


@dataclass(frozen=True, slots=True)
class Fichier:
    """A file to hand over."""

    nom: str
    type: str
    contenu: bytes


def fichier(transmission: TransmissionForem, file_format: str, copie: Copie) -> Fichier:
    """Make one of the three files; ``file_format`` is a key of ``FORMATS``."""
    content = {"pdf": _pdf, "json": _json, "csv": _csv}[file_format](transmission, copie)
    name = f"forem-{transmission.made_on:%Y%m%d}-{transmission.sha256[:8]}.{file_format}"
    return Fichier(name, FORMATS[file_format], content)


def _packet(transmission: TransmissionForem) -> dict[str, list[str]]:
    found: dict[str, list[str]] = json.loads(str(transmission.packet))
    return found


def _labels(transmission: TransmissionForem) -> dict[str, str]:
    return dict(champs_admis(transmission.made_on))


def _json(transmission: TransmissionForem, copie: Copie) -> bytes:
    content = {
        "schema": SCHEMA,
        "produit_le": transmission.made_on.isoformat(),
        "entreprise": {"nom": copie.entreprise.name, "bce": copie.entreprise.bce},
        "consentement": {"le": transmission.consent_on.isoformat(), "version": transmission.consent_version},
        "donnees": _packet(transmission),
        "empreinte": transmission.sha256,
    }
    if copie.niss:
        content["niss"] = copie.niss
    return (json.dumps(content, ensure_ascii=False, indent=2) + "\n").encode()


def _csv(transmission: TransmissionForem, copie: Copie) -> bytes:
    written = StringIO()
    rows = csv.writer(written, delimiter=";", lineterminator="\r\n")
    rows.writerow(["champ", "libelle", "valeur"])
    labels = _labels(transmission)
    if copie.niss:
        rows.writerow(["niss", _NISS, copie.niss])
    packet = _packet(transmission)
    for code in [*transmission.fields, *([URIS] if URIS in packet else [])]:
        for value in packet[code]:
            rows.writerow([code, labels.get(code, "Métiers souhaités, adresses"), _neutral(value)])
    rows.writerow(["empreinte", "Empreinte SHA-256 du contenu", transmission.sha256])
    return b"\xef\xbb\xbf" + written.getvalue().encode()


def _neutral(value: str) -> str:
    """Keep a spreadsheet from reading a value as a formula."""
    return f"'{value}" if value.startswith(_FORMULA) else value


def _pdf(transmission: TransmissionForem, copie: Copie) -> bytes:
    packet, labels = _packet(transmission), _labels(transmission)
    lines = [(labels.get(code, code), packet[code]) for code in transmission.fields]
    if copie.niss:
        lines.append((_NISS, [copie.niss]))
    sheet = Feuille(
        titre="Données utiles à une recherche d’emploi",
        sous_titre="Remises au Forem avec l’accord de la personne (accompagnement social, tâche 8)",
        pied=(copie.entreprise.name, f"Empreinte {transmission.sha256[:16]}"),
        identite=(
            ("Entreprise d’insertion", f"{copie.entreprise.name}, BCE {copie.entreprise.bce_display}"),
            ("Dossier produit le", f"{transmission.made_on:%d/%m/%Y}"),
            ("Accord donné le", f"{transmission.consent_on:%d/%m/%Y}, texte {transmission.consent_version}"),
        ),
        parties=(Partie("La personne", lignes=lines),),
        note=(
            "La personne a vu chaque ligne avant l’envoi et peut retirer son accord à tout moment. Ce dossier ne dit "
            f"rien de sa santé, de son bilan ni de ses entretiens. Empreinte SHA-256 du contenu, sans numéro de "
            f"registre national : {transmission.sha256}."
        ),
    )
    return feuille_pdf(sheet, emission=Emission(le=timezone.localtime(transmission.made_at), par=copie.par))
