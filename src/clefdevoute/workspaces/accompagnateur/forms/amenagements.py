"""What is typed about an adjustment: need, analysis and measure, health apart, review, end."""

from typing import Any, ClassVar

from django import forms
from django.utils.translation import gettext_lazy as _

from clefdevoute.records.amenagements.models import Amenagement, RevueAmenagement
from clefdevoute.records.foundation.access import Actor
from clefdevoute.records.suivi import dossiers
from clefdevoute.ui.fields import DateFrField, EuroField
from clefdevoute.workspaces.accompagnateur.forms.formation import SHARED
from clefdevoute.workspaces.accompagnateur.notes import DIRECTION, VOUS, NotesForm, note
from clefdevoute.workspaces.formulaires import Group, choices


class BesoinForm(NotesForm):
    """What hinders the person at work, and who asks."""

    notes: ClassVar[dict[str, tuple[str, Any]]] = {"need": SHARED}
    groups: ClassVar[tuple[Group, ...]] = (Group(_("Le besoin"), ("need", "need_on", "asked_by")),)
    sizes: ClassVar[dict[str, str]] = {"need_on": "s"}
    need = note(
        _("Ce qui gêne la personne au travail"),
        required=True,
        missing=_("Écrivez ce qui gêne la personne au travail, sans diagnostic."),
    )
    need_on = DateFrField(label=_("Noté le"))
    asked_by = forms.ChoiceField(
        label=_("Demandé par"),
        choices=Amenagement.AskedBy.choices,
        widget=forms.RadioSelect,
        error_messages={"required": _("Dites qui demande cet aménagement.")},
    )


class BesoinDeForm(BesoinForm):
    """The same, from the list of all adjustments: the person is chosen first."""

    groups: ClassVar[tuple[Group, ...]] = (
        Group(_("La personne"), ("travailleur",)),
        Group(_("Le besoin"), ("need", "need_on", "asked_by")),
    )
    travailleur: Any = forms.ModelChoiceField(
        label=_("Travailleur"),
        queryset=None,
        empty_label=_("Choisir"),
        error_messages={
            "required": _("Choisissez la personne."),
            "invalid_choice": _("Ce dossier ne vous est pas ouvert."),
        },
    )

    def __init__(self, *args: Any, actor: Actor, **options: Any) -> None:
        """Offer the persons whose dossier is open to the actor."""
        super().__init__(*args, **options)
        field: Any = self.fields["travailleur"]
        field.queryset = dossiers.travailleurs(actor).order_by("name", "first_name")
        field.label_from_instance = _named


def _named(row: Any) -> str:
    born = f", {row.birth_date:%d/%m/%Y}" if row.birth_date else ""
    return f"{row.name} {row.first_name}{born}"


class AnalyseForm(NotesForm):
    """The analysis, which stays here, and the measure, which the head will read."""

    notes: ClassVar[dict[str, tuple[str, Any]]] = {"analysis": SHARED, "measure": ("shared", DIRECTION)}
    groups: ClassVar[tuple[Group, ...]] = (
        Group(_("L’analyse"), ("analysed_on", "analysis"), _("Reste dans le dossier")),
        Group(_("La mesure"), ("kind", "measure", "cost"), _("Part dans l’avis")),
    )
    sizes: ClassVar[dict[str, str]] = {"analysed_on": "s", "kind": "m", "cost": "s"}
    analysed_on = DateFrField(label=_("Poste analysé le"))
    analysis = note(_("Ce que l’analyse du poste montre"))
    kind = forms.ChoiceField(label=_("Sorte de mesure"), choices=choices(Amenagement.Kind.choices, _("Choisir")))
    measure = note(
        _("Mesure proposée"),
        required=True,
        missing=_("Écrivez la mesure proposée : c’est elle que la direction lira."),
    )
    cost = EuroField(label=_("Coût estimé en euros"), required=False, help_text=_("Vide s’il n’est pas connu."))


class DireForm(NotesForm):
    """The day on which the person learned the decision."""

    groups: ClassVar[tuple[Group, ...]] = (Group(_("La personne"), ("told_on",)),)
    sizes: ClassVar[dict[str, str]] = {"told_on": "s"}
    told_on = DateFrField(label=_("Décision dite à la personne le"))


class RevueForm(NotesForm):
    """A look back at the measure in place."""

    notes: ClassVar[dict[str, tuple[str, Any]]] = {"note": SHARED}
    groups: ClassVar[tuple[Group, ...]] = (Group(_("La revue"), ("held_on", "result", "next_on", "note")),)
    sizes: ClassVar[dict[str, str]] = {"held_on": "s", "next_on": "s"}
    held_on = DateFrField(label=_("Revu le"))
    result = forms.ChoiceField(
        label=_("La mesure est"),
        choices=RevueAmenagement.Result.choices,
        widget=forms.RadioSelect,
        error_messages={"required": _("Dites si la mesure reste, change ou n’est plus nécessaire.")},
    )
    next_on = DateFrField(
        label=_("Prochaine revue le"), required=False, help_text=_("Vide si la mesure n’est plus nécessaire.")
    )
    note = note(_("Ce que la personne en dit"))


class FinForm(NotesForm):
    """Why an adjustment ends."""

    groups: ClassVar[tuple[Group, ...]] = (Group(_("La clôture"), ("close_reason", "closed_on")),)
    sizes: ClassVar[dict[str, str]] = {"closed_on": "s"}
    close_reason = forms.ChoiceField(
        label=_("Motif"),
        choices=Amenagement.CloseReason.choices,
        widget=forms.RadioSelect,
        error_messages={"required": _("Choisissez le motif.")},
    )
    closed_on = DateFrField(label=_("Clos le"))


class SanteForm(NotesForm):
    """The health note, in its own compartment."""

    notes: ClassVar[dict[str, tuple[str, Any]]] = {"text": ("health", VOUS)}
    groups: ClassVar[tuple[Group, ...]] = (Group(_("Santé"), ("text",), _("Compartiment à part")),)
    text = note(_("Note de santé"), required=True, missing=_("Écrivez la note, ou revenez sans rien enregistrer."))
