"""The steps of an import as forms: the file, the column of each field."""

import datetime as dt
from collections.abc import Mapping, Sequence
from typing import Any, ClassVar

from django import forms
from django.utils.translation import gettext_lazy as _

from clefdevoute.documents.travailleurs.lecture import Feuille
from clefdevoute.records.personnes.registre.colonnes import COLONNES, header_row, letters
from clefdevoute.ui.formats import date_courte
from clefdevoute.workspaces.gestionnaire.formulaires import Group, GroupedForm


class DepotForm(GroupedForm):
    """A spreadsheet of the register."""

    fichier = forms.FileField(
        label=_("Registre à importer"),
        help_text=_("XLSX, ODS ou CSV ; 20 Mo et 20.000 lignes au plus."),
        error_messages={
            "required": _("Choisissez un fichier XLSX, ODS ou CSV, puis déposez-le."),
            "empty": _("Ce fichier est vide. Enregistrez-le à nouveau depuis votre tableur, puis déposez-le."),
        },
    )
    groups: ClassVar[tuple[Group, ...]] = (Group(_("Le fichier"), ("fichier",)),)


class ColonnesForm(GroupedForm):
    """Which column is which field: proposed from the headers, open to correction."""

    def __init__(self, *args: Any, sheet: Feuille, mapping: Mapping[str, int], **options: Any) -> None:
        """Offer the columns of the sheet by letter, header and first value."""
        initial = {name: str(index) for name, index in mapping.items()}
        super().__init__(*args, **(options | {"initial": initial}))
        offered = [("", _("Aucune")), *_columns(sheet)]
        for colonne in COLONNES:
            self.fields[colonne.field] = forms.ChoiceField(
                label=colonne.label,
                choices=offered,
                required=colonne.required,
                error_messages={"required": _("Choisissez la colonne : sans elle, aucune ligne ne se lit.")},
            )
        needed = tuple(one.field for one in COLONNES if one.required)
        others = tuple(one.field for one in COLONNES if not one.required)
        self.shown = (
            Group(_("Colonnes nécessaires"), needed),
            Group(_("Autres colonnes"), others, _("Vides, elles ne changent rien")),
        )

    def mapping(self) -> dict[str, int]:
        """Give the column chosen for each field."""
        return {name: int(index) for name, index in self.cleaned_data.items() if index != ""}

    def clean(self) -> dict[str, Any]:
        """Refuse one column for two fields, at the second of them."""
        values: dict[str, Any] = dict(super().clean() or self.cleaned_data)
        seen: dict[str, str] = {}
        for colonne in COLONNES:
            index = values.get(colonne.field, "")
            if index and index in seen:
                self.add_error(
                    colonne.field,
                    _("Cette colonne est déjà « %(other)s ». Choisissez-en une autre, ou « Aucune ».")
                    % {"other": seen[index]},
                )
            elif index:
                seen[index] = colonne.label
        return values


def _columns(sheet: Feuille) -> list[tuple[str, str]]:
    rows: Sequence[Sequence[str]] = sheet.rows
    at = header_row(rows)
    width = max(map(len, rows), default=0)
    found = []
    for index in range(width):
        header = _at(rows, at, index) or "sans titre"
        example = next(
            (value for row in range(at + 1, min(at + 20, len(rows))) if (value := _at(rows, row, index))), ""
        )
        shown = f" (« {_belgian(example)[:30]} »)" if example else ""
        found.append((str(index), f"{letters(index)} : {header[:60]}{shown}"))
    return found


def _belgian(cell: str) -> str:
    """Write a spreadsheet's own date as people read it; leave anything else."""
    try:
        return date_courte(dt.date.fromisoformat(cell)) if len(cell) == 10 else cell
    except ValueError:
        return cell


def _at(rows: Sequence[Sequence[str]], row: int, column: int) -> str:
    return rows[row][column].strip() if row < len(rows) and column < len(rows[row]) else ""
