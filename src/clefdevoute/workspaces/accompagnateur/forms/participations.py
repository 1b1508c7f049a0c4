"""What is typed about a part in the management: when, which organ, in what form, its proof; why it is cancelled."""

from typing import Any, ClassVar

from django import forms
from django.utils.translation import gettext_lazy as _

from clefdevoute.records.parcours.models import Participation
from clefdevoute.ui.fields import DateFrField
from clefdevoute.workspaces.accompagnateur.formulaires import Group, GroupedForm, PiecesForm, choices


class ParticipationForm(PiecesForm):
    """An occasion, to note or to correct."""

    held_on = DateFrField(label=_("Date"))
    organ = forms.ChoiceField(
        label=_("Organe"),
        choices=choices(Participation.Organ.choices, _("Choisissez un organe")),
        error_messages={"required": _("Choisissez l’organe, ou « Autre organe ».")},
    )
    organ_name = forms.CharField(
        label=_("Nom de l’organe"),
        required=False,
        max_length=150,
        help_text=_("Nécessaire pour « Autre organe »."),
        error_messages={"max_length": _("Ce nom est trop long : au plus 150 caractères. Raccourcissez-le.")},
    )
    form = forms.ChoiceField(
        label=_("Forme"),
        choices=choices(Participation.Form.choices, _("Choisissez une forme")),
        error_messages={"required": _("Choisissez la forme : information, consultation, vote…")},
    )
    groups: ClassVar[tuple[Group, ...]] = (
        Group(_("L’occasion"), ("held_on", "organ", "organ_name", "form")),
        Group(_("La preuve"), ("proof",), _("Facultative : procès-verbal, liste, photo")),
    )
    sizes: ClassVar[dict[str, str]] = {"held_on": "s", "organ": "m", "organ_name": "m", "form": "m"}
    pieces: ClassVar[dict[str, Any]] = {"proof": _("Procès-verbal ou liste")}

    def values(self) -> dict[str, Any]:
        """Give what the action takes; no new file leaves the one that is there."""
        given = dict(self.cleaned_data)
        if given["proof"] is None:
            del given["proof"]
        return given


class AnnulerForm(GroupedForm):
    """Why an occasion is cancelled."""

    cancel_reason = forms.CharField(
        label=_("Raison"),
        required=False,
        max_length=200,
        help_text=_("Sans nom de personne, par exemple « Notée deux fois. »"),
        error_messages={"max_length": _("Ce texte est trop long : au plus 200 caractères. Raccourcissez-le.")},
    )
    groups: ClassVar[tuple[Group, ...]] = (
        Group(_("Pourquoi"), ("cancel_reason",), _("Elle reste dans la liste, annulée")),
    )
