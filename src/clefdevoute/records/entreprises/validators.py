"""Numbers that belong to an enterprise, read by the law floor and refused with their remedy."""

from django.core.exceptions import ValidationError

from clefdevoute.law.identifiants import forms


def normalise_bce(text: str) -> str:
    """Give the ten digits of an enterprise number; what cannot be read comes back as typed."""
    return forms.bce_normal(text) or text.strip()


def validate_bce(value: str) -> None:
    """Refuse what is not the ten digits of an enterprise of series 0 or 1."""
    try:
        if forms.read_bce(value) != value:
            raise forms.Refused("il porte des séparateurs")
    except forms.Refused as wrong:
        raise ValidationError(
            f"Ce numéro d’entreprise est refusé : {wrong}. Recopiez les dix chiffres de la Banque-Carrefour, "
            "par exemple 0403170701.",
            code="bce",
        ) from wrong


def normalise_iban(text: str) -> str:
    """Give an IBAN without spaces; what cannot be read comes back as typed."""
    try:
        return forms.read_iban(text)
    except forms.Refused:
        return text.strip()


def validate_iban(value: str) -> None:
    """Refuse an IBAN whose check digits are wrong."""
    try:
        forms.read_iban(value)
    except forms.Refused as wrong:
        raise ValidationError(
            f"Ce numéro de compte est refusé : {wrong}. Recopiez l’IBAN depuis un extrait, par exemple "
            "BE68 5390 0754 7034.",
            code="iban",
        ) from wrong
