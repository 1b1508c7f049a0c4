"""What may be asked of the list of workers, and under which name it is kept."""

from collections.abc import Mapping, Sequence
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from clefdevoute.records.personnes.models import Accompagnateur, StatutEngagement
from clefdevoute.workspaces.accompagnateur.formulaires import choices
from clefdevoute.workspaces.accompagnateur.listes.filtres import ACTIFS, MIENS, PARTIS, SANS, TOUS, Filtres

LONGEST = 100


class FiltresForm(forms.Form):
    """The filters; a word that is not offered filters nothing, and is said."""

    q = forms.CharField(label=_("Nom, naissance ou numéro"), required=False, max_length=LONGEST)
    statut = forms.ChoiceField(label=_("Statut"), required=False)
    site = forms.ChoiceField(label=_("Site"), required=False)
    echeance = forms.ChoiceField(
        label=_("Entretien"),
        required=False,
        choices=[
            ("", _("Tous")),
            ("retard", _("En retard")),
            ("bientot", _("D’ici trente jours")),
            ("ok", _("À jour")),
            ("empeche", _("Empêché, motif noté")),
            ("sans", _("Sans suivi")),
        ],
    )
    completude = forms.ChoiceField(
        label=_("Dossier"),
        required=False,
        choices=[("", _("Tous")), ("complets", _("Complet")), ("incomplets", _("À compléter"))],
    )
    referent = forms.ChoiceField(label=_("Référent"), required=False)
    presence = forms.ChoiceField(
        label=_("Présence"),
        required=False,
        choices=[(ACTIFS, _("Présents")), (PARTIS, _("Partis")), (TOUS, _("Tous"))],
    )
    tri = forms.ChoiceField(
        label=_("Ordre"), required=False, choices=[("", _("Par nom")), ("echeance", _("Par échéance"))]
    )

    def __init__(self, data: Mapping[str, Any] | None, *, sites: Sequence[str], team: Sequence[Accompagnateur]) -> None:
        """Offer the sites of the enterprise and the accompagnateurs of its team."""
        super().__init__({"presence": ACTIFS, **(data or {})})
        offered: dict[str, Any] = {name: self.fields[name] for name in ("statut", "site", "referent")}
        offered["statut"].choices = choices(StatutEngagement.Statut.choices, _("Tous"))
        offered["site"].choices = choices([(site, site) for site in sites], _("Tous"))
        people = [(str(one.pk), str(one)) for one in team]
        offered["referent"].choices = [
            ("", _("Tous")),
            (MIENS, _("Moi, ou personne")),
            (SANS, _("Sans référent")),
            *people,
        ]

    def asked(self) -> Filtres:
        """Give the filters that can be read; the others filter nothing."""
        self.is_valid()
        found = {name: str(value) for name, value in self.cleaned_data.items() if value}
        return Filtres(**found)

    def query(self) -> dict[str, str]:
        """Give what a view keeps: the filters that differ from the list as it opens."""
        self.is_valid()
        kept = {name: str(value).strip() for name, value in self.cleaned_data.items() if str(value).strip()}
        return {name: value for name, value in kept.items() if (name, value) != ("presence", ACTIFS)}

    def words(self) -> list[tuple[str, str]]:
        """Say the filters as a person reads them on the first sheet of an export."""
        kept = self.query()
        said: list[tuple[str, str]] = []
        for name, value in kept.items():
            offered = dict(getattr(self.fields[name], "choices", ()))
            said.append((str(self.fields[name].label), str(offered.get(value, value))))
        return said


class VueForm(forms.Form):
    """A name for the filters of the moment, and whether the team sees it."""

    name = forms.CharField(
        label=_("Nom de la vue"),
        max_length=60,
        error_messages={
            "required": _("Donnez un nom à cette vue, par exemple « En retard, site de Mons »."),
            "max_length": _("Ce nom est trop long : au plus %(limit_value)d caractères. Raccourcissez-le."),
        },
    )
    shared = forms.BooleanField(label=_("La partager avec l’équipe"), required=False)
