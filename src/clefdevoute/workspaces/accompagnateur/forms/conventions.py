"""What is typed about a convention with a CPAS and its reports."""

from collections.abc import Sequence
from typing import Any, ClassVar

from django import forms
from django.utils.translation import gettext_lazy as _

from clefdevoute.records.personnes.models import Travailleur
from clefdevoute.records.reseau.actions.rapports import LONGEST
from clefdevoute.records.reseau.models import ConventionCpas, Partenaire, RapportCpas, Signature
from clefdevoute.ui.fields import DateFrField
from clefdevoute.workspaces.accompagnateur.forms.reseau import TOO_LONG, texte
from clefdevoute.workspaces.accompagnateur.formulaires import Group, GroupedForm, Keeper, PiecesForm, choices

Section = RapportCpas.Section
SHORTEST, LONGEST_MONTHS = 1, 24


def un_parmi(label: Any, rows: Sequence[Any], missing: Any, empty: Any) -> forms.TypedChoiceField:
    """Offer rows by their key, and give the row back."""
    known = {str(row.pk): row for row in rows}
    return forms.TypedChoiceField(
        label=label,
        choices=choices([(key, str(row)) for key, row in known.items()], empty),
        coerce=known.get,
        error_messages={"required": missing, "invalid_choice": missing},
    )


class ConventionForm(GroupedForm):
    """The dates of a convention and what its reports may say."""

    reference = texte(_("Référence"), 60)
    starts_on = DateFrField(label=_("Début"))
    ends_on = DateFrField(label=_("Fin"))
    renewal = forms.ChoiceField(label=_("Reconduction"), choices=ConventionCpas.Renewal.choices)
    report_months = forms.IntegerField(
        label=_("Un rapport tous les (mois)"),
        required=False,
        min_value=SHORTEST,
        max_value=LONGEST_MONTHS,
        help_text=_("Vide : aucun rapport n’est convenu."),
        error_messages={
            "invalid": _("Écrivez un nombre de mois, par exemple 3."),
            "min_value": _("Un rapport se demande tous les 1 à 24 mois."),
            "max_value": _("Un rapport se demande tous les 1 à 24 mois."),
        },
    )
    sections = forms.MultipleChoiceField(
        label=_("Contenu convenu des rapports"),
        required=False,
        choices=Section.choices,
        widget=forms.CheckboxSelectMultiple,
        help_text=_("Le CPAS ne recevra que cela. Jamais de note, de bilan ni de santé."),
    )

    groups: ClassVar[tuple[Group, ...]] = (
        Group(_("La convention"), ("cpas", "reference", "starts_on", "ends_on", "renewal")),
        Group(_("Les rapports"), ("report_months", "sections")),
    )
    sizes: ClassVar[dict[str, str]] = {
        "cpas": "m",
        "reference": "m",
        "starts_on": "s",
        "ends_on": "s",
        "renewal": "m",
        "report_months": "xs",
    }
    layouts: ClassVar[dict[str, str]] = {"sections": "list"}

    def __init__(self, *args: Any, cpas: Sequence[Partenaire] = (), **options: Any) -> None:
        """Offer the CPAS of the network; a draft keeps its own."""
        super().__init__(*args, **options)
        if cpas:
            missing = _("Choisissez un CPAS du réseau.")
            self.fields["cpas"] = un_parmi(_("CPAS"), cpas, missing, _("Choisissez…"))
        else:
            first = self.shown[0]
            self.shown = (Group(first.title, first.fields[1:]), *self.shown[1:])


class PersonneForm(GroupedForm):
    """A person put under a convention."""

    starts_on = DateFrField(label=_("Du"))
    ends_on = DateFrField(label=_("Au"))
    groups: ClassVar[tuple[Group, ...]] = (Group(_("La personne"), ("travailleur", "starts_on", "ends_on")),)
    sizes: ClassVar[dict[str, str]] = {"travailleur": "m", "starts_on": "s", "ends_on": "s"}

    def __init__(self, *args: Any, people: Sequence[Travailleur], **options: Any) -> None:
        """Offer the persons whose dossier is open."""
        super().__init__(*args, **options)
        missing = _("Choisissez la personne dans la liste.")
        self.fields["travailleur"] = un_parmi(_("Travailleur"), people, missing, _("Choisissez…"))


class FinPersonneForm(GroupedForm):
    """The last day of a person under a convention."""

    ends_on = DateFrField(label=_("Dernier jour"))
    groups: ClassVar[tuple[Group, ...]] = (Group(_("La fin"), ("ends_on",)),)
    sizes: ClassVar[dict[str, str]] = {"ends_on": "s"}


