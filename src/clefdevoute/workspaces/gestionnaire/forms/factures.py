"""Forms of invoices: finding, typing, correcting, imputing, completing, putting aside."""

import datetime as dt
from collections.abc import Mapping, Sequence
from decimal import Decimal
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from clefdevoute.records.entreprises.validators import normalise_bce, validate_bce
from clefdevoute.records.frais.models import Facture, LigneFrais
from clefdevoute.ui.fields import DateFrField, EuroField, PourcentField

TOUTES = "toutes"
ETATS = [("", _("À traiter")), *Facture.State.choices, (TOUTES, _("Toutes"))]


class FiltreForm(forms.Form):
    """What narrows the list: a state, a word, a number or an amount, a supplier."""

    q = forms.CharField(label=_("Fournisseur, numéro ou montant"), required=False, max_length=100)
    etat = forms.ChoiceField(label=_("État"), required=False, choices=ETATS)
    fournisseur = forms.UUIDField(required=False, widget=forms.HiddenInput)


class LotForm(forms.Form):
    """One line and one key for several invoices; neither, each goes as its supplier's last one."""

    line = forms.ChoiceField(label=_("Poste"), required=False)
    cle = forms.ChoiceField(label=_("Clé"), required=False)

    def __init__(self, *args: Any, lines: Sequence[Any], keys: Sequence[Any], **options: Any) -> None:
        super().__init__(*args, **options)
        self.prefix = "lot"
        same = ("", _("Comme la dernière fois chez le fournisseur"))
        self.fields["line"].choices = [same, *lines[1:]]  # type: ignore[attr-defined]
        self.fields["cle"].choices = [same, *keys[1:]]  # type: ignore[attr-defined]

    def clean(self) -> dict[str, Any]:
        """Ask for a line and its key together, or for neither."""
        found: dict[str, Any] = dict(super().clean() or {})
        for name, other, sentence in (
            ("line", "cle", _("Choisissez le poste de cette clé.")),
            ("cle", "line", _("Choisissez la clé de ce poste.")),
        ):
            if not found.get(name) and found.get(other) and name not in self.errors:
                self.add_error(name, sentence)
        return found


class PartForm(forms.Form):
    """One part of an invoice: its line and key, and what is rarely needed."""

    line = forms.ChoiceField(label=_("Poste"), required=False)
    cle = forms.ChoiceField(label=_("Clé"), required=False)
    net = EuroField(label=_("Part hors TVA"), required=False, negative=True, help_text=_("Vide : toute la facture."))
    vat = EuroField(label=_("TVA de la part"), required=False, negative=True)
    accompagnateur = forms.ChoiceField(label=_("Accompagnateur"), required=False)
    abroad = forms.ChoiceField(
        label=_("Mission à l’étranger"),
        required=False,
        choices=LigneFrais.Authorisation.choices,
        initial=LigneFrais.Authorisation.SANS_OBJET,
    )
    abroad_reference = forms.CharField(label=_("Référence de l’autorisation"), required=False, max_length=120)
    abroad_granted_on = DateFrField(label=_("Accordée le"), required=False)
    abroad_departure_on = DateFrField(label=_("Départ le"), required=False)

    def __init__(self, *args: Any, choices: Mapping[str, Sequence[Any]], **options: Any) -> None:
        super().__init__(*args, **options)
        for name, found in choices.items():
            self.fields[name].choices = found  # type: ignore[attr-defined]

    @property
    def more(self) -> bool:
        """Tell whether the rarely needed fields hold something, so that they are shown open."""
        names = ("net", "vat", "accompagnateur", "abroad_reference", "abroad_granted_on", "abroad_departure_on")
        rare = self["abroad"].value() not in (None, "", LigneFrais.Authorisation.SANS_OBJET)
        return rare or any(self[name].value() for name in names)

    def clean(self) -> dict[str, Any]:
        """Ask for the key of a line and the line of a key; an empty row is no part."""
        found = super().clean() or {}
        if self.has_changed() or self.data:
            for one, other, sentence in (
                ("line", "cle", _("Choisissez la clé de ce poste.")),
                ("cle", "line", _("Choisissez le poste de cette clé.")),
            ):
                if found.get(one) and not found.get(other) and other not in self.errors:
                    self.add_error(other, sentence)
        return found


PartFormSet = forms.formset_factory(PartForm, extra=0, max_num=20, absolute_max=20)


class EcarterForm(forms.Form):
    """Why an invoice is put aside."""

    reason = forms.CharField(
        label=_("Motif"),
        max_length=500,
        help_text=_("Par exemple « concerne le magasin, pas l’accompagnement »."),
        error_messages={"required": _("Écrivez le motif : il reste au dossier avec la facture.")},
    )


class AutreSubventionForm(forms.Form):
    """Which other subsidy takes a share of the invoice; empty, none does."""

    other_subsidy = forms.CharField(label=_("Autre subvention"), required=False, max_length=120)
    other_subsidy_percent = PourcentField(label=_("Sa part"), required=False, help_text=_("En pour cent."))

    def clean(self) -> dict[str, Any]:
        """Ask for both or none."""
        found = super().clean() or {}
        name, percent = found.get("other_subsidy"), found.get("other_subsidy_percent")
        if name and percent is None and "other_subsidy_percent" not in self.errors:
            self.add_error("other_subsidy_percent", _("Écrivez la part que cette subvention prend, par exemple 40."))
        if percent and not name:
            self.add_error("other_subsidy", _("Nommez la subvention qui prend cette part."))
        return found


