"""
What a register would change, line by line, before anything is written: create, update, unchanged, conflict.

Pure: the lines read and what is recorded go in, the preview comes out, whatever the number of lines.
"""

import datetime as dt
import uuid
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from enum import StrEnum
from typing import Any

from clefdevoute.records.personnes.recherche import fold
from clefdevoute.records.personnes.registre.lignes import Fault, Ligne

PERSON_FIELDS = ("name", "first_name", "birth_date")
CONTRACT_FIELDS = ("ends_on", "hours_per_week", "contract_kind", "site")


class Issue(StrEnum):
    """What becomes of a line."""

    CREER = "creer"
    MODIFIER = "modifier"
    INCHANGE = "inchange"
    A_CONFIRMER = "a_confirmer"
    CONFLIT = "conflit"
    ERREUR = "erreur"


@dataclass(frozen=True, slots=True)
class Personne:
    """A person as recorded."""

    id: uuid.UUID
    number: str
    name: str
    first_name: str
    birth_date: dt.date | None


@dataclass(frozen=True, slots=True)
class Contrat:
    """A contract as recorded."""

    id: uuid.UUID
    travailleur_id: uuid.UUID
    starts_on: dt.date
    ends_on: dt.date | None
    hours_per_week: Decimal
    contract_kind: str
    site: str


@dataclass(frozen=True, slots=True)
class Statut:
    """A frozen status as recorded, without its conditions."""

    id: uuid.UUID
    engagement_id: uuid.UUID
    statut: str
    verified_on: dt.date | None


@dataclass(frozen=True, slots=True)
class Registre:
    """All that is recorded of an enterprise's register, in the order read."""

    personnes: tuple[Personne, ...]
    contrats: tuple[Contrat, ...]
    statuts: tuple[Statut, ...]


@dataclass(slots=True)
class Apercu:
    """The fate of one line: what it would change (before, after) and the sentences to show."""

    row: int
    issue: Issue
    ligne: Ligne | None = None
    personne_id: uuid.UUID | None = None
    contrat_id: uuid.UUID | None = None
    statut_id: uuid.UUID | None = None
    person_changes: dict[str, tuple[Any, Any]] = field(default_factory=dict)
    contract_changes: dict[str, tuple[Any, Any]] = field(default_factory=dict)
    new_contract: bool = False
    new_statut: bool = False
    verifies: bool = False
    same_as_row: int | None = None
    sentences: list[str] = field(default_factory=list)
    faults: list[Fault] = field(default_factory=list)
    who: str = ""
    """The name as the file writes it, so that a line in fault is found again."""


class _Recorded:
    """The recorded register, found by number, by name and birth date, by contract."""

    def __init__(self, registre: Registre) -> None:
        self.by_number = {fold(one.number): one for one in registre.personnes}
        self.by_name: dict[tuple[str, dt.date | None], list[Personne]] = defaultdict(list)
        for one in registre.personnes:
            self.by_name[_identity(one)].append(one)
        self.contracts: dict[tuple[uuid.UUID, dt.date], list[Contrat]] = defaultdict(list)
        for contract in registre.contrats:
            self.contracts[contract.travailleur_id, contract.starts_on].append(contract)
        self.statuts = {statut.engagement_id: statut for statut in registre.statuts}


def _identity(one: Personne | Ligne) -> tuple[str, dt.date | None]:
    return fold(f"{one.name} {one.first_name}"), one.birth_date


def preview(
    registre: Registre, lines: Sequence[Ligne], faults: Mapping[int, list[Fault]], confirmed: Iterable[int] = ()
) -> list[Apercu]:
    """Tell the fate of every line, in the order of the file; ``confirmed`` names the lines a person agreed to."""
    recorded, agreed = _Recorded(registre), frozenset(confirmed)
    seen: dict[str, Apercu] = {}
    contracts: dict[tuple[Any, ...], int] = {}
    found = [Apercu(row, Issue.ERREUR, faults=wrong) for row, wrong in faults.items()]
    found += [_fate(line, recorded, agreed, seen, contracts) for line in lines]
    return sorted(found, key=lambda one: one.row)


def counts(apercus: Iterable[Apercu]) -> dict[str, int]:
    """Count the lines by fate, every fate named."""
    counted = Counter(one.issue for one in apercus)
    return {issue.value: counted[issue] for issue in Issue}


def _fate(
    line: Ligne,
    recorded: _Recorded,
    agreed: frozenset[int],
    seen: dict[str, Apercu],
    contracts: dict[tuple[Any, ...], int],
) -> Apercu:
    one = Apercu(line.row, Issue.INCHANGE, ligne=line)
    key = fold(line.number) or repr(_identity(line))
    if (twice := contracts.setdefault((key, line.starts_on, line.site), line.row)) != line.row:
        return _conflict(one, f"La ligne {twice} donne déjà ce contrat de la même personne. Gardez-en une seule.")
    if key in seen:
        return _again(one, line, seen[key], recorded, agreed)
    seen[key] = one
    return _matched(one, line, recorded, agreed)


