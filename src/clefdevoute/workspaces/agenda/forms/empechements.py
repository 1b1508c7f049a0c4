"""What is typed about an impediment: a code and two days, never a detail of health."""

from typing import ClassVar

from django import forms
from django.utils.translation import gettext_lazy as _

from clefdevoute.records.agenda.models import Empechement
from clefdevoute.ui.fields import DateFrField
from clefdevoute.workspaces.agenda.formulaires import Group, GroupedForm


class EmpechementForm(GroupedForm):
    """An impediment, with its return where it is known."""

    reason = forms.ChoiceField(
        label=_("Motif"),
        choices=Empechement.Reason.choices,
        help_text=_("Un mot suffit : ni maladie ni détail n’ont leur place ici."),
    )
    starts_on = DateFrField(
        label=_("Premier jour"), error_messages={"required": _("Il manque le premier jour. Écrivez-le : JJ/MM/AAAA.")}
    )
    returns_on = DateFrField(
        label=_("Jour du retour"), required=False, help_text=_("Laissez vide s’il n’est pas connu.")
    )
    groups: ClassVar[tuple[Group, ...]] = (Group(_("L’empêchement"), ("reason", "starts_on", "returns_on")),)
    sizes: ClassVar[dict[str, str]] = {"reason": "m", "starts_on": "s", "returns_on": "s"}
