"""What is typed about a training plan: need, expertise, answer, module, hours, evaluation."""

import datetime as dt
from typing import Any, ClassVar

from django import forms
from django.utils.translation import gettext_lazy as _

from clefdevoute.records.foundation.access import Actor
from clefdevoute.records.parcours.models import DemandeExpertise, EvaluationFormation, ModuleFormation, SansObjet
from clefdevoute.records.personnes.models import Travailleur
from clefdevoute.records.reseau.models import Partenaire
from clefdevoute.records.suivi.models import Objectif
from clefdevoute.ui.fields import DateFrField, EuroField, NombreField
from clefdevoute.workspaces.accompagnateur.forms.choix import PartenaireField
from clefdevoute.workspaces.accompagnateur.notes import EQUIPE, NotesForm, note, text
from clefdevoute.workspaces.formulaires import Group, choices

SHARED = ("shared", EQUIPE)
KINDS = (Partenaire.Kind.FORMATION, Partenaire.Kind.FOREM, Partenaire.Kind.ENTREPRISE, Partenaire.Kind.AUTRE)


class PlanForm(NotesForm):
    """A need, and the objective it serves where there is one."""

    notes: ClassVar[dict[str, tuple[str, Any]]] = {"need": SHARED}
    groups: ClassVar[tuple[Group, ...]] = (Group(_("Le besoin"), ("need", "need_on", "objectif")),)
    sizes: ClassVar[dict[str, str]] = {"need_on": "s"}
    need = note(_("Besoin de formation"), required=True, missing=_("Écrivez le besoin de formation, en une phrase."))
    need_on = DateFrField(label=_("Noté le"))
    objectif = forms.ChoiceField(
        label=_("Objectif servi"), required=False, help_text=_("Celui de ses objectifs que la formation sert.")
    )

    def __init__(self, *args: Any, actor: Actor, person: Travailleur, **options: Any) -> None:
        """Offer the open objectives of the person."""
        super().__init__(*args, **options)
        rows = Objectif.objects.visible_to(actor).filter(travailleur=person, closed_on__isnull=True)
        self.goals = {str(row.pk): row for row in rows}
        field: Any = self.fields["objectif"]
        pairs = [(key, row.title) for key, row in self.goals.items()]
        field.choices = choices(pairs, _("Aucun objectif noté"))

    def values(self) -> dict[str, Any]:
        """Give the objective itself."""
        return self.cleaned_data | {"objectif": self.goals.get(self.cleaned_data["objectif"])}


class ExpertiseForm(NotesForm):
    """When the Forem was asked, whom, under which convention."""

    groups: ClassVar[tuple[Group, ...]] = (
        Group(_("La demande"), ("asked_on", "adviser", "convention_ref"), _("Expertise du Forem")),
    )
    sizes: ClassVar[dict[str, str]] = {"asked_on": "s", "convention_ref": "m"}
    asked_on = DateFrField(label=_("Demandée le"))
    adviser = text(_("Conseiller ou service du Forem"), 150)
    convention_ref = text(_("Référence de la convention Forem"), 100)


class ReponseForm(NotesForm):
    """What the Forem answered."""

    notes: ClassVar[dict[str, tuple[str, Any]]] = {"answer_text": SHARED}
    groups: ClassVar[tuple[Group, ...]] = (Group(_("La réponse"), ("answered_on", "answer", "answer_text")),)
    sizes: ClassVar[dict[str, str]] = {"answered_on": "s"}
    answered_on = DateFrField(label=_("Reçue le"))
    answer = forms.ChoiceField(
        label=_("Réponse"),
        choices=DemandeExpertise.Answer.choices,
        widget=forms.RadioSelect,
        error_messages={"required": _("Choisissez ce que le Forem répond.")},
    )
    answer_text = note(_("Ce que le Forem propose ou demande"))


