"""The values of a spreadsheet as a Belgian office writes them; each refusal says what to write instead."""

import datetime as dt
import re
import unicodedata
from decimal import Decimal

_MOIS = (
    "janvier",
    "fevrier",
    "mars",
    "avril",
    "mai",
    "juin",
    "juillet",
    "aout",
    "septembre",
    "octobre",
    "novembre",
    "decembre",
)
_SPACES = re.compile(r"[\s\u00a0\u202f'’]")
_AMOUNT = re.compile(r"-?(\d{1,3}(\.\d{3})+|\d{1,12})(,\d{1,2})?|-?(\d{1,3}(,\d{3})+|\d{1,12})(\.\d{1,2})?")


class ValeurRefusee(ValueError):
    """A cell that cannot be read; the message is French and says what to write instead."""


def plain(text: str) -> str:
    """Fold a word for comparison: no accents, lower case, words parted by one space."""
    folded = unicodedata.normalize("NFKD", text.casefold())
    letters = "".join(char if char.isalnum() else " " for char in folded if not unicodedata.combining(char))
    return " ".join(letters.split())


def lire_montant(text: str) -> Decimal:
    """Read an amount: ``1.234,56``, ``1234.56``, ``1 234,56 €``."""
    compact = _SPACES.sub("", text).replace("€", "").replace("EUR", "").replace("−", "-")
    if compact.endswith("-"):
        compact = f"-{compact[:-1]}"
    if not compact.isascii() or not _AMOUNT.fullmatch(compact):
        raise ValeurRefusee(f"« {text} » n’est pas un montant : écrivez par exemple 1.234,56.")
    if re.search(r",\d{1,2}$", compact):
        return Decimal(compact.replace(".", "").replace(",", "."))
    if re.search(r"\.\d{1,2}$", compact):
        return Decimal(compact.replace(",", ""))
    return Decimal(compact.replace(".", "").replace(",", ""))


def lire_jour(text: str) -> dt.date:
    """Read a day: ``31/12/2026``, ``31-12-2026``, ``2026-12-31``."""
    stripped = text.strip()
    european = re.fullmatch(r"(\d{1,2})[/.-](\d{1,2})[/.-](\d{4})", stripped, re.ASCII)
    iso = re.fullmatch(r"(\d{4})-(\d{1,2})-(\d{1,2})([T ].*)?", stripped, re.ASCII)
    try:
        if european:
            return dt.date(int(european[3]), int(european[2]), int(european[1]))
        if iso:
            return dt.date(int(iso[1]), int(iso[2]), int(iso[3]))
    except ValueError:
        pass
    raise ValeurRefusee(f"« {text} » n’est pas une date : écrivez jour/mois/année, par exemple 31/12/2026.")


def lire_mois(text: str, year: str = "") -> dt.date:
    """Read a month as its first day: ``01/2026``, ``2026-01``, ``janvier 2026``, a day, or a month beside a year."""
    word = plain(text)
    for pattern, order in ((r"(\d{1,2}) (\d{4})", (2, 1)), (r"(\d{4}) (\d{1,2})", (1, 2)), (r"(\d{4})(\d{2})", (1, 2))):
        if found := re.fullmatch(pattern, word, re.ASCII):
            return _first(int(found[order[0]]), int(found[order[1]]), text)
    if found := re.fullmatch(r"([a-z]{3,9}) ?(\d{4})?", word):
        return _first(_year(found[2] or year, text), _named(found[1], text), text)
    if re.fullmatch(r"\d{1,2}", word, re.ASCII):
        return _first(_year(year, text), int(word), text)
    return lire_jour(text).replace(day=1)


def _named(word: str, text: str) -> int:
    matches = [number for number, name in enumerate(_MOIS, start=1) if name.startswith(word)]
    if len(matches) != 1:
        raise ValeurRefusee(f"« {text} » n’est pas un mois : écrivez mois/année, par exemple 01/2026.")
    return matches[0]


def _year(text: str, month: str) -> int:
    if not re.fullmatch(r"\d{4}", text.strip(), re.ASCII):
        raise ValeurRefusee(f"« {month} » n’a pas d’année : désignez la colonne de l’année, ou écrivez 01/2026.")
    return int(text)


def _first(year: int, month: int, text: str) -> dt.date:
    if not (2000 <= year <= 2100 and 1 <= month <= 12):
        raise ValeurRefusee(f"« {text} » n’est pas un mois : écrivez mois/année, par exemple 01/2026.")
    return dt.date(year, month, 1)
