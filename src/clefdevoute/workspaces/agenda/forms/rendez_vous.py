"""What is typed about an appointment: its moment, who holds it, where and how, how it went."""

import datetime as dt
from collections.abc import Sequence
from typing import Any, ClassVar

from django import forms
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from clefdevoute.records.agenda.actions.rendez_vous import ISSUES
from clefdevoute.records.agenda.models import Motif, RendezVous
from clefdevoute.records.personnes.models import Accompagnateur
from clefdevoute.ui.fields import DateFrField, HeureField
from clefdevoute.workspaces.agenda.formulaires import Group, GroupedForm, choices

LENGTHS = (15, 30, 45, 60, 90, 120, 180)
MISSING = _("Choisissez la personne dans la liste.")


def length_choices(*more: int) -> list[tuple[str, str]]:
    """Offer the usual lengths, and the one already recorded."""
    return [(str(minutes), f"{minutes} min") for minutes in sorted({*LENGTHS, *more})]


class MomentForm(GroupedForm):
    """A day, an hour, a length."""

    le = DateFrField(label=_("Jour"), error_messages={"required": _("Il manque le jour. Écrivez-le : JJ/MM/AAAA.")})
    heure = HeureField(
        label=_("Heure"), error_messages={"required": _("Il manque l’heure. Écrivez-la, par exemple 14:30.")}
    )
    duration_min = forms.TypedChoiceField(label=_("Durée"), coerce=int, choices=length_choices(), initial="60")

    sizes: ClassVar[dict[str, str]] = {
        "le": "s",
        "heure": "xs",
        "duration_min": "s",
        "accompagnateur": "m",
        "kind": "m",
    }

    def __init__(self, *args: Any, **options: Any) -> None:
        """Offer the length already recorded too."""
        super().__init__(*args, **options)
        recorded = (options.get("initial") or {}).get("duration_min")
        field: Any = self.fields["duration_min"]
        field.choices = length_choices(*([int(recorded)] if recorded else []))

    def starts_at(self) -> dt.datetime:
        """Join the day and the hour into a moment in Belgium."""
        values = self.cleaned_data
        return timezone.make_aware(dt.datetime.combine(values["le"], values["heure"]))


class RendezVousForm(MomentForm):
    """An appointment to fix."""

    accompagnateur = forms.TypedChoiceField(
        label=_("Avec"), error_messages={"required": MISSING, "invalid_choice": MISSING}
    )
    place = forms.CharField(
        label=_("Lieu"),
        max_length=200,
        required=False,
        help_text=_("Il figure sur la convocation : « Bureau du rez-de-chaussée », pas de nom de personne."),
    )
    kind = forms.ChoiceField(label=_("Sorte"), choices=RendezVous.Kind.choices, initial=RendezVous.Kind.ENTRETIEN)
    form = forms.ChoiceField(
        label=_("Forme"),
        choices=RendezVous.Form.choices,
        initial=RendezVous.Form.FACE_A_FACE,
        widget=forms.RadioSelect,
        help_text=_("Seul un entretien en face à face compte pour les six mois."),
    )
    groups: ClassVar[tuple[Group, ...]] = (
        Group(_("Quand"), ("le", "heure", "duration_min")),
        Group(_("Avec qui, où"), ("accompagnateur", "place")),
        Group(_("Comment"), ("kind", "form")),
    )

    def __init__(self, *args: Any, people: Sequence[Accompagnateur], **options: Any) -> None:
        """Offer the accompagnateurs of the enterprise."""
        super().__init__(*args, **options)
        known = {str(row.pk): row for row in people}
        field: Any = self.fields["accompagnateur"]
        field.coerce = known.get
        field.choices = choices([(key, str(row)) for key, row in known.items()])

    def details(self) -> dict[str, Any]:
        """Give all but the moment, as the actions take it."""
        names = ("accompagnateur", "duration_min", "place", "kind", "form")
        return {name: self.cleaned_data[name] for name in names if name in self.cleaned_data}


class ReportForm(RendezVousForm):
    """Another moment for an appointment: who and where may change with it."""

    groups: ClassVar[tuple[Group, ...]] = (
        Group(_("Nouveau moment"), ("le", "heure", "duration_min"), _("L’ancien reste dans l’agenda, reporté")),
        Group(_("Avec qui, où"), ("accompagnateur", "place")),
    )

    def __init__(self, *args: Any, **options: Any) -> None:
        """Leave the kind and the form as they are."""
        super().__init__(*args, **options)
        del self.fields["kind"], self.fields["form"]


class PrecisionsForm(RendezVousForm):
    """What a planned appointment may change on the spot; its moment is changed by postponing."""

    groups: ClassVar[tuple[Group, ...]] = (
        Group(_("Avec qui, où"), ("accompagnateur", "place", "duration_min")),
        Group(_("Comment"), ("kind", "form")),
    )

    def __init__(self, *args: Any, **options: Any) -> None:
        """Leave the moment as it is."""
        super().__init__(*args, **options)
        del self.fields["le"], self.fields["heure"]


class IssueForm(GroupedForm):
    """How an appointment went."""

    status = forms.ChoiceField(
        label=_("Comment s’est-il passé ?"),
        choices=[(one.value, one.label) for one in RendezVous.Status if one in ISSUES],
        widget=forms.RadioSelect,
        error_messages={"required": _("Dites comment il s’est passé : réalisé, excusé, absent ou refusé.")},
    )
    form = forms.ChoiceField(
        label=_("Sous quelle forme ?"),
        choices=RendezVous.Form.choices,
        widget=forms.RadioSelect,
        help_text=_("Un entretien par téléphone ou en vidéo est gardé, sans compter pour les six mois."),
    )
    groups: ClassVar[tuple[Group, ...]] = (Group(_("L’issue"), ("status", "form"), _("L’ancienne reste au journal")),)


class AnnulationForm(GroupedForm):
    """Why an appointment is cancelled: a code, never a story."""

    reason = forms.ChoiceField(
        label=_("Motif"),
        choices=Motif.choices,
        widget=forms.RadioSelect,
        error_messages={"required": _("Choisissez pourquoi ce rendez-vous est annulé.")},
    )
    groups: ClassVar[tuple[Group, ...]] = (Group(_("Pourquoi"), ("reason",), _("Il reste dans l’agenda, annulé")),)
