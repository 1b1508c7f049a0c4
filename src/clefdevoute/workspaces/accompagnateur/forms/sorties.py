"""What is typed about an exit: why and where to, why it is taken back, and the one question of a call."""

from typing import Any, ClassVar

from django import forms
from django.utils.translation import gettext_lazy as _

from clefdevoute.records.suivi.models import Sortie, SuiviSortie, TentativeSortie
from clefdevoute.ui.fields import DateFrField
from clefdevoute.workspaces.accompagnateur.formulaires import Group, GroupedForm, choices


class SortieForm(GroupedForm):
    """An exit, to note or to correct."""

    left_on = DateFrField(label=_("Dernier jour dans l’entreprise"))
    reason = forms.ChoiceField(
        label=_("Raison"),
        choices=choices(Sortie.Reason.choices, _("Choisissez une raison")),
        error_messages={"required": _("Choisissez pourquoi la personne part.")},
    )
    destination = forms.ChoiceField(
        label=_("Destination"),
        choices=choices(Sortie.Destination.choices, _("Choisissez une destination")),
        error_messages={"required": _("Choisissez où va la personne, ou « Pas connue ».")},
    )
    remark = forms.CharField(
        label=_("Précision"),
        required=False,
        max_length=2000,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_("Facultatif. Lue par l’équipe d’accompagnement seule."),
        error_messages={"max_length": _("Ce texte dépasse 2.000 signes. Raccourcissez-le.")},
    )
    groups: ClassVar[tuple[Group, ...]] = (
        Group(_("La sortie"), ("left_on", "reason", "destination"), _("Comptée sans nom pour le rapport")),
        Group(_("Pour l’équipe"), ("remark",)),
    )
    sizes: ClassVar[dict[str, str]] = {"left_on": "s", "reason": "m", "destination": "m"}


class ReouvertureForm(GroupedForm):
    """Why an exit is taken back."""

    reason = forms.CharField(
        label=_("Raison"),
        required=False,
        max_length=500,
        help_text=_("Lue par l’équipe d’accompagnement seule, par exemple « Le contrat est prolongé. »"),
        error_messages={"max_length": _("Ce texte dépasse 500 signes. Raccourcissez-le.")},
    )
    groups: ClassVar[tuple[Group, ...]] = (Group(_("Pourquoi"), ("reason",), _("La sortie reste dans l’historique")),)


class AppelForm(GroupedForm):
    """One attempt and its one question."""

    employed = forms.ChoiceField(
        label=_("« Êtes-vous en emploi ? »"),
        required=False,
        choices=SuiviSortie.Employed.choices,
        widget=forms.RadioSelect,
    )
    result = forms.ChoiceField(
        label=_("Sinon, comment l’appel s’est passé"),
        required=False,
        choices=[choice for choice in TentativeSortie.Result.choices if choice[0] != TentativeSortie.Result.REPONDU],
        widget=forms.RadioSelect,
    )
    tried_on = DateFrField(label=_("Jour de l’appel"))
    groups: ClassVar[tuple[Group, ...]] = (Group(_("Une seule question"), ("employed", "result", "tried_on")),)
    sizes: ClassVar[dict[str, str]] = {"tried_on": "s"}

    def clean(self) -> dict[str, Any]:
        """Read an answer as an answer; ask for one or the other, never both."""
        values: dict[str, Any] = dict(super().clean() or self.cleaned_data)
        if values.get("employed") and values.get("result"):
            self.add_error(
                "result",
                _("Vous avez noté une réponse et un appel sans réponse : gardez l’un des deux."),
            )
        elif values.get("employed"):
            values["result"] = TentativeSortie.Result.REPONDU
        elif not values.get("result") and "result" not in self.errors:
            self.add_error("employed", _("Notez la réponse, oui ou non, ou comment l’appel s’est passé."))
        return values


class ReponseForm(GroupedForm):
    """The one answer, corrected."""

    employed = forms.ChoiceField(
        label=_("« Êtes-vous en emploi ? »"),
        choices=SuiviSortie.Employed.choices,
        widget=forms.RadioSelect,
        error_messages={"required": _("Choisissez oui ou non.")},
    )
    groups: ClassVar[tuple[Group, ...]] = (Group(_("La réponse"), ("employed",), _("L’historique garde la première")),)
