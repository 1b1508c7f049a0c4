"""
How every form of the workspaces is answered: a refusal comes back on the page, with all that was typed.

The one module that workspaces share; each draws the page of its forms in its own ``formulaires``.
"""

import datetime as dt
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any, ClassVar, TypeVar

from django import forms
from django.core import signing
from django.utils.translation import gettext_lazy as _

from clefdevoute.records.entreprises.writing import RowRefused
from clefdevoute.records.foundation import proofs
from clefdevoute.records.foundation.access import Actor
from clefdevoute.records.foundation.classification import FieldClass
from clefdevoute.records.foundation.errors import ProofRefused, RecordError
from clefdevoute.records.foundation.models import ProofFile

T = TypeVar("T")
_SALT = "piece-gardee"


@dataclass(frozen=True, slots=True)
class Group:
    """A block of fields under a title; ``wall`` names who will read a sealed one."""

    title: Any
    fields: tuple[str, ...]
    sub: Any = ""


class GroupedForm(forms.Form):
    """A form that says how its fields are grouped on the page."""

    groups: ClassVar[tuple[Group, ...]] = ()
    sizes: ClassVar[dict[str, str]] = {}
    layouts: ClassVar[dict[str, str]] = {}
    """How a choice is drawn when it is not in segments: ``list`` for long labels, ``chips``."""

    def __init__(self, *args: Any, **options: Any) -> None:
        """Show the groups of the class; a form may show others."""
        super().__init__(*args, **options)
        self.shown: tuple[Group, ...] = type(self).groups

    def blocks(self) -> list[dict[str, Any]]:
        """Give each group with its drawn fields."""
        return [
            {"title": group.title, "sub": group.sub, "fields": [self._drawn(name) for name in group.fields]}
            for group in self.shown
        ]

    def _drawn(self, name: str) -> dict[str, Any]:
        field = self[name]
        widget = field.field.widget
        kind = (
            "file"
            if isinstance(widget, forms.FileInput)
            else "choice"
            if isinstance(widget, (forms.RadioSelect, forms.CheckboxSelectMultiple))
            else "field"
        )
        return {
            "field": field,
            "kind": kind,
            "size": self.sizes.get(name, ""),
            "layout": self.layouts.get(name, "seg"),
            "kept": self.kept(name),
        }

    def kept(self, name: str) -> Any:
        """Give the hidden field of a file already kept, if there is one."""
        return None


@dataclass(frozen=True, slots=True)
class Keeper:
    """Who hands files in, and when."""

    by: Actor
    now: dt.datetime


class PiecesForm(GroupedForm):
    """A form with files: one that is read is kept at once, so that a mistake elsewhere never loses it."""

    pieces: ClassVar[dict[str, Any]] = {}

    def __init__(self, *args: Any, keeper: Keeper, **options: Any) -> None:
        """Add a file field and its hidden receipt for each piece."""
        super().__init__(*args, **options)
        self.keeper = keeper
        for name, label in self.pieces.items():
            help_text = _("PDF, image, document ou classeur ; 20 Mo au plus.")
            self.fields[name] = forms.FileField(label=label, required=False, help_text=help_text)
            self.fields[f"{name}_gardee"] = forms.CharField(required=False, widget=forms.HiddenInput)

    def clean(self) -> dict[str, Any]:
        """Keep each file handed in, or find again the one kept before; give the proof in the file's place."""
        values: dict[str, Any] = dict(super().clean() or self.cleaned_data)
        for name in self.pieces:
            upload, receipt = values.get(name), values.pop(f"{name}_gardee", "")
            values[name] = self._store(name, upload) if upload else self._found(receipt)
        return values

    def kept(self, name: str) -> Any:
        """Give the receipt of the file kept under this name, with the name it was handed in by."""
        if name not in self.pieces or not self.is_bound:
            return None
        proof = self._found(self.data.get(self.add_prefix(f"{name}_gardee"), ""))
        return {"input": self[f"{name}_gardee"], "filename": proof.filename} if proof else None

    def classe_of(self, name: str) -> FieldClass:
        """Say behind which wall a piece goes."""
        return FieldClass.PERSONNEL

    def _store(self, name: str, upload: Any) -> ProofFile | None:
        keeper = self.keeper
        if keeper.by.entreprise_id is None:
            return None
        try:
            proof = proofs.store(
                content=upload.read(),
                filename=upload.name,
                by=keeper.by,
                entreprise_id=keeper.by.entreprise_id,
                now=keeper.now,
                classe=self.classe_of(name),
            )
        except ProofRefused as refused:
            self.add_error(name, str(refused))
            return None
        data: Any = self.data
        self.data = data.copy()
        data = self.data
        data[self.add_prefix(f"{name}_gardee")] = signing.dumps(str(proof.pk), salt=_SALT)
        return proof

    def _found(self, receipt: str) -> ProofFile | None:
        try:
            key = signing.loads(receipt, salt=_SALT) if receipt else None
        except signing.BadSignature:
            return None
        return ProofFile.objects.visible_to(self.keeper.by).filter(pk=key).first() if key else None


def attempt(form: forms.Form, write: Callable[[], T]) -> tuple[T | None, int]:
    """
    Run a write when the form is readable; its refusal becomes errors of the form.

    Answer what was written (or None) and the status of the page: 200, 409 for a refusal, 422 for a fault.
    """
    if not form.is_valid():
        return None, 422
    try:
        return write(), 200
    except RowRefused as refused:
        for name, sentences in refused.fields.items():
            for sentence in sentences:
                form.add_error(name if name in form.fields else None, sentence)
        return None, 422
    except RecordError as refused:
        form.add_error(None, str(refused))
        return None, 409


def choices(pairs: Sequence[tuple[str, Any]], empty: Any = None) -> list[tuple[str, Any]]:
    """Offer a model's choices, with an empty one first where it may be left open."""
    return [*([("", empty)] if empty is not None else []), *pairs]
