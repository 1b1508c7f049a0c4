"""The hypothesis: how many persons in, how many out, from which day."""

import datetime as dt
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from clefdevoute.law.agrement.annee import AnneeAgrement
from clefdevoute.law.kernel.dates import add_days
from clefdevoute.ui.fields import DateFrField
from clefdevoute.ui.formats import date_courte
from clefdevoute.workspaces.gestionnaire.bord.hypothese import MOST


def _count(label: Any) -> forms.IntegerField:
    return forms.IntegerField(
        label=label,
        required=False,
        min_value=0,
        max_value=MOST,
        widget=forms.TextInput(attrs={"inputmode": "numeric", "autocomplete": "off", "class": "n"}),
        error_messages={
            "invalid": _("Écrivez un nombre entier de personnes, par exemple 1."),
            "min_value": _("Écrivez zéro ou plus."),
            "max_value": _("Écrivez au plus %(limit_value)s personnes."),
        },
    )


class HypotheseForm(forms.Form):
    """Persons in and out from a day of the year on."""

    entrees = _count(_("Entrées"))
    sorties = _count(_("Sorties"))
    des = DateFrField(label=_("À partir du"), required=False)

    def __init__(self, *args: Any, day: dt.date, year: AnneeAgrement, **options: Any) -> None:
        """Offer the counted day; the year bounds what makes sense, its day after included."""
        super().__init__(*args, **(options | {"initial": {"entrees": 1, "sorties": 0, "des": day}}))
        self.day, self.first, self.last = day, year.debut, add_days(year.fin, 1)

    def clean_entrees(self) -> int:
        """Read nothing as nobody."""
        return int(self.cleaned_data["entrees"] or 0)

    def clean_sorties(self) -> int:
        """Read nothing as nobody."""
        return int(self.cleaned_data["sorties"] or 0)

    def clean_des(self) -> dt.date:
        """Keep the day inside the year, or on the first day of the next one."""
        day: dt.date = self.cleaned_data["des"] or self.day
        if not self.first <= day <= self.last:
            raise forms.ValidationError(
                _("Ce jour est hors de l’année. Choisissez un jour du %(first)s au %(last)s.")
                % {"first": date_courte(self.first), "last": date_courte(self.last)}
            )
        return day