class ModuleForm(NotesForm):
    """A module: who gives it, when, for how many hours, at what cost."""

    groups: ClassVar[tuple[Group, ...]] = (
        Group(_("Le module"), ("title", "partenaire", "starts_on", "ends_on")),
        Group(_("Heures et coût"), ("hours_planned", "cost")),
    )
    sizes: ClassVar[dict[str, str]] = {"starts_on": "s", "ends_on": "s", "hours_planned": "xs", "cost": "s"}
    title = text(_("Intitulé"), required=True, missing=_("Il manque l’intitulé du module : écrivez-le."))
    partenaire = PartenaireField(
        label=_("Opérateur"), kinds=KINDS, help_text=_("Il manque à la liste ? Ajoutez-le d’abord dans Réseau.")
    )
    starts_on = DateFrField(label=_("Premier jour"))
    ends_on = DateFrField(label=_("Dernier jour"), required=False, help_text=_("Vide s’il n’est pas fixé."))
    hours_planned = NombreField(label=_("Heures prévues"), places=2, example="24")
    cost = EuroField(
        label=_("Coût en euros"), required=False, help_text=_("0 s’il est gratuit, vide s’il est inconnu.")
    )

    def __init__(self, *args: Any, actor: Actor, **options: Any) -> None:
        """Offer the partners of the actor."""
        super().__init__(*args, **options)
        field: Any = self.fields["partenaire"]
        field.offer(actor)


class ResultatModuleForm(ModuleForm):
    """The same, with its result."""

    groups: ClassVar[tuple[Group, ...]] = (Group(_("Le résultat"), ("result",)), *ModuleForm.groups)
    result = forms.ChoiceField(
        label=_("Résultat"), choices=ModuleFormation.Result.choices, widget=forms.RadioSelect, required=True
    )


class HeuresForm(NotesForm):
    """The hours of one day."""

    groups: ClassVar[tuple[Group, ...]] = (Group(_("Un jour"), ("held_on", "hours")),)
    sizes: ClassVar[dict[str, str]] = {"held_on": "s", "hours": "xs"}
    held_on = DateFrField(label=_("Jour"))
    hours = NombreField(
        label=_("Heures suivies"), places=2, example="4", help_text=_("0 dit que la personne était absente.")
    )


class EvaluationForm(NotesForm):
    """What a plan gave."""

    notes: ClassVar[dict[str, tuple[str, Any]]] = {"text": SHARED}
    groups: ClassVar[tuple[Group, ...]] = (Group(_("L’évaluation"), ("held_on", "outcome", "text")),)
    sizes: ClassVar[dict[str, str]] = {"held_on": "s"}
    held_on = DateFrField(label=_("Évalué le"))
    outcome = forms.ChoiceField(
        label=_("Ce que le plan a donné"),
        choices=EvaluationFormation.Outcome.choices,
        widget=forms.RadioSelect,
        error_messages={"required": _("Choisissez ce que le plan a donné.")},
    )
    text = note(_("Ce que la personne et vous en retenez"))


class SansObjetForm(NotesForm):
    """Why a task has no object for this person."""

    notes: ClassVar[dict[str, tuple[str, Any]]] = {"detail": SHARED}
    groups: ClassVar[tuple[Group, ...]] = (Group(_("La raison"), ("reason", "noted_on", "detail")),)
    sizes: ClassVar[dict[str, str]] = {"noted_on": "s"}
    reason = forms.ChoiceField(
        label=_("Raison"),
        choices=SansObjet.Reason.choices,
        widget=forms.RadioSelect,
        error_messages={"required": _("Choisissez une raison : sans elle, la tâche reste un manque.")},
    )
    noted_on = DateFrField(label=_("Depuis le"))
    detail = note(_("Précision"), rows=2)


def today(field: str) -> Any:
    """Propose today for a field, as a step's initial value."""

    def initial(row: Any, day: dt.date) -> dict[str, Any]:
        return {field: day}

    return initial
