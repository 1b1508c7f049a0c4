"""What is typed about a consent: the question, the answer, the page signed."""

from typing import Any, ClassVar

from django import forms
from django.utils.translation import gettext_lazy as _

from clefdevoute.records.foundation.classification import FieldClass
from clefdevoute.records.suivi.models import Consentement
from clefdevoute.records.suivi.textes_consentement import LANGUES
from clefdevoute.ui.fields import DateFrField
from clefdevoute.workspaces.accompagnateur.formulaires import Group, GroupedForm, PiecesForm

OUI_ECRAN, OUI_PAPIER, NON = "oui_ecran", "oui_papier", "non"
REPONSES = (
    (OUI_PAPIER, _("Oui, signé sur papier")),
    (OUI_ECRAN, _("Oui, signé à l’écran")),
    (NON, _("Non")),
)


class DemandeForm(GroupedForm):
    """The question: in which language, on which day, about which service."""

    language = forms.ChoiceField(label=_("Langue de la page"), choices=list(LANGUES.items()), widget=forms.RadioSelect)
    tiers = forms.CharField(
        label=_("Service à qui parler"),
        help_text=_("Un seul par question, par exemple « Médiation de dettes du CPAS ». Lu par votre équipe seule."),
        max_length=200,
        required=False,
    )
    asked_on = DateFrField(label=_("Demandé le"))

    sizes: ClassVar[dict[str, str]] = {"asked_on": "s", "tiers": "m"}

    def __init__(self, *args: Any, purpose: str, **options: Any) -> None:
        """Ask for a service only where one is named."""
        super().__init__(*args, **options)
        names: tuple[str, ...] = ("language", "asked_on")
        if purpose == Consentement.Purpose.CONTACT_TIERS:
            names = ("tiers", *names)
        else:
            del self.fields["tiers"]
        self.shown = (Group(_("La question"), names),)


class ReponseForm(PiecesForm):
    """The answer: yes on paper or on the screen, or no; the page may come with it."""

    reponse = forms.ChoiceField(
        label=_("Sa réponse"),
        choices=REPONSES,
        widget=forms.RadioSelect,
        error_messages={"required": _("Choisissez la réponse donnée : oui ou non.")},
    )
    answered_on = DateFrField(label=_("Répondu le"))
    strokes = forms.CharField(required=False, widget=forms.HiddenInput, strip=False)

    pieces: ClassVar[dict[str, Any]] = {"page": _("Page signée, si elle est sur papier")}
    sizes: ClassVar[dict[str, str]] = {"answered_on": "s"}

    def classe_of(self, name: str) -> FieldClass:
        """Seal the page with the dossier."""
        return FieldClass.SECRET_SOCIAL


class PageForm(PiecesForm):
    """The scanned page of a yes already noted."""

    pieces: ClassVar[dict[str, Any]] = {"page": _("Page signée")}
    groups: ClassVar[tuple[Group, ...]] = (Group(_("La page"), ("page",)),)

    def classe_of(self, name: str) -> FieldClass:
        """Seal the page with the dossier."""
        return FieldClass.SECRET_SOCIAL

    def clean(self) -> dict[str, Any]:
        """Ask for the file that was forgotten."""
        values = super().clean()
        if values.get("page") is None and "page" not in self.errors:
            self.add_error("page", _("Il manque la page : choisissez le scan ou la photo."))
        return values
