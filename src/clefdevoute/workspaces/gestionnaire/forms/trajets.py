"""What is typed on a route sheet: a trip, a request for a journey abroad, its answer."""

import datetime as dt
from collections.abc import Sequence
from typing import Any, ClassVar

from django import forms
from django.utils.translation import gettext_lazy as _

from clefdevoute.law.agrement.annee import AnneeAgrement
from clefdevoute.records.personnes.models import Accompagnateur
from clefdevoute.records.temps.models import AutorisationEtranger, Deplacement
from clefdevoute.ui.fields import DateFrField, EuroField, NombreField
from clefdevoute.workspaces.gestionnaire.forms.travailleurs import text
from clefdevoute.workspaces.gestionnaire.formulaires import Group, GroupedForm, PiecesForm, choices

REMINDER = _("Ni nom de travailleur ni motif social : « réunion de réseau », « visite d’employeur ».")


def person(rows: Sequence[Accompagnateur]) -> forms.TypedChoiceField:
    """Offer the accompagnateurs of the enterprise."""
    known, missing = {str(row.pk): row for row in rows}, _("Choisissez la personne dans la liste.")
    return forms.TypedChoiceField(
        label=_("Accompagnateur"),
        choices=choices([(key, str(row)) for key, row in known.items()], _("Choisissez l’accompagnateur")),
        coerce=known.get,
        error_messages={"required": missing, "invalid_choice": missing},
    )


class TrajetForm(PiecesForm):
    """One trip; the day decides its rate and its agrément year."""

    pieces: ClassVar[dict[str, Any]] = {"proof": _("Titre de transport, ou preuve du paiement")}
    held_on = DateFrField(label=_("Jour"))
    nature = forms.ChoiceField(label=_("Nature"), choices=Deplacement.Nature.choices)
    moyen = forms.ChoiceField(label=_("Moyen"), choices=Deplacement.Moyen.choices)
    departure = text(_("Départ"), 200, required=True, missing=_("Il manque le lieu de départ. Écrivez-le."))
    destination = text(_("Destination"), 200, required=True, missing=_("Il manque la destination. Écrivez-la."))
    purpose = text(
        _("Motif"), 300, required=True, missing=_("La feuille de route porte un motif. Écrivez-le."), help_text=REMINDER
    )
    kilometres = NombreField(
        label=_("Kilomètres"),
        places=2,
        example="37,5",
        required=False,
        help_text=_("Mission en voiture, aller-retour compris."),
    )
    price = EuroField(
        label=_("Prix payé"),
        required=False,
        help_text=_("Transport public, ou domicile – travail : coût de l’employeur."),
    )
    abroad = forms.BooleanField(label=_("À l’étranger"), required=False)
    autorisation = forms.TypedChoiceField(label=_("Autorisation pour l’étranger"), required=False, empty_value=None)

    groups: ClassVar[tuple[Group, ...]] = (
        Group(_("Le trajet"), ("accompagnateur", "held_on", "departure", "destination", "purpose")),
        Group(
            _("Le coût"),
            ("nature", "moyen", "kilometres", "price", "proof"),
            _("Des kilomètres, ou un prix et sa preuve"),
        ),
        Group(_("À l’étranger"), ("abroad", "autorisation"), _("Accord à obtenir avant le départ")),
    )
    sizes: ClassVar[dict[str, str]] = {
        "accompagnateur": "m",
        "held_on": "s",
        "nature": "m",
        "moyen": "m",
        "kilometres": "xs",
        "price": "s",
        "autorisation": "m",
    }

    def __init__(
        self,
        *args: Any,
        people: Sequence[Accompagnateur] | None = None,
        journeys: Sequence[AutorisationEtranger],
        years: Sequence[AnneeAgrement],
        **options: Any,
    ) -> None:
        """Offer the persons of a new trip, and the journeys asked for; a recorded trip keeps its person."""
        super().__init__(*args, **options)
        self.years = years
        known = {str(row.pk): row for row in journeys}
        field: Any = self.fields["autorisation"]
        field.coerce = known.get
        field.choices = choices([(key, f"{row} ({row.accompagnateur})") for key, row in known.items()], _("Aucune"))
        if people is not None:
            self.fields["accompagnateur"] = person(people)
        else:
            first = self.shown[0]
            self.shown = (Group(first.title, first.fields[1:]), *self.shown[1:])

    def clean_held_on(self) -> dt.date:
        """Refuse a day that no agrément year holds: the trip would appear nowhere."""
        day: dt.date = self.cleaned_data["held_on"]
        if not any(year.debut <= day <= year.fin for year in self.years):
            raise forms.ValidationError(
                _("Ce jour n’est dans aucune année d’agrément. Corrigez-le, ou enregistrez l’agrément.")
            )
        return day

    def values(self) -> dict[str, Any]:
        """Give what the action takes; no new paper keeps the one recorded."""
        return {name: value for name, value in self.cleaned_data.items() if name != "proof" or value is not None}


class DemandeForm(GroupedForm):
    """The reasoned request for one journey abroad."""

    destination = text(_("Destination"), 200, required=True, missing=_("Il manque la destination. Écrivez-la."))
    departure_on = DateFrField(label=_("Départ le"))
    return_on = DateFrField(label=_("Retour le"))
    request = forms.CharField(
        label=_("Demande motivée"),
        widget=forms.Textarea(attrs={"rows": 4}),
        help_text=REMINDER,
        error_messages={"required": _("La demande est motivée : écrivez pourquoi ce voyage est nécessaire.")},
    )
    requested_on = DateFrField(label=_("Demandée le"))

    groups: ClassVar[tuple[Group, ...]] = (
        Group(_("Le voyage"), ("accompagnateur", "destination", "departure_on", "return_on")),
        Group(_("La demande"), ("request", "requested_on"), _("À envoyer avant le départ")),
    )
    sizes: ClassVar[dict[str, str]] = {
        "accompagnateur": "m",
        "departure_on": "s",
        "return_on": "s",
        "requested_on": "s",
    }

    def __init__(self, *args: Any, people: Sequence[Accompagnateur], **options: Any) -> None:
        """Offer the persons who may travel."""
        super().__init__(*args, **options)
        self.fields["accompagnateur"] = person(people)


class ReponseForm(GroupedForm):
    """What the administration answered."""

    state = forms.ChoiceField(
        label=_("Réponse"), choices=AutorisationEtranger.State.choices[1:], widget=forms.RadioSelect
    )
    decided_on = DateFrField(label=_("Réponse du"))
    reference = text(
        _("Référence"), 100, required=True, missing=_("Recopiez la référence de la lettre ou du courriel.")
    )

    groups: ClassVar[tuple[Group, ...]] = (Group(_("La réponse"), ("state", "decided_on", "reference")),)
    sizes: ClassVar[dict[str, str]] = {"decided_on": "s", "reference": "m"}