def _matched(one: Apercu, line: Ligne, recorded: _Recorded, agreed: frozenset[int]) -> Apercu:
    known = recorded.by_number.get(fold(line.number)) if line.number else None
    doubt = ""
    if known and _another(known, line):
        doubt = (
            f"Le numéro {line.number} est celui de {known.name} {known.first_name}. Confirmez s’il s’agit de la même "
            "personne, sinon corrigez le numéro."
        )
    if known is None:
        namesakes = recorded.by_name.get(_identity(line), []) if line.birth_date else []
        if len(namesakes) > 1:
            return _conflict(one, "Plusieurs travailleurs ont ce nom et cette naissance. Donnez le numéro interne.")
        if namesakes:
            known = namesakes[0]
            doubt = (
                f"Même nom et même naissance que le numéro {known.number}. Confirmez s’il s’agit de la même personne ; "
                "son numéro interne ne change pas."
            )
    if doubt and line.row not in agreed:
        one.issue = Issue.A_CONFIRMER
        one.sentences.append(doubt)
    if known is None:
        one.issue, one.new_contract, one.new_statut = Issue.CREER, True, bool(line.statut)
        return one
    return _compared(one, line, known, recorded)


def _another(known: Personne, line: Ligne) -> bool:
    """Tell whether a number probably means somebody else: another name and another birth date."""
    born = line.birth_date is not None and known.birth_date is not None and line.birth_date != known.birth_date
    named = fold(f"{known.name} {known.first_name}") != fold(f"{line.name} {line.first_name}")
    return named and (born or line.birth_date is None or known.birth_date is None)


def _again(one: Apercu, line: Ligne, before: Apercu, recorded: _Recorded, agreed: frozenset[int]) -> Apercu:
    """Follow a person's earlier line of the same file: her next contract."""
    if before.ligne is not None and _identity(before.ligne) != _identity(line):
        return _conflict(one, f"La ligne {before.row} donne ce numéro à une autre personne. Corrigez le numéro.")
    if before.issue is Issue.CONFLIT:
        return _conflict(one, f"La ligne {before.row} de la même personne est en conflit. Réglez-la d’abord.")
    one.same_as_row = before.row
    if before.personne_id is None:
        one.issue, one.new_contract, one.new_statut = Issue.CREER, True, bool(line.statut)
        return one
    if before.issue is Issue.A_CONFIRMER and line.row not in agreed:
        one.issue = Issue.A_CONFIRMER
        one.sentences.append(f"Même question que pour la ligne {before.row}.")
    known = Personne(before.personne_id, line.number, line.name, line.first_name, line.birth_date)
    return _compared(one, line, known, recorded)


def _compared(one: Apercu, line: Ligne, known: Personne, recorded: _Recorded) -> Apercu:
    """Compare a line with the person, her contract of that day and its frozen status."""
    one.personne_id = known.id
    one.person_changes = _differences(known, line, PERSON_FIELDS)
    candidates = recorded.contracts.get((known.id, line.starts_on), [])
    if len(candidates) > 1:
        candidates = [contract for contract in candidates if contract.site == line.site]
    if not candidates:
        one.new_contract, one.new_statut = True, bool(line.statut)
        return _changed(one)
    contract = candidates[0]
    one.contrat_id = contract.id
    one.contract_changes = _differences(contract, line, CONTRACT_FIELDS)
    statut = recorded.statuts.get(contract.id)
    if statut is None:
        one.new_statut = bool(line.statut)
        return _changed(one)
    one.statut_id = statut.id
    if line.statut and line.statut != statut.statut:
        return _conflict(
            one,
            f"Le statut de ce contrat est figé : {statut.statut.upper()}. Corrigez-le dans la fiche, avec un motif, "
            "ou corrigez le fichier.",
        )
    one.verifies = statut.verified_on is None and line.verified_on is not None
    return _changed(one)


def _differences(known: Any, line: Ligne, names: Iterable[str]) -> dict[str, tuple[Any, Any]]:
    """Keep what the line says otherwise; an empty cell or an absent column says nothing."""
    return {
        name: (getattr(known, name), getattr(line, name))
        for name in names
        if name in line.given and getattr(known, name) != getattr(line, name)
    }


def _changed(one: Apercu) -> Apercu:
    written = one.person_changes or one.contract_changes or one.new_contract or one.new_statut or one.verifies
    if written and one.issue is Issue.INCHANGE:
        one.issue = Issue.MODIFIER
    return one


def _conflict(one: Apercu, sentence: str) -> Apercu:
    one.issue = Issue.CONFLIT
    one.sentences.append(sentence)
    return one
