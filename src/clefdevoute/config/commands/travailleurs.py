"""``clefdevoute travailleurs importer FILE``: the same import as the page, with the same preview and refusals."""

import argparse
import importlib
import json
import os
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import django

from clefdevoute.records.foundation.access import Actor
from clefdevoute.records.foundation.errors import RecordError


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="clefdevoute travailleurs", description="Le registre des travailleurs.")
    actions = parser.add_subparsers(dest="action", required=True)
    importer = actions.add_parser("importer", help="importe un registre XLSX, ODS ou CSV")
    importer.add_argument("file", type=Path, metavar="FILE")
    importer.add_argument("--entreprise", required=True, metavar="BCE", help="numéro de l’entreprise")
    importer.add_argument("--par", required=True, metavar="EMAIL", help="gestionnaire au nom de qui l’import se fait")
    importer.add_argument("--feuille", default="", help="nom de la feuille du classeur")
    importer.add_argument(
        "--colonne", action="append", default=[], metavar="CHAMP=LETTRE", help="par exemple birth_date=D"
    )
    importer.add_argument("--confirmer", action="append", default=[], type=int, metavar="LIGNE")
    importer.add_argument("--apercu", action="store_true", help="montre ce qui changerait, sans rien écrire")
    importer.add_argument("--json", action="store_true", help="écrit le résultat en JSON")
    return parser


def main(argv: list[str]) -> int:
    """Import a register; exit 1 with a sentence when it is refused or when a line is in fault."""
    words = _parser().parse_args(argv)
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "clefdevoute.config.settings")
    django.setup()
    try:
        content = words.file.read_bytes()
    except OSError:
        sys.stderr.write(f"Le fichier {words.file} ne se lit pas. Vérifiez son nom et ses droits.\n")
        return 1
    try:
        return _import(words, content)
    except RecordError as refused:
        sys.stderr.write(f"{refused}\n")
        return 1


def _import(words: argparse.Namespace, content: bytes) -> int:
    imports = importlib.import_module("clefdevoute.records.personnes.actions.imports")
    etapes = importlib.import_module("clefdevoute.documents.travailleurs.etapes")
    apercu = importlib.import_module("clefdevoute.records.personnes.registre.apercu")
    now = importlib.import_module("django.utils.timezone").now()
    as_of = importlib.import_module("django.utils.timezone").localdate(now)
    by = _actor(words.par, words.entreprise, as_of)
    row = imports.deposit(entreprise_id=by.entreprise_id, content=content, filename=words.file.name, by=by, now=now)
    row = imports.choose(imported=row, by=by, sheet=words.feuille, confirmed=words.confirmer)
    mapping = etapes.mapping_of(row, etapes.sheet_of(row, by=by, now=now)) | _columns(words.colonne)
    row = imports.choose(imported=row, by=by, mapping=mapping)
    fates = etapes.preview(row, by=by, now=now, as_of=as_of)
    if not words.apercu:
        etapes.apply(row, by=by, now=now, as_of=as_of)
    counts = apercu.counts(fates)
    _show(fates, counts, as_json=words.json)
    return 1 if counts["erreur"] or counts["conflit"] or counts["a_confirmer"] else 0


def _actor(email: str, bce: str, as_of: Any) -> Actor:
    """Find the gestionnaire of that enterprise behind an address."""
    users = importlib.import_module("clefdevoute.records.foundation.models").User.objects
    affectations = importlib.import_module("clefdevoute.records.entreprises.affectations")
    number = importlib.import_module("clefdevoute.records.entreprises.validators").normalise_bce(bce)
    user = users.filter(email=email.strip().lower()).first()
    held = affectations.affectations_of(user, as_of) if user else []
    for one in held:
        if one.role == "gestionnaire" and one.entreprise.bce == number:
            return Actor(user.pk, affectations.actor_for(user, one).role, one.entreprise_id, frozenset(one.permissions))
    raise RecordError(
        f"{email} n’est pas gestionnaire de l’entreprise {bce}. Vérifiez les deux, ou donnez-lui ce rôle avec "
        "« clefdevoute createuser »."
    )


def _columns(given: Sequence[str]) -> dict[str, int]:
    """Read ``birth_date=D`` as the fourth column."""
    lecture = importlib.import_module("clefdevoute.documents.travailleurs.lecture")
    found = {}
    for word in given:
        field, _, letter = word.partition("=")
        if not letter.isascii() or not letter.isalpha():
            raise RecordError(f"« {word} » ne désigne pas une colonne. Écrivez par exemple birth_date=D.")
        found[field] = lecture.column_number(letter) - 1
    return found


def _show(fates: Sequence[Any], counts: dict[str, int], *, as_json: bool) -> None:
    """Write the counts, and each line that needs a person."""
    said = [
        {"line": one.row, "issue": one.issue.value, "messages": [*(f.message for f in one.faults), *one.sentences]}
        for one in fates
        if one.faults or one.sentences
    ]
    if as_json:
        sys.stdout.write(json.dumps({"counts": counts, "lines": said}, ensure_ascii=False, indent=2) + "\n")
        return
    for one in said:
        for message in one["messages"]:
            sys.stderr.write(f"Ligne {one['line']} : {message}\n")
    labels = {"creer": "créées", "modifier": "modifiées", "inchange": "inchangées", "a_confirmer": "à confirmer"}
    labels |= {"conflit": "en conflit", "erreur": "en erreur"}
    sys.stdout.write("Lignes : " + ", ".join(f"{counts[key]} {label}" for key, label in labels.items()) + ".\n")
