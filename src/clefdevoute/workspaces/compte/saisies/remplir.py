"""
A page drawn anew, filled with what was typed before: the page's own form, its words put back, nothing sent.

The page is read as a browser reads it and only the values of its fields are written over; whatever finds no
field again is given back in ``left``, so that nothing typed is lost.
"""

from dataclasses import dataclass, field
from html import escape
from html.parser import HTMLParser
from urllib.parse import urljoin

from clefdevoute.workspaces.compte.saisies.garde import Garde

_UNTOUCHED = frozenset({"submit", "button", "image", "reset", "file", "password"})


@dataclass(slots=True)
class _Control:
    """A field of a form, and where its tag stands in the page."""

    tag: str
    attrs: dict[str, str | None]
    start: int
    end: int
    body_end: int = 0
    options: list["_Control"] = field(default_factory=list)

    @property
    def name(self) -> str:
        """Give the name it is sent under."""
        return self.attrs.get("name") or ""

    @property
    def kind(self) -> str:
        """Say what it is: the type of an input or button, else its tag."""
        usual = {"input": "text", "button": "submit"}.get(self.tag)
        return (self.attrs.get("type") or usual).lower() if usual else self.tag


@dataclass(slots=True)
class _Form:
    attrs: dict[str, str | None]
    controls: list[_Control] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class Filled:
    """A page with its form filled, and what found no field: names with their values."""

    html: str
    found: bool
    left: list[tuple[str, str]]


def fill(html: str, garde: Garde) -> Filled:
    """Write what was typed into the form of the page that goes to the same address."""
    reader = _Reader(html)
    reader.feed(html)
    reader.close()
    forms = [form for form in reader.forms if _goes_to(form, garde)]
    if not forms:
        return Filled(html, False, _left(garde, set()))
    chosen = max(forms, key=lambda form: _likeness(form, garde))
    edits = _edits(chosen, garde)
    for start, end, text in sorted(edits, reverse=True):
        html = html[:start] + text + html[end:]
    return Filled(html, True, _left(garde, _placed(chosen, garde)))


class _Reader(HTMLParser):
    """Finds the forms of a page and the places of their fields."""

    def __init__(self, html: str) -> None:
        super().__init__(convert_charrefs=True)
        self.forms: list[_Form] = []
        self._open: _Form | None = None
        self._select: _Control | None = None
        self._area: _Control | None = None
        self._lines = [0]
        for line in html.split("\n"):
            self._lines.append(self._lines[-1] + len(line) + 1)

    def _at(self) -> int:
        line, column = self.getpos()
        return self._lines[line - 1] + column

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Note a form, or a field with the form it belongs to."""
        given = dict(attrs)
        start = self._at()
        control = _Control(tag, given, start, start + len(self.get_starttag_text() or ""))
        if tag == "form":
            self._open = _Form(given)
            self.forms.append(self._open)
        elif self._area is not None:
            return
        elif tag == "option" and self._select is not None:
            self._select.options.append(control)
        elif tag in {"input", "textarea", "select", "button"} and (home := self._home(given)):
            home.controls.append(control)
            self._select = control if tag == "select" else self._select
            self._area = control if tag == "textarea" else None

    def handle_endtag(self, tag: str) -> None:
        """Close a form, a choice or a text."""
        if tag == "form":
            self._open = None
        elif tag == "select":
            self._select = None
        elif tag == "textarea" and self._area is not None:
            self._area.body_end, self._area = self._at(), None
        elif tag == "option" and self._select is not None and self._select.options:
            self._select.options[-1].body_end = self._at()

    def _home(self, attrs: dict[str, str | None]) -> _Form | None:
        wanted = attrs.get("form")
        if wanted:
            return next((form for form in self.forms if form.attrs.get("id") == wanted), None)
        return self._open


def _goes_to(form: _Form, garde: Garde) -> bool:
    if (form.attrs.get("method") or "get").lower() != "post":
        return False
    return urljoin(garde.page, form.attrs.get("action") or garde.page).partition("#")[0] == garde.action


def _likeness(form: _Form, garde: Garde) -> tuple[int, int]:
    """Rank the forms of a list: the one whose hidden fields say the same, then the one with the same fields."""
    hidden = [one for one in form.controls if one.kind == "hidden" and one.attrs.get("value")]
    same = sum(one.attrs["value"] in garde.values(one.name) for one in hidden)
    names = {one.name for one in form.controls}
    return same, sum(name in names for name, _ in garde.fields)


def _edits(form: _Form, garde: Garde) -> list[tuple[int, int, str]]:
    edits: list[tuple[int, int, str]] = []
    seen: dict[str, int] = {}
    for one in form.controls:
        values = garde.values(one.name)
        if one.kind in _UNTOUCHED or not one.name:
            continue
        if one.kind in {"checkbox", "radio"}:
            if values or one.kind == "checkbox":
                edits.append(_marked(one, "checked", (one.attrs.get("value") or "on") in values))
        elif one.kind == "select":
            edits += [_marked(option, "selected", option.attrs.get("value") in values) for option in one.options]
        elif one.kind != "hidden" or not one.attrs.get("value"):
            at = seen[one.name] = seen.get(one.name, -1) + 1
            if at < len(values):
                edits.append(_written(one, values[at]))
    return edits


def _marked(one: _Control, mark: str, on: bool) -> tuple[int, int, str]:
    attrs = {name: value for name, value in one.attrs.items() if name != mark} | ({mark: None} if on else {})
    return one.start, one.end, _tag(one.tag, attrs)


def _written(one: _Control, value: str) -> tuple[int, int, str]:
    if one.tag == "textarea":
        return one.end, one.body_end, "\n" + escape(value)
    return one.start, one.end, _tag(one.tag, one.attrs | {"value": value})


def _tag(tag: str, attrs: dict[str, str | None]) -> str:
    written = (name if value is None else f'{name}="{escape(value)}"' for name, value in attrs.items())
    return f"<{' '.join([tag, *written])}>"


def _placed(form: _Form, garde: Garde) -> set[tuple[str, int]]:
    """Name the values that have a field again: one value a text field, all those of a choice, a button's own."""
    placed: set[tuple[str, int]] = set()
    seen: dict[str, int] = {}
    for one in form.controls:
        values = garde.values(one.name)
        if one.kind in {"checkbox", "radio", "submit", "hidden"}:
            placed |= {(one.name, at) for at, value in enumerate(values) if value == (one.attrs.get("value") or "on")}
        elif one.kind == "select":
            offered = {option.attrs.get("value") for option in one.options}
            placed |= {(one.name, at) for at, value in enumerate(values) if value in offered}
        else:
            at = seen[one.name] = seen.get(one.name, -1) + 1
            placed.add((one.name, at))
        if one.kind in {"hidden", "submit"}:
            placed |= {(one.name, at) for at in range(len(values))}
    return placed


def _left(garde: Garde, placed: set[tuple[str, int]]) -> list[tuple[str, str]]:
    return [
        (name, value)
        for name, values in garde.fields
        for at, value in enumerate(values)
        if value.strip() and (name, at) not in placed
    ]
