"""Choices that several forms of the paths share: a partner of the network, an occupation in its own words."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from clefdevoute.documents import metiers
from clefdevoute.records.foundation.access import Actor
from clefdevoute.records.reseau.models import Partenaire
from clefdevoute.workspaces.accompagnateur.notes import text

AS_TYPED = "tel_quel"
MOST = 8


class PartenaireField(forms.ModelChoiceField):  # type: ignore[type-arg]  # Django's fields take no parameter at run time
    """A partner of the enterprise's network, of the kinds that fit first; those closed are left out."""

    def __init__(self, *, kinds: tuple[str, ...], **options: Any) -> None:
        """Wait for the actor before anything is offered."""
        self.kinds = kinds
        options.setdefault("required", False)
        options.setdefault("empty_label", _("Pas encore connu"))
        options.setdefault("error_messages", {"invalid_choice": _("Ce partenaire n’est pas dans votre réseau.")})
        super().__init__(queryset=None, **options)

    def offer(self, actor: Actor) -> None:
        """Offer the partners that this actor may choose."""
        rows = Partenaire.objects.visible_to(actor).filter(closed_on__isnull=True, kind__in=self.kinds)
        self.queryset = rows.order_by("name", "id")


class MetierMixin(forms.Form):
    """
    An occupation typed in one's own words, tied to ESCO when it can be; without a script.

    An exact title is taken at once. Otherwise the nearest are offered, with the words as typed beside them.
    """

    occupation = text(_("Métier"), help_text=_("Par exemple couturier ; les métiers proches vous seront proposés."))
    metier = forms.ChoiceField(
        label=_("Lequel de ces métiers ?"), required=False, widget=forms.RadioSelect, choices=[(AS_TYPED, "")]
    )

    def __init__(self, *args: Any, **options: Any) -> None:
        """Offer the nearest occupations once something was typed."""
        super().__init__(*args, **options)
        self.offered = False
        typed = str(self.data.get(self.add_prefix("occupation"), "")).strip() if self.is_bound else ""
        self.near = metiers.chercher(typed, MOST) if typed else ()
        choices = [(one.uri, f"{one.libelle} ({one.source})") for one in self.near]
        field: Any = self.fields["metier"]
        field.choices = [*choices, (AS_TYPED, _("Garder mes mots : « %(typed)s »") % {"typed": typed})]

    def clean(self) -> dict[str, Any]:
        """Read the choice, or the exact title, or ask."""
        values: dict[str, Any] = dict(super().clean() or self.cleaned_data)
        typed, chosen = values.get("occupation", ""), values.pop("metier", "")
        values["occupation_code"] = ""
        exact = next((one for one in self.near if one.libelle.casefold() == typed.casefold()), None)
        if chosen and chosen != AS_TYPED:
            values |= {"occupation": metiers.libelle(chosen), "occupation_code": chosen}
        elif exact is not None:
            values["occupation_code"] = exact.uri
        elif typed and self.near and chosen != AS_TYPED:
            self.offered = True
            self.add_error("metier", _("Choisissez le métier le plus proche, ou gardez vos mots."))
        if len(values["occupation_code"]) > 120:
            values["occupation_code"] = ""
        return values

    def values(self) -> dict[str, Any]:
        """Give what the action takes."""
        return {name: value for name, value in self.cleaned_data.items() if name != "metier"}


def shows_metier(form: Any) -> bool:
    """Tell whether the near occupations must be on the page."""
    return bool(form.is_bound and form.near and (form.offered or form.data.get(form.add_prefix("metier"))))
