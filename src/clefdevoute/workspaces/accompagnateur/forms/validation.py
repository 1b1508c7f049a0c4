"""What is typed about the validation of skills, and the levels of the grid."""

from collections.abc import Sequence
from typing import Any, ClassVar

from django import forms
from django.utils.translation import gettext_lazy as _

from clefdevoute.records.foundation.access import Actor
from clefdevoute.records.parcours.models import CompetenceEvaluee, EpreuveValidation, ValidationCompetences
from clefdevoute.records.reseau.models import Partenaire
from clefdevoute.ui.fields import DateFrField
from clefdevoute.workspaces.accompagnateur.forms.choix import MetierMixin, PartenaireField, shows_metier
from clefdevoute.workspaces.accompagnateur.forms.formation import SHARED
from clefdevoute.workspaces.accompagnateur.notes import NotesForm, note, text
from clefdevoute.workspaces.formulaires import Group, choices

BLANK = 4
"""Empty lines under the skills already in the grid."""


class InformationForm(NotesForm, MetierMixin):
    """That the person was told, on which day, with the sheet in her hand or not."""

    notes: ClassVar[dict[str, tuple[str, Any]]] = {"note": SHARED}
    sizes: ClassVar[dict[str, str]] = {"informed_on": "s"}
    informed_on = DateFrField(label=_("Personne informée le"))
    handout = forms.BooleanField(label=_("La feuille d’information lui est remise"), required=False)
    note = note(_("Ce que la personne en dit"), rows=2)

    def blocks(self) -> list[dict[str, Any]]:
        """Give the groups, the near occupations once something was typed."""
        trade = ("occupation", "metier") if shows_metier(self) else ("occupation",)
        self.shown = (
            Group(_("L’information"), ("informed_on", "handout", "note")),
            Group(_("Le métier"), trade, _("Si elle en a un en vue")),
        )
        return super().blocks()


class InteretForm(NotesForm):
    """What the person answers."""

    notes: ClassVar[dict[str, tuple[str, Any]]] = {"note": SHARED}
    groups: ClassVar[tuple[Group, ...]] = (Group(_("La réponse"), ("interest", "interest_on", "note")),)
    sizes: ClassVar[dict[str, str]] = {"interest_on": "s"}
    interest = forms.ChoiceField(
        label=_("La personne est"),
        choices=ValidationCompetences.Interest.choices,
        widget=forms.RadioSelect,
        error_messages={"required": _("Notez ce que la personne répond.")},
        help_text=_("« Pas intéressé » clôt ce parcours, et prouve que la personne a été informée."),
    )
    interest_on = DateFrField(label=_("Elle répond le"))
    note = note(_("Ce qu’elle en dit"), rows=2)


class InscriptionForm(NotesForm, MetierMixin):
    """The inscription, for an occupation."""

    sizes: ClassVar[dict[str, str]] = {"registered_on": "s"}
    registered_on = DateFrField(label=_("Inscrit le"))

    def blocks(self) -> list[dict[str, Any]]:
        """Give the groups, the near occupations once something was typed."""
        trade = ("occupation", "metier") if shows_metier(self) else ("occupation",)
        self.shown = (Group(_("L’inscription"), ("registered_on",)), Group(_("Le métier visé"), trade))
        return super().blocks()


class GuidanceForm(NotesForm):
    """The guidance interview."""

    groups: ClassVar[tuple[Group, ...]] = (Group(_("La guidance"), ("guidance_on",), _("Au centre de validation")),)
    sizes: ClassVar[dict[str, str]] = {"guidance_on": "s"}
    guidance_on = DateFrField(label=_("Entretien de guidance le"))


class EpreuveForm(NotesForm):
    """When and where the person takes the test."""

    groups: ClassVar[tuple[Group, ...]] = (Group(_("L’épreuve"), ("held_on", "centre")),)
    sizes: ClassVar[dict[str, str]] = {"held_on": "s"}
    held_on = DateFrField(label=_("Épreuve le"))
    centre = PartenaireField(
        label=_("Centre de validation"),
        kinds=(Partenaire.Kind.VALIDATION, Partenaire.Kind.FORMATION, Partenaire.Kind.FOREM),
        help_text=_("Il manque à la liste ? Ajoutez-le d’abord dans Réseau."),
    )

    def __init__(self, *args: Any, actor: Actor, **options: Any) -> None:
        """Offer the centres of the actor's network."""
        super().__init__(*args, **options)
        field: Any = self.fields["centre"]
        field.offer(actor)


