"""
Components drawn once: an icon or a badge is a function of its attributes and of what it holds, and of nothing else.

A page of a list holds a hundred of them, each of which the library would draw anew in its own context. A builtin
that takes the place of the library's tag for these components alone; every other one is left to it.
"""

from typing import Any

from django import template
from django.template.base import Node, NodeList, Parser, Token
from django.template.context import Context
from django_cotton.templatetags._component import AttrKind, CottonComponentNode, cotton_component

register = template.Library()
PURE = frozenset({"icon", "badge"})
"""Components whose template reads no context processor and writes no token."""
KNOWN = frozenset({AttrKind.BOOLEAN, AttrKind.ESCAPED, AttrKind.STATIC})
"""Attributes that are words; one bound to an object is left to the library."""
MOST = 1024
"""Drawings kept at once; dates go by, so all are thrown away from time to time."""
_DRAWN: dict[tuple[Any, ...], Any] = {}


class PureNode(Node):
    """A component whose drawing is kept for each set of its attributes and content."""

    child_nodelists = ("nodelist",)

    def __init__(self, component: CottonComponentNode) -> None:
        self.component = component
        self.nodelist: NodeList = component.nodelist
        self.names = tuple(one.key for one in component._prepared_attrs)

    def render(self, context: Context) -> Any:
        """Give what was drawn for the same words; else let the library draw it."""
        values = tuple(_value(one, context) for one in self.component._prepared_attrs)
        words = (self.component.component_name, self.names, values, self.nodelist.render(context))
        drawn = _DRAWN.get(words)
        if drawn is None:
            if len(_DRAWN) >= MOST:
                _DRAWN.clear()
            drawn = _DRAWN[words] = self.component.render(context)
        return drawn


def _value(attr: Any, context: Context) -> Any:
    return attr.compiled.render(context) if attr.compiled else attr.value


@register.tag("cotton")
def cotton(parser: Parser, token: Token) -> Node:
    """Read a component as the library does; a pure one is drawn once."""
    node = cotton_component(parser, token)
    pure = node.component_name in PURE and all(one.kind in KNOWN for one in node._prepared_attrs)
    return PureNode(node) if pure else node
