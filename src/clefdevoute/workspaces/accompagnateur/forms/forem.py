"""What is typed about a person's search for work, and about a packet that left."""

import hashlib
import json
from collections.abc import Sequence
from typing import Any, ClassVar

from django import forms
from django.utils.translation import gettext_lazy as _

from clefdevoute.documents.forem import Champ
from clefdevoute.documents.forem.paquet import LANGUES, NIVEAUX
from clefdevoute.law.identifiants.forms import Refused, niss_display, read_niss
from clefdevoute.records.reseau.models import ProfilForem, SuiteForem
from clefdevoute.ui.fields import DateFrField
from clefdevoute.workspaces.accompagnateur.forms.reseau import TOO_LONG, texte
from clefdevoute.workspaces.accompagnateur.formulaires import Group, GroupedForm, choices
from clefdevoute.workspaces.accompagnateur.notes import NotesForm

LANGUAGES = 4
READERS = _(
    "Lu par les accompagnateurs à qui ce dossier est ouvert, et par le Forem si la personne le laisse coché à "
    "l’aperçu. Une ligne par emploi ou par titre."
)
LONGEST = 4000


def lines(label: Any) -> forms.CharField:
    """Build a text of a few lines."""
    return forms.CharField(
        label=label,
        required=False,
        max_length=LONGEST,
        widget=forms.Textarea(attrs={"rows": 4}),
        error_messages={"max_length": TOO_LONG},
    )


def several(label: Any, options: Sequence[tuple[str, Any]]) -> forms.MultipleChoiceField:
    """Build boxes to tick."""
    return forms.MultipleChoiceField(label=label, required=False, choices=options, widget=forms.CheckboxSelectMultiple)


class RechercheForm(GroupedForm):
    """Since when the person is DEI, whether she looks for work, until when."""

    dei_since = DateFrField(label=_("DEI depuis le"))
    seeking = forms.BooleanField(label=_("Cherche un emploi"), required=False)
    ends_on = DateFrField(
        label=_("Plus DEI depuis le"), required=False, help_text=_("Vide tant que la personne est DEI.")
    )
    groups: ClassVar[tuple[Group, ...]] = (
        Group(_("La recherche d’emploi"), ("dei_since", "seeking", "ends_on"), _("DEI : demandeur d’emploi inoccupé")),
    )
    sizes: ClassVar[dict[str, str]] = {"dei_since": "s", "ends_on": "s"}


class ProfilForm(NotesForm):
    """The facts of a person that a packet may say; none is compulsory."""

    permits = several(_("Permis de conduire"), ProfilForem.Permis.choices)
    experience = lines(_("Expérience professionnelle"))
    titles = lines(_("Titres et diplômes"))
    mobility = several(_("Se déplace"), ProfilForem.Mobilite.choices)
    radius_km = forms.IntegerField(
        label=_("Distance acceptée (km)"),
        required=False,
        min_value=0,
        max_value=300,
        error_messages={
            "invalid": _("Écrivez un nombre de kilomètres, par exemple 20."),
            "min_value": _("La distance acceptée va de 0 à 300 km."),
            "max_value": _("La distance acceptée va de 0 à 300 km."),
        },
    )
    available_on = DateFrField(label=_("Disponible à partir du"), required=False)
    regime = forms.ChoiceField(
        label=_("Régime de travail"), required=False, choices=choices(ProfilForem.Regime.choices, _("Non précisé"))
    )
    hours_note = texte(_("Horaires possibles"), 300, help_text=_("Heures et jours seulement, jamais la raison."))

    groups: ClassVar[tuple[Group, ...]] = (
        Group(_("Expérience et titres"), ("experience", "titles"), _("Ni santé, ni vie privée, ni difficulté")),
        Group(_("Permis et mobilité"), ("permits", "mobility", "radius_km")),
        Group(_("Disponibilité"), ("available_on", "regime", "hours_note")),
    )
    sizes: ClassVar[dict[str, str]] = {"radius_km": "xs", "available_on": "s", "regime": "m", "hours_note": "m"}
    notes: ClassVar[dict[str, tuple[str, Any]]] = {"experience": ("shared", READERS), "titles": ("shared", READERS)}
    layouts: ClassVar[dict[str, str]] = {"permits": "chips", "mobility": "chips"}

    def __init__(self, *args: Any, **options: Any) -> None:
        """Give a few lines for the languages, each with its level."""
        super().__init__(*args, **options)
        names = []
        for number in range(1, LANGUAGES + 1):
            language, level = f"langue_{number}", f"niveau_{number}"
            self.fields[language] = forms.ChoiceField(
                label=_("Langue %(n)s") % {"n": number}, required=False, choices=choices(LANGUES, _("Aucune"))
            )
            self.fields[level] = forms.ChoiceField(
                label=_("Niveau de la langue %(n)s") % {"n": number}, required=False, choices=choices(NIVEAUX, "–")
            )
            names += [language, level]
            self.sizes = self.sizes | {language: "m", level: "m"}  # type: ignore[misc]  # this form alone has them
        self.shown = (Group(_("Langues"), tuple(names)), *self.shown)

    def clean(self) -> dict[str, Any]:
        """Join each language to its level; a level without a language is a slip, said at once."""
        values: dict[str, Any] = dict(super().clean() or self.cleaned_data)
        found = []
        for number in range(1, LANGUAGES + 1):
            language, level = values.pop(f"langue_{number}", ""), values.pop(f"niveau_{number}", "")
            if language and not level:
                self.add_error(f"niveau_{number}", _("Choisissez le niveau de cette langue."))
            elif level and not language:
                self.add_error(f"langue_{number}", _("Choisissez la langue, ou ôtez son niveau."))
            elif language:
                found.append({"langue": language, "niveau": level})
        values["languages"] = found
        return values