class ResultatForm(NotesForm):
    """How a test went."""

    groups: ClassVar[tuple[Group, ...]] = (Group(_("Le résultat"), ("result", "title")),)
    result = forms.ChoiceField(
        label=_("Résultat"),
        choices=[pair for pair in EpreuveValidation.Result.choices if pair[0] != EpreuveValidation.Result.PREVUE],
        widget=forms.RadioSelect,
        error_messages={"required": _("Choisissez le résultat.")},
    )
    title = text(_("Titre de compétence"), help_text=_("Tel qu’il figure sur le document, si l’épreuve est réussie."))


class ArretForm(NotesForm):
    """That a path stops without a title."""

    groups: ClassVar[tuple[Group, ...]] = (Group(_("L’arrêt"), ("closed_on",)),)
    sizes: ClassVar[dict[str, str]] = {"closed_on": "s"}
    closed_on = DateFrField(label=_("Arrêté le"))


def _level(label: Any, empty: Any) -> forms.ChoiceField:
    """Offer the four levels, or none."""
    levels = [(str(key), word) for key, word in CompetenceEvaluee.Level.choices]
    return forms.ChoiceField(label=label, required=False, choices=choices(levels, empty))


class GrilleForm(NotesForm, MetierMixin):
    """The grid of one occupation: each skill and its level on one day; lines left empty are not skills."""

    sizes: ClassVar[dict[str, str]] = {"assessed_on": "s"}
    assessed_on = DateFrField(label=_("Évalué le"))

    def __init__(
        self, *args: Any, known: Sequence[tuple[str, int | None]] = (), trade: str = "", **options: Any
    ) -> None:
        """Lay a line for each skill already in the grid, with the level it takes, and a few empty ones."""
        super().__init__(*args, **options)
        self.fields["occupation"].initial = trade
        self.lines = []
        for number in range(len(known) + BLANK):
            skill, level, asked = f"competence_{number}", f"niveau_{number}", f"demande_{number}"
            self.fields[skill] = text(_("Compétence %(n)s") % {"n": number + 1})
            self.fields[level] = _level(_("Niveau constaté %(n)s") % {"n": number + 1}, _("Pas évaluée"))
            self.fields[asked] = _level(_("Niveau demandé %(n)s") % {"n": number + 1}, _("Pas précisé"))
            if number < len(known):
                self.fields[skill].initial, self.fields[asked].initial = known[number]
            self.sizes = self.sizes | dict.fromkeys((skill, level, asked), "m")  # type: ignore[misc]  # this form alone
            self.lines.append((skill, level, asked))

    def clean(self) -> dict[str, Any]:
        """Gather the levels; a skill without a level waits for another day, a level without a skill is asked."""
        values = super().clean()
        levels: dict[str, int] = {}
        expected: dict[str, int] = {}
        for skill, level, asked in self.lines:
            name, chosen, wanted = ((values.pop(one, "") or "").strip() for one in (skill, level, asked))
            if chosen and not name:
                self.add_error(skill, _("Nommez la compétence dont vous donnez le niveau."))
            elif chosen:
                levels[name] = int(chosen)
                expected |= {name: int(wanted)} if wanted else {}
        return values | {"levels": levels, "expected": expected}

    def blocks(self) -> list[dict[str, Any]]:
        """Give the groups, the near occupations once something was typed."""
        trade = ("occupation", "metier") if shows_metier(self) else ("occupation",)
        self.shown = (
            Group(_("Le métier"), (*trade, "assessed_on")),
            Group(_("Les compétences"), (), _("Une ligne par compétence")),
        )
        found = super().blocks()
        found[-1]["lines"] = [[self._drawn(name) for name in line] for line in self.lines]
        return found
