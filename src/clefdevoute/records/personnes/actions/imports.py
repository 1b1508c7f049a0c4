"""
The import of a register: laid down, chosen, applied in one go, undone in one go.

Nothing handed in is lost between the steps: the file is a proof that only its depositor opens, since
it may name conditions. Applying and undoing are each one event of the journal.
"""

import datetime as dt
import uuid
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from django.db import models, transaction
from django.db.models import ProtectedError

from clefdevoute.records.entreprises.models import EntrepriseInsertion
from clefdevoute.records.entreprises.writing import checked, locked
from clefdevoute.records.foundation import journal, proofs
from clefdevoute.records.foundation.access import Actor
from clefdevoute.records.foundation.classification import FieldClass
from clefdevoute.records.foundation.errors import RecordError
from clefdevoute.records.personnes import enregistre, policies
from clefdevoute.records.personnes.actions.imports_rows import Batch
from clefdevoute.records.personnes.models import (
    ConditionStatut,
    Engagement,
    ImportTravailleurs,
    StatutEngagement,
    Travailleur,
)
from clefdevoute.records.personnes.recherche import search_key
from clefdevoute.records.personnes.registre import apercu, colonnes, lignes
from clefdevoute.records.personnes.registre.apercu import Apercu

_State = ImportTravailleurs.State
Rows = Sequence[Sequence[str]]


@transaction.atomic
def deposit(
    *, entreprise_id: uuid.UUID, content: bytes, filename: str, by: Actor, now: dt.datetime
) -> ImportTravailleurs:
    """Keep a spreadsheet handed in, before anything is read from it."""
    policies.check_writes_registre(by, entreprise_id)
    proof = proofs.store(
        content=content, filename=filename, by=by, entreprise_id=entreprise_id, now=now, classe=FieldClass.SANTE
    )
    row = ImportTravailleurs(
        entreprise_id=entreprise_id,
        file=proof,
        uploaded_by_id=by.user_id,
        uploaded_at=now,
    )
    checked(row).save(force_insert=True)
    journal.append(event="personnes.import_depose", by=by, subject=row, entreprise_id=entreprise_id, now=now)
    return row


@transaction.atomic
def choose(
    *,
    imported: ImportTravailleurs,
    by: Actor,
    mapping: Mapping[str, int] | None = None,
    sheet: str | None = None,
    confirmed: Iterable[int] | None = None,
) -> ImportTravailleurs:
    """Keep the choices of a step: the columns, the sheet, the lines confirmed."""
    row = locked(imported)
    policies.check_applies_import(by, row)
    if mapping is not None:
        row.mapping = dict(mapping)
    if sheet is not None:
        row.sheet = sheet
    if confirmed is not None:
        row.confirmed = sorted(set(confirmed))
    row.save(update_fields=["mapping", "sheet", "confirmed"])
    return row


def preview(*, imported: ImportTravailleurs, rows: Rows, by: Actor, as_of: dt.date) -> list[Apercu]:
    """Tell what an import would change, line by line; nothing is written."""
    policies.check_applies_import(by, imported)
    header = colonnes.header_row(rows)
    width = max(map(len, rows), default=0)
    mapping = imported.mapping or colonnes.propose(rows[header] if rows else ())
    if wrong := colonnes.faults(mapping, width):
        raise RecordError(" ".join(wrong))
    lines, faults = lignes.read_lines(rows, mapping, first=header + 1, as_of=as_of)
    fates = apercu.preview(enregistre.registre(imported.entreprise_id), lines, faults, imported.confirmed)
    for one in fates:
        one.who = lignes.who(rows[one.row - 1], mapping)
    return fates


