"""Small invented papers as PDF: plain lines of Helvetica on A4, enough to be opened and read."""

from collections.abc import Sequence

SPECIMEN = "Pièce inventée pour la démonstration de Clef de voûte"
_LINES_A_PAGE = 46


def feuille(titre: str, lignes: Sequence[str], *, chasse_fixe: bool = False) -> bytes:
    """Write a title and its lines, over as many pages as they take; the same words give the same bytes."""
    pages = [lignes[at : at + _LINES_A_PAGE] for at in range(0, max(1, len(lignes)), _LINES_A_PAGE)]
    objects = [b"", b"", _font("Helvetica-Bold"), _font("Courier" if chasse_fixe else "Helvetica")]
    kids = []
    for rows in pages:
        drawn = _drawing(titre, rows, size=8 if chasse_fixe else 11)
        objects.append(b"<</Length %d>>\nstream\n%s\nendstream" % (len(drawn), drawn))
        objects.append(
            b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 595 842]/Contents %d 0 R"
            b"/Resources<</Font<</T 3 0 R/C 4 0 R>>>>>>" % len(objects)
        )
        kids.append(b"%d 0 R" % len(objects))
    objects[0] = b"<</Type/Catalog/Pages 2 0 R/Lang(fr-BE)>>"
    objects[1] = b"<</Type/Pages/Count %d/Kids[%s]>>" % (len(kids), b" ".join(kids))
    return _assembled(objects)


def _font(name: str) -> bytes:
    return b"<</Type/Font/Subtype/Type1/BaseFont/%s/Encoding/WinAnsiEncoding>>" % name.encode()


def _text(words: str) -> bytes:
    """Encode words as a PDF string of Windows' alphabet."""
    raw = words.encode("cp1252", "replace")
    return b"(" + raw.replace(b"\\", b"\\\\").replace(b"(", b"\\(").replace(b")", b"\\)") + b")"


def _drawing(titre: str, rows: Sequence[str], *, size: int) -> bytes:
    drawn = [b"BT /T 16 Tf 56 770 Td " + _text(titre) + b" Tj ET"]
    drawn.append(b"BT /C %d Tf 15 TL 56 736 Td" % size)
    drawn += [_text(row) + b" Tj T*" for row in rows]
    drawn.append(b"ET")
    drawn.append(b"BT /C 8 Tf 56 40 Td " + _text(SPECIMEN) + b" Tj ET")
    return b"\n".join(drawn)


def _assembled(objects: Sequence[bytes]) -> bytes:
    out = bytearray(b"%PDF-1.7\n%\xe2\xe3\xcf\xd3\n")
    places = []
    for number, body in enumerate(objects, 1):
        places.append(len(out))
        out += b"%d 0 obj\n%s\nendobj\n" % (number, body)
    start = len(out)
    out += b"xref\n0 %d\n0000000000 65535 f \n" % (len(objects) + 1)
    out += b"".join(b"%010d 00000 n \n" % place for place in places)
    out += b"trailer\n<</Size %d/Root 1 0 R>>\nstartxref\n%d\n%%%%EOF\n" % (len(objects) + 1, start)
    return bytes(out)
