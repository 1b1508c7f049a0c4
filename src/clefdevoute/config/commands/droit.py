"""
The command ``clefdevoute droit``: the law asked by name, on facts given as JSON.

Its JSON is a frozen contract (docs/reference/commande-droit.md). It loads no Django and opens no
database, so that another program may call it a thousand times.
"""

import argparse
import datetime as dt
import json
import os
import re
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any, NoReturn

from clefdevoute.law.kernel.codec import encode_in_force, read_facts, to_json
from clefdevoute.law.kernel.describe import describe
from clefdevoute.law.kernel.errors import BadFact, LawError, NoValueInForce
from clefdevoute.law.kernel.money import NBSP, date_fr
from clefdevoute.law.kernel.parameters import Parameter, ValueInForce, all_parameters
from clefdevoute.law.kernel.registry import public_rules, rule_named

from .droit_texte import rule_as_text, rules_as_text, values_as_text

USAGE = """usage :
  clefdevoute droit parametres [--as-of AAAA-MM-JJ] [--json]
      les valeurs du droit : toutes, ou celles en vigueur un jour donné
  clefdevoute droit regles [--json]
      les règles publiques et les faits que chacune demande
  clefdevoute droit regle MATIERE.REGLE --facts FICHIER [--json]
      une règle appliquée aux faits d'un fichier JSON (« - » lit l'entrée standard)

Sortie : 0 fait, 1 refusé avec une phrase sur l'erreur standard, 2 commande mal écrite.
"""

LARGEST = 5_000_000


class NowhereToWrite(LawError):
    """The answer is known and cannot be handed over."""


class _WrongUsage(Exception):
    """The words of the command do not form one of its three sentences."""


class _Parser(argparse.ArgumentParser):
    """argparse, whose English complaints give way to our French usage."""

    def error(self, message: str) -> NoReturn:
        """Refuse without ending the process: main answers the exit code."""
        raise _WrongUsage(message)


def _parser() -> _Parser:
    parser = _Parser(add_help=False, allow_abbrev=False)
    commands = parser.add_subparsers(dest="what", required=True, parser_class=_Parser)
    for name in ("parametres", "regles", "regle"):
        words = commands.add_parser(name, add_help=False, allow_abbrev=False)
        words.add_argument("--json", action="store_true")
        if name == "parametres":
            words.add_argument("--as-of")
        if name == "regle":
            words.add_argument("rule")
            words.add_argument("--facts", required=True)
    return parser


def main(argv: list[str]) -> int:
    """Answer the law on stdout; 0 done, 1 refused with a sentence on stderr, 2 wrong usage."""
    if "-h" in argv or "--help" in argv:
        sys.stdout.write(USAGE)
        return 0
    try:
        words = _parser().parse_args(argv)
    except _WrongUsage:
        sys.stderr.write(f"Commande mal écrite : un mot manque, est de trop ou n'est pas connu.\n\n{USAGE}")
        return 2
    answer: Callable[[argparse.Namespace], str] = {
        "parametres": _parametres,
        "regles": _regles,
        "regle": _regle,
    }[words.what]
    try:
        _write(answer(words))
    except LawError as refusal:
        sys.stderr.write(f"{_on_one_line(str(refusal))}\n")
        return 1
    return 0


def _write(text: str) -> None:
    """Write UTF-8 whatever the terminal's own encoding: the contract is bytes; a reader who left asks no more."""
    if sys.stdout is None:  # closed by who called us
        raise NowhereToWrite("La réponse n'a pas pu être écrite : la sortie standard est fermée. Ouvrez-la.")
    try:
        sys.stdout.flush()
        sys.stdout.buffer.write(f"{text}\n".encode())
        sys.stdout.buffer.flush()
    except OSError as error:
        # What is left in the buffer would be tried again at the end of the process, and fail aloud.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        if not isinstance(error, BrokenPipeError):
            raise NowhereToWrite("La réponse n'a pas pu être écrite en entier. Vérifiez la place du disque.") from error


def _on_one_line(text: str) -> str:
    return " ".join(text.split(" ")).replace("\n", " ").encode("utf-8", "replace").decode()


def _dump(value: Any) -> str:
    return json.dumps(value, ensure_ascii=False, indent=2)


def _day(text: str) -> dt.date:
    try:
        if re.fullmatch(r"[0-9]{4}-[0-9]{2}-[0-9]{2}", text):
            return dt.date.fromisoformat(text)
    except ValueError:
        pass
    raise BadFact(f"--as-of : {text!r} n'est pas une date. Écrivez année-mois-jour, par exemple 2026-11-22.")


