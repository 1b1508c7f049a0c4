"""What is typed about an interview; a draft keeps it as typed, finishing reads it."""

import datetime as dt
import uuid
from collections.abc import Sequence
from typing import Any, ClassVar

from django import forms
from django.http import QueryDict
from django.utils import timezone
from django.utils.dateparse import parse_datetime
from django.utils.translation import gettext_lazy as _

from clefdevoute.records.agenda.models import RendezVous
from clefdevoute.records.suivi.actions.entretiens import Promesse, Recit
from clefdevoute.records.suivi.models import Demarche
from clefdevoute.ui.fields import DateFrField, HeureField

LISTS = frozenset({"themes", "tenues", "laisse"})
"""Fields of which several values are typed at once; ``laisse`` are the sentences read and left in place."""

QUI = (
    ("moi", Demarche.Par.ACCOMPAGNATEUR, False),
    ("travailleur", Demarche.Par.TRAVAILLEUR, False),
    ("ensemble", Demarche.Par.ACCOMPAGNATEUR, True),
)
NEXT = (("reserver", _("Réserver")), ("autre", _("Autre date")), ("plus_tard", _("Plus tard")))
_WHO = {key: (par, avec) for key, par, avec in QUI}
_NAMES = {"starts_at": "date", "duration_min": "duree", "place": "lieu", "next_at": "prochain_date"}
_BOXES = {"partagee": "note_partagee", "privee": "note_privee", "sante": "note_sante"}


def _text(label: Any, size: int, **options: Any) -> forms.CharField:
    long = _("Ce texte est trop long : au plus %(limit_value)d caractères. Raccourcissez-le.")
    return forms.CharField(label=label, max_length=size, required=False, error_messages={"max_length": long}, **options)


def _box(label: Any, rows: int) -> forms.CharField:
    return forms.CharField(label=label, required=False, strip=True, widget=forms.Textarea(attrs={"rows": rows}))


