"""What is typed about an accompagnateur: the person, the diploma, a stretch of experience, a contract."""

from typing import Any, ClassVar

from django import forms
from django.utils.translation import gettext_lazy as _

from clefdevoute.records.personnes.models import Accompagnateur, ContratAccompagnateur, PeriodeExperience
from clefdevoute.ui.fields import DateFrField
from clefdevoute.workspaces.gestionnaire.forms.travailleurs import email, hours, text
from clefdevoute.workspaces.gestionnaire.formulaires import Group, PiecesForm, choices

JOURS = (
    ("1", _("Lundi")),
    ("2", _("Mardi")),
    ("3", _("Mercredi")),
    ("4", _("Jeudi")),
    ("5", _("Vendredi")),
    ("6", _("Samedi")),
    ("7", _("Dimanche")),
)


class AccompagnateurForm(PiecesForm):
    """Who she is and which diploma she holds; what is missing may come later."""

    pieces: ClassVar[dict[str, Any]] = {"diploma_proof": _("Copie du diplôme")}
    name = text(_("Nom"), 100, required=True, missing=_("Il manque le nom. Écrivez-le."))
    first_name = text(_("Prénom"), 100, required=True, missing=_("Il manque le prénom. Écrivez-le."))
    birth_date = DateFrField(label=_("Date de naissance"), required=False)
    email = email(_("Courriel"))
    phone = text(_("Téléphone fixe"), 40, help_text=_("Le tableau A porte les deux numéros."))
    mobile = text(_("Téléphone mobile"), 40)
    diploma = forms.ChoiceField(
        label=_("Diplôme"), required=False, choices=choices(Accompagnateur.Diploma.choices, _("Aucun, ou expérience"))
    )
    diploma_title = text(_("Intitulé du diplôme"), 200)
    diploma_on = DateFrField(label=_("Diplôme obtenu le"), required=False)
    functions_start = DateFrField(label=_("En fonction depuis le"), required=False)
    functions_end = DateFrField(label=_("En fonction jusqu’au"), required=False)

    groups: ClassVar[tuple[Group, ...]] = (
        Group(_("La personne"), ("name", "first_name", "birth_date", "email", "phone", "mobile")),
        Group(_("Le diplôme"), ("diploma", "diploma_title", "diploma_on", "diploma_proof")),
        Group(_("Les fonctions"), ("functions_start", "functions_end")),
    )
    sizes: ClassVar[dict[str, str]] = {
        "birth_date": "s",
        "phone": "s",
        "mobile": "s",
        "diploma": "m",
        "diploma_on": "s",
        "functions_start": "s",
        "functions_end": "s",
    }

    def values(self) -> dict[str, Any]:
        """Give what the action takes; no new copy keeps the one recorded, unless the diploma goes."""
        values = dict(self.cleaned_data)
        if values["diploma_proof"] is None and values["diploma"]:
            del values["diploma_proof"]
        return values


class ExperienceForm(PiecesForm):
    """A stretch of experience and the paper that shows it; overlaps are counted once."""

    pieces: ClassVar[dict[str, Any]] = {"proof": _("Attestation, fiche salariale ou contrat")}
    kind = forms.ChoiceField(label=_("Sorte d’expérience"), choices=PeriodeExperience.Kind.choices)
    employer = text(_("Employeur"), 200, required=True, missing=_("Il manque l’employeur. Écrivez son nom."))
    function = text(_("Fonction"), 200)
    starts_on = DateFrField(label=_("Premier jour"))
    ends_on = DateFrField(label=_("Dernier jour"), required=False, help_text=_("Vide si le poste dure encore."))

    groups: ClassVar[tuple[Group, ...]] = (
        Group(_("L’expérience"), ("kind", "employer", "function", "starts_on", "ends_on"), _("Comptée au jour près")),
        Group(_("La preuve"), ("proof",)),
    )
    sizes: ClassVar[dict[str, str]] = {"kind": "m", "starts_on": "s", "ends_on": "s"}


class ContratForm(PiecesForm):
    """A contract: hours, days of the week, when it was sent."""

    pieces: ClassVar[dict[str, Any]] = {"proof": _("Contrat signé")}
    kind = forms.ChoiceField(
        label=_("Contrat"), choices=ContratAccompagnateur.Kind.choices, widget=forms.RadioSelect, required=False
    )
    starts_on = DateFrField(label=_("Premier jour"))
    ends_on = DateFrField(label=_("Dernier jour"), required=False, help_text=_("Vide : sans fin prévue."))
    hours_per_week = hours(_("Heures par semaine"))
    reference_hours = hours(_("Heures d’un temps plein"))
    weekdays = forms.MultipleChoiceField(
        label=_("Jours de la semaine"),
        required=False,
        choices=JOURS,
        widget=forms.CheckboxSelectMultiple,
        help_text=_("Nécessaires dès qu’un second contrat court : un jour, une fonction."),
    )
    sent_on = DateFrField(
        label=_("Envoyé à l’administration le"), required=False, help_text=_("Cet envoi ouvre l’avance.")
    )

    groups: ClassVar[tuple[Group, ...]] = (
        Group(_("Le contrat"), ("kind", "starts_on", "ends_on", "sent_on")),
        Group(_("Le temps de travail"), ("hours_per_week", "reference_hours", "weekdays"), _("Au moins un mi-temps")),
        Group(_("La pièce"), ("proof",)),
    )
    sizes: ClassVar[dict[str, str]] = {
        "starts_on": "s",
        "ends_on": "s",
        "sent_on": "s",
        "hours_per_week": "xs",
        "reference_hours": "xs",
    }

    def __init__(self, *args: Any, fixed_kind: bool = False, **options: Any) -> None:
        """Leave the kind of a recorded contract as it is."""
        super().__init__(*args, **options)
        if fixed_kind:
            del self.fields["kind"]
            first = self.shown[0]
            self.shown = (Group(first.title, first.fields[1:]), *self.shown[1:])

    def clean_kind(self) -> str:
        """Read nothing as the contract of support."""
        return self.cleaned_data["kind"] or ContratAccompagnateur.Kind.ACCOMPAGNEMENT

    def values(self) -> dict[str, Any]:
        """Give what the action takes; no new paper keeps the one recorded."""
        values = self.cleaned_data | {"weekdays": "".join(self.cleaned_data["weekdays"])}
        return {name: value for name, value in values.items() if name != "proof" or value is not None}
