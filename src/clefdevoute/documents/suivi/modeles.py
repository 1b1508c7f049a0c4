"""
An enterprise's own .docx models: refused with a sentence, tried once, then filled for a person.

The filling runs in another process, without our secrets, for fifteen seconds at most: a hostile file
costs that and no more.
"""

import html
import io
import json
import os
import re
import subprocess
import sys
import zipfile
import zlib
from collections.abc import Mapping
from typing import Any

from clefdevoute.documents.suivi.balises import exemple
from clefdevoute.documents.suivi.rendu import REFUSED
from clefdevoute.records.foundation.errors import RecordError
from clefdevoute.records.foundation.media_types import DOCX, ODT, sniff

MAX_BYTES = 5 * 1024 * 1024
MAX_OPEN = 30 * 1024 * 1024
MAX_XML = 2 * 1024 * 1024
SECONDS = 15
_RUNS = ("word/embeddings/", "word/activex/")
_UTF16 = (b"\xff\xfe", b"\xfe\xff")
_OUTSIDE = re.compile(rb"<[^>]*TargetMode\s*=\s*[\"']\s*External[^>]*>", re.IGNORECASE)
_LINK = re.compile(rb"""\sType\s*=\s*["'][^"']*/relationships/hyperlink["']""")
_FIELD = re.compile(
    r"""<(?:\w+:)?instrText\b[^>]*>([^<]*)|\b(?:\w+:)?instr\s*=\s*(?:"([^"]*)"|'([^']*)')|<(?:\w+:)?fldChar\b"""
)
_FETCHES = re.compile(
    r"\b(DDE|DDEAUTO|INCLUDEPICTURE|INCLUDETEXT|INCLUDE|IMPORT|LINK|DATABASE|EMBED|RD|MACROBUTTON)\b", re.IGNORECASE
)
_UNREADABLE = (zipfile.BadZipFile, zlib.error, NotImplementedError, RuntimeError, EOFError, OSError, ValueError)


class ModeleRefuse(RecordError):
    """A model that cannot be used: what, why, what to do."""


def verifier(content: bytes, filename: str) -> None:
    """Refuse what is no usable model; fill it once with examples, so that no person waits for a broken tag."""
    _shape(content, filename)
    remplir(content, exemple())


def remplir(content: bytes, valeurs: Mapping[str, Any]) -> bytes:
    """Fill a model with the values of a person."""
    head = json.dumps(valeurs, ensure_ascii=True).encode("ascii") + b"\n"
    command = [sys.executable, "-m", "clefdevoute.documents.suivi.rendu"]
    paths = os.pathsep.join(path for path in sys.path if path)
    try:
        done = subprocess.run(  # noqa: S603 - no word of a user is in the command
            command, input=head + content, capture_output=True, timeout=SECONDS, env={"PYTHONPATH": paths}, check=False
        )
    except subprocess.TimeoutExpired:
        raise ModeleRefuse(
            f"Ce modèle demande plus de {SECONDS} secondes : simplifiez ses boucles, puis déposez-le à nouveau."
        ) from None
    if done.returncode == REFUSED:
        raise ModeleRefuse(done.stdout.decode())
    if done.returncode != 0:
        raise ModeleRefuse("Ce modèle n’a pas pu être rempli. Ouvrez-le dans Word, enregistrez-le, puis redéposez-le.")
    return done.stdout


def _shape(content: bytes, filename: str) -> None:
    media = sniff(content)
    if media == ODT or filename.lower().endswith((".odt", ".ott")):
        raise ModeleRefuse(
            "Un modèle est un document .docx : dans LibreOffice, « Enregistrer sous », puis choisissez Word (.docx)."
        )
    if media != DOCX:
        raise ModeleRefuse(
            f"« {filename} » n’est pas un document .docx, ou il contient des macros : enregistrez-le au format .docx, "
            "sans macros, puis déposez-le à nouveau."
        )
    if len(content) > MAX_BYTES:
        raise ModeleRefuse(
            f"Ce modèle pèse {len(content) / 1024 / 1024:.0f} Mo, au plus 5 Mo : allégez ses images, puis redéposez-le."
        )
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            _parts(archive)
    except _UNREADABLE:
        raise ModeleRefuse(
            f"« {filename} » est protégé par un mot de passe ou abîmé : ouvrez-le dans Word, enregistrez-le sans mot "
            "de passe, puis déposez-le à nouveau."
        ) from None


def _parts(archive: zipfile.ZipFile) -> None:
    """Refuse what opens too large, what runs, and what fetches something elsewhere when a letter is opened."""
    members = archive.infolist()
    texts = [one for one in members if one.filename.lower().endswith((".xml", ".rels"))]
    if sum(one.file_size for one in members) > MAX_OPEN or any(one.file_size > MAX_XML for one in texts):
        raise ModeleRefuse("Ce modèle est trop grand une fois ouvert : gardez une lettre, pas un livre.")
    if any(one.filename.lower().startswith(_RUNS) for one in members):
        raise ModeleRefuse(
            "Ce modèle contient un objet incorporé (un classeur, un programme) : retirez-le, puis déposez-le à nouveau."
        )
    for one in texts:
        text = archive.read(one)
        if b"<!DOCTYPE" in text or text.startswith(_UTF16):
            raise ModeleRefuse("Ce modèle contient une déclaration qui n’est pas admise : enregistrez-le depuis Word.")
        if one.filename.lower().endswith(".rels") and any(not _LINK.search(link) for link in _OUTSIDE.findall(text)):
            raise ModeleRefuse(
                "Ce document va chercher une image, un objet ou un modèle ailleurs chaque fois qu’on l’ouvre. Collez "
                "l’image au lieu de la lier ; détachez le modèle dans Word (« Développeur », « Modèle de document », "
                "« Normal »), puis déposez-le à nouveau."
            )
        if found := _FETCHES.search(_instructions(text)):
            raise ModeleRefuse(
                f"Ce modèle contient un champ Word « {found[0].upper()} », qui va chercher ou lance quelque chose "
                "ailleurs : supprimez ce champ, ou remplacez-le par son texte (Ctrl + Maj + F9), puis redéposez-le."
            )


def _instructions(text: bytes) -> str:
    """Gather what the Word fields of a part ask for; an instruction may be cut into runs, each field stands apart."""
    found = _FIELD.finditer(text.decode("utf-8", "replace"))
    return html.unescape("".join(one[1] or (f" {one[2] or one[3] or ''} ") for one in found))
