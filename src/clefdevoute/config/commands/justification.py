"""``clefdevoute justification produire``: the package of a year, by the same code as the page."""

import argparse
import datetime as dt
import importlib
import sys
import uuid
from pathlib import Path
from typing import Any

from clefdevoute.config import startup
from clefdevoute.law.kernel.errors import LawError
from clefdevoute.records.foundation.errors import RecordError


def main(argv: list[str]) -> int:
    """Produce a package; exit 1 with a sentence when it is refused."""
    words = _parser().parse_args(argv)
    try:
        startup.begin(with_keys=True)
        paper_refusal = importlib.import_module("clefdevoute.documents.justification.modele").PieceIncoherente
    except startup.NotReady as refused:
        sys.stderr.write(f"{refused}\n")
        return 1
    try:
        entreprise = _entreprise(words.entreprise)
        return _produce(entreprise, words)
    except (RecordError, LawError, paper_refusal) as refused:
        sys.stderr.write(f"{refused}\n")
        return 1


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="clefdevoute justification", description="Le dossier annuel.")
    actions = parser.add_subparsers(dest="action", required=True, metavar="COMMANDE")
    produire = actions.add_parser("produire", help="écrit le dossier ZIP d’une année d’agrément")
    produire.add_argument("--entreprise", required=True, metavar="N", help="numéro BCE, ou identifiant")
    produire.add_argument(
        "--annee", required=True, metavar="DATE", type=_day, help="un jour de l’année d’agrément, AAAA-MM-JJ"
    )
    produire.add_argument("--sortie", required=True, metavar="DIR", type=Path, help="dossier où écrire le ZIP")
    return parser


def _day(word: str) -> dt.date:
    try:
        return dt.date.fromisoformat(word)
    except ValueError:
        raise argparse.ArgumentTypeError(
            f"« {word} » n’est pas une date. Écrivez AAAA-MM-JJ, par exemple 2025-04-01."
        ) from None


def _entreprise(word: str) -> Any:
    """Find an enterprise by its number, however it is written, or by its identifier."""
    rows = importlib.import_module("clefdevoute.records.entreprises.models").EntrepriseInsertion.objects
    digits = "".join(char for char in word if char.isdigit())
    found = rows.filter(bce=digits).first() if len(digits) == 10 else None
    if found is None:
        try:
            found = rows.filter(pk=uuid.UUID(word)).first()
        except ValueError:
            found = None
    if found is None:
        raise RecordError(f"Aucune entreprise ne porte le numéro « {word} ». Vérifiez les dix chiffres du numéro BCE.")
    return found


def _produce(entreprise: Any, words: argparse.Namespace) -> int:
    timezone = importlib.import_module("django.utils.timezone")
    manque = importlib.import_module("clefdevoute.records.subventions.manque").manque
    papers = importlib.import_module("clefdevoute.documents.justification.depuis_dossier")
    emission = importlib.import_module("clefdevoute.documents.justification.modele").Emission
    bilan = manque(entreprise=entreprise, as_of=words.annee, today=timezone.localdate())
    if bilan.sent:
        return _hand_over_frozen(bilan, words)
    made = papers.produire(entreprise, bilan, emission=emission(le=timezone.localtime(), par=entreprise.name))
    target = _written(words.sortie, made.nom, made.contenu)
    sys.stdout.write(f"{target}\nSHA-256 {made.sha256}\n")
    for piece in made.pieces:
        sys.stdout.write(f"  {piece.fichier}{f' ({piece.mention})' if piece.mention else ''}\n")
    for item in bilan.blocking:
        sys.stdout.write(f"Avant l’envoi : {item.sentence}\n")
    return 0


def _hand_over_frozen(bilan: Any, words: argparse.Namespace) -> int:
    """Give the very package that left, not a second one with other hashes than its receipt."""
    proofs = importlib.import_module("clefdevoute.records.foundation.proofs")
    rows = importlib.import_module("clefdevoute.records.subventions.models").DossierTransmis.objects
    sent = rows.filter(subvention=bilan.decompte.faits.subvention).order_by("recorded_at", "pk").last()
    target = _written(words.sortie, sent.package.filename, proofs.read(sent.package))
    sys.stdout.write(f"{target}\nSHA-256 {sent.package.sha256}\n")
    sys.stdout.write(f"Dossier transmis le {sent.sent_on:%d/%m/%Y}, récépissé {sent.receipt_number} : copie figée.\n")
    return 0


def _written(folder: Path, name: str, content: bytes) -> Path:
    """Write a file in the folder asked for, or say why it cannot be."""
    target = folder / name
    try:
        folder.mkdir(parents=True, exist_ok=True)
        target.write_bytes(content)
    except OSError as failed:
        reason = failed.strerror or "écriture impossible"
        raise RecordError(f"{target} ne s’écrit pas ({reason}). Choisissez un autre dossier avec --sortie.") from None
    return target
