"""Forms of a year's file: its opening, its grant, its money, its letters, its declaration, its sending."""

from collections.abc import Sequence
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from clefdevoute.records.subventions.models import AideDeMinimis, DossierTransmis, Mouvement, Subvention
from clefdevoute.ui.fields import DateFrField, EuroField


class OuvrirForm(forms.Form):
    """What founds the year: a contract sent, or the balance of the year before."""

    origin = forms.ChoiceField(
        label=_("Ce qui ouvre l’année"),
        choices=Subvention.Origin.choices,
        initial=Subvention.Origin.CONTRAT_RECU,
        widget=forms.RadioSelect,
    )
    contract_sent_on = DateFrField(
        label=_("Contrat envoyé à l’administration le"),
        required=False,
        help_text=_("Vide si l’avance vient avec le solde de l’année précédente."),
    )


class OctroiForm(forms.Form):
    """What was granted, and when."""

    amount = EuroField(label=_("Montant accordé"))
    granted_on = DateFrField(label=_("Date de la décision"))


class MouvementForm(forms.Form):
    """Money seen on the account."""

    kind = forms.ChoiceField(label=_("Sorte"), choices=Mouvement.Kind.choices)
    amount = EuroField(label=_("Montant"))
    moved_on = DateFrField(label=_("Date sur le compte"))
    reference = forms.CharField(label=_("Communication"), max_length=200, required=False)


class LettreForm(forms.Form):
    """What a letter of the administration told."""

    target = forms.ChoiceField(label=_("La lettre dit"))
    reason = forms.CharField(label=_("Référence ou motif"), max_length=500, required=False)

    def __init__(self, *args: Any, targets: Sequence[tuple[str, str]], **options: Any) -> None:
        super().__init__(*args, **options)
        self.fields["target"].choices = targets  # type: ignore[attr-defined]


class SignataireForm(forms.Form):
    """Who signs the declaration; empty places are filled in by hand on the paper."""

    name = forms.CharField(label=_("Nom et prénom du signataire"), max_length=200, required=False)
    quality = forms.CharField(
        label=_("Qualité"), max_length=120, required=False, help_text=_("Par exemple « administratrice déléguée ».")
    )
    place = forms.CharField(label=_("Fait à"), max_length=120, required=False)


class SignatureForm(forms.Form):
    """The day of the signature, and the scan of what was signed."""

    signed_on = DateFrField(label=_("Signée le"))


class PosteForm(forms.Form):
    """The day on which the original was posted."""

    posted_on = DateFrField(label=_("Original posté le"))


class EnvoiForm(forms.Form):
    """How and when the package leaves."""

    channel = forms.ChoiceField(label=_("Voie d’envoi"), choices=DossierTransmis.Channel.choices)
    sent_on = DateFrField(label=_("Envoyé le"))
    receipt_number = forms.CharField(
        label=_("Numéro d’accusé de l’administration"),
        max_length=60,
        required=False,
        help_text=_("Vide : Clef de voûte en donne un."),
    )


class AideForm(forms.Form):
    """An aid of the ledger of de minimis aids."""

    granted_on = DateFrField(label=_("Octroyée le"))
    amount = EuroField(label=_("Montant"))
    regulation = forms.ChoiceField(label=_("Règlement"), choices=AideDeMinimis.Regulation.choices)
    grantor = forms.CharField(
        label=_("Autorité"), max_length=200, error_messages={"required": _("Nommez l’autorité qui a octroyé l’aide.")}
    )
    group_member = forms.CharField(
        label=_("Autre entreprise du groupe"),
        max_length=200,
        required=False,
        help_text=_("Si l’aide est allée à une autre entreprise de l’entreprise unique."),
    )
