"""What is typed about the network: a partner, a contact, the filters of the list."""

from typing import Any, ClassVar

from django import forms
from django.utils.translation import gettext_lazy as _

from clefdevoute.records.reseau.models import Partenaire
from clefdevoute.ui.fields import DateFrField
from clefdevoute.workspaces.accompagnateur.formulaires import Group, GroupedForm, choices

TOO_LONG = _("Ce texte est trop long : au plus %(limit_value)d caractères. Raccourcissez-le.")


def texte(label: Any, size: int, *, missing: Any = "", **options: Any) -> forms.CharField:
    """Build a short text; ``missing`` is its sentence when it must be there."""
    errors = {"max_length": TOO_LONG, "required": missing or _("Complétez ce champ.")}
    return forms.CharField(label=label, max_length=size, required=bool(missing), error_messages=errors, **options)


def courriel(label: Any) -> forms.EmailField:
    """Build an e-mail address."""
    wrong = _("Cette adresse n’est pas complète. Écrivez-la comme nom@exemple.be.")
    return forms.EmailField(label=label, required=False, error_messages={"invalid": wrong, "max_length": TOO_LONG})


class PartenaireForm(GroupedForm):
    """An organisation of the network."""

    kind = forms.ChoiceField(label=_("Sorte"), choices=Partenaire.Kind.choices)
    name = texte(_("Nom"), 200, missing=_("Il manque le nom. Écrivez-le."))
    street = texte(_("Rue et numéro"), 200)
    postal_code = texte(_("Code postal"), 10)
    city = texte(_("Localité"), 100)
    bce = texte(_("Numéro d’entreprise (BCE)"), 20, help_text=_("Dix chiffres, si vous le connaissez."))
    phone = texte(_("Téléphone"), 40)
    email = courriel(_("Courriel"))
    closed_on = DateFrField(
        label=_("Plus de collaboration depuis le"),
        required=False,
        help_text=_("Le partenaire quitte les listes ; ce qui le cite reste."),
    )

    groups: ClassVar[tuple[Group, ...]] = (
        Group(_("Le partenaire"), ("kind", "name", "bce")),
        Group(_("Le joindre"), ("street", "postal_code", "city", "phone", "email")),
    )
    sizes: ClassVar[dict[str, str]] = {
        "kind": "m",
        "bce": "s",
        "postal_code": "xs",
        "city": "m",
        "phone": "s",
        "closed_on": "s",
    }

    def __init__(self, *args: Any, known: bool = False, **options: Any) -> None:
        """Offer the end of a collaboration only for a partner that is already there."""
        super().__init__(*args, **options)
        if known:
            self.shown = (*self.shown, Group(_("Fin"), ("closed_on",)))
        else:
            del self.fields["closed_on"]


class ContactForm(GroupedForm):
    """A person one calls there."""

    name = texte(_("Nom et prénom"), 150, missing=_("Il manque le nom. Écrivez-le."))
    function = texte(_("Fonction"), 150)
    phone = texte(_("Téléphone"), 40)
    email = courriel(_("Courriel"))
    left_on = DateFrField(label=_("N’y travaille plus depuis le"), required=False)

    groups: ClassVar[tuple[Group, ...]] = (Group(_("Le contact"), ("name", "function", "phone", "email")),)
    sizes: ClassVar[dict[str, str]] = {"phone": "s", "left_on": "s"}

    def __init__(self, *args: Any, known: bool = False, **options: Any) -> None:
        """Offer the departure only for a contact that is already there."""
        super().__init__(*args, **options)
        if known:
            self.shown = (*self.shown, Group(_("Départ"), ("left_on",)))
        else:
            del self.fields["left_on"]


class FiltresReseauForm(forms.Form):
    """What the list of partners may be narrowed by."""

    use_required_attribute = False

    q = forms.CharField(label=_("Nom ou localité"), required=False, max_length=100)
    kind = forms.ChoiceField(
        label=_("Sorte"), required=False, choices=choices(Partenaire.Kind.choices, _("Toutes les sortes"))
    )
    closed = forms.BooleanField(label=_("Montrer aussi les collaborations finies"), required=False)
