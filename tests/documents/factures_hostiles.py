"""Hostile files, made on the spot: each is a name and what builds it."""

import base64
import gzip
from collections.abc import Callable
from decimal import Decimal

from clefdevoute.documents.factures.ecrire import LigneAEcrire, PieceAEcrire
from tests.documents.factures_exemples import abimee, facture

MEGA = 1_000_000
RACINE = b'<Invoice xmlns="urn:oasis:names:specification:ubl:schema:xsd:Invoice-2">'
FIN = b"</Invoice>"


def _dedans(body: bytes) -> bytes:
    return RACINE + body + FIN


def _doctype(subset: str, *, use: str = "F-2026-001") -> bytes:
    content = abimee("?>", f"?><!DOCTYPE Invoice {subset}>")
    return content.replace(b"F-2026-001", use.encode(), 1)


def _milliard_de_rires() -> bytes:
    entities = "".join(f'<!ENTITY l{n} "{f"&l{n - 1};" * 10}">' for n in range(1, 10))
    return _doctype(f'[<!ENTITY l0 "lol">{entities}]', use="&l9;")


def _piece(octets: int) -> bytes:
    whole = facture(attachments=(PieceAEcrire(filename="grande.pdf", content=b"@"),))
    return whole.replace(base64.b64encode(b"@"), base64.b64encode(bytes(octets)), 1)


def _lignes(count: int) -> bytes:
    whole = facture(lines=(LigneAEcrire(name="x", unit_price=Decimal("1.00")),))
    start, end = whole.index(b"<cac:InvoiceLine>"), whole.index(FIN)
    return whole[:start] + whole[start:end] * count + whole[end:]


def _avant_les_lignes(body: bytes) -> bytes:
    whole = facture()
    start = whole.index(b"<cac:InvoiceLine>")
    return whole[:start] + body + whole[start:]


def _beneficiaires(count: int) -> bytes:
    names = b"".join(b"<cbc:RegistrationName>%d</cbc:RegistrationName>" % n for n in range(count))
    whole = _avant_les_lignes(b"<cac:PayeeParty/>" * count)
    return whole.replace(b"<cac:PartyLegalEntity>", b"<cac:PartyLegalEntity>" + names, 1)


def _ligne(body: bytes) -> bytes:
    return b"<cac:InvoiceLine>" + body + b"<cbc:LineExtensionAmount>1</cbc:LineExtensionAmount></cac:InvoiceLine>"


def _noms_de_pieces(octets: int) -> bytes:
    name = b"x" * octets
    piece = b'<cbc:EmbeddedDocumentBinaryObject filename="%s">QQ==</cbc:EmbeddedDocumentBinaryObject>' % name
    return _avant_les_lignes(
        b"<cac:AdditionalDocumentReference><cac:Attachment>%s</cac:Attachment></cac:AdditionalDocumentReference>"
        % piece
        * 7
    )


def petites() -> dict[str, Callable[[], bytes]]:
    """Small or quick cases: always run."""
    return {
        "milliard de rires": _milliard_de_rires,
        "entité externe": lambda: _doctype('[<!ENTITY x SYSTEM "file:///etc/passwd">]', use="&x;"),
        "entité de paramètre": lambda: _doctype('[<!ENTITY % p SYSTEM "http://127.0.0.1:9/p.dtd"> %p;]'),
        "DTD externe": lambda: _doctype('SYSTEM "http://127.0.0.1:9/facture.dtd"'),
        "100.000 niveaux": lambda: _dedans(b"<a>" * 100_000 + b"</a>" * 100_000),
        "100.000 attributs": lambda: _dedans(b"<a " + b" ".join(b'a%d=""' % n for n in range(100_000)) + b"/>"),
        "100.000 espaces de noms": lambda: _dedans(
            b"<a " + b" ".join(b'xmlns:a%d="u%d"' % (n, n) for n in range(100_000)) + b"/>"
        ),
        "29.000 éléments de 20 attributs": lambda: _dedans(
            (b"<a " + b" ".join(b'a%d="%d"' % (n, n) for n in range(20)) + b"/>") * 29_000
        ),
        "pièce de 12 Mo": lambda: _piece(12 * MEGA),
        "2.000 lignes": lambda: _lignes(2_000),
        "14.000 bénéficiaires, 14.000 noms du fournisseur": lambda: _beneficiaires(14_000),
        "bombe gzip": lambda: gzip.compress(bytes(60 * MEGA)),
        "coupé au milieu": lambda: facture()[: len(facture()) // 2],
    }


def grandes() -> dict[str, Callable[[], bytes]]:
    """The same tricks at full size."""
    return {
        "pièce de 20 Mo": lambda: _piece(20 * MEGA),
        "pièce de 22 Mo": lambda: _piece(22 * MEGA),
        "pièce de 60 Mo": lambda: _piece(60 * MEGA),
        "50.001 lignes vides": lambda: _dedans(
            b'<cac:InvoiceLine xmlns:cac="urn:oasis:names:specification:ubl:schema:xsd:CommonAggregateComponents-2"/>'
            * 50_001
        ),
        "19.000 lignes": lambda: _lignes(19_000),
        "7 millions d’éléments": lambda: _dedans(b"<a/>" * (7 * MEGA)),
        "éléments aux noms tous différents": lambda: _dedans(b"".join(b"<n%d/>" % n for n in range(2 * MEGA))),
        "commentaire de 29 Mo": lambda: _dedans(b"<!--" + b"x" * (29 * MEGA) + b"-->"),
        "texte de 29 Mo": lambda: _dedans(b"<a>" + b"x" * (29 * MEGA) + b"</a>"),
        "5 millions de références": lambda: _dedans(b"<a>" + b"&#65;" * (29 * MEGA // 5) + b"</a>"),
        "360.000 pièces de deux octets": lambda: _avant_les_lignes(
            _ligne(b"<cbc:EmbeddedDocumentBinaryObject>QQ==</cbc:EmbeddedDocumentBinaryObject>" * 12) * 30_000
        ),
        "900.000 noms d’attributs": lambda: _avant_les_lignes(
            b"".join(
                _ligne(b"<a " + b" ".join(b'b%d_%d=""' % (n, m) for m in range(19)) + b"/>") for n in range(47_000)
            )
        ),
        "sept noms de pièces de 3,9 Mo": lambda: _noms_de_pieces(3_900_000),
        "attribut de 29 Mo": lambda: _dedans(b'<a b="' + b"x" * (29 * MEGA) + b'"/>'),
        "nom de 29 Mo": lambda: _dedans(b"<" + b"x" * (29 * MEGA) + b"/>"),
        "29 Mo de blancs": lambda: _dedans(b"\n" * (29 * MEGA)),
        "29 Mo en UTF-16": lambda: ("<a>" + "é" * 14_000_000 + "</a>").encode("utf-16"),
        "100.000 éléments dans une ligne": lambda: _lignes(1).replace(b"<cac:Item>", b"<a/>" * 100_000 + b"<cac:Item>"),
    }
