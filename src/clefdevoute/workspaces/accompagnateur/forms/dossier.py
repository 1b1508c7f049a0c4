"""What is typed in a dossier: objectives, actions, an impediment, how the person is reached."""

from collections.abc import Sequence
from typing import Any, ClassVar

from django import forms
from django.utils.translation import gettext_lazy as _

from clefdevoute.records.agenda.models import Empechement
from clefdevoute.records.suivi.models import Demarche, Etat, Horizon, MotifAbandon, Objectif
from clefdevoute.records.suivi.models.demarches import etat_accorde
from clefdevoute.ui.fields import DateFrField
from clefdevoute.workspaces.accompagnateur.formulaires import Group, GroupedForm, choices


def words(label: Any, *, required: bool = True, size: int = 20_000, **options: Any) -> forms.CharField:
    """Build a text about a person; one line unless told."""
    errors = {
        "required": _("Écrivez-le en quelques mots."),
        "max_length": _("Ce texte dépasse 20.000 signes. Raccourcissez-le."),
    }
    return forms.CharField(label=label, required=required, max_length=size, error_messages=errors, **options)


def day(label: Any, *, required: bool = False, **options: Any) -> DateFrField:
    """Build a date."""
    return DateFrField(label=label, required=required, **options)


class ObjectifLigneForm(forms.Form):
    """A new objective in one line."""

    prefix = "o"
    title = words(_("Nouvel objectif"))
    horizon = forms.ChoiceField(label=_("Horizon"), choices=Horizon.choices)


class ObjectifForm(GroupedForm):
    """All of an objective."""

    title = words(_("Objectif"))
    wish = words(_("Souhait, dans les mots de la personne"), required=False, widget=forms.Textarea(attrs={"rows": 3}))
    horizon = forms.ChoiceField(label=_("Horizon"), choices=Horizon.choices)
    review_on = day(_("À revoir le"), help_text=_("Vide : trois, six ou douze mois selon l’horizon."))
    groups: ClassVar[tuple[Group, ...]] = (
        Group(_("L’objectif"), ("title", "wish"), _("Lu par l’équipe d’accompagnement seule")),
        Group(_("L’échéance"), ("horizon", "review_on")),
    )
    sizes: ClassVar[dict[str, str]] = {"horizon": "s", "review_on": "s"}


class ClotureForm(GroupedForm):
    """How far something is: a state, and why it was given up."""

    status = forms.ChoiceField(label=_("Statut"), choices=Etat.choices)
    closed_on = day(_("Réalisé ou abandonné le"), help_text=_("Vide : aujourd’hui."))
    reason = forms.ChoiceField(
        label=_("Motif de l’abandon"),
        required=False,
        choices=choices(MotifAbandon.choices, _("Aucun")),
    )
    remark = words(_("Remarque"), required=False, widget=forms.Textarea(attrs={"rows": 2}))
    groups: ClassVar[tuple[Group, ...]] = (
        Group(_("Où on en est"), ("status", "closed_on", "reason", "remark"), _("Rien n’est effacé")),
    )
    sizes: ClassVar[dict[str, str]] = {"status": "s", "closed_on": "s", "reason": "m"}


class ObjectifModifierForm(ObjectifForm, ClotureForm):
    """An objective and how far it is, which comes first: that is what one opens it for."""

    groups: ClassVar[tuple[Group, ...]] = ClotureForm.groups + ObjectifForm.groups
    sizes: ClassVar[dict[str, str]] = ObjectifForm.sizes | ClotureForm.sizes

    def __init__(self, *args: Any, **options: Any) -> None:
        """Ask for a day of review: an objective that exists has one."""
        super().__init__(*args, **options)
        self.fields["review_on"].required = True
        self.fields["review_on"].help_text = ""


class _OfObjectif(forms.Form):
    """A form that may hang an action under one of the open objectives."""

    def __init__(self, *args: Any, objectifs: Sequence[Objectif], **options: Any) -> None:
        """Offer the objectives of the person."""
        super().__init__(*args, **options)
        self.objectifs = {str(one.pk): one for one in objectifs}
        offered = [(key, _short(one.title)) for key, one in self.objectifs.items()]
        field = self.fields["objectif"]
        if isinstance(field, forms.ChoiceField):
            field.choices = choices(offered, _("Aucun objectif"))

    def clean_objectif(self) -> Objectif | None:
        """Give the objective itself."""
        return self.objectifs.get(self.cleaned_data["objectif"])


