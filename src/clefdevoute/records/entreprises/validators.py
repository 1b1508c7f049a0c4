"""Numbers that belong to an enterprise: ten digits, IBAN, file number, each refused with its remedy."""

from django.core.exceptions import ValidationError
from stdnum import iban as stdnum_iban
from stdnum.be import vat as stdnum_vat
from stdnum.exceptions import ValidationError as NumberError

_SEPARATORS = str.maketrans("", "", " .-/\u00a0\u202f")


def normalise_bce(text: str) -> str:
    """Keep the ten digits of an enterprise number, whatever dots or country letters it was typed with."""
    compact = text.translate(_SEPARATORS).upper().removeprefix("BE")
    return f"0{compact}" if len(compact) == 9 and compact.isdigit() else compact


def validate_bce(value: str) -> None:
    """Refuse what is not ten digits beginning by 0 or 1 with their two check digits."""
    # The library accepts any first digit; the register only ever gave 0 and, since 2023, 1.
    plain = len(value) == 10 and value.isascii() and value.isdigit() and value[0] in "01"
    try:
        if not plain:
            raise NumberError
        stdnum_vat.validate(value)
    except NumberError as wrong:
        raise ValidationError(
            "Ce numéro d’entreprise n’existe pas : ses deux derniers chiffres ne contrôlent pas les huit premiers. "
            "Recopiez les dix chiffres de la Banque-Carrefour, par exemple 0403.170.701.",
            code="bce",
        ) from wrong


def normalise_iban(text: str) -> str:
    """Write an IBAN without spaces, in capitals, as the bank files do."""
    return text.translate(_SEPARATORS).upper()


def validate_iban(value: str) -> None:
    """Refuse an IBAN whose check digits are wrong."""
    try:
        stdnum_iban.validate(value, check_country=False)
    except NumberError as wrong:
        raise ValidationError(
            "Ce numéro de compte n’est pas un IBAN valable. Recopiez-le depuis un extrait, par exemple "
            "BE68 5390 0754 7034.",
            code="iban",
        ) from wrong
