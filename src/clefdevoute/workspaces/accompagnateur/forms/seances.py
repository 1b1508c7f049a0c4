"""What is typed about a séance: when, where, what about, whom; another moment, a cancellation, the signed sheet."""

import datetime as dt
from collections.abc import Sequence
from typing import Any, ClassVar

from django import forms
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from clefdevoute.records.agenda.models import Motif, Seance
from clefdevoute.records.personnes.models import Accompagnateur
from clefdevoute.ui.fields import DateFrField, HeureField
from clefdevoute.workspaces.accompagnateur.formulaires import Group, GroupedForm, PiecesForm, choices


class SeanceForm(GroupedForm):
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
        widget=forms.CheckboxSelectMultiple,
        help_text=_("Une séance peut en avoir plusieurs : elle compte pour chacun."),
        error_messages={"required": _("Cochez au moins un objet : sans lui, la séance ne compte pour aucune tâche.")},
    )
    day = DateFrField(label=_("Jour"))
    time = HeureField(label=_("Heure"))
    duration_min = forms.IntegerField(
        label=_("Durée en minutes"),
        min_value=5,
        max_value=600,
        initial=90,
        error_messages={
            "required": _("Il manque la durée. Écrivez-la en minutes, par exemple 90."),
            "invalid": _("Cette durée n’est pas un nombre entier. Écrivez-la en minutes, par exemple 90."),
            "min_value": _("La durée va de 5 minutes à 10 heures."),
            "max_value": _("La durée va de 5 minutes à 10 heures."),
        },
    )
    place = forms.CharField(
        label=_("Lieu"),
        max_length=200,
        required=False,
        error_messages={"max_length": _("Ce lieu est trop long : au plus 200 caractères. Raccourcissez-le.")},
    )
    accompagnateur = forms.ChoiceField(
        label=_("Tenue par"), error_messages={"invalid_choice": _("Choisissez la personne dans la liste.")}
    )

    groups: ClassVar[tuple[Group, ...]] = (
        Group(_("De quoi on parle"), ("title", "objets")),
        Group(_("Quand et où"), ("day", "time", "duration_min", "place", "accompagnateur")),
    )
    sizes: ClassVar[dict[str, str]] = {"day": "s", "time": "xs", "duration_min": "xs", "accompagnateur": "m"}

    def __init__(self, *args: Any, people: Sequence[Accompagnateur], moment: bool = True, **options: Any) -> None:
        """Offer who may hold it; ``moment`` false leaves day and hour as they are."""
        super().__init__(*args, **options)
        self.people = {str(row.pk): row for row in people}
        field: Any = self.fields["accompagnateur"]
        field.choices = [(key, str(row)) for key, row in self.people.items()]
        if not moment:
            del self.fields["day"], self.fields["time"]
            self.shown = (
                self.groups[0],
                Group(_("Où et avec qui"), ("duration_min", "place", "accompagnateur")),
            )

    def _drawn(self, name: str) -> dict[str, Any]:
        """Stand the subjects one under the other: they are long, and several may be ticked."""
        drawn = super()._drawn(name)
        return drawn | {"kind": "liste"} if name == "objets" else drawn

    def values(self) -> dict[str, Any]:
        """Give what the action takes."""
        given = self.cleaned_data
        found: dict[str, Any] = {name: name in given["objets"] for name, _label in Seance.OBJETS}
        found |= {name: given[name] for name in ("title", "duration_min", "place")}
        found["accompagnateur"] = self.people[given["accompagnateur"]]
        return found | ({"starts_at": moment_of(given)} if "day" in given else {})


class ReportForm(GroupedForm):
    """Another day and hour."""

    day = DateFrField(label=_("Nouveau jour"))
    time = HeureField(label=_("Nouvelle heure"))
    groups: ClassVar[tuple[Group, ...]] = (Group(_("Quand"), ("day", "time"), _("Les personnes inscrites le restent")),)
    sizes: ClassVar[dict[str, str]] = {"day": "s", "time": "xs"}


class AnnulationForm(GroupedForm):
    """Why a séance is cancelled."""

    reason = forms.ChoiceField(
        label=_("Motif"),
        choices=choices(Motif.choices, _("Choisissez un motif")),
        error_messages={"required": _("Choisissez pourquoi cette séance est annulée.")},
    )
    groups: ClassVar[tuple[Group, ...]] = (Group(_("Motif"), ("reason",), _("La séance reste dans la liste, annulée")),)
    sizes: ClassVar[dict[str, str]] = {"reason": "m"}


class FeuilleForm(PiecesForm):
    """The scan of the signed sheet."""

    pieces: ClassVar[dict[str, Any]] = {"feuille": _("Feuille signée, scannée ou photographiée")}

    def clean(self) -> dict[str, Any]:
        """Ask for the file."""
        values = super().clean()
        if values.get("feuille") is None and "feuille" not in self.errors:
            self.add_error(
                "feuille", _("Aucun fichier n’est choisi. Choisissez le scan de la feuille, puis joignez-le.")
            )
        return values


def moment_of(given: dict[str, Any]) -> dt.datetime:
    """Join a day and an hour in Belgium."""
    return timezone.make_aware(dt.datetime.combine(given["day"], given["time"]))


def initial_of(seance: Seance) -> dict[str, Any]:
    """Give a séance back as its form shows it."""
    names = ("title", "duration_min", "place")
    return {name: getattr(seance, name) for name in names} | {
        "objets": [name for name, _label in Seance.OBJETS if getattr(seance, name)],
        "accompagnateur": str(seance.accompagnateur_id),
    }