class DemarcheLigneForm(_OfObjectif):
    """A new action in one line."""

    prefix = "d"
    text = words(_("Nouvelle démarche"))
    kind = forms.ChoiceField(label=_("Sorte"), choices=Demarche.Kind.choices)
    objectif = forms.ChoiceField(label=_("Pour l’objectif"), required=False)
    promised_for = day(_("Pour le"))


class DemarcheForm(_OfObjectif, GroupedForm):
    """All of an action."""

    text = words(_("Démarche"))
    kind = forms.ChoiceField(label=_("Sorte"), choices=Demarche.Kind.choices)
    objectif = forms.ChoiceField(label=_("Pour l’objectif"), required=False)
    par = forms.ChoiceField(label=_("Faite par"), choices=Demarche.Par.choices, widget=forms.RadioSelect)
    avec = forms.BooleanField(label=_("Accompagnateur et personne ensemble"), required=False)
    promised_for = day(_("Promise pour le"))
    done_on = day(_("Faite le"), help_text=_("Vide tant qu’elle reste à faire."))
    groups: ClassVar[tuple[Group, ...]] = (
        Group(_("La démarche"), ("text", "kind", "objectif"), _("Lue par l’équipe d’accompagnement seule")),
        Group(_("Qui"), ("par", "avec")),
        Group(_("Quand"), ("promised_for", "done_on")),
    )
    sizes: ClassVar[dict[str, str]] = {"kind": "m", "promised_for": "s", "done_on": "s"}


class DemarcheModifierForm(DemarcheForm):
    """An action and how far it is, which comes first: that is what one opens it for."""

    status = forms.ChoiceField(label=_("Statut"), choices=[(one.value, etat_accorde(one)) for one in Etat])
    reason = forms.ChoiceField(
        label=_("Motif de l’abandon"), required=False, choices=choices(MotifAbandon.choices, _("Aucun"))
    )
    remark = words(_("Remarque"), required=False, widget=forms.Textarea(attrs={"rows": 2}))
    groups: ClassVar[tuple[Group, ...]] = (
        Group(_("Où on en est"), ("status", "done_on", "reason", "remark"), _("Rien n’est effacé")),
        *DemarcheForm.groups[:2],
        Group(_("Quand"), ("promised_for",)),
    )
    sizes: ClassVar[dict[str, str]] = DemarcheForm.sizes | {"status": "s", "reason": "m"}

    def __init__(self, *args: Any, **options: Any) -> None:
        """Name the day for both ways of closing."""
        super().__init__(*args, **options)
        self.fields["done_on"].label = _("Réalisée ou abandonnée le")
        self.fields["done_on"].help_text = _("Vide : aujourd’hui.")


class EmpechementForm(GroupedForm):
    """Why a person cannot come, by a code and without medical detail."""

    reason = forms.ChoiceField(
        label=_("Motif"),
        choices=Empechement.Reason.choices,
        help_text=_("Sans détail médical : ce motif se lit aussi au secrétariat."),
    )
    starts_on = day(_("Premier jour"), required=True)
    returns_on = day(_("Jour du retour"), help_text=_("Vide tant qu’il n’est pas connu."))
    groups: ClassVar[tuple[Group, ...]] = (
        Group(_("L’empêchement"), ("reason", "starts_on", "returns_on"), _("Montré à part, jamais comme fait")),
    )
    sizes: ClassVar[dict[str, str]] = {"reason": "m", "starts_on": "s", "returns_on": "s"}


class RetourForm(forms.Form):
    """The day on which an impediment ends."""

    returns_on = day(_("Jour du retour"), required=True)


class ContactForm(GroupedForm):
    """How the person is reached: the one part of the register that her accompagnateur completes."""

    phone = words(_("Téléphone"), required=False, size=40)
    email = forms.EmailField(
        label=_("Courriel"),
        required=False,
        error_messages={"invalid": _("Cette adresse n’est pas complète. Écrivez-la comme nom@exemple.be.")},
    )
    street = words(_("Rue et numéro"), required=False, size=200)
    postal_code = words(_("Code postal"), required=False, size=10)
    city = words(_("Localité"), required=False, size=100)
    groups: ClassVar[tuple[Group, ...]] = (
        Group(_("Contact"), ("phone", "email", "street", "postal_code", "city"), _("Vu aussi au registre")),
    )
    sizes: ClassVar[dict[str, str]] = {"phone": "s", "email": "m", "postal_code": "xs", "city": "m"}


def _short(text: str) -> str:
    return text if len(text) <= 60 else f"{text[:59]}…"