class MontantEurosForm(forms.Form):
    """The euro amount of a foreign invoice, with its proof."""

    net_eur = EuroField(label=_("Hors TVA, en euros"), negative=True)
    vat_eur = EuroField(label=_("TVA, en euros"), negative=True)
    preuve = forms.FileField(
        label=_("Preuve du cours"),
        help_text=_("Extrait de compte ou cours du jour : PDF ou image."),
        error_messages={
            "required": _("Joignez la preuve du cours, par exemple l’extrait de compte."),
            "empty": _("Ce fichier est vide : choisissez le bon, puis envoyez-le à nouveau."),
        },
    )


class MontantsForm(forms.Form):
    """What an invoice says, typed; the amount with VAT is their sum."""

    number = forms.CharField(
        label=_("Numéro"),
        max_length=200,
        error_messages={"required": _("Tapez le numéro de la facture : l’annexe le demande.")},
    )
    issue_date = DateFrField(label=_("Date d’émission"))
    due_date = DateFrField(label=_("Échéance"), required=False)
    period_start = DateFrField(label=_("Période, du"), required=False)
    period_end = DateFrField(label=_("Période, au"), required=False)
    currency = forms.RegexField(
        r"^[A-Za-z]{3}$",
        label=_("Monnaie"),
        initial="EUR",
        error_messages={"invalid": _("Écrivez la monnaie en trois lettres, par exemple EUR.")},
    )
    net = EuroField(label=_("Hors TVA"))
    vat = EuroField(label=_("TVA"), initial=Decimal("0.00"))

    def clean_currency(self) -> str:
        """Write the currency in capitals."""
        return str(self.cleaned_data["currency"]).upper()

    def clean(self) -> dict[str, Any]:
        """Refuse a period written the wrong way round."""
        found = super().clean() or {}
        start, end = found.get("period_start"), found.get("period_end")
        if start and end and end < start:
            self.add_error("period_end", _("La période finit avant de commencer : corrigez l’une des deux dates."))
        return found

    def amounts(self) -> dict[str, Decimal]:
        """Give the three amounts."""
        net, vat = self.cleaned_data["net"], self.cleaned_data["vat"]
        return {"net": net, "vat": vat, "gross": net + vat}

    def others(self) -> dict[str, Any]:
        """Give what an invoice has beside its number and its day, under the records' names."""
        dates = self.dates()
        return {name: dates[name] for name in ("due_date", "period_start", "period_end")} | self.amounts()

    def dates(self) -> dict[str, dt.date | None]:
        """Give the dates; one end of a period alone stands for both."""
        found = self.cleaned_data
        start = found["period_start"] or found["period_end"]
        end = found["period_end"] or found["period_start"]
        return {
            "issue_date": found["issue_date"],
            "due_date": found["due_date"],
            "period_start": start,
            "period_end": end,
        }


class FactureTapeeForm(MontantsForm):
    """An invoice typed by a person, with its paper."""

    supplier = forms.CharField(
        label=_("Fournisseur"),
        max_length=200,
        error_messages={"required": _("Écrivez le nom du fournisseur, comme sur la facture.")},
    )
    enterprise_number = forms.CharField(
        label=_("Numéro d’entreprise"), required=False, max_length=40, help_text=_("Dix chiffres, s’il est belge.")
    )
    kind = forms.ChoiceField(
        label=_("Sorte"), choices=Facture.Kind.choices, initial=Facture.Kind.FACTURE, widget=forms.RadioSelect
    )
    piece = forms.FileField(
        label=_("PDF ou photo de la facture"),
        required=False,
        error_messages={"empty": _("Ce fichier est vide : choisissez le bon, puis envoyez-le à nouveau.")},
    )
    garde = forms.UUIDField(required=False, widget=forms.HiddenInput)
    field_order = (
        "supplier",
        "enterprise_number",
        "kind",
        "number",
        "issue_date",
        "due_date",
        "net",
        "vat",
        "currency",
        "period_start",
        "period_end",
        "piece",
        "garde",
    )

    def clean_enterprise_number(self) -> str:
        """Read the ten digits, or a foreign VAT number as it is."""
        text = str(self.cleaned_data["enterprise_number"]).strip()
        if not text or self._foreign(text):
            return text
        number = normalise_bce(text)
        try:
            validate_bce(number)
        except ValidationError as wrong:
            raise ValidationError(wrong.messages) from wrong
        return number

    @staticmethod
    def _foreign(text: str) -> bool:
        return text[:2].isalpha() and text[:2].upper() != "BE"

    @property
    def foreign_number(self) -> str:
        """Give the foreign number typed, if it is one."""
        text = str(self.cleaned_data["enterprise_number"])
        return "".join(text.split()).upper()[:30] if self._foreign(text) else ""

    @property
    def belgian_number(self) -> str:
        """Give the ten digits typed, if they are some."""
        text = str(self.cleaned_data["enterprise_number"])
        return "" if self._foreign(text) else text
