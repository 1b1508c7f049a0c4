"""
What a model may say in Jinja: known tags, loops over known lists, conditions, a few filters; nothing that computes.

Everything is decided on the parsed text before a word is written: no call, no arithmetic, no name that is
not in ``balises``. So a model can neither reach anything nor grow without bound. It knows no Django: it runs
in a process of its own.
"""

import difflib
from collections.abc import Iterator, Mapping
from typing import Any

from jinja2 import nodes
from jinja2.exceptions import TemplateSyntaxError
from jinja2.sandbox import ImmutableSandboxedEnvironment

from clefdevoute.documents.suivi.balises import BALISES, LISTES

FILTRES = frozenset({"upper", "lower", "capitalize", "title", "trim", "default", "length", "first", "last"})
MOST_ITEMS = 100
DEEPEST = 2
MOST_TEXT = 20_000_000
"""Signs that a model may give at most, counted as if every list were full."""
_GROUPS = frozenset(path.partition(".")[0] for path in BALISES if "." in path)
_LOOP = frozenset({"index", "first", "last", "length"})
_PLAIN = (
    nodes.Template, nodes.Output, nodes.TemplateData, nodes.Const, nodes.If, nodes.Not, nodes.And, nodes.Or,
    nodes.Compare, nodes.Operand, nodes.CondExpr, nodes.Tuple,
)  # fmt: skip


class Refuse(Exception):
    """A model that is not accepted: the sentence, and the line of its source."""

    def __init__(self, phrase: str, line: int = 0) -> None:
        self.phrase, self.line = phrase, line
        super().__init__(phrase)


class Ferme(ImmutableSandboxedEnvironment):
    """Jinja's sandbox, with no global at all and a check of every source before it is compiled."""

    def __init__(self) -> None:
        super().__init__(autoescape=True)
        self.globals.clear()

    def from_string(self, source: Any, *args: Any, **options: Any) -> Any:
        """Compile a source once it says nothing but what a model may say."""
        check(self, str(source))
        return super().from_string(source, *args, **options)


def check(env: ImmutableSandboxedEnvironment, source: str) -> None:
    """Refuse a source with a tag that is broken, unknown or not allowed; say which and what to write instead."""
    try:
        tree = env.parse(source)
    except TemplateSyntaxError as wrong:
        raise Refuse(_broken(wrong), wrong.lineno) from None
    size = sum(_walk(tree, {}, 1))
    if size > MOST_TEXT:
        raise Refuse("Ce modèle répète trop de texte : gardez dans la boucle la seule ligne à répéter.")


def _broken(wrong: TemplateSyntaxError) -> str:
    said = wrong.message or ""
    if "end of template" in said or "Unexpected end" in said or "Encountered unknown tag 'end" in said:
        return "Une balise « {% … %} » est ouverte et jamais fermée, ou fermée sans être ouverte"
    return "Une balise est mal écrite : une accolade, un signe ou un mot y manque ou y est de trop"


def _walk(node: nodes.Node, scope: Mapping[str, str], times: int) -> Iterator[int]:
    """Check a node and those under it; yield how many signs it may give."""
    if isinstance(node, nodes.For):
        yield from _for(node, scope, times)
        return
    if isinstance(node, nodes.Name):
        _name(node, scope)
        yield 0
        return
    if isinstance(node, (nodes.Getattr, nodes.Getitem)):
        _attribute(node, scope)
        yield 500 * times
        return
    if isinstance(node, nodes.TemplateData):
        yield len(node.data) * times
        return
    if isinstance(node, nodes.Filter) and node.name not in FILTRES:
        raise Refuse(f"Le filtre « {node.name} » n’est pas admis ; restent : {', '.join(sorted(FILTRES))}", node.lineno)
    if not isinstance(node, (*_PLAIN, nodes.Filter)):
        raise Refuse(
            "Un modèle remplit des balises, répète des listes et pose des conditions ; il ne calcule et n’appelle rien",
            node.lineno,
        )
    for child in node.iter_child_nodes():
        yield from _walk(child, scope, times)


def _for(node: nodes.For, scope: Mapping[str, str], times: int) -> Iterator[int]:
    if not isinstance(node.iter, nodes.Name) or node.iter.name not in LISTES:
        written = _written(node.iter)
        near = difflib.get_close_matches(written, list(LISTES), n=1, cutoff=0.5)
        hint = near[0] if near else ", ".join(LISTES)
        raise Refuse(f"« {written} » n’est pas une liste que le produit connaît. Écrivez plutôt : {hint}", node.lineno)
    if not isinstance(node.target, nodes.Name) or node.recursive:
        raise Refuse("Une boucle s’écrit « {% for objectif in objectifs %} », avec un seul nom", node.lineno)
    if len(scope) >= DEEPEST:
        raise Refuse("Deux boucles l’une dans l’autre au plus", node.lineno)
    inner = {**scope, node.target.name: node.iter.name}
    for child in (*node.body, *node.else_, *([node.test] if node.test else [])):
        yield from _walk(child, inner, times * MOST_ITEMS)


def _name(node: nodes.Name, scope: Mapping[str, str]) -> None:
    """Accept a plain tag, a list and the item of a loop."""
    if node.ctx != "load" or node.name in BALISES or node.name in LISTES or node.name in scope:
        return
    if node.name in _GROUPS:
        fields = ", ".join(path for path in BALISES if path.startswith(f"{node.name}."))
        raise Refuse(f"La balise « {node.name} » dit un groupe : écrivez l’un de ses champs, {fields}", node.lineno)
    raise Refuse(_unknown(node.name, [*BALISES, *LISTES]), node.lineno)


def _attribute(node: nodes.Getattr | nodes.Getitem, scope: Mapping[str, str]) -> None:
    """Accept ``groupe.champ``, the field of an item of a list and the count of a loop."""
    owner = node.node.name if isinstance(node.node, nodes.Name) else ""
    field = node.attr if isinstance(node, nodes.Getattr) else getattr(node.arg, "value", "")
    if owner in scope:
        known = LISTES[scope[owner]][1]
        if field not in known:
            raise Refuse(_unknown(f"{owner}.{field}", [f"{owner}.{name}" for name in known]), node.lineno)
        return
    if owner == "loop" and scope and field in _LOOP:
        return
    path = f"{owner}.{field}" if owner else _written(node)
    if path not in BALISES:
        raise Refuse(_unknown(path, list(BALISES)), node.lineno)


def _unknown(path: str, known: list[str]) -> str:
    near = difflib.get_close_matches(path, known, n=1, cutoff=0.4)
    hint = f" Vouliez-vous « {near[0]} » ?" if near else " Voyez la liste des balises."
    return f"La balise « {path} » n’existe pas.{hint}"


def _written(node: nodes.Node) -> str:
    """Write an expression back, as far as a person needs it to find it."""
    if isinstance(node, nodes.Name):
        return str(node.name)
    if isinstance(node, nodes.Getattr):
        return f"{_written(node.node)}.{node.attr}"
    if isinstance(node, nodes.Const):
        return str(node.value)
    return "cette expression"
