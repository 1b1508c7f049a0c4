"""The cases of the constraints of themes, interviews, notes, drafts and pinned lines."""

import datetime as dt

from tests.records.factories_agenda import NOTED
from tests.records.factories_entretiens import (
    ASavoirFactory,
    BrouillonFactory,
    NoteFactory,
    NotePriveeFactory,
    NoteSanteFactory,
    ThemeFactory,
)
from tests.records.triplets_frais import Case

LATER, EARLIER = NOTED + dt.timedelta(days=1), NOTED - dt.timedelta(days=1)


def _theme():
    return {"entreprise": ThemeFactory().entreprise}


def _of(make):
    def same():
        row = make()
        return {"entretien": row.entretien, "author": row.author}

    return same


def _draft():
    row = BrouillonFactory()
    return {"travailleur": row.travailleur, "author": row.author}


def _pinned():
    return {"travailleur": ASavoirFactory().travailleur}


CASES = [
    Case("theme_code_unique", ThemeFactory, {}, {"code": "mobilite"}, _theme),
    Case("theme_named", ThemeFactory, {"label": ""}, {"label": "Mobilité"}),
    Case("note_partagee_version", NoteFactory, {}, {"version": 2}, _of(NoteFactory)),
    Case("note_privee_version", NotePriveeFactory, {}, {"version": 2}, _of(NotePriveeFactory)),
    Case("note_sante_version", NoteSanteFactory, {}, {"version": 2}, _of(NoteSanteFactory)),
    Case("brouillon_one_per_form", BrouillonFactory, {}, {"form": "appel"}, _draft),
    Case("brouillon_version_counts", BrouillonFactory, {"version": 0}, {"version": 1}),
    Case("a_savoir_one_current", ASavoirFactory, {}, {"replaced_at": LATER}, _pinned),
    Case("a_savoir_dates_in_order", ASavoirFactory, {"replaced_at": EARLIER}, {"replaced_at": LATER}),
]
