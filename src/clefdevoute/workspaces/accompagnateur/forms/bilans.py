"""What is typed in a bilan: a date, each domain, health apart; then the opinion of the person and her signature."""

import uuid
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, ClassVar

from django import forms
from django.utils.translation import gettext_lazy as _

from clefdevoute.records.foundation.classification import FieldClass
from clefdevoute.records.suivi.actions.bilans import Saisie
from clefdevoute.records.suivi.models import AvisTravailleur, BilanSante, CoteBilan, DomaineBilan, Niveau
from clefdevoute.ui.fields import DateFrField
from clefdevoute.workspaces.accompagnateur.formulaires import PiecesForm

NIVEAUX = (("", _("Pas vu")), *((str(value), label) for value, label in Niveau.choices))
SANTE = "sante"


@dataclass(frozen=True, slots=True)
class Drawn:
    """One domain as the page draws it."""

    key: str
    name: str
    niveau: Any
    frein: Any
    text: Any
    wish: Any
    open: bool


class DebutForm(forms.Form):
    """The day of a bilan that begins."""

    held_on = DateFrField(label=_("Date du bilan"))


class BilanForm(forms.Form):
    """Every domain of a draft, none of them compulsory; a day that cannot be read is said and blocks nothing."""

    held_on = DateFrField(label=_("Date du bilan"), required=False)
    revision = forms.IntegerField(widget=forms.HiddenInput, required=False)
    tab = forms.UUIDField(widget=forms.HiddenInput, required=False)

    def __init__(self, *args: Any, cotes: Sequence[CoteBilan], sante: BilanSante | None = None, **options: Any) -> None:
        """Give each domain its four fields, and health its own."""
        super().__init__(*args, **options)
        self.cotes = list(cotes)
        for cote in self.cotes:
            self._add(str(cote.pk), cote.name, cote)
        self._add(SANTE, _("Santé"), sante)

    def _add(self, key: str, name: Any, row: CoteBilan | BilanSante | None) -> None:
        level = forms.ChoiceField(
            label=name,
            choices=NIVEAUX,
            required=False,
            widget=forms.RadioSelect,
            initial=str(row.niveau or "") if row else "",
        )
        words: dict[str, Any] = {"required": False, "strip": False, "widget": forms.Textarea(attrs={"rows": 3})}
        self.fields[f"niveau_{key}"] = level
        self.fields[f"frein_{key}"] = forms.BooleanField(
            label=_("C’est un frein à l’emploi"), required=False, initial=row.frein if row else False
        )
        self.fields[f"text_{key}"] = forms.CharField(
            label=_("La situation : %(name)s") % {"name": name}, initial=row.text if row else "", **words
        )
        self.fields[f"wish_{key}"] = forms.CharField(
            label=_("Ce que la personne souhaite : %(name)s") % {"name": name}, initial=row.wish if row else "", **words
        )

    def families(self) -> list[dict[str, Any]]:
        """Give the domains family by family, as the page draws them."""
        return [
            {
                "title": family.label,
                "id": family.value,
                "domaines": [self._drawn(str(one.pk), one.name) for one in self.cotes if one.famille == family],
            }
            for family in (DomaineBilan.Famille.PROFESSIONNEL, DomaineBilan.Famille.PERSONNEL)
        ]

    def sante(self) -> Drawn:
        """Give the health block, drawn apart."""
        return self._drawn(SANTE, str(_("Santé")))

    def saisies(self) -> dict[uuid.UUID, Saisie]:
        """Give what is typed about each domain that could be read."""
        return {one.pk: self._saisie(str(one.pk)) for one in self.cotes}

    def saisie_sante(self) -> Saisie:
        """Give what is typed about health."""
        return self._saisie(SANTE)

    def _drawn(self, key: str, name: str) -> Drawn:
        text, wish = self[f"text_{key}"], self[f"wish_{key}"]
        return Drawn(
            key=key,
            name=name,
            niveau=self[f"niveau_{key}"],
            frein=self[f"frein_{key}"],
            text=text,
            wish=wish,
            open=bool(text.value() or wish.value()),
        )

    def _saisie(self, key: str) -> Saisie:
        given = self.cleaned_data
        level = given.get(f"niveau_{key}") or ""
        return Saisie(
            niveau=int(level) if level else None,
            frein=bool(given.get(f"frein_{key}")),
            text=given.get(f"text_{key}") or "",
            wish=given.get(f"wish_{key}") or "",
        )


SIGNATURES = (
    ("", _("Elle ne signe pas aujourd’hui")),
    ("ecran", _("Elle signe à l’écran")),
    ("papier", _("Elle a signé la page sur papier")),
)


class AvisForm(PiecesForm):
    """What the person answers to her bilan, in her words, and how she signs."""

    avis = forms.ChoiceField(
        label=_("Son avis"),
        choices=AvisTravailleur.Avis.choices,
        widget=forms.RadioSelect,
        error_messages={"required": _("Choisissez ce que la personne répond : elle peut ne pas être d’accord.")},
    )
    words = forms.CharField(
        label=_("Ses mots"), required=False, widget=forms.Textarea(attrs={"rows": 4}), max_length=4000
    )
    given_on = DateFrField(label=_("Donné le"))
    signature = forms.ChoiceField(label=_("Signature"), choices=SIGNATURES, required=False, widget=forms.RadioSelect)
    strokes = forms.CharField(required=False, widget=forms.HiddenInput, strip=False)

    pieces: ClassVar[dict[str, Any]] = {"page": _("Page signée, scannée ou photographiée")}

    def classe_of(self, name: str) -> FieldClass:
        """Seal the page with the dossier."""
        return FieldClass.SECRET_SOCIAL

    def clean(self) -> dict[str, Any]:
        """Ask for the page where the person signed on paper."""
        values = super().clean()
        if values.get("signature") == "papier" and values.get("page") is None and "page" not in self.errors:
            self.add_error(
                "page", _("Il manque la page signée : choisissez le scan ou la photo, ou notez l’avis seul.")
            )
        return values


class CodeForm(forms.Form):
    """The code written at the foot of a signed page."""

    code = forms.CharField(
        label=_("Code de la page"),
        help_text=_("Huit signes au pied de la page, par exemple 7F3K-2Q9M."),
        max_length=40,
        error_messages={"required": _("Recopiez le code écrit au pied de la page.")},
    )

    def clean_code(self) -> str:
        """Read the code whatever its case, spaces and dash."""
        bare = "".join(char for char in str(self.cleaned_data["code"]).upper() if char.isalnum())
        return f"{bare[:4]}-{bare[4:]}"


class DomaineForm(forms.Form):
    """A domain that the enterprise adds."""

    famille = forms.ChoiceField(label=_("Famille"), choices=DomaineBilan.Famille.choices, widget=forms.RadioSelect)
    name = forms.CharField(
        label=_("Nom du domaine"),
        max_length=80,
        error_messages={"required": _("Un domaine porte un nom : écrivez-le.")},
    )
