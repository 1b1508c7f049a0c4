"""
Write the references of the law from its own files: parameters, rules, concordance.

Run ``python scripts/reference_droit.py``; a test says when the pages are older than the law.
"""

import re
import sys
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT / "src"))

from clefdevoute.config.commands.droit_texte import plain  # noqa: E402 - the script finds its package first
from clefdevoute.law.kernel.describe import describe  # noqa: E402
from clefdevoute.law.kernel.money import date_fr  # noqa: E402
from clefdevoute.law.kernel.parameters import LAW_ROOT, Parameter, all_parameters, load_yaml  # noqa: E402
from clefdevoute.law.kernel.registry import RuleSpec, public_rules, split  # noqa: E402

FOLDER = ROOT / "docs" / "reference"
WRITTEN = "Page écrite par `python scripts/reference_droit.py` : ne la corrigez pas à la main.\n"

_FICHE = r"fiche (?:explicative )?06(?: \(27/04/2018\))?,? (?:partie )?"
TEXTS: tuple[tuple[str, str], ...] = (
    ("Décret du 20 octobre 2016, art. 21 (subvention)", r"décret du 20/10/2016, art\. 21"),
    ("AGW du 24 mai 2017, art. 3 (missions)", r"AGW[^;]*art\. 3(?!, §)"),
    ("AGW du 24 mai 2017, art. 3, § 3 (accompagnateur)", r"AGW[^;]*art\. 3, § 3"),
    ("AGW du 24 mai 2017, art. 21 (liquidation)", r"AGW[^;]*art\. 21"),
    ("Fiche explicative 06, A (missions)", _FICHE + r"A\b"),
    ("Fiche explicative 06, B (conditions)", _FICHE + r"B\b"),
    ("Fiche explicative 06, ouverture du droit", r"l'ouverture du droit|fiche 06, tableau"),
    ("Fiche explicative 06, C (mandat S.I.E.G.)", _FICHE + r"C\b"),
    ("Fiche explicative 06, D (liquidation)", _FICHE + r"D\b"),
    ("Fiche explicative 06, F, 1° (coût salarial)", r"F, 1°"),
    ("Fiche explicative 06, F, 2° (frais de fonctionnement)", r"F, 2°"),
    ("Fiche explicative 06, pièces justificatives", r"pièces justificatives à fournir"),
    ("Fiche explicative 06, annexes 1 et 2", r"annexes? [12]"),
    *((f"Page « Accompagnement social », tâche {n}", rf"tâche {n}\b") for n in range(1, 12)),
    ("Page « Accompagnement social », le reste", r"page (?:« Accompagnement social »(?!, tâche \d)|de la fédération)"),
    *((f"Page « Public cible », condition {n}", rf"conditions? (?:\d, )*(?:\d et )?{n}\b") for n in range(1, 9)),
    ("Page « Public cible », le reste", r"« Public cible »(?!, condition)"),
    ("Page « Agrément Région wallonne » et démarches", r"agrément région wallonne|démarche 138464|page « Aides »"),
    ("Règlement (UE) n° 360/2012", r"360/2012"),
    ("Règlement (UE) 2023/2832", r"2023/2832|aides d'État de la Wallonie"),
    ("Règlement (UE) 651/2014", r"651/2014"),
    ("AR du 18 janvier 1965 et AR du 13 juillet 2017 (kilomètres)", r"AR du (?:18/01/1965|13/07/2017)"),
    ("Code de la Fonction publique wallonne, art. 531", r"Fonction publique wallonne"),
)


@dataclass(frozen=True)
class Item:
    """Something of ours that answers to a text: its kind, its name and the words that say to which."""

    kind: str
    name: str
    words: str


def _parameter_words(parameter: Parameter) -> str:
    titles = " ; ".join(value.title for value in parameter.values)
    return f"{titles} ; {parameter.metadata.get('parameter', '')}"


def _rule_words(spec: RuleSpec) -> str:
    readings = (split(hint)[1].reading for hint in spec.facts.values())
    return " ; ".join([*spec.references, *filter(None, readings)])


def items() -> Iterator[Item]:
    """Yield every parameter, public rule and file of cases with the words of its sources."""
    for parameter in all_parameters():
        yield Item("paramètres", parameter.name, _parameter_words(parameter))
    for spec in public_rules():
        yield Item("règles", spec.name, _rule_words(spec))
    for path in sorted(LAW_ROOT.glob("*/cases/*.yaml")):
        words = " ; ".join(dict.fromkeys(str(case["source"]) for case in load_yaml(path)))
        yield Item("cas", path.relative_to(LAW_ROOT).as_posix(), words)


def _number(code: str) -> tuple[str, int, str]:
    letter, digits, rest = re.fullmatch(r"([AP])(\d+)(b?)", code).groups()  # type: ignore[union-attr]
    return letter, int(digits), rest


