"""
Read hostile XML into small dictionaries, within bounds that hold time and memory.

Expat is driven by hand rather than building a tree: a DOCTYPE stops the reading before any entity is known, no
entity and no network exist, and each invoice line is handed over and forgotten as soon as it closes.
"""

from collections.abc import Callable
from typing import Any
from xml.parsers import expat

from clefdevoute.documents.factures import noms
from clefdevoute.documents.factures.refus import LectureRefusee

# An element: its children by short name, its text under "#", its attributes under "@".
Noeud = dict[str, Any]
Regle = Callable[[Noeud, Noeud, Any], None]

MAX_OCTETS = 30_000_000
MAX_PIECE = 20_000_000
MAX_ELEMENTS = 600_000
MAX_VIVANTS = 30_000
MAX_LIGNES = 50_000
MAX_PROFONDEUR = 60
MAX_ATTRIBUTS = 20
MAX_ESPACES = 2_000
MAX_BALISE = 4_000_000
TRANCHE = 1_000_000


def analyser(content: bytes, cahier: Any, regles: dict[str, Regle]) -> tuple[str, Noeud]:
    """Return the invoice's root name and element; lines go to ``cahier.ligne`` and rules run as elements close."""
    _refuse_by_first_bytes(content)
    lecteur = _Lecteur(cahier)
    parser = expat.ParserCreate(namespace_separator=" ", intern=dict(noms.COURTS))
    parser.buffer_text = True
    parser.buffer_size = 65536
    pile: list[Noeud] = [{}]
    parser.StartElementHandler, parser.EndElementHandler = _debut(lecteur, pile), _fin(lecteur, pile, regles)
    parser.CharacterDataHandler = lecteur.textes.append
    parser.StartDoctypeDeclHandler = _refuse_doctype
    parser.StartNamespaceDeclHandler = lecteur.espace
    try:
        _nourrir(parser, content)
    except expat.ExpatError as error:
        raise LectureRefusee("xml_mal_forme", f"ligne {error.lineno}, colonne {error.offset}") from error
    except (ValueError, LookupError, UnicodeError) as error:  # an encoding Python does not know or cannot map
        raise LectureRefusee("xml_mal_forme", "codage des caractères inconnu") from error
    if lecteur.nom is None or lecteur.racine is None:
        raise LectureRefusee("pas_une_facture_ubl", "l’enveloppe ne contient pas de facture")
    if lecteur.documents > 1:
        raise LectureRefusee("pas_une_facture_ubl", "l’enveloppe contient plusieurs documents")
    return lecteur.nom, lecteur.racine


def _nourrir(parser: expat.XMLParserType, content: bytes) -> None:
    """Feed by slices: a name, a tag or a comment of many megabytes shows as a parser that no longer advances."""
    entier = memoryview(content)
    for debut in range(0, len(content), TRANCHE):
        parser.Parse(entier[debut : debut + TRANCHE], False)
        if debut + TRANCHE - parser.CurrentByteIndex > MAX_BALISE:
            raise LectureRefusee("trop_complexe", "une balise ou un commentaire de plusieurs mégaoctets")
    parser.Parse(b"", True)


