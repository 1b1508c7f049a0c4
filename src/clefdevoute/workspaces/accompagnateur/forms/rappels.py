"""What is chosen about reminders: whether, for whom, about what, how long before and how often after."""

from typing import Any, ClassVar

from django import forms
from django.utils.translation import gettext_lazy as _

from clefdevoute.records.echeances.lignes import Genre
from clefdevoute.records.echeances.models import ReglageRappel
from clefdevoute.records.echeances.models.rappels import MOST_DAYS
from clefdevoute.workspaces.accompagnateur.formulaires import Group, GroupedForm


def _days(label: Any, help_text: Any) -> forms.IntegerField:
    wrong = _("Écrivez un nombre de jours, de 0 à %(most)d.") % {"most": MOST_DAYS}
    errors = {"invalid": wrong, "required": wrong, "min_value": wrong, "max_value": wrong}
    widget = forms.NumberInput(attrs={"inputmode": "numeric"})
    return forms.IntegerField(
        label=label, help_text=help_text, min_value=0, max_value=MOST_DAYS, error_messages=errors, widget=widget
    )


class RappelsForm(GroupedForm):
    """One setting for all lines; what is not ticked is muted."""

    active = forms.BooleanField(
        label=_("M’envoyer un courriel les jours où il y a quelque chose à rappeler"), required=False
    )
    champ = forms.ChoiceField(label=_("Pour qui"), choices=ReglageRappel.Champ.choices, widget=forms.RadioSelect)
    days_before = _days(_("Jours avant l’échéance"), _("0 : le jour même."))
    repeat_days = _days(_("Jours entre deux rappels d’un retard"), _("0 : un seul rappel, le lendemain de l’échéance."))
    genres = forms.MultipleChoiceField(
        label=_("Me rappeler"),
        choices=Genre.choices,
        required=False,
        widget=forms.CheckboxSelectMultiple,
        help_text=_("Ce qui n’est pas coché reste dans la page, sans rappel."),
    )

    groups: ClassVar[tuple[Group, ...]] = (
        Group(_("Courriel"), ("active", "champ")),
        Group(_("Quand"), ("days_before", "repeat_days")),
        Group(_("Quoi"), ("genres",)),
    )
    sizes: ClassVar[dict[str, str]] = {"days_before": "xs", "repeat_days": "xs"}
    lists: ClassVar[frozenset[str]] = frozenset({"champ", "genres"})

    @staticmethod
    def initial_of(reglage: ReglageRappel) -> dict[str, Any]:
        """Give what is set today."""
        names = ("active", "champ", "days_before", "repeat_days")
        wanted = [genre for genre in Genre.values if genre not in reglage.muted]
        return {name: getattr(reglage, name) for name in names} | {"genres": wanted}

    def values(self) -> dict[str, Any]:
        """Give what the action takes."""
        chosen = self.cleaned_data
        muted = [genre for genre in Genre.values if genre not in chosen["genres"]]
        return {name: chosen[name] for name in ("active", "champ", "days_before", "repeat_days")} | {"muted": muted}