def empreinte(found: Sequence[Champ]) -> str:
    """Sum up the lines of a preview, to know later that they are those the person saw."""
    shown = json.dumps([(champ.code, champ.valeurs) for champ in found])
    return hashlib.sha256(shown.encode()).hexdigest()


class ApercuForm(forms.Form):
    """
    Which fields leave: all those filled are proposed, each may be left out.

    What was shown comes back with the choice: a line that changed since then is shown again, never sent unseen.
    """

    champs = forms.MultipleChoiceField(
        label=_("Ce qui part"),
        widget=forms.CheckboxSelectMultiple,
        error_messages={"required": _("Aucune donnée n’est choisie : cochez-en une, ou n’envoyez rien.")},
    )

    vu = forms.CharField(widget=forms.HiddenInput, required=False)

    def __init__(self, *args: Any, found: Sequence[Champ], **options: Any) -> None:
        """Offer the fields that have something to say."""
        super().__init__(*args, **options)
        self.empreinte = empreinte(found)
        field: Any = self.fields["champs"]
        field.choices = [(champ.code, champ.libelle) for champ in found if champ.valeurs]

    def clean(self) -> dict[str, Any]:
        """Refuse lines that are not those of the preview."""
        values: dict[str, Any] = dict(super().clean() or self.cleaned_data)
        if values.pop("vu", "") != self.empreinte:
            changed = _("Une donnée a changé depuis l’aperçu. Relisez chaque ligne avec la personne, puis produisez.")
            self.add_error(None, changed)
        return values


class FichierForm(forms.Form):
    """A file to take out; the NISS is typed for this copy, checked, and kept nowhere."""

    use_required_attribute = False

    niss = forms.CharField(
        label=_("NISS, seulement s’il doit figurer dans cette copie"),
        required=False,
        max_length=20,
        help_text=_("Vérifié, écrit dans le fichier, jamais enregistré."),
        widget=forms.TextInput(attrs={"autocomplete": "off", "inputmode": "numeric"}),
    )

    def clean_niss(self) -> str:
        """Check the digits, and write them as on the card."""
        typed: str = self.cleaned_data["niss"].strip()
        if not typed:
            return ""
        try:
            number, _kind = read_niss(typed)
        except Refused as wrong:
            sentence = _("Ce NISS est refusé : %(why)s. Recopiez les onze chiffres de la carte d’identité.")
            raise forms.ValidationError(sentence % {"why": wrong}) from wrong
        return niss_display(number)


class RemiseForm(GroupedForm):
    """How a packet was handed over."""

    on = DateFrField(label=_("Remis le"))
    channel = forms.ChoiceField(label=_("Voie"), choices=SuiteForem.Channel.choices)
    recipient = texte(_("Reçu par"), 150, missing=_("Dites qui reçoit le dossier au Forem."))
    groups: ClassVar[tuple[Group, ...]] = (Group(_("La remise"), ("on", "channel", "recipient")),)
    sizes: ClassVar[dict[str, str]] = {"on": "s", "channel": "m", "recipient": "m"}


class ReponseForm(GroupedForm):
    """What the Forem answered, or that nothing came."""

    on = DateFrField(label=_("Le"))
    answer = texte(_("Réponse, en une phrase"), 500)
    none_came = forms.BooleanField(label=_("Aucune réponse n’est venue, ne plus l’attendre"), required=False)
    groups: ClassVar[tuple[Group, ...]] = (Group(_("La réponse"), ("on", "answer", "none_came")),)
    sizes: ClassVar[dict[str, str]] = {"on": "s"}
