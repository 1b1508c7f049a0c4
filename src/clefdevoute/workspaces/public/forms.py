"""The simulator's questions, asked by address: what is typed, what it means, and how it is written back."""

import datetime as dt
from collections.abc import Mapping
from decimal import Decimal
from typing import Any, ClassVar
from urllib.parse import urlencode

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from clefdevoute.law.accompagnement_social.values import SUBVENTION_MAXIMALE
from clefdevoute.ui.fields import DateFrField, EuroField, NombreField
from clefdevoute.ui.formats import date_courte, nombre
from clefdevoute.workspaces.public.simulation import Reponses

MOST = 1_000_000


class SimulateurForm(forms.Form):
    """Eight answers; the first four lead to the result, the others are zero unless typed."""

    use_required_attribute = False  # our sentence, not the browser's
    optional: ClassVar[tuple[str, ...]] = ("frais", "deplacements", "aides", "minimis")

    personnes = NombreField(
        places=0,
        example="31",
        label=_("Travailleurs TD et TGD"),
        help_text=_("En personnes, pas en ETP. Une personne malade compte aussi."),
        error_messages={"required": _("Il manque le nombre de personnes. Écrivez-le, par exemple 31.")},
    )
    debut = DateFrField(
        label=_("Date du comptage"),
        help_text=_("Le premier jour de l’année d’agrément."),
        error_messages={"required": _("Il manque la date. Écrivez-la, par exemple 01/01/2027.")},
    )
    etp = NombreField(
        required=False,
        label=_("Temps de travail de l’accompagnateur"),
        help_text=_("1 pour un temps plein, 0,5 pour un mi-temps. Plusieurs contrats s’additionnent."),
    )
    salaires = EuroField(
        required=False,
        label=_("Salaires et cotisations de l’année"),
        help_text=_("À charge de l’employeur, tous les mois réunis."),
    )
    frais = EuroField(
        required=False,
        label=_("Frais de fonctionnement de l’année"),
        help_text=_("Loyer, énergie, téléphone, formation… : la part qui revient à l’accompagnement social."),
    )
    deplacements = EuroField(
        required=False,
        label=_("Déplacements de l’accompagnateur"),
        help_text=_("Ils entrent dans le coût salarial."),
    )
    aides = EuroField(
        required=False,
        label=_("Autres aides sur le même emploi"),
        help_text=_("APE, Maribel, réductions : elles se déduisent du coût salarial."),
    )
    minimis = EuroField(
        required=False,
        label=_("Aides de minimis déjà octroyées"),
        help_text=_("Sur les trois ans avant l’octroi, à toute l’entreprise unique."),
    )

    def clean_personnes(self) -> int:
        """Give a whole number of persons, fewer than a country has."""
        personnes = int(self.cleaned_data["personnes"])
        if personnes > MOST:
            raise ValidationError(
                f"« {self.data['personnes']} » dépasse {nombre(MOST)} personnes. Vérifiez les chiffres.", code="trop"
            )
        return personnes

    def clean_debut(self) -> dt.date:
        """Refuse a day for which no step of the right is known."""
        debut: dt.date = self.cleaned_data["debut"]
        first = SUBVENTION_MAXIMALE.dates[0]
        if debut < first:
            raise ValidationError(
                f"Aucun palier connu le {date_courte(debut)} : le premier prend effet le {date_courte(first)}. "
                f"Écrivez une date à partir de ce jour.",
                code="avant",
            )
        return debut

    def clean_etp(self) -> Decimal | None:
        """Refuse no working time at all: without support worker there is no cost to count."""
        etp: Decimal | None = self.cleaned_data["etp"]
        if etp == 0:
            raise ValidationError(
                "Zéro ETP n’a pas de coût. Écrivez un temps plus grand, par exemple 0,5.", code="zero"
            )
        return etp

    @property
    def reponses(self) -> Reponses:
        """Give what could be read; a refused answer is None, an optional one left empty is zero."""
        read: dict[str, Any] = {name: self.cleaned_data.get(name) for name in ("personnes", "debut", "etp", "salaires")}
        for name in self.optional:
            value = self.cleaned_data.get(name)
            read[name] = Decimal(0) if value is None and name not in self.errors else value
        return Reponses(**read)


def adresse(given: Reponses) -> str:
    """Write the answers as a query: always the same order, nothing that goes without saying."""
    written: dict[str, str] = {}
    for name in SimulateurForm.base_fields:
        value = getattr(given, name)
        if value is None or (name in SimulateurForm.optional and not value):
            continue
        written[name] = value.isoformat() if isinstance(value, dt.date) else _number(value)
    return urlencode(written, safe=",")


def _number(value: Decimal | int) -> str:
    """Write a number with a comma: a dot before three digits would part thousands."""
    text = f"{value:f}"
    return (text.rstrip("0").rstrip(".") if "." in text else text).replace(".", ",")


def asked(query: Mapping[str, str]) -> bool:
    """Say whether an address holds at least one answer."""
    return any(name in query for name in SimulateurForm.base_fields)
