"""What the enterprise says of itself: identity, approval, VAT, its own accounts, who has access."""

import datetime as dt
from decimal import Decimal
from typing import Any, ClassVar

from django import forms
from django.utils.translation import gettext_lazy as _

from clefdevoute.law.accompagnement_social.values import lines_at
from clefdevoute.law.agrement.en_cours import DUREE_INITIALE, DUREE_RENOUVELLEMENT
from clefdevoute.law.kernel.dates import add_days, add_months
from clefdevoute.records.entreprises.models import Affectation, Agrement, EntrepriseInsertion
from clefdevoute.ui.fields import DateFrField, PourcentField
from clefdevoute.ui.formats import date_courte, mois
from clefdevoute.workspaces.gestionnaire.forms.travailleurs import email, hours, text
from clefdevoute.workspaces.gestionnaire.formulaires import Group, GroupedForm, choices

MONTHS = [(str(number), mois(dt.date(2000, number, 1))) for number in range(1, 13)]
Role = Affectation.RoleChoice


class EntrepriseForm(GroupedForm):
    """Identity and figures of the enterprise; its BCE number never changes."""

    name = text(_("Nom"), 200, required=True, missing=_("Il manque le nom de l’entreprise. Écrivez-le."))
    file_number = text(_("Numéro de dossier"), 60, help_text=_("EI02…, recopié de l’arrêté d’agrément."))
    street = text(_("Rue et numéro"), 200)
    postal_code = text(_("Code postal"), 10)
    city = text(_("Localité"), 100)
    phone = text(_("Téléphone"), 40)
    iban = text(_("Compte bancaire (IBAN)"), 50)
    vat_regime = text(_("Régime de TVA"), 200)
    fiscal_year_start_month = forms.TypedChoiceField(
        label=_("Premier mois de l’exercice comptable"), choices=MONTHS, coerce=int
    )
    entreprise_unique = text(
        _("Groupe formant une entreprise unique"), 100, help_text=_("Ses aides de minimis comptent ensemble.")
    )
    reference_hours = hours(_("Heures d’un temps plein par semaine"))
    niss_enabled = forms.BooleanField(
        label=_("Enregistrer le numéro national (NISS) des travailleurs"),
        required=False,
        help_text=_("Seulement si un texte vous y autorise. Il est chiffré."),
    )
    assigned_only = forms.BooleanField(
        label=_("Ouvrir un dossier aux seuls accompagnateurs qui suivent la personne"),
        required=False,
        help_text=_("Sinon, toute l’équipe d’accompagnement lit tous les dossiers et se remplace."),
    )
    cessation_kind = forms.ChoiceField(
        label=_("Fin des paiements"),
        required=False,
        choices=choices(EntrepriseInsertion.CessationKind.choices, _("Aucune")),
    )
    cessation_on = DateFrField(label=_("Fin des paiements le"), required=False)

    groups: ClassVar[tuple[Group, ...]] = (
        Group(_("Identité"), ("name", "file_number", "street", "postal_code", "city", "phone")),
        Group(_("Comptabilité"), ("iban", "vat_regime", "fiscal_year_start_month", "entreprise_unique")),
        Group(_("Travailleurs"), ("reference_hours", "niss_enabled", "assigned_only")),
        Group(_("Fin des paiements"), ("cessation_kind", "cessation_on"), _("Faillite, dissolution, liquidation")),
    )
    sizes: ClassVar[dict[str, str]] = {
        "file_number": "m",
        "postal_code": "xs",
        "phone": "s",
        "iban": "m",
        "fiscal_year_start_month": "s",
        "reference_hours": "xs",
        "cessation_kind": "m",
        "cessation_on": "s",
    }


class AgrementForm(GroupedForm):
    """A period of approval."""

    kind = forms.ChoiceField(label=_("Durée"), choices=Agrement.Kind.choices, widget=forms.RadioSelect)
    starts_on = DateFrField(label=_("Premier jour"))
    ends_on = DateFrField(
        label=_("Dernier jour"), required=False, help_text=_("Vide pour un agrément à durée indéterminée.")
    )
    decision = text(_("Référence de la décision"), 200)
    groups: ClassVar[tuple[Group, ...]] = (Group(_("L’agrément"), ("kind", "starts_on", "ends_on", "decision")),)
    sizes: ClassVar[dict[str, str]] = {"starts_on": "s", "ends_on": "s"}

    def clean(self) -> dict[str, Any]:
        """Ask for the last day where the law wants one, and tell the one that it gives."""
        values: dict[str, Any] = dict(super().clean() or self.cleaned_data)
        kind, start, end = (values.get(name) for name in ("kind", "starts_on", "ends_on"))
        if kind is None or start is None or "ends_on" not in values:
            return values
        duration = {Agrement.Kind.INITIAL: DUREE_INITIALE, Agrement.Kind.RENOUVELE: DUREE_RENOUVELLEMENT}.get(kind)
        if duration is None and end:
            self.add_error("ends_on", _("À durée indéterminée, il n’y a pas de dernier jour : effacez-le."))
        elif duration is not None and not end:
            years = int(duration.at(start).value)
            last = date_courte(add_days(add_months(start, 12 * years), -1))
            sentence = _("Il manque le dernier jour. %(years)s ans depuis ce premier jour finissent le %(last)s.")
            self.add_error("ends_on", sentence % {"years": years, "last": last})
        return values