def _refuse_by_first_bytes(content: bytes) -> None:
    if not content.strip():
        raise LectureRefusee("fichier_vide")
    if len(content) > MAX_OCTETS:
        raise LectureRefusee("fichier_trop_grand", str(MAX_OCTETS // 1_000_000))
    start = content[:1024].lstrip(b"\xef\xbb\xbf \t\r\n")
    if b"%PDF-" in start:
        raise LectureRefusee("pas_une_facture_ubl", "c’est un PDF (Factur-X, ZUGFeRD ou simple image de facture)")
    for magic, name in ((b"\x1f\x8b", "gzip"), (b"PK\x03\x04", "zip"), (b"BZh", "bzip2"), (b"\xfd7zXZ", "xz")):
        if start.startswith(magic):
            raise LectureRefusee("archive_compressee", name)
    if not start.startswith((b"<", b"\xff\xfe", b"\xfe\xff", b"\x00<", b"\x4c\x6f")):
        raise LectureRefusee("pas_du_xml")


def _refuse_doctype(*_: object) -> None:
    raise LectureRefusee("xml_dangereux")


class _Lecteur:
    """The state of one reading: where we are, what is alive, what was counted."""

    def __init__(self, cahier: Any) -> None:
        self.cahier = cahier
        self.textes: list[str] = []
        self.nom: str | None = None
        self.racine: Noeud | None = None
        self.niveau = 0
        self.espaces = 0
        self.documents = 0

    def espace(self, *_: object) -> None:
        """Count namespace declarations: they are not attributes, so nothing else bounds them."""
        self.espaces += 1
        if self.espaces > MAX_ESPACES:
            raise LectureRefusee("trop_complexe", "trop d’espaces de noms")

    def ouvrir(self, nom: str, noeud: Noeud, niveau: int) -> None:
        """Recognise the invoice at the root, or directly inside a Peppol envelope; refuse everything else by name."""
        if niveau == 1 and self.racine is not None and self.niveau == 0:
            return  # an ordinary child of the invoice
        if nom in (noms.FACTURE, noms.NOTE_CREDIT):
            self.nom, self.racine, self.niveau = nom, noeud, niveau
            self.documents += 1
        elif niveau == 0 and nom != noms.ENVELOPPE:
            raise LectureRefusee("pas_une_facture_ubl", _ce_que_c_est(nom))
        elif niveau == 1 and nom != noms.ENTETE_ENVELOPPE:
            raise LectureRefusee("pas_une_facture_ubl", "l’enveloppe contient autre chose : " + _ce_que_c_est(nom))


def _debut(lecteur: _Lecteur, pile: list[Noeud]) -> Callable[[str, dict[str, str]], None]:
    """Build the handler of an opening tag: a closure, because it runs once per element."""
    textes = lecteur.textes

    def debut(nom: str, attributs: dict[str, str]) -> None:
        if textes:
            textes.clear()
        noeud: Noeud = {}
        if attributs:
            noeud["@"] = attributs
            if len(attributs) > MAX_ATTRIBUTS:
                raise LectureRefusee("trop_complexe", "trop d’attributs")
        profondeur = len(pile)
        if profondeur < 3:
            lecteur.ouvrir(nom, noeud, profondeur - 1)
        elif profondeur > MAX_PROFONDEUR:
            raise LectureRefusee("trop_complexe", "trop de niveaux")
        parent = pile[-1]
        if nom in parent:
            parent[nom].append(noeud)
        else:
            parent[nom] = [noeud]
        pile.append(noeud)

    return debut


def _fin(lecteur: _Lecteur, pile: list[Noeud], regles: dict[str, Regle]) -> Callable[[str], None]:
    """Build the handler of a closing tag: text, the element's own rules, and the end of a line."""
    textes, cahier, lignes = lecteur.textes, lecteur.cahier, noms.LIGNES
    vivants = total = base = 0

    def fin(nom: str) -> None:
        nonlocal vivants, base, total
        noeud = pile.pop()
        parent = pile[-1]
        vivants += 1
        if textes:
            noeud["#"] = "".join(textes).strip()
            textes.clear()
        if nom in regles:
            regles[nom](noeud, parent, cahier)
        if parent is lecteur.racine:
            if nom in lignes:
                cahier.ligne(noeud)
                parent[nom].pop()
                total += vivants - base
                vivants = base
            base = vivants
        if vivants > MAX_VIVANTS or total > MAX_ELEMENTS or cahier.line_count > MAX_LIGNES:
            raise LectureRefusee("trop_complexe", "trop d’éléments ou de lignes")

    return fin


def _ce_que_c_est(nom: str) -> str:
    espace, _, local = nom.rpartition(" ")
    if local in {"CrossIndustryInvoice", "CrossIndustryDocument"}:
        return "c’est une facture CII (UN/CEFACT), une autre syntaxe"
    if local.startswith("SCRDM"):
        return "c’est une commande Order-X"
    if local in ("Invoice", "CreditNote"):
        return "l’espace de noms de la facture n’est pas celui d’UBL 2"
    if ":ubl:" in espace:
        return f"c’est un document UBL « {local[:60]} »"
    return f"l’élément racine est « {local[:60]} »"
