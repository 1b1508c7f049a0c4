"""Form fields that read French amounts, shares, numbers and dates, and give a wrong text back untouched."""

import datetime as dt
from collections.abc import Callable
from decimal import Decimal
from typing import Any, ClassVar

from django import forms
from django.core.exceptions import ValidationError

from . import formats, saisie


class _TypedField(forms.CharField):
    """A text read by a function of ``saisie``; ``prepare_value`` writes a stored value back in French."""

    missing: ClassVar[str]
    input_class: ClassVar[str] = "n"
    input_mode: ClassVar[str] = "decimal"

    def __init__(self, **options: Any) -> None:
        options.setdefault("error_messages", {"required": self.missing})
        super().__init__(**options)

    def widget_attrs(self, widget: forms.Widget) -> dict[str, str]:
        """Ask for the right keyboard and no memory of what others typed."""
        attrs = {"inputmode": self.input_mode, "autocomplete": "off"}
        return attrs | ({"class": self.input_class} if self.input_class else {})

    def to_python(self, value: Any) -> Any:
        """Read the text, or refuse it with its sentence."""
        if isinstance(value, (Decimal, dt.date, dt.time)):
            return value
        text = str(value or "").strip()
        if not text:
            return None
        try:
            return self.read(text)
        except saisie.SaisieError as refusal:
            raise ValidationError(str(refusal), code="saisie") from refusal

    def run_validators(self, value: Any) -> None:
        """Skip CharField's own checks: the value is no longer a text."""
        if value is not None:
            for validator in self.validators:
                if not getattr(validator, "message", "").startswith("Null characters"):
                    validator(value)

    def read(self, text: str) -> Any:
        """Read a text that is not empty."""
        raise NotImplementedError

    def has_changed(self, initial: Any, data: Any) -> bool:
        """Compare what is meant, not how it is written: 1234.5 is 1.234,50."""
        try:
            return bool(self.to_python(data) != initial)
        except ValidationError:
            return True


def _or_typed(value: Any, kind: type | tuple[type, ...], write: Callable[[Any], str]) -> Any:
    return write(value) if isinstance(value, kind) else value


class EuroField(_TypedField):
    """An amount in euros, to the cent."""

    missing = "Il manque le montant. Écrivez-le en euros, par exemple 1.234,50."

    def __init__(self, *, negative: bool = False, **options: Any) -> None:
        self.negative = negative
        super().__init__(**options)

    def read(self, text: str) -> Decimal:
        """Read the amount."""
        return saisie.euros(text, negative=self.negative)

    def prepare_value(self, value: Any) -> Any:
        """Write a stored amount as 1.234,50; leave a typed text as it is."""
        return _or_typed(value, (Decimal, int), lambda amount: formats.euros(amount, sign=False))


class PourcentField(_TypedField):
    """A share typed in per cent, given as a ratio: 15 is 0.15."""

    missing = "Il manque le pourcentage. Écrivez-le, par exemple 15."

    def __init__(self, *, most: Decimal = Decimal(100), **options: Any) -> None:
        self.most = most
        super().__init__(**options)

    def read(self, text: str) -> Decimal:
        """Read the share."""
        return saisie.pourcent(text, most=self.most)

    def prepare_value(self, value: Any) -> Any:
        """Write a stored ratio as 15; leave a typed text as it is."""
        return _or_typed(value, (Decimal, int), lambda ratio: formats.nombre(Decimal(ratio) * 100))


class NombreField(_TypedField):
    """A number with a comma: 0,8 ETP, 38 heures."""

    missing = "Il manque un nombre. Écrivez-le, par exemple 0,8."

    def __init__(self, *, places: int = 4, example: str = "0,8", **options: Any) -> None:
        self.places, self.example = places, example
        super().__init__(**options)

    def read(self, text: str) -> Decimal:
        """Read the number; a negative one is refused."""
        number = saisie.nombre(text, places=self.places, example=self.example)
        if number < 0:
            raise saisie.SaisieError(f"« {text} » est négatif. Écrivez zéro ou plus, par exemple {self.example}.")
        return number

    def prepare_value(self, value: Any) -> Any:
        """Write a stored number with its comma; leave a typed text as it is."""
        return _or_typed(value, (Decimal, int), formats.nombre)


class DateFrField(_TypedField):
    """A date typed as JJ/MM/AAAA."""

    missing = "Il manque la date. Écrivez-la, par exemple 22/11/2026."
    input_class = ""
    input_mode = "numeric"

    def read(self, text: str) -> dt.date:
        """Read the date."""
        return saisie.date(text)

    def prepare_value(self, value: Any) -> Any:
        """Write a stored date as 22/11/2026; leave a typed text as it is."""
        return _or_typed(value, dt.date, formats.date_courte)


class HeureField(_TypedField):
    """A time of day typed as 14:30."""

    missing = "Il manque l’heure. Écrivez-la, par exemple 14:30."
    input_class = ""
    input_mode = "text"

    def read(self, text: str) -> dt.time:
        """Read the time."""
        return saisie.heure(text)

    def prepare_value(self, value: Any) -> Any:
        """Write a stored time as 14:30; leave a typed text as it is."""
        return _or_typed(value, dt.time, lambda time: f"{time:%H:%M}")
