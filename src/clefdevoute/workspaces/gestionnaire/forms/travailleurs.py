"""What is typed about a person of the register: identity, contract, absence."""

from decimal import Decimal
from typing import Any, ClassVar

from django import forms
from django.utils.translation import gettext_lazy as _

from clefdevoute.records.personnes.models import Absence, Engagement, Travailleur
from clefdevoute.ui.fields import DateFrField, NombreField
from clefdevoute.workspaces.gestionnaire.formulaires import Group, GroupedForm, choices


def text(label: Any, size: int, *, required: bool = False, missing: Any = "", **options: Any) -> forms.CharField:
    """Build a short text; ``missing`` is its sentence when it must be there."""
    errors = {
        "max_length": _("Ce texte est trop long : au plus %(limit_value)d caractères. Raccourcissez-le."),
        "required": missing or _("Complétez ce champ."),
    }
    return forms.CharField(label=label, max_length=size, required=required, error_messages=errors, **options)


def email(label: Any, *, required: bool = False) -> forms.EmailField:
    """Build an e-mail address."""
    wrong = _("Cette adresse n’est pas complète. Écrivez-la comme nom@exemple.be.")
    return forms.EmailField(label=label, required=required, error_messages={"invalid": wrong, "required": wrong})


def hours(label: Any, **options: Any) -> NombreField:
    """Build hours a week, with their comma."""
    return NombreField(label=label, places=2, example="19", **options)


class TravailleurForm(GroupedForm):
    """Who the person is; the NISS only where the enterprise turned it on."""

    number = text(_("Numéro interne"), 40, help_text=_("Laissez vide : le suivant est donné."))
    name = text(_("Nom"), 100, required=True, missing=_("Il manque le nom. Écrivez-le."))
    first_name = text(_("Prénom"), 100, required=True, missing=_("Il manque le prénom. Écrivez-le."))
    birth_date = DateFrField(label=_("Date de naissance"), required=False)
    sex = forms.ChoiceField(label=_("Sexe"), required=False, choices=choices(Travailleur.Sex.choices, _("Non précisé")))
    email = email(_("Courriel"))
    phone = text(_("Téléphone"), 40)
    street = text(_("Rue et numéro"), 200)
    postal_code = text(_("Code postal"), 10)
    city = text(_("Localité"), 100)
    niss = text(_("Numéro national (NISS)"), 20)

    groups: ClassVar[tuple[Group, ...]] = (
        Group(_("Identité"), ("number", "name", "first_name", "birth_date", "sex")),
        Group(_("Contact"), ("email", "phone", "street", "postal_code", "city")),
    )
    sizes: ClassVar[dict[str, str]] = {"number": "s", "birth_date": "s", "sex": "s", "phone": "s", "postal_code": "xs"}

    def __init__(self, *args: Any, niss: bool = False, **options: Any) -> None:
        """Offer the NISS or leave it out; a stored one is never shown again."""
        super().__init__(*args, **options)
        if niss:
            self.fields["niss"].help_text = _("Chiffré. Laissez vide pour ne rien changer.")
            self.shown = (*self.shown, Group(_("Numéro national"), ("niss",)))
        else:
            del self.fields["niss"]

    def values(self) -> dict[str, Any]:
        """Give what the action takes; an empty NISS changes nothing."""
        return {name: value for name, value in self.cleaned_data.items() if name != "niss" or value}


class EngagementForm(GroupedForm):
    """A contract: from when to when, how many hours, of which kind, where."""

    starts_on = DateFrField(label=_("Premier jour"))
    ends_on = DateFrField(
        label=_("Dernier jour"), required=False, help_text=_("Il compte encore. Vide : sans fin prévue.")
    )
    hours_per_week = hours(_("Heures par semaine"))
    reference_hours = hours(_("Heures d’un temps plein"))
    contract_kind = forms.ChoiceField(label=_("Contrat"), choices=Engagement.ContractKind.choices)
    site = text(_("Site"), 100)
    art60 = forms.BooleanField(
        label=_("Mis à disposition par un CPAS (article 60 § 7)"),
        required=False,
        help_text=_("Au payroll du CPAS : suivi, mais non compté pour le droit (lecture A4)."),
    )
    cpas_name = text(_("CPAS employeur"), 150)

    groups: ClassVar[tuple[Group, ...]] = (
        Group(_("Le contrat"), ("starts_on", "ends_on", "contract_kind", "site")),
        Group(_("Le temps de travail"), ("hours_per_week", "reference_hours"), _("Le droit compte des personnes")),
        Group(_("Article 60"), ("art60", "cpas_name")),
    )
    sizes: ClassVar[dict[str, str]] = {
        "starts_on": "s",
        "ends_on": "s",
        "hours_per_week": "xs",
        "reference_hours": "xs",
        "contract_kind": "m",
        "site": "m",
        "cpas_name": "m",
    }

    @staticmethod
    def initial_for(reference: Decimal) -> dict[str, Any]:
        """Offer a full-time contract without end."""
        return {"reference_hours": reference, "hours_per_week": reference, "contract_kind": "cdi"}


class FinForm(GroupedForm):
    """The last day of something."""

    ends_on = DateFrField(label=_("Dernier jour"), help_text=_("Il compte encore."))
    groups: ClassVar[tuple[Group, ...]] = (Group(_("La fin"), ("ends_on",)),)
    sizes: ClassVar[dict[str, str]] = {"ends_on": "s"}


class AbsenceForm(GroupedForm):
    """Days away from work; the person stays on the payroll and counts."""

    kind = forms.ChoiceField(label=_("Sorte d’absence"), choices=Absence.Kind.choices)
    starts_on = DateFrField(label=_("Premier jour"))
    ends_on = DateFrField(label=_("Dernier jour"), required=False, help_text=_("Vide tant qu’elle dure."))
    groups: ClassVar[tuple[Group, ...]] = (
        Group(_("L’absence"), ("kind", "starts_on", "ends_on"), _("La personne compte toujours")),
    )
    sizes: ClassVar[dict[str, str]] = {"kind": "m", "starts_on": "s", "ends_on": "s"}
