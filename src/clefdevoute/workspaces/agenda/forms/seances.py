"""What the secretariat types of a séance: when, where, by whom, which subjects; never what is said there."""

from collections.abc import Sequence
from typing import Any, ClassVar

from django import forms
from django.utils.translation import gettext_lazy as _

from clefdevoute.records.agenda.models import Seance
from clefdevoute.records.personnes.models import Accompagnateur
from clefdevoute.workspaces.agenda.forms.rendez_vous import MISSING, MomentForm
from clefdevoute.workspaces.agenda.formulaires import Group


class SeanceForm(MomentForm):
    """A séance to plan; another day is a postponement, so an existing one leaves the moment out."""

    title = forms.CharField(
        label=_("Titre"),
        max_length=150,
        help_text=_("Il figure sur la feuille de présence : ni problème ni état de santé."),
        error_messages={
            "required": _("Il manque le titre. Écrivez-le en quelques mots."),
            "max_length": _("Ce titre est trop long : au plus 150 caractères. Raccourcissez-le."),
        },
    )
    objets = forms.MultipleChoiceField(
        label=_("Objet"),
        choices=Seance.OBJETS,
        initial=["is_collective_interview"],
        widget=forms.CheckboxSelectMultiple,
        help_text=_("Demandez-le à qui tient la séance : elle compte pour chaque objet coché."),
        error_messages={"required": _("Cochez au moins un objet : sans lui, la séance ne compte pour aucune tâche.")},
    )
    accompagnateur = forms.TypedChoiceField(
        label=_("Tenue par"), error_messages={"required": MISSING, "invalid_choice": MISSING}
    )
    place = forms.CharField(
        label=_("Lieu"),
        max_length=200,
        required=False,
        error_messages={"max_length": _("Ce lieu est trop long : au plus 200 caractères. Raccourcissez-le.")},
    )
    groups: ClassVar[tuple[Group, ...]] = (
        Group(_("Quand"), ("le", "heure", "duration_min")),
        Group(_("Où et avec qui"), ("accompagnateur", "place")),
        Group(_("De quoi on parle"), ("title", "objets"), _("Pour la feuille de présence")),
    )

    layouts: ClassVar[dict[str, str]] = {"objets": "list"}

    def __init__(self, *args: Any, people: Sequence[Accompagnateur], moment: bool = True, **options: Any) -> None:
        """Offer who may hold it; ``moment`` false leaves day and hour as they are."""
        super().__init__(*args, **options)
        known = {str(row.pk): row for row in people}
        field: Any = self.fields["accompagnateur"]
        field.coerce = known.get
        field.choices = [(key, str(row)) for key, row in known.items()]
        if not moment:
            del self.fields["le"], self.fields["heure"]
            self.shown = (Group(_("Où et avec qui"), ("duration_min", "accompagnateur", "place")), self.groups[2])

    def values(self) -> dict[str, Any]:
        """Give what the action takes."""
        given = self.cleaned_data
        found: dict[str, Any] = {name: name in given["objets"] for name, _label in Seance.OBJETS}
        found |= {name: given[name] for name in ("title", "duration_min", "place", "accompagnateur")}
        return found | ({"starts_at": self.starts_at()} if "le" in given else {})


class ReportForm(MomentForm):
    """Another day and hour; the persons keep their places."""

    groups: ClassVar[tuple[Group, ...]] = (
        Group(_("Nouveau moment"), ("le", "heure"), _("Les personnes inscrites le restent")),
    )

    def __init__(self, *args: Any, **options: Any) -> None:
        """Leave the length as it is."""
        super().__init__(*args, **options)
        del self.fields["duration_min"]
