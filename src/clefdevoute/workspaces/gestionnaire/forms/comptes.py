"""Forms of comptes individuels: one amount, the document of a year, a CSV and its columns."""

import datetime as dt
from collections.abc import Mapping
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from clefdevoute.documents.comptes.lecture import CIBLES
from clefdevoute.records.frais.composants import ANNUELS, PAR_VALEUR, Composant
from clefdevoute.records.frais.models import CompteIndividuel
from clefdevoute.records.frais.saisies import MontantSaisi
from clefdevoute.ui.fields import DateFrField, EuroField
from clefdevoute.ui.formats import mois

EMPTY = _("Ce fichier est vide : choisissez le bon, puis envoyez-le à nouveau.")


class MontantForm(forms.Form):
    """One amount, by itself: the way without a grid, and the only one for yearly items."""

    component = forms.ChoiceField(label=_("Élément"), choices=[(item.value, item.label) for item in Composant])
    month = forms.TypedChoiceField(label=_("Mois"), coerce=int)
    amount = EuroField(label=_("Montant"), negative=True)
    paid_on = DateFrField(
        label=_("Payé le"), required=False, help_text=_("Pour un pécule ou une prime : il compte à cette date.")
    )
    piece = forms.CharField(label=_("Facture qui le prouve"), required=False, max_length=200)

    def __init__(self, *args: Any, year: int, **options: Any) -> None:
        super().__init__(*args, **options)
        self.year = year
        self.fields["month"].choices = [(n, mois(dt.date(year, n, 1))) for n in range(1, 13)]  # type: ignore[attr-defined]

    def clean(self) -> dict[str, Any]:
        """Ask a yearly item for its payment date, of this civil year."""
        found = super().clean() or {}
        yearly = found.get("component") in {str(item) for item in ANNUELS}
        paid_on = found.get("paid_on")
        if yearly and "paid_on" not in self.errors:
            if paid_on is None:
                self.add_error("paid_on", _("Un pécule ou une prime compte à sa date de paiement : donnez-la."))
            elif paid_on.year != self.year:
                self.add_error("paid_on", _("Cette date est d’une autre année : ouvrez le compte de cette année-là."))
        return found

    def saisi(self) -> MontantSaisi:
        """Give the amount; a yearly item stands in the month of its payment."""
        found = self.cleaned_data
        component = PAR_VALEUR[found["component"]]
        yearly = component in ANNUELS
        month = found["paid_on"].month if yearly else found["month"]
        return MontantSaisi(
            month=dt.date(self.year, month, 1),
            component=component,
            amount=found["amount"],
            paid_on=found["paid_on"] if yearly else None,
            piece=found["piece"],
        )


class DocumentForm(forms.Form):
    """The PDF of a civil year."""

    nature = forms.ChoiceField(label=_("Document"), choices=CompteIndividuel.Nature.choices, widget=forms.RadioSelect)
    fichier = forms.FileField(
        label=_("PDF"), error_messages={"required": _("Choisissez le PDF reçu du secrétariat social."), "empty": EMPTY}
    )
    received_on = DateFrField(label=_("Reçu le"))


class CsvForm(forms.Form):
    """A CSV of amounts."""

    fichier = forms.FileField(
        label=_("Fichier CSV"),
        help_text=_("Une ligne par mois, ou par mois et élément ; vous désignez les colonnes ensuite."),
        error_messages={"required": _("Choisissez le fichier CSV, puis envoyez-le."), "empty": EMPTY},
    )


class ColonnesForm(forms.Form):
    """What each column of the CSV holds."""

    def __init__(self, *args: Any, headers: tuple[str, ...], proposed: Mapping[int, str], **options: Any) -> None:
        super().__init__(*args, **options)
        for place, header in enumerate(headers):
            self.fields[f"c{place}"] = forms.ChoiceField(
                label=header or _("Colonne sans titre"),
                choices=[("", _("Ne pas reprendre")), *CIBLES.items()],
                required=False,
                initial=proposed.get(place, ""),
            )

    def mapping(self) -> dict[int, str]:
        """Give the target of each column that is taken."""
        return {int(name[1:]): target for name, target in self.cleaned_data.items() if target}