def _row(parameter: Parameter, value: ValueInForce) -> dict[str, Any]:
    return {
        "parameter": parameter.name,
        "code": str(parameter.metadata.get("parameter", "")),
        "description": parameter.description,
        "unit": str(parameter.metadata.get("unit", parameter.metadata.get("amount_unit", ""))),
        "value": encode_in_force(value),
        "since": value.since.isoformat(),
        "title": value.title,
        "link": value.link,
        "doubt": value.doubt,
    }


def _parametres(words: argparse.Namespace) -> str:
    known = all_parameters()
    if words.as_of is None:
        rows = [_row(parameter, value) for parameter in known for value in parameter.values]
        return _dump(rows) if words.json else values_as_text(rows)
    as_of = _day(words.as_of)
    first = min(parameter.dates[0] for parameter in known)
    if as_of < first:
        raise NoValueInForce(
            f"Aucun paramètre n'a de valeur en vigueur le {date_fr(as_of)} ; la plus ancienne enregistrée prend effet "
            f"le {date_fr(first)}. Choisissez une date à partir du {date_fr(first)}."
        )
    rows = [_row(parameter, parameter.at(as_of)) for parameter in known if parameter.dates[0] <= as_of]
    if words.json:
        return _dump(rows)
    later = [parameter.name for parameter in known if parameter.dates[0] > as_of]
    note = f"\nPas encore de valeur le {date_fr(as_of)}{NBSP}: {', '.join(later)}." if later else ""
    return values_as_text(rows) + note


def _regles(words: argparse.Namespace) -> str:
    rows = [describe(spec) for spec in public_rules()]
    return _dump(rows) if words.json else rules_as_text(rows)


def _regle(words: argparse.Namespace) -> str:
    spec = rule_named(words.rule, public_only=True)
    facts = read_facts(spec, _parse(_read(words.facts)))
    try:
        answer = spec.function(**facts)
    except (ArithmeticError, LookupError, ValueError) as error:
        raise BadFact(
            f"« {spec.name} » : un nombre ou une date sort des limites du calcul. Vérifiez les faits donnés."
        ) from error
    return _dump(to_json(answer)) if words.json else rule_as_text(answer)


def _read(name: str) -> str:
    """Read the facts, bounded: a whole file or the standard input, UTF-8."""
    where = "l'entrée standard" if name == "-" else f"le fichier « {name} »"
    if name == "-" and sys.stdin is None:
        raise BadFact("L'entrée standard est fermée. Envoyez-y les faits, ou donnez un fichier.")
    try:
        if name == "-":
            raw = sys.stdin.buffer.read(LARGEST + 1)
        else:
            with Path(name).open("rb") as file:
                raw = file.read(LARGEST + 1)
        if len(raw) > LARGEST:
            raise BadFact(f"Impossible de lire {where} : plus de {LARGEST} octets. Donnez un fichier de faits.")
        return raw.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise BadFact(f"Impossible de lire {where} : ce n'est pas du texte UTF-8. Enregistrez-le en UTF-8.") from error
    except (OSError, ValueError) as error:
        raise BadFact(f"Impossible de lire {where}. Vérifiez son nom et vos droits de lecture.") from error


def _once(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    found: dict[str, Any] = {}
    for key, value in pairs:
        if key in found:
            raise BadFact(f"Le fait « {key} » est écrit deux fois. Gardez-en un seul.")
        found[key] = value
    return found


def _no_float(text: str) -> NoReturn:
    raise BadFact(
        f"{text} est un nombre à virgule flottante, qui perd des décimales. Écrivez-le entre guillemets : « {text} »."
    )


def _parse(text: str) -> Any:
    """Read JSON strictly: no key twice, no float, no lone surrogate."""
    try:
        raw = json.loads(text, object_pairs_hook=_once, parse_float=_no_float, parse_constant=_no_float)
        json.dumps(raw, ensure_ascii=False).encode()
    except json.JSONDecodeError as error:
        raise BadFact(
            f"Les faits ne sont pas du JSON lisible (ligne {error.lineno}, colonne {error.colno}). "
            f"Corrigez cet endroit : guillemets, virgules, accolades."
        ) from error
    except (ValueError, RecursionError) as error:
        raise BadFact(
            "Les faits ne sont pas du JSON lisible : nombre trop long, imbrication trop profonde ou caractère "
            "interdit. Simplifiez-les."
        ) from error
    return raw