class SuspensionForm(GroupedForm):
    """Days on which the approval is suspended."""

    starts_on = DateFrField(label=_("Premier jour"))
    ends_on = DateFrField(label=_("Dernier jour"), required=False, help_text=_("Vide tant qu’elle dure."))
    reason = text(_("Motif"), 300)
    groups: ClassVar[tuple[Group, ...]] = (Group(_("La suspension"), ("starts_on", "ends_on", "reason")),)
    sizes: ClassVar[dict[str, str]] = {"starts_on": "s", "ends_on": "s"}


class TvaForm(GroupedForm):
    """The share of VAT that the enterprise deducts, from a day on."""

    starts_on = DateFrField(label=_("À partir du"))
    percent = PourcentField(
        label=_("Part de la TVA que vous déduisez (%)"), help_text=_("0 si vous ne déduisez rien, 100 si tout.")
    )
    groups: ClassVar[tuple[Group, ...]] = (Group(_("La part déductible"), ("starts_on", "percent")),)
    sizes: ClassVar[dict[str, str]] = {"starts_on": "s", "percent": "xs"}

    def clean_percent(self) -> Decimal:
        """Give the share from 0 to 100, as it is stored."""
        share: Decimal = self.cleaned_data["percent"]
        return (share * 100).quantize(Decimal("0.01"))


class CompteForm(GroupedForm):
    """The enterprise's own account for a line of the tables, from a day on."""

    line = forms.ChoiceField(label=_("Ligne du tableau"))
    account = text(
        _("Votre compte"), 20, required=True, missing=_("Il manque le compte. Écrivez-le, par exemple 611000.")
    )
    label = text(_("Votre intitulé"), 200)
    starts_on = DateFrField(label=_("À partir du"))
    groups: ClassVar[tuple[Group, ...]] = (Group(_("Le compte"), ("line", "account", "label", "starts_on")),)
    sizes: ClassVar[dict[str, str]] = {"line": "m", "account": "s", "starts_on": "s"}

    def __init__(self, *args: Any, today: dt.date, **options: Any) -> None:
        """Offer the lines of the tables in force."""
        super().__init__(*args, **options)
        self.fields["line"].choices = [  # type: ignore[attr-defined]
            (row["code"], f"{row['tableau']} : {row['libelle']} ({row['comptes'] or 'sans compte'})")
            for row in lines_at(today)
        ]


class InvitationForm(GroupedForm):
    """A person who will sign in, and her role here."""

    name = text(_("Nom"), 200, required=True, missing=_("Il manque le nom. Écrivez-le."))
    email = email(_("Courriel"), required=True)
    role = forms.ChoiceField(
        label=_("Rôle"),
        choices=[(one.value, one.label) for one in (Role.GESTIONNAIRE, Role.ACCOMPAGNATEUR, Role.SECRETARIAT)],
        widget=forms.RadioSelect,
    )
    chef = forms.BooleanField(
        label=_("Chef d’entreprise : invite, signe la déclaration, décide"),
        required=False,
        help_text=_("Pour un gestionnaire seulement."),
    )
    starts_on = DateFrField(label=_("À partir du"))
    groups: ClassVar[tuple[Group, ...]] = (Group(_("La personne"), ("name", "email", "role", "chef", "starts_on")),)
    sizes: ClassVar[dict[str, str]] = {"starts_on": "s"}

    def clean(self) -> dict[str, Any]:
        """Give the head's permission to a gestionnaire alone."""
        values: dict[str, Any] = dict(super().clean() or self.cleaned_data)
        if values.get("chef") and values.get("role") != Role.GESTIONNAIRE:
            self.add_error("chef", _("Le chef d’entreprise agit comme gestionnaire : choisissez ce rôle."))
        return values
