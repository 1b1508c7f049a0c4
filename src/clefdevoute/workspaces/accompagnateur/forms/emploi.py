"""What is typed about a jobcoaching: the wish, the enterprise aimed at, a step, its outcome, the end."""

from typing import Any, ClassVar

from django import forms
from django.utils.translation import gettext_lazy as _

from clefdevoute.records.foundation.access import Actor
from clefdevoute.records.parcours.models import EtapeJobcoaching, Jobcoaching
from clefdevoute.records.reseau.models import Partenaire
from clefdevoute.ui.fields import DateFrField
from clefdevoute.workspaces.accompagnateur.forms.choix import PartenaireField
from clefdevoute.workspaces.accompagnateur.forms.formation import SHARED
from clefdevoute.workspaces.accompagnateur.notes import NotesForm, note
from clefdevoute.workspaces.formulaires import Group

KINDS = (Partenaire.Kind.ENTREPRISE, Partenaire.Kind.FOREM, Partenaire.Kind.CPAS, Partenaire.Kind.AUTRE)
ADD = _("Elle manque à la liste ? Ajoutez-la d’abord dans Réseau.")


class WithPartenaire(NotesForm):
    """A form that offers the enterprises of the network."""

    partenaire = PartenaireField(label=_("Entreprise visée"), kinds=KINDS, help_text=ADD)

    def __init__(self, *args: Any, actor: Actor, **options: Any) -> None:
        """Offer those of the actor."""
        super().__init__(*args, **options)
        field: Any = self.fields["partenaire"]
        field.offer(actor)


class JobcoachingForm(WithPartenaire):
    """What the person wishes, and the enterprise she has in mind."""

    notes: ClassVar[dict[str, tuple[str, Any]]] = {"wish": SHARED}
    groups: ClassVar[tuple[Group, ...]] = (Group(_("Le souhait"), ("wish", "opened_on", "partenaire")),)
    sizes: ClassVar[dict[str, str]] = {"opened_on": "s"}
    wish = note(
        _("Souhait, dans les mots de la personne"), required=True, missing=_("Écrivez le souhait de la personne.")
    )
    opened_on = DateFrField(label=_("Ouvert le"))


class ViserForm(WithPartenaire):
    """The enterprise aimed at, alone."""

    groups: ClassVar[tuple[Group, ...]] = (Group(_("L’entreprise visée"), ("partenaire",)),)


class EtapeForm(WithPartenaire):
    """One step towards an employer."""

    notes: ClassVar[dict[str, tuple[str, Any]]] = {"note": SHARED}
    groups: ClassVar[tuple[Group, ...]] = (
        Group(_("L’étape"), ("kind", "held_on", "ends_on", "partenaire")),
        Group(_("Comment"), ("done", "outcome", "note")),
    )
    sizes: ClassVar[dict[str, str]] = {"held_on": "s", "ends_on": "s"}
    kind = forms.ChoiceField(
        label=_("Étape"),
        choices=EtapeJobcoaching.Kind.choices,
        widget=forms.RadioSelect,
        error_messages={"required": _("Choisissez l’étape.")},
    )
    held_on = DateFrField(label=_("Le"))
    ends_on = DateFrField(label=_("Dernier jour de l’essai"), required=False, help_text=_("Pour un essai ou un stage."))
    done = forms.ChoiceField(
        label=_("Fait"),
        choices=EtapeJobcoaching.Done.choices,
        widget=forms.RadioSelect,
        error_messages={"required": _("Dites si la personne a fait ce pas seule ou avec vous.")},
    )
    outcome = forms.ChoiceField(
        label=_("Issue"), choices=EtapeJobcoaching.Outcome.choices, widget=forms.RadioSelect, required=False
    )
    note = note(_("Note"))

    def values(self) -> dict[str, Any]:
        """Read no outcome as one that is awaited."""
        return self.cleaned_data | {"outcome": self.cleaned_data["outcome"] or EtapeJobcoaching.Outcome.ATTENTE}


class IssueForm(NotesForm):
    """How a step ended."""

    notes: ClassVar[dict[str, tuple[str, Any]]] = {"note": SHARED}
    groups: ClassVar[tuple[Group, ...]] = (Group(_("L’issue"), ("outcome", "note")),)
    outcome = forms.ChoiceField(
        label=_("Issue"),
        choices=EtapeJobcoaching.Outcome.choices,
        widget=forms.RadioSelect,
        error_messages={"required": _("Choisissez l’issue.")},
    )
    note = note(_("Ce que vous en retenez"))


class ClotureForm(NotesForm):
    """How a jobcoaching ended."""

    groups: ClassVar[tuple[Group, ...]] = (Group(_("L’issue"), ("outcome", "closed_on")),)
    sizes: ClassVar[dict[str, str]] = {"closed_on": "s"}
    outcome = forms.ChoiceField(
        label=_("Issue du jobcoaching"),
        choices=Jobcoaching.Outcome.choices,
        widget=forms.RadioSelect,
        error_messages={"required": _("Choisissez l’issue.")},
    )
    closed_on = DateFrField(label=_("Le"))
