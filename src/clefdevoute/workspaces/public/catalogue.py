"""
The rules as pages: what each asks, the texts it follows, the values it takes, its doubts and its cases.

Which values and doubts belong to a rule is read from its worked cases, put to the law once: nobody
keeps a list that could fall behind.
"""

import datetime as dt
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from typing import Any

from clefdevoute.documents.explications import doubt_words
from clefdevoute.law.kernel.cases import WorkedCase, all_cases
from clefdevoute.law.kernel.describe import describe
from clefdevoute.law.kernel.errors import LawError
from clefdevoute.law.kernel.parameters import LAW_ROOT, Parameter, ValueInForce, all_parameters, parameter_named
from clefdevoute.law.kernel.registry import RuleSpec, load_all, public_rules, rule_named
from clefdevoute.workspaces.public.lecture import fact_text, source_text, type_words, value_lines

MATTERS = {
    "accompagnement_social": "La subvention",
    "agrement": "Agrément",
    "public_cible": "Public cible : TD et TGD",
    "accompagnateur": "Accompagnateur social",
    "entretiens": "Entretiens",
    "deplacements": "Déplacements",
    "sieg": "De minimis (SIEG)",
    "forem": "Forem",
    "conservation": "Conservation des pièces",
    "identifiants": "Numéros et identifiants",
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Fait:
    """One fact a rule takes; those of an object stand one level deeper."""

    name: str
    depth: int
    kind: str
    values: Sequence[str]
    meaning: str
    reading: str
    required: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class FaitDonne:
    """One fact of a case, with what it holds: a text, or the facts of a list one by one."""

    name: str
    text: str
    items: Sequence[str] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Exemple:
    """A worked case and what the law answers it."""

    name: str
    source: str
    facts: Sequence[FaitDonne]
    answer: str
    refused: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Valeur:
    """A dated value of a parameter, written."""

    since: dt.date
    lines: Sequence[str]
    title: str
    link: str
    doubt: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Parametre:
    """A parameter with every value it ever had, the newest first."""

    name: str
    description: str
    documentation: str
    verified: dt.date | None
    values: Sequence[Valeur]


@dataclass(frozen=True, slots=True, kw_only=True)
class PageRegle:
    """All that the page of a rule says."""

    name: str
    matter: str
    sentence: str
    public: bool
    references: Sequence[str]
    readings: Sequence[str]
    facts: Sequence[Fait]
    answer: Sequence[Fait]
    answer_kind: str
    parameters: Sequence[Parametre]
    doubts: Sequence[str]
    cases: Sequence[Exemple]


def matters() -> Iterator[tuple[str, str, tuple[RuleSpec, ...]]]:
    """Yield each matter with its title and its public rules, the subsidy first."""
    by_matter: dict[str, list[RuleSpec]] = defaultdict(list)
    for spec in public_rules():
        by_matter[spec.name.partition(".")[0]].append(spec)
    for matter in sorted(by_matter, key=lambda name: [*MATTERS, name].index(name)):
        yield matter, MATTERS.get(matter, matter), tuple(by_matter[matter])


def known(name: str) -> bool:
    """Say whether a rule bears this name; what is no matter of law is never looked for on disk."""
    matter = name.partition(".")[0]
    if matter not in {path.parent.name for path in LAW_ROOT.glob("*/rules.py")}:
        return False
    load_all()
    try:
        rule_named(name)
    except LawError:
        return False
    return True


@cache
def page_of(name: str) -> PageRegle:
    """Gather the page of a rule; the law does not change while the server runs."""
    spec = rule_named(name)
    described = describe(spec)
    cases = [case for case in all_cases() if case.rule == name]
    reached, doubts, examples = _asked(cases, described)
    return PageRegle(
        name=name,
        matter=MATTERS.get(name.partition(".")[0], name.partition(".")[0]),
        sentence=spec.sentence,
        public=spec.public,
        references=tuple(text for text in spec.references if not _is_reading(text)),
        readings=tuple(text for text in spec.references if _is_reading(text)),
        facts=tuple(_facts(described["facts"])),
        answer=tuple(_facts(described["value"].get("fields", ()))),
        answer_kind=type_words(described["value"]),
        parameters=tuple(_written(one) for one in _parameters(spec, reached)),
        doubts=tuple(doubt_words(doubt) for doubt in doubts),
        cases=tuple(examples),
    )


def _is_reading(reference: str) -> bool:
    return reference[:1] in ("A", "P") and reference[1:2].isdigit()


def _asked(
    cases: Sequence[WorkedCase], described: Mapping[str, Any]
) -> tuple[dict[str, None], dict[str, None], list[Exemple]]:
    """Put the cases to the law: the values they reach, the doubts they raise, what is answered."""
    reached: dict[str, None] = {}
    doubts: dict[str, None] = {}
    examples = []
    for case in cases:
        try:
            answer = case.ask()
        except LawError as refusal:
            said, refused = str(refusal), True
        else:
            said, refused = answer.sentence, False
            doubts.update(dict.fromkeys(answer.doubts))
            reached.update({value.parameter: None for _, step in answer.walk() for value in step.law})
        examples.append(
            Exemple(
                name=case.name,
                source=source_text(case.source),
                facts=tuple(_given(case.facts, described)),
                answer=said,
                refused=refused,
            )
        )
    return reached, doubts, examples


def _parameters(spec: RuleSpec, reached: Mapping[str, None]) -> list[Parameter]:
    """
    List the parameters a rule rests on: those its cases reach, then those its references name.

    A number P names one value; a reading A may cover several, so it counts within its matter alone.
    """
    found = {name: parameter_named(name) for name in reached}
    matter = spec.name.partition(".")[0]
    for parameter in all_parameters():
        number = str(parameter.metadata.get("parameter", ""))
        near = number.startswith("P") or parameter.name.startswith(f"{matter}.")
        if near and number in spec.references:
            found.setdefault(parameter.name, parameter)
    return [found[name] for name in sorted(found)]


def written(parameter: Parameter, value: ValueInForce) -> Valeur:
    """Write a dated value."""
    return Valeur(
        since=value.since,
        lines=value_lines(parameter, value),
        title=value.title,
        link=value.link,
        doubt=value.doubt,
    )


def verified_on(parameter: Parameter) -> dt.date | None:
    """Give the day on which somebody last looked and the value still held."""
    day = parameter.metadata.get("last_value_still_valid_on")
    return dt.date.fromisoformat(str(day)) if day else None


def _written(parameter: Parameter) -> Parametre:
    return Parametre(
        name=parameter.name,
        description=parameter.description,
        documentation=parameter.documentation,
        verified=verified_on(parameter),
        values=tuple(written(parameter, value) for value in reversed(parameter.values)),
    )


def _facts(rows: Sequence[Mapping[str, Any]], depth: int = 0) -> Iterator[Fait]:
    """Flatten the declared facts; those inside an object follow it."""
    for row in rows:
        inner = row.get("items", {})
        yield Fait(
            name=row["name"],
            depth=depth,
            kind=type_words(row),
            values=tuple(row.get("values") or inner.get("values") or ()),
            meaning=row["meaning"],
            reading=row["reading"] or "",
            required=row["required"],
        )
        yield from _facts(row.get("fields") or inner.get("fields") or (), depth + 1)


def _given(facts: Mapping[str, Any], described: Mapping[str, Any]) -> Iterator[FaitDonne]:
    """Write the facts of a case, in the words of their declaration."""
    declared = {row["name"]: row for row in described["facts"]}
    for name, value in facts.items():
        row = declared.get(name, {"type": "texte", "unit": ""})
        if isinstance(value, list):
            kind = row.get("items", {"type": "texte", "unit": ""})
            yield FaitDonne(name=name, text="" if value else "aucun", items=[_one(item, kind) for item in value])
        else:
            yield FaitDonne(name=name, text=_one(value, row))


def _one(value: Any, described: Mapping[str, Any]) -> str:
    """Write one fact; an object as its own facts, one after the other."""
    if isinstance(value, Mapping):
        fields = {row["name"]: row for row in described.get("fields", ())}
        plain = described.get("items", {"type": "texte", "unit": ""})
        return " ; ".join(f"{name} : {_one(item, fields.get(name, plain))}" for name, item in value.items())
    if isinstance(value, list):
        kind = described.get("items", {"type": "texte", "unit": ""})
        return ", ".join(f"({_one(item, kind)})" if isinstance(item, Mapping) else _one(item, kind) for item in value)
    return fact_text(value, described)
