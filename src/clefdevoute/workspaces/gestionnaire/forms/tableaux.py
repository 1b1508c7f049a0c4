"""The one-row form of Tables A and B: a cost that has no electronic invoice, typed."""

from collections.abc import Sequence
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from clefdevoute.ui.fields import DateFrField, EuroField


class DepenseForm(forms.Form):
    """A typed cost: which line, when, whose, how much, by which key."""

    prefix = "depense"

    line = forms.ChoiceField(label=_("Type de charge"), error_messages={"required": _("Choisissez le type de charge.")})
    issue_date = DateFrField(label=_("Date de la facture"))
    supplier = forms.CharField(
        label=_("Fournisseur"), max_length=200, error_messages={"required": _("Nommez le fournisseur.")}
    )
    number = forms.CharField(
        label=_("N° de facture"),
        max_length=200,
        error_messages={"required": _("Recopiez le numéro de la facture : l’annexe le demande.")},
    )
    net = EuroField(label=_("Montant hors TVA"))
    vat = EuroField(label=_("TVA"), required=False, help_text=_("Vide : sans TVA."))
    cle = forms.ChoiceField(label=_("Clé de répartition"), error_messages={"required": _("Choisissez la clé.")})

    def __init__(self, *args: Any, lines: Sequence[Any], keys: Sequence[Any], **options: Any) -> None:
        super().__init__(*args, **options)
        self.fields["line"].choices = lines  # type: ignore[attr-defined]
        self.fields["cle"].choices = [("", _("Choisissez")), *keys]  # type: ignore[attr-defined]
