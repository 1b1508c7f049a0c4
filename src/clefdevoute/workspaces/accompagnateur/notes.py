"""Forms whose text boxes say who will read them, before one writes."""

from typing import Any, ClassVar

from django import forms
from django.utils.translation import gettext_lazy as _

from clefdevoute.workspaces.formulaires import GroupedForm

EQUIPE = _("Lu par les accompagnateurs à qui ce dossier est ouvert. Jamais par la direction ni par l’administration.")
DIRECTION = _("La direction lira ce texte mot pour mot dans l’avis. N’y écrivez rien de la santé.")
VOUS = _("Compartiment à part. Vous l’ouvrez, et personne d’autre ; chaque ouverture est inscrite au journal.")


MOST, WIDEST = 4, 18
"""How many choices, and how many letters each, stand side by side; beyond, they stand one under the other."""


class NotesForm(GroupedForm):
    """A form with text boxes behind walls: ``notes`` gives, by field, the wall and its readers."""

    notes: ClassVar[dict[str, tuple[str, Any]]] = {}

    def _drawn(self, name: str) -> dict[str, Any]:
        drawn = super()._drawn(name)
        if isinstance(drawn["field"].field.widget, forms.RadioSelect) and _long(drawn["field"].field.choices):
            drawn["kind"] = "liste"
        if name in self.notes:
            wall, who = self.notes[name]
            drawn |= {"kind": "note", "wall": wall, "who": who}
        return drawn


def _long(options: Any) -> bool:
    """Tell whether choices are too many or too wordy to stand on one line of a telephone."""
    labels = [str(label) for _value, label in options]
    return len(labels) > MOST or max(map(len, labels), default=0) > WIDEST


def note(label: Any, *, required: bool = False, missing: Any = "", rows: int = 4) -> forms.CharField:
    """Make a text box of a form."""
    messages = {"required": missing} if missing else {}
    return forms.CharField(
        label=label,
        required=required,
        max_length=4000,
        widget=forms.Textarea(attrs={"rows": rows}),
        error_messages=messages
        | {"max_length": _("Ce texte est trop long : %(limit_value)d signes au plus. Gardez l’essentiel.")},
    )


def text(label: Any, most: int = 200, *, required: bool = False, missing: Any = "", help_text: Any = "") -> Any:
    """Make a short text field of a form."""
    return forms.CharField(
        label=label,
        required=required,
        max_length=most,
        help_text=help_text,
        error_messages={"required": missing} if missing else {},
    )
