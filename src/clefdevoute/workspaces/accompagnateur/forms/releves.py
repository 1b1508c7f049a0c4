"""What is typed about a handover: to whom, until when, for a time or for good; who takes a person up."""

from collections.abc import Sequence
from typing import Any, ClassVar

from django import forms
from django.utils.translation import gettext_lazy as _

from clefdevoute.records.personnes.models import Accompagnateur
from clefdevoute.records.suivi.models import Releve
from clefdevoute.ui.fields import DateFrField
from clefdevoute.workspaces.accompagnateur.formulaires import Group, GroupedForm, choices

_CHOOSE = _("Choisissez la personne dans la liste.")


def colleague(label: Any, rows: Sequence[Accompagnateur], **options: Any) -> forms.TypedChoiceField:
    """Offer accompagnateurs, and give the one chosen."""
    known = {str(row.pk): row for row in rows}
    return forms.TypedChoiceField(
        label=label,
        choices=choices([(key, str(row)) for key, row in known.items()], _("Choisissez")),
        coerce=known.get,
        error_messages={"required": _CHOOSE, "invalid_choice": _CHOOSE},
        **options,
    )


class ReleveForm(GroupedForm):
    """A handover to a colleague."""

    kind = forms.ChoiceField(
        label=_("Durée"),
        choices=Releve.Kind.choices,
        widget=forms.RadioSelect,
        initial=Releve.Kind.TEMPORAIRE,
        help_text=_("Pour un temps : vous restez référent. Pour de bon : votre collègue le devient."),
        error_messages={"required": _("Dites si la relève est pour un temps ou pour de bon.")},
    )
    starts_on = DateFrField(label=_("À partir du"))
    ends_on = DateFrField(
        label=_("Jusqu’au"),
        help_text=_("Pour un temps : fin de l’accès du collègue. Pour de bon : fin de l’accès de qui part."),
    )
    groups: ClassVar[tuple[Group, ...]] = (
        Group(_("À qui"), ("to_accompagnateur", "kind")),
        Group(_("Quand"), ("starts_on", "ends_on"), _("Le dernier jour compte")),
    )
    sizes: ClassVar[dict[str, str]] = {"to_accompagnateur": "m", "starts_on": "s", "ends_on": "s"}

    def __init__(self, *args: Any, colleagues: Sequence[Accompagnateur], **options: Any) -> None:
        """Offer the colleagues."""
        super().__init__(*args, **options)
        self.fields["to_accompagnateur"] = colleague(_("Collègue"), colleagues)


class FinForm(GroupedForm):
    """Another end."""

    ends_on = DateFrField(label=_("Jusqu’au"))
    groups: ClassVar[tuple[Group, ...]] = (Group(_("Fin de la relève"), ("ends_on",), _("Le dernier jour compte")),)
    sizes: ClassVar[dict[str, str]] = {"ends_on": "s"}


class ReprendreForm(forms.Form):
    """Who becomes the referent of a person who has none."""

    starts_on = DateFrField(label=_("À partir du"))

    def __init__(self, *args: Any, colleagues: Sequence[Accompagnateur], **options: Any) -> None:
        """Offer the team."""
        super().__init__(*args, **options)
        self.fields["accompagnateur"] = colleague(_("Référent"), colleagues)
