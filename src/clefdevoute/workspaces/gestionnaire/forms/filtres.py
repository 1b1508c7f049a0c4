"""What one may ask of the register: part of a name or a birth date, a status, a site, a day."""

import datetime as dt
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from clefdevoute.records.personnes.models import StatutEngagement
from clefdevoute.ui.fields import DateFrField
from clefdevoute.workspaces.gestionnaire.registre import Filtres

STATUTS = [
    ("", _("Tous")),
    *StatutEngagement.Statut.choices,
    ("a_verifier", _("Conditions à vérifier")),
    ("aucun", _("Statut à figer")),
]


class FiltresForm(forms.Form):
    """The filters of the list, all in the address."""

    q = forms.CharField(label=_("Nom, n° ou naissance"), required=False, max_length=100)
    statut = forms.ChoiceField(label=_("Statut"), required=False, choices=STATUTS)
    site = forms.ChoiceField(label=_("Site"), required=False)
    presence = forms.ChoiceField(
        label=_("Présence"), required=False, choices=[("", _("Présents le")), ("tous", _("Présents et partis"))]
    )
    au = DateFrField(label=_("Jour"), required=False)

    def __init__(self, *args: Any, sites: list[str], today: dt.date, **options: Any) -> None:
        """Offer the sites of the register and today."""
        super().__init__(*args, **(options | {"initial": {"au": today}}))
        self.today = today
        self.fields["site"].choices = [("", _("Tous")), *((one, one) for one in sites)]  # type: ignore[attr-defined]

    def asked(self) -> Filtres:
        """
        Give what was asked; what cannot be read leaves the list of today, with its sentence beside.

        A name alone, from the bar, is looked for among those who left as well.
        """
        if not self.is_bound:
            return Filtres(au=self.today)
        self.is_valid()
        values = self.cleaned_data
        everybody = values.get("presence") == "tous" or set(self.data) == {"q"}
        day = None if everybody else values.get("au") or self.today
        return Filtres(q=values.get("q", ""), statut=values.get("statut", ""), site=values.get("site", ""), au=day)
