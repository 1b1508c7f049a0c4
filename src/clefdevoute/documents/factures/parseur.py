"""
Read hostile XML into small dictionaries, within bounds that hold time and memory.

Expat is driven by hand rather than building a tree: a DOCTYPE stops the reading before any entity is known, no
entity and no network exist, and each invoice line is handed over and forgotten as soon as it closes.
"""

from collections.abc import Callable
from typing import Any
from xml.parsers import expat

from clefdevoute.documents.factures import noms
from clefdevoute.documents.factures.bornes import (
    MAX_ATTRIBUTS,
    MAX_BALISE,
    MAX_ELEMENTS,
    MAX_ESPACES,
    MAX_LIGNES,
    MAX_NOMS,
    MAX_OCTETS,
    MAX_PROFONDEUR,
    MAX_VIVANTS,
    TRANCHE,
    Noeud,
    Regle,
)
from clefdevoute.documents.factures.refus import LectureRefusee

Debut = Callable[[str, dict[str, str]], None]


def analyser(content: bytes, cahier: Any, regles: dict[str, Regle]) -> tuple[str, Noeud]:
    """Return the invoice's root name and element; lines go to ``cahier.ligne`` and rules run as elements close."""
    lecteur = _Lecteur(cahier)
    parser = expat.ParserCreate(namespace_separator=" ", intern=dict(noms.COURTS))
    parser.buffer_text = True
    parser.buffer_size = 65536
    pile: list[Noeud] = [{}]
    parser.StartElementHandler = _premiers(lecteur, pile, parser)
    parser.EndElementHandler = _fin(lecteur, pile, regles)
    parser.CharacterDataHandler = lecteur.textes.append
    parser.StartDoctypeDeclHandler = _refuse_doctype
    if len(content) > TRANCHE:
        parser.StartNamespaceDeclHandler = lecteur.espace
    try:
        _nourrir(parser, content, pile)
    except expat.ExpatError as error:
        raise LectureRefusee("xml_mal_forme", f"ligne {error.lineno}, colonne {error.offset}") from error
    except (ValueError, LookupError, UnicodeError) as error:  # an encoding Python does not know or cannot map
        raise LectureRefusee("xml_mal_forme", "codage des caractères inconnu") from error
    if lecteur.nom is None or lecteur.racine is None:
        raise LectureRefusee("pas_une_facture_ubl", "l’enveloppe ne contient pas de facture")
    if lecteur.documents > 1:
        raise LectureRefusee("pas_une_facture_ubl", "l’enveloppe contient plusieurs documents")
    return lecteur.nom, lecteur.racine


def _nourrir(parser: expat.XMLParserType, content: bytes, pile: list[Noeud]) -> None:
    """
    Feed by slices, and look between two slices at what the file is doing.

    A name or a comment of many megabytes shows as a parser that no longer advances; a crowd of elements as
    chevrons, counted in C, and then as what is still alive once the lines have gone. Names, of elements and of
    attributes, are kept by the parser to its end: UBL has three thousand.
    """
    if len(content) <= TRANCHE:  # too short to do harm between two looks
        parser.Parse(content, True)
        return
    entier = memoryview(content)
    chevrons = 0
    for debut in range(0, len(content), TRANCHE):
        chevrons += content.count(b"<", debut, debut + TRANCHE)
        parser.Parse(entier[debut : debut + TRANCHE], False)
        if debut + TRANCHE - parser.CurrentByteIndex > MAX_BALISE:
            raise LectureRefusee("trop_complexe", "une balise ou un commentaire de plusieurs mégaoctets")
        if len(parser.intern) > MAX_NOMS:
            raise LectureRefusee("trop_complexe", "trop de noms différents")
        if chevrons > 2 * MAX_ELEMENTS or len(pile) > MAX_PROFONDEUR:
            raise LectureRefusee("trop_complexe", "trop d’éléments ou de niveaux")
        if chevrons > MAX_VIVANTS and _compter(pile[0], MAX_VIVANTS) < 0:
            raise LectureRefusee("trop_complexe", "trop d’éléments ou d’attributs")
    parser.Parse(b"", True)


def refuser_aux_premiers_octets(content: bytes) -> None:
    """Refuse what its size or its first bytes say is no invoice, before anything else is looked at."""
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
            self.cahier.racine = noeud
            self.documents += 1
        elif niveau == 0 and nom != noms.ENVELOPPE:
            raise LectureRefusee("pas_une_facture_ubl", _ce_que_c_est(nom))
        elif niveau == 1 and nom != noms.ENTETE_ENVELOPPE:
            raise LectureRefusee("pas_une_facture_ubl", "l’enveloppe contient autre chose : " + _ce_que_c_est(nom))


def fin_de_ligne(nom: str) -> Regle:
    """Make the rule of a line element: hand it over when it is the invoice's own, and forget it."""

    def rendre(noeud: Noeud, parent: Noeud, cahier: Any) -> None:
        if parent is cahier.racine:
            cahier.ligne(noeud)
            parent[nom].pop()
            if cahier.line_count > MAX_LIGNES:
                raise LectureRefusee("trop_complexe", "plus de 50.000 lignes")

    return rendre


def _premiers(lecteur: _Lecteur, pile: list[Noeud], parser: expat.XMLParserType) -> Debut:
    """Build the handler of the first opening tags: it looks for the invoice, then leaves its place to a quicker one."""
    suite = _debut(lecteur, pile)

    def premiers(nom: str, attributs: dict[str, str]) -> None:
        suite(nom, attributs)
        profondeur = len(pile) - 1
        if profondeur < 3:
            lecteur.ouvrir(nom, pile[-1], profondeur - 1)
            if lecteur.racine is not None and lecteur.niveau == 0:
                parser.StartElementHandler = suite

    return premiers


def _debut(lecteur: _Lecteur, pile: list[Noeud]) -> Debut:
    """Build the handler of an opening tag: a closure, because it runs once per element."""
    textes, empiler, vider = lecteur.textes, pile.append, lecteur.textes.clear

    def debut(nom: str, attributs: dict[str, str]) -> None:
        if textes:
            vider()
        if attributs:
            noeud: Noeud = {"@": attributs}
            if len(attributs) > MAX_ATTRIBUTS:
                raise LectureRefusee("trop_complexe", "trop d’attributs")
        else:
            noeud = {}
        parent = pile[-1]
        if nom in parent:
            parent[nom].append(noeud)
        else:
            parent[nom] = [noeud]
        empiler(noeud)

    return debut


def _fin(lecteur: _Lecteur, pile: list[Noeud], regles: dict[str, Regle]) -> Callable[[str], None]:
    """Build the handler of a closing tag: its text, then the element's own rules, a line's included."""
    textes, cahier, depiler, vider = lecteur.textes, lecteur.cahier, pile.pop, lecteur.textes.clear

    def fin(nom: str) -> None:
        noeud = depiler()
        if textes:
            texte = (textes[0] if len(textes) == 1 else "".join(textes)).strip()
            vider()
            if texte:
                noeud["#"] = texte
        if nom in regles:
            regles[nom](noeud, pile[-1], cahier)

    return fin


def _compter(noeud: Noeud, reste: int) -> int:
    """Count what is alive, by levels, and stop as soon as it is too much."""
    niveau = [noeud]
    while niveau and reste >= 0:
        enfants = [enfant for un in niveau for liste in un.values() if type(liste) is list for enfant in liste]
        reste -= len(enfants) + sum(len(un["@"]) for un in enfants if "@" in un)
        niveau = enfants
    return reste


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
