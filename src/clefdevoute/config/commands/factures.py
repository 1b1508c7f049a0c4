"""``clefdevoute factures lire FILE… --json``: what was read from each invoice, or a coded refusal."""

import argparse
import json
import sys
from pathlib import Path
from typing import Any

from clefdevoute.documents.factures.lecture import lire, refuser_ouverture, refuser_taille
from clefdevoute.documents.factures.modele import FactureLue, Refus
from clefdevoute.documents.factures.presentation import en_json
from clefdevoute.documents.factures.refus import cause


def main(argv: list[str]) -> int:
    """Read each file in turn; exit 1 when one at least was rejected."""
    words = _parser().parse_args(argv)
    answers = [en_json(_read(name), file=name) for name in words.file]
    if words.json:
        json.dump(answers, sys.stdout, ensure_ascii=True, indent=2)
        sys.stdout.write("\n")
    else:
        sys.stdout.write("".join(_sentence(answer) for answer in answers))
    return 1 if any(answer["decision"] == "reject" for answer in answers) else 0


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="clefdevoute factures", description="Lit des factures électroniques.")
    commands = parser.add_subparsers(dest="command", required=True, metavar="COMMANDE")
    reading = commands.add_parser("lire", help="dit ce qui est lu dans chaque facture UBL")
    reading.add_argument("file", nargs="+", metavar="FICHIER", help="facture ou note de crédit UBL")
    reading.add_argument("--json", action="store_true", help="écrit une liste JSON, un objet par fichier")
    return parser


def _read(name: str) -> FactureLue | Refus:
    """Open a regular file only: a pipe or a device could hold the command for ever."""
    path = Path(name)
    try:
        if not path.exists():
            return refuser_ouverture("il n’existe pas", filename=path.name)
        if not path.is_file():
            return refuser_ouverture("ce n’est pas un fichier ordinaire", filename=path.name)
        return refuser_taille(path.stat().st_size, filename=path.name) or lire(path.read_bytes(), filename=path.name)
    except OSError as error:
        return refuser_ouverture(cause(error), filename=path.name)
    except ValueError:
        return refuser_ouverture("aucun fichier ne peut porter ce nom", filename=path.name)


def _sentence(answer: dict[str, Any]) -> str:
    """Say one answer in lines that a terminal may show, whatever the file and its name hold."""
    if answer["decision"] == "reject":
        return _shown(f"{answer['file']} : refusé. {answer['message']}")
    kind = "note de crédit" if answer["is_credit_note"] else "facture"
    amount = answer["totals"]["payable"] or answer["totals"]["tax_inclusive"] or answer["totals"]["tax_exclusive"]
    head = (
        f"{answer['file']} : {kind} {answer['invoice_id']} du {answer['issue_date']}, "
        f"{answer['supplier']['name'] or 'sans nom'}, {amount} {answer['currency']}"
    )
    return _shown(head) + "".join(_shown(f"  {line}") for line in [*answer["warnings"], *answer["notes"]])


def _shown(line: str) -> str:
    return "".join(character if character.isprintable() else "?" for character in line) + "\n"