class SignataireForm(GroupedForm):
    """Somebody who has to sign."""

    party = forms.ChoiceField(label=_("Signe pour"), choices=Signature.Party.choices, widget=forms.RadioSelect)
    name = texte(_("Nom et prénom"), 150, missing=_("Il manque le nom de qui signe. Écrivez-le."))
    groups: ClassVar[tuple[Group, ...]] = (Group(_("Le signataire"), ("party", "name")),)


class EnvoiForm(GroupedForm):
    """The day a convention left to be signed."""

    sent_on = DateFrField(label=_("Envoyée à signer le"))
    groups: ClassVar[tuple[Group, ...]] = (Group(_("L’envoi"), ("sent_on",)),)
    sizes: ClassVar[dict[str, str]] = {"sent_on": "s"}


class SignatureForm(PiecesForm):
    """A signature given, with the paper where there is one."""

    signed_on = DateFrField(label=_("Signée le"))
    pieces: ClassVar[dict[str, Any]] = {"proof": _("Exemplaire signé")}
    groups: ClassVar[tuple[Group, ...]] = (Group(_("La signature"), ("signed_on", "proof")),)
    sizes: ClassVar[dict[str, str]] = {"signed_on": "s"}

    def __init__(self, *args: Any, keeper: Keeper, **options: Any) -> None:
        """Take the paper as every proof is taken."""
        super().__init__(*args, keeper=keeper, **options)


class ExemplaireForm(PiecesForm):
    """The signed copy, come back after the signature was noted."""

    pieces: ClassVar[dict[str, Any]] = {"proof": _("Exemplaire signé")}
    groups: ClassVar[tuple[Group, ...]] = (Group(_("Le papier"), ("proof",)),)

    def clean(self) -> dict[str, Any]:
        """Ask for the paper."""
        values = super().clean()
        if values.get("proof") is None and "proof" not in self.errors:
            self.add_error("proof", _("Il manque l’exemplaire : choisissez le scan ou la photo."))
        return values


class RemplacantForm(GroupedForm):
    """Who signs in the place of somebody."""

    name = texte(_("Nom et prénom"), 150, missing=_("Il manque le nom de qui signe. Écrivez-le."))
    groups: ClassVar[tuple[Group, ...]] = (Group(_("Qui signe"), ("name",)),)


class RelanceForm(GroupedForm):
    """The day of a reminder."""

    reminded_on = DateFrField(label=_("Relance faite le"))
    groups: ClassVar[tuple[Group, ...]] = (Group(_("La relance"), ("reminded_on",)),)
    sizes: ClassVar[dict[str, str]] = {"reminded_on": "s"}


class DenonciationForm(GroupedForm):
    """The end of a convention before its time."""

    denounced_on = DateFrField(label=_("Dernier jour de la convention"))
    reason = texte(_("Motif"), 300, missing=_("Une dénonciation a un motif : écrivez-le."))
    groups: ClassVar[tuple[Group, ...]] = (Group(_("La dénonciation"), ("denounced_on", "reason")),)
    sizes: ClassVar[dict[str, str]] = {"denounced_on": "s"}


class RapportForm(forms.Form):
    """A report: one box for each agreed section, and no other."""

    use_required_attribute = False

    def __init__(self, *args: Any, sections: Sequence[str], **options: Any) -> None:
        """Give a box to each agreed section."""
        super().__init__(*args, **options)
        labels = dict(Section.choices)
        for code in sections:
            self.fields[code] = forms.CharField(
                label=labels.get(code, code),
                required=False,
                max_length=LONGEST,
                widget=forms.Textarea(attrs={"rows": 4}),
                error_messages={"max_length": TOO_LONG},
            )


class EnvoiRapportForm(GroupedForm):
    """How a report left."""

    sent_on = DateFrField(label=_("Envoyé le"))
    channel = forms.ChoiceField(label=_("Voie"), choices=RapportCpas.Channel.choices)
    recipient = texte(_("Reçu par"), 150, missing=_("Dites qui reçoit le rapport."))
    groups: ClassVar[tuple[Group, ...]] = (Group(_("L’envoi"), ("sent_on", "channel", "recipient")),)
    sizes: ClassVar[dict[str, str]] = {"sent_on": "s", "channel": "m", "recipient": "m"}


class AnnulationForm(GroupedForm):
    """Why a report is no longer wanted."""

    reason = texte(_("Motif"), 300, missing=_("Dites pourquoi ce rapport n’est plus attendu."))
    groups: ClassVar[tuple[Group, ...]] = (Group(_("L’annulation"), ("reason",)),)