class EntretienForm(forms.Form):
    """An interview or a call; a day, an hour and a form are all that finishing needs."""

    date = DateFrField(label=_("Date"))
    heure = HeureField(label=_("Heure"))
    duree = forms.IntegerField(
        label=_("Durée"),
        required=False,
        min_value=5,
        max_value=600,
        widget=forms.TextInput(attrs={"inputmode": "numeric", "class": "n", "autocomplete": "off"}),
        error_messages=dict.fromkeys(
            ("invalid", "min_value", "max_value"), _("Écrivez la durée en minutes, de 5 à 600, par exemple 45.")
        ),
    )
    lieu = _text(_("Lieu"), 200, widget=forms.TextInput(attrs={"list": "lieux", "autocomplete": "off"}))
    forme = forms.ChoiceField(label=_("Comment ?"), choices=RendezVous.Form.choices, widget=forms.RadioSelect)
    themes = forms.MultipleChoiceField(label=_("Thèmes"), required=False, widget=forms.CheckboxSelectMultiple)
    note_partagee = _box(_("Note partagée"), 6)
    note_privee = _box(_("Note privée"), 3)
    note_sante = _box(_("Santé"), 2)
    tenues = forms.MultipleChoiceField(
        label=_("Promis la dernière fois"), required=False, widget=forms.CheckboxSelectMultiple
    )
    action = _text(_("Prochaine action"), 500, widget=forms.TextInput(attrs={"autocomplete": "off"}))
    action_sorte = forms.ChoiceField(label=_("De quelle sorte ?"), required=False, choices=Demarche.Kind.choices)
    action_qui = forms.ChoiceField(label=_("Qui s’en charge ?"), required=False)
    action_avant = DateFrField(label=_("Avant le"), required=False)
    prochain = forms.ChoiceField(label=_("Prochain rendez-vous"), required=False, widget=forms.RadioSelect)
    prochain_date = DateFrField(label=_("Date du prochain"), required=False)
    prochain_heure = HeureField(label=_("Heure du prochain"), required=False)
    feuille = forms.BooleanField(
        label=_("Imprimer la feuille à remettre, en français simple et en grand"), required=False
    )
    propose = forms.CharField(required=False, max_length=40, widget=forms.HiddenInput)

    typed_fields: ClassVar[tuple[str, ...]] = (
        "date", "heure", "duree", "lieu", "forme", "themes", "note_partagee", "note_privee", "note_sante", "tenues",
        "action", "action_sorte", "action_qui", "action_avant", "prochain", "prochain_date", "prochain_heure",
        "feuille", "laisse",
    )  # fmt: skip

    def __init__(
        self,
        *args: Any,
        first_name: str,
        themes: Sequence[tuple[str, str]] = (),
        promised: Sequence[Demarche] = (),
        **options: Any,
    ) -> None:
        """Offer the chips, what was promised, and who may take the next action, by their names."""
        super().__init__(*args, **options)
        self.promised = tuple(promised)
        self._offer("themes", themes)
        self._offer("tenues", [(str(row.pk), row.text) for row in promised])
        self._offer("action_qui", [("moi", _("Moi")), ("travailleur", first_name), ("ensemble", _("Ensemble"))])
        self._offer(
            "prochain", [("reserver", _("Réserver")), ("autre", _("Autre date")), ("plus_tard", _("Plus tard"))]
        )

    def _offer(self, name: str, choices: Sequence[tuple[str, Any]]) -> None:
        field: Any = self.fields[name]
        field.choices = list(choices)

    def clean(self) -> dict[str, Any]:
        """Read the moment of the next appointment from what was chosen."""
        values: dict[str, Any] = dict(super().clean() or self.cleaned_data)
        values["next_at"] = self._next(values)
        return values

    def _next(self, values: dict[str, Any]) -> dt.datetime | None:
        if values.get("prochain") == "reserver":
            found = parse_datetime(values.get("propose") or "")
            return found if found is not None and timezone.is_aware(found) else None
        if values.get("prochain") != "autre":
            return None
        day, hour = values.get("prochain_date"), values.get("prochain_heure")
        if day is None and "prochain_date" not in self.errors:
            self.add_error("prochain_date", DateFrField.missing)
        if hour is None and "prochain_heure" not in self.errors:
            self.add_error("prochain_heure", HeureField.missing)
        return moment(day, hour) if day and hour else None

    def recit(self) -> Recit:
        """Give what the action takes."""
        values = self.cleaned_data
        par, avec = _WHO.get(values["action_qui"], _WHO["moi"])
        promise = Promesse(
            text=values["action"],
            kind=values["action_sorte"] or Demarche.Kind.SOCIALE,
            par=par,
            avec=avec,
            promised_for=values["action_avant"],
        )
        return Recit(
            starts_at=moment(values["date"], values["heure"]),
            form=values["forme"],
            duration_min=values["duree"] or 45,
            place=values["lieu"],
            themes=tuple(values["themes"]),
            notes={box: values[name].replace("\r\n", "\n") for box, name in _BOXES.items()},
            kept=tuple(uuid.UUID(key) for key in values["tenues"]),
            promise=promise if promise.text else None,
            next_at=values["next_at"],
        )

    def refused(self, fields: dict[str, list[str]]) -> None:
        """Put the sentences of a refusal beside the fields they are about."""
        for name, sentences in fields.items():
            field = _NAMES.get(name, name)
            for sentence in sentences:
                self.add_error(field if field in self.fields else None, sentence)


def typed(data: QueryDict) -> dict[str, Any]:
    """Take what a page sent, as it was typed: what a draft keeps."""
    return {
        name: data.getlist(name) if name in LISTS else data.get(name, "").replace("\r\n", "\n")
        for name in EntretienForm.typed_fields
    }


def moment(day: dt.date, hour: dt.time) -> dt.datetime:
    """Place a day and an hour on the Belgian clock."""
    return timezone.make_aware(dt.datetime.combine(day, hour))
