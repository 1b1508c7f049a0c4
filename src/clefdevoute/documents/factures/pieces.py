"""
Files embedded in an invoice: set aside before the XML is parsed, checked, decoded only when somebody asks for one.

A PDF is most of the bytes of an invoice that carries it, and the XML parser would look at each of them.
"""

import secrets

BALISE = b"EmbeddedDocumentBinaryObject"
LONGUE = 2_000
PREFIXE = 64
ALPHABET = b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/"
BLANCS = b" \t\r\n"
# No file can name it: a text that begins so was put there by this program.
MARQUE = f"={secrets.token_hex(8)}="


def base64_propre(octets: bytes) -> bytes | None:
    """Return the code without its blanks, None when it is not base64 to the letter."""
    reste = octets.translate(None, ALPHABET)
    if len(reste) > 2 or reste.strip(b"="):
        octets = octets.translate(None, BLANCS)
        reste = reste.translate(None, BLANCS)
    if len(octets) % 4 or len(reste) > 2 or reste.strip(b"=") or not octets.endswith(reste):
        return None
    return octets


def detacher(content: bytes) -> tuple[bytes, list[bytes]]:
    """
    Replace each long embedded file by a mark, and give the files apart.

    Only sound base64 goes, and it holds no sign of XML: what is left is as well or as badly formed as before,
    also when the tag stood in a comment. Anything else is left to the parser.
    """
    corps: list[bytes] = []
    morceaux: list[bytes] = []
    ici = 0
    while (balise := content.find(BALISE, ici)) >= 0:
        debut = content.find(b">", balise) + 1
        fin = content.find(b"<", debut)
        if not debut or fin < 0:
            break
        code = None
        if fin - debut >= LONGUE and _ouvre(content, balise) and _ferme(content, fin):
            code = base64_propre(content[debut:fin])
        if code is None:
            morceaux.append(content[ici:fin])
        else:
            morceaux += (content[ici:debut], f"{MARQUE}{len(corps)}".encode())
            corps.append(code)
        ici = fin
    if not corps:
        return content, corps
    return b"".join((*morceaux, content[ici:])), corps


def _ouvre(content: bytes, balise: int) -> bool:
    """Whether the name found is that of an opening tag, under any prefix."""
    chevron = content.rfind(b"<", max(0, balise - PREFIXE), balise)
    avant = content[chevron + 1 : balise]
    return chevron >= 0 and (not avant or (avant.endswith(b":") and avant[:-1].replace(b"-", b"_").isalnum()))


def _ferme(content: bytes, fin: int) -> bool:
    """Whether the text ends at its closing tag: neither a comment nor a CDATA section goes on with it."""
    return content.startswith(b"</", fin) and content.find(BALISE, fin, fin + PREFIXE + len(BALISE)) >= 0


def rattacher(texte: str, corps: list[bytes]) -> bytes | None:
    """Find the file a mark stands for, or read the code that was short enough to stay."""
    if texte.startswith(MARQUE):
        return corps[int(texte[len(MARQUE) :])]
    return base64_propre(texte.encode("ascii")) if texte.isascii() else None
