"""What is typed about a paper of the dossier, its check, and about the enterprise's own models."""

from typing import Any, ClassVar

from django import forms
from django.utils.translation import gettext_lazy as _

from clefdevoute.documents.suivi.modeles import ModeleRefuse, verifier
from clefdevoute.records.foundation.classification import FieldClass
from clefdevoute.records.suivi.models import Document
from clefdevoute.ui.fields import DateFrField
from clefdevoute.workspaces.accompagnateur.formulaires import Group, GroupedForm, PiecesForm, choices


class DocumentForm(PiecesForm):
    """A paper handed in: what it is, who may open it, since when and until when."""

    kind = forms.ChoiceField(
        label=_("Sorte de document"),
        choices=choices(Document.Kind.choices, _("Choisissez la sorte")),
        error_messages={"required": _("Choisissez la sorte : la santé va dans son propre compartiment.")},
    )
    title = forms.CharField(
        label=_("Titre"), required=False, max_length=200, help_text=_("Vide, le nom du fichier sert de titre.")
    )
    received_on = DateFrField(label=_("Reçu le"))
    expires_on = DateFrField(label=_("Vaut jusqu’au"), required=False, help_text=_("Vide s’il n’a pas de terme."))
    confidential = forms.BooleanField(
        label=_("Réservé à moi : personne d’autre ne l’ouvre"),
        required=False,
        help_text=_("Sans cela, les accompagnateurs sociaux de l’entreprise l’ouvrent aussi. Jamais la direction."),
    )

    pieces: ClassVar[dict[str, Any]] = {"fichier": _("Fichier")}
    groups: ClassVar[tuple[Group, ...]] = (
        Group(
            _("Déposer un document"),
            ("fichier", "kind", "title", "received_on", "expires_on", "confidential"),
            _("Chaque ouverture s’inscrit au journal"),
        ),
    )
    sizes: ClassVar[dict[str, str]] = {"kind": "m", "title": "m", "received_on": "s", "expires_on": "s"}

    def classe_of(self, name: str) -> FieldClass:
        """Seal the file with the dossier, or in the health compartment."""
        health = self.cleaned_data.get("kind") == Document.Kind.SANTE
        return FieldClass.SANTE if health else FieldClass.SECRET_SOCIAL

    def clean(self) -> dict[str, Any]:
        """Ask for the file; a kind that changed after it was kept puts it behind the right wall or asks again."""
        values = super().clean()
        proof = values.get("fichier")
        if proof is None and "fichier" not in self.errors:
            self.add_error("fichier", _("Il manque le fichier : choisissez-le."))
        elif proof is not None and proof.classe != self.classe_of("fichier"):
            self.add_error("fichier", _("La sorte a changé de compartiment : choisissez le fichier à nouveau."))
        return values


class ControleForm(forms.Form):
    """A paper that was checked, or refused with a reason."""

    verdict = forms.ChoiceField(
        label=_("Contrôle"),
        choices=(("verifie", _("Vérifié")), ("refuse", _("Refusé"))),
        widget=forms.RadioSelect,
        error_messages={"required": _("Dites si le document est vérifié ou refusé.")},
    )
    reason = forms.CharField(label=_("Raison, si refusé"), required=False, max_length=500)


class TermeForm(forms.Form):
    """Until when a paper holds."""

    expires_on = DateFrField(label=_("Vaut jusqu’au"), required=False, help_text=_("Vide s’il n’a pas de terme."))


class ModeleForm(PiecesForm):
    """A .docx of the enterprise; it is filled once with examples before it is taken."""

    name = forms.CharField(
        label=_("Nom du modèle"),
        max_length=120,
        help_text=_("Sous un nom déjà pris, le nouveau fichier remplace l’ancien."),
        error_messages={"required": _("Un modèle porte un nom : écrivez-le.")},
    )

    pieces: ClassVar[dict[str, Any]] = {"fichier": _("Document .docx avec des balises")}
    groups: ClassVar[tuple[Group, ...]] = (
        Group(_("Déposer un modèle"), ("name", "fichier"), _("Essayé avec des exemples avant d’être pris")),
    )
    sizes: ClassVar[dict[str, str]] = {"name": "m"}

    def __init__(self, *args: Any, **options: Any) -> None:
        """Say what is taken here, and nothing else."""
        super().__init__(*args, **options)
        self.fields["fichier"].help_text = _("Un .docx, 5 Mo au plus.")

    def classe_of(self, name: str) -> FieldClass:
        """Keep it with the enterprise's own papers: it names nobody."""
        return FieldClass.ADMINISTRATIF

    def clean(self) -> dict[str, Any]:
        """Refuse a model before it is kept: the tag, its place, what to write instead."""
        given = self.files.get(self.add_prefix("fichier"))
        if given is not None:
            content = given.read()
            given.seek(0)
            try:
                verifier(content, given.name or "")
            except ModeleRefuse as refused:
                self.add_error("fichier", str(refused))
        values = super().clean()
        if values.get("fichier") is None and "fichier" not in self.errors:
            self.add_error("fichier", _("Il manque le fichier : choisissez un document .docx."))
        return values


class DossierPdfForm(GroupedForm):
    """Which sections of the dossier go on paper, and for whom."""

    pour = forms.ChoiceField(
        label=_("Pour qui"),
        choices=(
            ("personne", _("La personne : ses mots et les nôtres")),
            ("controle", _("Un contrôle : des dates, jamais de contenu")),
        ),
        widget=forms.RadioSelect,
        initial="personne",
    )
    sections = forms.MultipleChoiceField(
        label=_("Sections"),
        widget=forms.CheckboxSelectMultiple,
        help_text=_("La santé ne s’imprime que si elle est cochée, et jamais pour un contrôle."),
        error_messages={"required": _("Choisissez au moins une section.")},
    )

    groups: ClassVar[tuple[Group, ...]] = (Group(_("Ce qui s’imprime"), ("pour", "sections")),)

    def __init__(self, *args: Any, sections: list[tuple[str, Any]], **options: Any) -> None:
        """Offer the sections that this reader may print."""
        super().__init__(*args, **options)
        offered: Any = self.fields["sections"]
        offered.choices = sections
