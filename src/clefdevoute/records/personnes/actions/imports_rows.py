"""The rows that an import writes, gathered first and written together, a few statements for any number."""

import datetime as dt
import uuid
from typing import Any

from django.db import models

from clefdevoute.records.entreprises.models import EntrepriseInsertion
from clefdevoute.records.foundation.access import Actor
from clefdevoute.records.foundation.ids import uuid7
from clefdevoute.records.foundation.insertion import insert_all
from clefdevoute.records.personnes.actions.registre import next_number
from clefdevoute.records.personnes.models import (
    ConditionStatut,
    Engagement,
    ImportTravailleurs,
    StatutEngagement,
    Travailleur,
)
from clefdevoute.records.personnes.recherche import search_key
from clefdevoute.records.personnes.registre.apercu import Apercu, Issue
from clefdevoute.records.personnes.registre.lignes import Ligne

WRITTEN = frozenset({Issue.CREER, Issue.MODIFIER})
BATCH = 500


class Batch:
    """What one import creates and changes, with what stood before for its undoing."""

    def __init__(
        self, imported: ImportTravailleurs, entreprise: EntrepriseInsertion, by: Actor, now: dt.datetime
    ) -> None:
        self.before: list[dict[str, Any]] = []
        self._import, self._entreprise, self._by, self._now = imported, entreprise, by, now
        self._next = int(next_number(entreprise.pk))
        self._persons: dict[int, uuid.UUID] = {}
        self._new: dict[type[models.Model], list[dict[str, Any]]] = {
            model: [] for model in (Travailleur, Engagement, StatutEngagement, ConditionStatut)
        }
        self._changed: dict[type[models.Model], dict[uuid.UUID, dict[str, Any]]] = {
            model: {} for model in (Travailleur, Engagement, StatutEngagement)
        }

    def take(self, fate: Apercu) -> None:
        """Gather what one line writes."""
        line = fate.ligne
        if line is None:
            return
        person = fate.personne_id or self._persons.get(fate.same_as_row or 0)
        if fate.issue in WRITTEN:
            person = person or self._create_person(line)
            self._write_line(fate, line, person)
        if person:
            self._persons[fate.row] = person

    def _write_line(self, fate: Apercu, line: Ligne, person: uuid.UUID) -> None:
        if fate.person_changes:
            self._change(Travailleur, person, fate.person_changes)
        contract = fate.contrat_id or self._create_contract(line, person)
        if fate.contract_changes:
            self._change(Engagement, contract, fate.contract_changes)
        if fate.new_statut:
            self._create_statut(line, contract)
        if fate.verifies and fate.statut_id:
            verified = {"verified_on": (None, line.verified_on), "verified_by_id": (None, self._by.user_id)}
            self._change(StatutEngagement, fate.statut_id, verified)

    def _add(self, model: type[models.Model], **values: Any) -> uuid.UUID:
        """Gather a row under a key of its own."""
        key = uuid7()
        common = {"entreprise_id": self._entreprise.pk, "modified_at": self._now, "imported_in_id": self._import.pk}
        self._new[model].append({"id": key, **common, **values})
        return key

    def _create_person(self, line: Ligne) -> uuid.UUID:
        number = line.number
        if not number:
            number, self._next = str(self._next), self._next + 1
        return self._add(
            Travailleur,
            number=number,
            name=line.name,
            first_name=line.first_name,
            birth_date=line.birth_date,
            search_key=search_key(line.name, line.first_name),
        )

    def _create_contract(self, line: Ligne, person: uuid.UUID) -> uuid.UUID:
        return self._add(
            Engagement,
            travailleur_id=person,
            starts_on=line.starts_on,
            ends_on=line.ends_on,
            hours_per_week=line.hours_per_week,
            reference_hours=self._entreprise.reference_hours,
            contract_kind=line.contract_kind,
            site=line.site,
            art60=line.statut == StatutEngagement.Statut.ART60,
        )

    def _create_statut(self, line: Ligne, contract: uuid.UUID) -> None:
        statut = self._add(
            StatutEngagement,
            engagement_id=contract,
            statut=line.statut,
            verified_on=line.verified_on,
            verified_by_id=self._by.user_id if line.verified_on else None,
        )
        self._new[ConditionStatut].extend(
            {
                "entreprise_id": self._entreprise.pk,
                "statut_id": statut,
                "number": number,
                "recorded_by_id": self._by.user_id,
                "recorded_at": self._now,
            }
            for number in line.conditions
        )

    def _change(self, model: type[models.Model], pk: uuid.UUID, changes: dict[str, tuple[Any, Any]]) -> None:
        """Keep the new values, and the old ones as JSON holds them."""
        old = {name: None if was is None else str(was) for name, (was, _) in changes.items()}
        self.before.append({"model": model.__name__, "id": str(pk), "values": old})
        self._changed[model].setdefault(pk, {}).update({name: new for name, (_, new) in changes.items()})

    def write(self) -> None:
        """Write all that was gathered; the database's own constraints judge each row."""
        for model, rows in self._new.items():
            insert_all(model, rows)
        for model, changed in self._changed.items():
            self._update(model, changed)

    def _update(self, model: type[models.Model], changed: dict[uuid.UUID, dict[str, Any]]) -> None:
        ids = list(changed)
        found: list[Any] = []
        for start in range(0, len(ids), BATCH):
            found += model._default_manager.filter(pk__in=ids[start : start + BATCH])
        for row in found:
            for name, value in changed[row.pk].items():
                setattr(row, name, value)
            row.modified_at = self._now
            if isinstance(row, Travailleur):
                row.search_key = search_key(row.name, row.first_name)
        fields = {name for values in changed.values() for name in values} | {"modified_at"}
        names = {"verified_by" if name == "verified_by_id" else name for name in fields}
        if model is Travailleur:
            names.add("search_key")
        model._default_manager.bulk_update(found, sorted(names), batch_size=BATCH)
