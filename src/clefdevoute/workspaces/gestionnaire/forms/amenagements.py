"""What the head of the enterprise answers to a notice."""

from typing import Any, ClassVar

from django import forms
from django.utils.translation import gettext_lazy as _

from clefdevoute.records.amenagements.models import Outcome
from clefdevoute.ui.fields import DateFrField
from clefdevoute.workspaces.gestionnaire.formulaires import Group, GroupedForm


class DecisionForm(GroupedForm):
    """Accept, accept in part or refuse, with the reasons and the day of the review."""

    groups: ClassVar[tuple[Group, ...]] = (Group(_("Votre décision"), ("outcome", "review_on", "reasons")),)
    sizes: ClassVar[dict[str, str]] = {"review_on": "s"}
    outcome = forms.ChoiceField(
        label=_("Décision"),
        choices=Outcome.choices,
        widget=forms.RadioSelect,
        error_messages={"required": _("Choisissez : acceptée, acceptée en partie ou refusée.")},
    )
    review_on = DateFrField(
        label=_("À revoir le"), required=False, help_text=_("Si vous acceptez, en tout ou en partie.")
    )
    reasons = forms.CharField(
        label=_("Motivation"),
        required=False,
        max_length=2000,
        widget=forms.Textarea(attrs={"rows": 4}),
    )

    def readers(self) -> Any:
        """Say who will read the reasons."""
        return _("Lu par l’accompagnateur, qui le dit à la personne. Nécessaire si vous n’acceptez pas tout.")