@transaction.atomic
def apply(
    *, imported: ImportTravailleurs, rows: Rows, by: Actor, now: dt.datetime, as_of: dt.date
) -> ImportTravailleurs:
    """Write the lines that can be; those in fault, in conflict or unconfirmed are left and counted."""
    entreprise = locked(EntrepriseInsertion.objects.get(pk=imported.entreprise_id))
    row = locked(imported)
    fates = preview(imported=row, rows=rows, by=by, as_of=as_of)
    batch = Batch(row, entreprise, by, now)
    for fate in fates:
        batch.take(fate)
    batch.write()
    row.counts, row.before = apercu.counts(fates), batch.before
    row.state, row.applied_at = _State.APPLIQUE, now
    row.save()
    journal.append(event="personnes.import_applique", by=by, subject=row, entreprise_id=row.entreprise_id, now=now)
    return row


@transaction.atomic
def undo(*, imported: ImportTravailleurs, by: Actor, now: dt.datetime) -> ImportTravailleurs:
    """Take back all that an import wrote; refused once anything of it has been changed or built upon."""
    locked(EntrepriseInsertion.objects.get(pk=imported.entreprise_id))
    row = locked(imported)
    policies.check_undoes_import(by, row)
    _check_untouched(row)
    _delete_created(row)
    _restore(row, now)
    row.state, row.undone_at, row.before = _State.ANNULE, now, []
    row.save()
    journal.append(event="personnes.import_annule", by=by, subject=row, entreprise_id=row.entreprise_id, now=now)
    return row


def _check_untouched(row: ImportTravailleurs) -> None:
    restored: dict[str, list[str]] = {}
    for entry in row.before:
        restored.setdefault(entry["model"], []).append(entry["id"])
    for model in (Travailleur, Engagement, StatutEngagement):
        mine = list(model.objects.of(row.entreprise_id).filter(imported_in=row).values_list("modified_at", flat=True))
        for ids in _slices(restored.get(model.__name__, [])):
            mine += model.objects.of(row.entreprise_id).filter(pk__in=ids).values_list("modified_at", flat=True)
        changed = sum(moment != row.applied_at for moment in mine)
        if changed:
            raise RecordError(
                f"Cet import ne s’annule plus : {changed} fiche(s) ont été modifiées depuis. Corrigez-les une à une, "
                "ou déposez un fichier corrigé."
            )


def _delete_created(row: ImportTravailleurs) -> None:
    """Delete what the import created, the leaves first; what was built upon it since refuses."""
    statuts = StatutEngagement.objects.of(row.entreprise_id).filter(imported_in=row)
    try:
        ConditionStatut.objects.of(row.entreprise_id).filter(statut__in=statuts).delete()
        statuts.delete()
        Engagement.objects.of(row.entreprise_id).filter(imported_in=row).delete()
        Travailleur.objects.of(row.entreprise_id).filter(imported_in=row).delete()
    except ProtectedError as kept:
        raise RecordError(
            "Cet import ne s’annule plus : des contrats, des statuts ou des absences ont été ajoutés depuis à ses "
            "travailleurs. Corrigez les fiches une à une."
        ) from kept


def _restore(row: ImportTravailleurs, now: dt.datetime) -> None:
    """Put back the values that the import had changed."""
    models_by_name: dict[str, type[models.Model]] = {
        model.__name__: model for model in (Travailleur, Engagement, StatutEngagement)
    }
    for name, model in models_by_name.items():
        entries = {entry["id"]: entry["values"] for entry in row.before if entry["model"] == name}
        found: list[Any] = []
        for ids in _slices(list(entries)):
            found += model._default_manager.filter(pk__in=ids)
        for one in found:
            for field, value in entries[str(one.pk)].items():
                described: Any = model._meta.get_field(field)
                setattr(one, described.attname, described.to_python(value))
            one.modified_at = now
            if isinstance(one, Travailleur):
                one.search_key = search_key(one.name, one.first_name)
        fields = sorted({field for values in entries.values() for field in values} | {"modified_at"})
        extra = ["search_key"] if name == "Travailleur" else []
        model._default_manager.bulk_update(found, [*fields, *extra], batch_size=500)


def _slices(items: Sequence[str], size: int = 500) -> Iterable[Sequence[str]]:
    """Cut a long list so that no query carries more values than an engine takes."""
    return (items[start : start + size] for start in range(0, len(items), size))