def placed() -> tuple[dict[str, list[Item]], list[Item]]:
    """Put every item under the texts, readings and parameters it names; what names none is kept apart."""
    found: dict[str, list[Item]] = defaultdict(list)
    homeless = []
    for item in items():
        names = [name for name, pattern in TEXTS if re.search(pattern, item.words, re.IGNORECASE)]
        names += sorted(set(re.findall(r"\b[AP]\d+b?\b", item.words)), key=_number)
        for name in names:
            found[name].append(item)
        if not names:
            homeless.append(item)
    order = {name: rank for rank, (name, _) in enumerate(TEXTS)}
    keys = sorted(found, key=lambda name: (0, order[name], "") if name in order else (1, *_number(name)[:2]))  # type: ignore[return-value,arg-type]
    return {key: found[key] for key in keys}, homeless


def _lines(rows: Iterable[Item]) -> Iterator[str]:
    by_kind: dict[str, list[str]] = defaultdict(list)
    for row in rows:
        by_kind[row.kind].append(f"`{row.name}`")
    for kind in ("paramètres", "règles", "cas"):
        if by_kind[kind]:
            yield f"- {kind} : {', '.join(by_kind[kind])}"


def concordance() -> str:
    """Write the way back from an article to what holds it."""
    found, homeless = placed()
    lines = [
        "# Concordance : du texte à nos règles",
        "",
        WRITTEN,
        "Pour chaque texte, lecture (A…) ou paramètre (P…), ce qui l'applique : valeurs datées, règles, cas.",
    ]
    for name, rows in found.items():
        lines += ["", f"## {name}", "", *_lines(rows)]
    if homeless:
        lines += ["", "## Autres sources", ""]
        lines += [f"- `{item.name}` ({item.kind}) : {item.words.strip(' ;')}" for item in homeless]
    return "\n".join(lines) + "\n"


def _cell(text: str) -> str:
    return text.replace("|", "\\|").replace("\n", " ")


def _value(parameter: Parameter, value: Any) -> str:
    if value is None:
        return "plus de valeur"
    if parameter.is_scale:
        return "<br>".join(f"dès {plain(threshold)} : {plain(amount)}" for threshold, amount in value)
    if isinstance(value, tuple):
        return "<br>".join(plain(item) for item in value)
    return plain(value)


def parametres() -> str:
    """Write every dated value with its text and its doubt."""
    lines = ["# Paramètres du droit", "", WRITTEN, "Chaque valeur a sa date d'effet et son texte ; un doute se dit."]
    matter = ""
    for parameter in all_parameters():
        here = parameter.name.partition(".")[0]
        if here != matter:
            matter = here
            lines += ["", f"## {matter}"]
        unit = parameter.metadata.get("unit") or parameter.metadata.get("amount_unit")
        code = parameter.metadata.get("parameter")
        about = f"{parameter.description}." + (f" Unité : {unit}." if unit != "liste" else "")
        lines += ["", f"### `{parameter.name}`" + (f" ({code})" if code else ""), "", about]
        if parameter.documentation:
            lines += ["", parameter.documentation]
        lines += ["", "| Depuis le | Valeur | Texte | À vérifier |", "|---|---|---|---|"]
        for value in parameter.values:
            text = f"[{value.title}]({value.link})" if value.link else value.title
            cells = (date_fr(value.since), _value(parameter, value.value), text, value.doubt)
            lines.append("| " + " | ".join(map(_cell, cells)) + " |")
    return "\n".join(lines) + "\n"


def _type(row: Mapping[str, Any]) -> str:
    words = str(row["type"]) + (f" ({row['unit']})" if row["unit"] else "")
    if "values" in row:
        words += " : " + ", ".join(f"`{value}`" for value in row["values"])
    if "items" in row:
        words += f" de {_type(row['items'])}"
    return words


def _rows(fields: Iterable[Mapping[str, Any]], prefix: str = "") -> Iterator[str]:
    for row in fields:
        given = "oui" if row["required"] else "non"
        cells = (f"`{prefix}{row['name']}`", _type(row), given, str(row["meaning"]), str(row["reading"] or ""))
        yield "| " + " | ".join(map(_cell, cells)) + " |"
        inner = row.get("fields") or row.get("items", {}).get("fields", [])
        yield from _rows(inner, f"{prefix}{row['name']}.")


def regles() -> str:
    """Write every public rule with its facts and its answer."""
    lines = ["# Règles du droit", "", WRITTEN, "Le nom d'une règle se donne à `clefdevoute droit regle`."]
    for spec in public_rules():
        row = describe(spec)
        lines += ["", f"## `{row['rule']}`", "", row["sentence"], "", f"Textes : {' ; '.join(row['references'])}."]
        lines += ["", "| Fait | Type | Obligatoire | Sens | Lecture |", "|---|---|---|---|---|", *_rows(row["facts"])]
        lines += ["", f"Réponse : {_type(row['value'])}."]
        fields = row["value"].get("fields") or row["value"].get("items", {}).get("fields", [])
        if fields:
            lines += ["", "| Champ | Type | Toujours | Sens | Lecture |", "|---|---|---|---|---|", *_rows(fields)]
    return "\n".join(lines) + "\n"


def pages() -> dict[str, str]:
    """Answer the three pages by file name."""
    return {"parametres.md": parametres(), "regles.md": regles(), "concordance.md": concordance()}


if __name__ == "__main__":
    for page, text in pages().items():
        (FOLDER / page).write_text(text, encoding="utf-8")
