"""
Fills one .docx model, in a process of its own: bytes and values in, bytes or a sentence out.

Run as ``python -m clefdevoute.documents.suivi.rendu``. It knows no Django, no key and no database; its
parent gives it time and takes it away. Standard input: one line of JSON, then the file.
"""

import io
import json
import re
import sys
from typing import Any, BinaryIO

from docxtpl import DocxTemplate
from jinja2.exceptions import TemplateError

from clefdevoute.documents.suivi.fermeture import Ferme, Refuse

REFUSED = 3
_TAGS = re.compile(r"<[^>]+>")


class Modele(DocxTemplate):  # type: ignore[misc]
    """A model that says where a refused tag stands."""

    def render_xml_part(self, src_xml: str, part: Any, context: Any, jinja_env: Any = None) -> str:
        """Fill one part; a refusal carries the words around it."""
        try:
            return str(super().render_xml_part(src_xml, part, context, jinja_env))
        except Refuse as refused:
            raise Refuse(f"{refused.phrase}{_place(src_xml, refused.line)}.") from None


def remplir(content: bytes, valeurs: dict[str, Any]) -> bytes:
    """Fill a model with values, every one escaped."""
    modele = Modele(io.BytesIO(content))
    modele.render(valeurs, Ferme(), autoescape=True)
    filled = io.BytesIO()
    modele.save(filled)
    return filled.getvalue()


def main(entree: BinaryIO, sortie: BinaryIO) -> int:
    """Answer the file, or a sentence with the code of a refusal."""
    valeurs = json.loads(entree.readline())
    try:
        filled = remplir(entree.read(), valeurs)
    except Refuse as refused:
        phrase = refused.phrase
    except TemplateError:
        phrase = "Une balise du modèle n’a pas pu être remplie. Essayez-le balise par balise."
    except Exception:
        phrase = "Ce fichier ne s’ouvre pas comme un document Word : enregistrez-le à nouveau au format .docx."
    else:
        sortie.write(filled)
        return 0
    sortie.write(phrase.encode())
    return REFUSED


def _place(source: str, line: int) -> str:
    """Quote the paragraph in which a line of the source stands."""
    paragraphs = re.sub(r"<w:p([ >])", r"\n<w:p\1", source).splitlines()
    if not 0 < line <= len(paragraphs):
        return ""
    words = " ".join(_TAGS.sub("", paragraphs[line - 1]).split())[:80]
    return f", près de « {words} »" if words else ""


if __name__ == "__main__":
    sys.exit(main(sys.stdin.buffer, sys.stdout.buffer))
