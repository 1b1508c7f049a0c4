"""Correcting the texts and the themes of an interview; the pinned line; the list of themes."""

from collections.abc import Sequence
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from clefdevoute.records.suivi.models import ASavoir


class CorrectionForm(forms.Form):
    """The three texts as they stand, each with the version that was read."""

    themes = forms.MultipleChoiceField(label=_("Thèmes"), required=False, widget=forms.CheckboxSelectMultiple)
    partagee = forms.CharField(label=_("Note partagée"), required=False, widget=forms.Textarea(attrs={"rows": 6}))
    privee = forms.CharField(label=_("Note privée"), required=False, widget=forms.Textarea(attrs={"rows": 3}))
    sante = forms.CharField(label=_("Santé"), required=False, widget=forms.Textarea(attrs={"rows": 3}))
    v_partagee = forms.IntegerField(required=False, widget=forms.HiddenInput)
    v_privee = forms.IntegerField(required=False, widget=forms.HiddenInput)
    v_sante = forms.IntegerField(required=False, widget=forms.HiddenInput)

    def __init__(self, *args: Any, themes: Sequence[tuple[str, str]], **options: Any) -> None:
        """Offer the chips of the enterprise, and those of this interview that were retired since."""
        super().__init__(*args, **options)
        field: Any = self.fields["themes"]
        field.choices = list(themes)

    def text(self, box: str) -> str:
        """Give the text of a box, its ends of line as everywhere."""
        typed: str = self.cleaned_data[box]
        return typed.replace("\r\n", "\n")

    def version(self, box: str) -> int:
        """Give the version that was read of a box, 0 for none."""
        return self.cleaned_data[f"v_{box}"] or 0


class ASavoirForm(forms.Form):
    """One short line; emptied, it goes."""

    text = forms.CharField(
        label=_("À savoir"),
        required=False,
        max_length=ASavoir.MOST,
        help_text=_("Une ligne, %(most)s caractères au plus. Ni santé ni jugement : elle se lit dans la liste.")
        % {"most": ASavoir.MOST},
        error_messages={"max_length": _("Cette ligne est trop longue : au plus %(limit_value)d caractères.")},
        widget=forms.TextInput(attrs={"autocomplete": "off"}),
    )


class ThemeForm(forms.Form):
    """A chip to add or to rename."""

    label = forms.CharField(
        label=_("Thème"),
        max_length=60,
        error_messages={
            "required": _("Écrivez le mot à afficher."),
            "max_length": _("Ce mot est trop long : au plus %(limit_value)d caractères."),
        },
    )
    active = forms.BooleanField(label=_("Proposé"), required=False)
