"""
Write the French catalogue of counted sentences, so that zero agrees in the singular as French has it.

Our sentences are French in the code: without a catalogue gettext counts them as English does (« 0 objectifs »).
Run ``python scripts/pluriels.py``; a test says when the catalogue is older than the code.
"""

import ast
import datetime as dt
import sys
from collections.abc import Iterator
from pathlib import Path

from babel.messages import Catalog, mofile, pofile
from django.template.base import Lexer, Token, TokenType
from django.utils.translation import trim_whitespace

ROOT = Path(__file__).resolve().parent.parent
CATALOGUE = ROOT / "src" / "clefdevoute" / "config" / "locale" / "fr" / "LC_MESSAGES" / "django.po"
WRITTEN = dt.datetime(2026, 11, 22, tzinfo=dt.UTC)
"""Not the moment of writing: the same code gives the same file."""
Pair = tuple[str, str]


def pairs() -> list[Pair]:
    """List each counted sentence of the code and of the templates, singular and plural, once, in order."""
    found: set[Pair] = set()
    for path in sorted((ROOT / "src").rglob("*.py")):
        found.update(_in_python(path.read_text(encoding="utf-8")))
    for path in sorted((ROOT / "src").rglob("*.html")):
        found.update(in_template(path.read_text(encoding="utf-8")))
    return sorted(found)


def _in_python(source: str) -> Iterator[Pair]:
    for node in ast.walk(ast.parse(source)):
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id.startswith("ngettext"):
            yield ast.literal_eval(node.args[0]), ast.literal_eval(node.args[1])


def in_template(source: str) -> Iterator[Pair]:
    """Read the blocks as the template engine does; a component's attributes are plain text to it, so tokens are."""
    words: list[list[str]] = []
    trimmed = False
    for token in Lexer(source).tokenize():
        name = token.contents.split()[0] if token.contents.strip() else ""
        if token.token_type == TokenType.BLOCK and name == "blocktranslate":
            words, trimmed = [[]] if " count " in token.contents else [], " trimmed" in token.contents
        elif token.token_type == TokenType.BLOCK and name == "plural":
            words.append([])
        elif token.token_type == TokenType.BLOCK and name == "endblocktranslate" and words:
            singular, plural = ("".join(part) for part in words)
            yield (trim_whitespace(singular), trim_whitespace(plural)) if trimmed else (singular, plural)
            words = []
        elif words:
            words[-1].append(_word(token))


def _word(token: Token) -> str:
    if token.token_type == TokenType.VAR:
        return f"%({token.contents})s"
    return token.contents.replace("%", "%%")


def main() -> int:
    """Write the catalogue in both its forms and say how many sentences it holds."""
    catalog = Catalog(
        locale="fr",
        domain="django",
        project="Clef de voûte",
        version="1",
        header_comment="# Écrit par scripts/pluriels.py : ne le corrigez pas à la main.",
        creation_date=WRITTEN,
        revision_date=WRITTEN,
        msgid_bugs_address="CONTRIBUTING.md",
        last_translator="Clef de voûte",
        language_team="fr",
        fuzzy=False,
    )
    for singular, plural in pairs():
        catalog.add((singular, plural), (singular, plural))
    CATALOGUE.parent.mkdir(parents=True, exist_ok=True)
    with CATALOGUE.open("wb") as text:
        pofile.write_po(text, catalog, width=0)
    with CATALOGUE.with_suffix(".mo").open("wb") as binary:
        mofile.write_mo(binary, catalog)
    sys.stdout.write(f"{len(catalog)} phrases comptées\n")
    return 0


if __name__ == "__main__":
    sys.exit(main())
