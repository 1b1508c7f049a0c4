"""Forms of recurring charges: made, given a new amount, ended."""

from collections.abc import Sequence
from decimal import Decimal
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from clefdevoute.records.frais.models import ChargeRecurrente
from clefdevoute.ui.fields import DateFrField, EuroField


class ChargeForm(forms.Form):
    """A charge without invoice, such as a rent."""

    name = forms.CharField(
        label=_("Nom"),
        max_length=120,
        help_text=_("Par exemple « Loyer du bureau »."),
        error_messages={"required": _("Donnez un nom à la charge, par exemple « Loyer du bureau ».")},
    )
    net = EuroField(label=_("Montant d’une échéance, hors TVA"))
    vat = EuroField(label=_("TVA"), required=False, initial=Decimal("0.00"))
    every_months = forms.TypedChoiceField(
        label=_("Périodicité"), choices=ChargeRecurrente.Every.choices, coerce=int, initial=1
    )
    due_day = forms.IntegerField(
        label=_("Jour d’échéance"),
        min_value=1,
        max_value=31,
        initial=1,
        error_messages={
            "required": _("Écrivez le jour du mois, de 1 à 31."),
            "invalid": _("Écrivez le jour du mois en chiffres, de 1 à 31."),
            "min_value": _("Le jour d’échéance va de 1 à 31."),
            "max_value": _("Le jour d’échéance va de 1 à 31 ; en fin de mois court, le dernier jour vaut."),
        },
        widget=forms.TextInput(attrs={"inputmode": "numeric", "class": "n"}),
    )
    starts_on = DateFrField(label=_("À partir du"))
    ends_on = DateFrField(label=_("Jusqu’au"), required=False, help_text=_("Vide : tant que le bail court."))
    line = forms.ChoiceField(label=_("Poste"), error_messages={"required": _("Choisissez un poste.")})
    cle = forms.ChoiceField(label=_("Clé"), error_messages={"required": _("Choisissez une clé.")})

    def __init__(self, *args: Any, lines: Sequence[Any], keys: Sequence[Any], **options: Any) -> None:
        super().__init__(*args, **options)
        self.fields["line"].choices = lines  # type: ignore[attr-defined]
        self.fields["cle"].choices = keys  # type: ignore[attr-defined]


class NouveauMontantForm(forms.Form):
    """What a charge is from a day on."""

    since = DateFrField(label=_("À partir du"))
    net = EuroField(label=_("Nouveau montant, hors TVA"))
    vat = EuroField(label=_("TVA"), required=False, initial=Decimal("0.00"))


class FinForm(forms.Form):
    """The last day of a charge."""

    ends_on = DateFrField(label=_("Dernier jour"))
