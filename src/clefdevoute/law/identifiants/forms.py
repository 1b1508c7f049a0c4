"""
Identification numbers without the explanation: what other floors ask a thousand times.

python-stdnum keeps the forms and most check digits. Its gaps are closed here: it reads the clock to
tell the century of a NISS, lets an IBAN bear the check digits 00, 01 and 99 and an enterprise number
those of 00 and 98, and would scan a text of any length.
"""

import re

from stdnum import iban as stdnum_iban
from stdnum.be import nn as stdnum_nn
from stdnum.be import ogm_vcs as stdnum_ogm
from stdnum.be import vat as stdnum_vat
from stdnum.exceptions import InvalidChecksum, InvalidComponent, InvalidFormat, ValidationError

LONGEST = 200

_DIGITS = re.compile(r"[0-9]+")

TOO_LONG = f"le texte dépasse {LONGEST} caractères"
NOT_DIGITS = "il contient autre chose que des chiffres et des séparateurs"
CHECK = "les chiffres de contrôle ne correspondent pas"


class Refused(ValueError):
    """A number that is not valid; the message ends the French sentence « il est refusé : … »."""


def _digits(text: str, compacted: str, length: int) -> str:
    if len(text) > LONGEST:
        raise Refused(TOO_LONG)
    if not compacted:
        raise Refused("il est vide")
    if not _DIGITS.fullmatch(compacted):
        raise Refused(NOT_DIGITS)
    if len(compacted) != length:
        raise Refused(f"il a {len(compacted)} chiffres, il en faut {length}")
    return compacted


def read_niss(text: str) -> tuple[str, str]:
    """Read a NISS and say whether it is a national (``nn``) or a ``bis`` number; raise Refused."""
    number = _digits(text, stdnum_nn.compact(text[: LONGEST + 1]), 11)
    if int(number) == 0:
        raise Refused("il n'est fait que de zéros")
    check = int(number[-2:])
    if check not in {97 - int(century + number[:9]) % 97 for century in ("", "2")}:
        raise Refused(CHECK)
    month = int(number[2:4])
    kind = "nn" if month <= 12 else "bis"
    if kind == "bis" and not (20 <= month <= 32 or 40 <= month <= 52):
        raise Refused(f"le mois {month} n'existe ni dans un numéro national (00 à 12) ni dans un numéro BIS (+20, +40)")
    return number, kind


def niss_normal(text: str) -> str | None:
    """Answer the eleven digits of a NISS or BIS number, or None."""
    try:
        return read_niss(text)[0]
    except Refused:
        return None


def niss_display(number: str) -> str:
    """Write a compact NISS for a person: ``85.07.30-033.28``."""
    return stdnum_nn.format(number)


def read_bce(text: str) -> str:
    """Read an enterprise or VAT number as ten digits; an old one of nine gets its leading 0; raise Refused."""
    number = _digits(text, stdnum_vat.compact(text[: LONGEST + 1]), 10)
    if number[0] not in "01":
        raise Refused(f"il commence par {number[0]} ; un numéro d'entreprise commence par 0 ou 1")
    # The check is 01 to 97: the sum alone would also let 00 and 98 pass.
    if int(number[8:]) != 97 - int(number[:8]) % 97:
        raise Refused(CHECK)
    return number


def bce_normal(text: str) -> str | None:
    """Answer the ten digits of an enterprise number, or None: the key on which suppliers are matched."""
    try:
        return read_bce(text)
    except Refused:
        return None


def bce_display(number: str) -> str:
    """Write ten digits for a person: ``0123.456.749``."""
    return f"{number[:4]}.{number[4:7]}.{number[7:]}"


def read_communication(text: str) -> str:
    """Read a structured communication as twelve digits; raise Refused."""
    number = _digits(text, stdnum_ogm.compact(text[: LONGEST + 1].replace("*", "")), 12)
    try:
        return stdnum_ogm.validate(number)
    except InvalidFormat as error:
        raise Refused("il n'est fait que de zéros") from error
    except ValidationError as error:
        raise Refused(CHECK) from error


def communication_normal(text: str) -> str | None:
    """Answer the twelve digits of a structured communication, or None."""
    try:
        return read_communication(text)
    except Refused:
        return None


def communication_display(number: str) -> str:
    """Write twelve digits as on a transfer form: ``+++090/9337/55493+++``."""
    return f"+++{stdnum_ogm.format(number)}+++"


_IBAN_FAULTS: tuple[tuple[type[ValidationError], str], ...] = (
    (InvalidChecksum, CHECK),
    (InvalidComponent, "son pays ou sa structure n'existe pas"),
    (InvalidFormat, "il contient un signe interdit ou n'a pas la forme de son pays"),
)


def read_iban(text: str) -> str:
    """Read an IBAN of any country, a Belgian one with its national check digits too; raise Refused."""
    if len(text) > LONGEST:
        raise Refused(TOO_LONG)
    number = stdnum_iban.compact(text)
    if not number:
        raise Refused("il est vide")
    if not re.fullmatch(r"[A-Z]{2}[0-9]{2}[A-Z0-9]+", number):
        raise Refused("un IBAN commence par deux lettres et deux chiffres, puis n'a que des lettres et des chiffres")
    try:
        stdnum_iban.validate(number, check_country=False)
    except ValidationError as error:
        raise Refused(next(words for kind, words in _IBAN_FAULTS if isinstance(error, kind))) from error
    if not 2 <= int(number[2:4]) <= 98:
        raise Refused("ses chiffres de contrôle vont de 02 à 98")
    if number.startswith("BE") and int(number[14:]) != (int(number[4:14]) % 97 or 97):
        raise Refused("ses deux derniers chiffres, contrôle du numéro de compte belge, ne correspondent pas")
    return number


def iban_normal(text: str) -> str | None:
    """Answer an IBAN without spaces, or None."""
    try:
        return read_iban(text)
    except Refused:
        return None


def iban_display(number: str) -> str:
    """Write an IBAN in groups of four: ``BE68 5390 0754 7034``."""
    return stdnum_iban.format(number)
