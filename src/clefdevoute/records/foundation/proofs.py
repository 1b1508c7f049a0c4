"""
Files someone hands in: kept as they are, under the hash of their content, outside the web's reach.

The type is found in the content, never believed from the name. One copy per enterprise and never
across: whether another enterprise holds the same file cannot be found out.
"""

import contextlib
import datetime as dt
import hashlib
import os
import re
import tempfile
import unicodedata
import uuid
from pathlib import Path

from django.conf import settings
from django.db import transaction
from django.http import HttpResponse
from django.utils.http import content_disposition_header

from clefdevoute.records.foundation import encryption, journal
from clefdevoute.records.foundation.access import Actor
from clefdevoute.records.foundation.classification import SECRET, FieldClass
from clefdevoute.records.foundation.errors import ProofRefused
from clefdevoute.records.foundation.media_types import INLINE, ZIP, sniff
from clefdevoute.records.foundation.models import ProofFile

MAX_BYTES = 20 * 1024 * 1024
MAX_PACKAGE_BYTES = 200 * 1024 * 1024
_UNWANTED = re.compile(r"[^\w .,()+\-’'&@°]", re.UNICODE)


@transaction.atomic
def store(
    *,
    content: bytes,
    filename: str,
    by: Actor,
    entreprise_id: uuid.UUID,
    now: dt.datetime,
    classe: FieldClass = FieldClass.PERSONNEL,
    package: bool = False,
) -> ProofFile:
    """
    Keep a file of an enterprise; the same content handed in again gives the same row back.

    ``package`` admits the ZIP that the product itself made to be sent, which no one may hand in as a proof.
    """
    name = clean_filename(filename)
    media_type = _package_type(content, name) if package else _checked_type(content, name)
    sha256 = hashlib.sha256(content).hexdigest()
    same = ProofFile.objects.filter(entreprise_id=entreprise_id, sha256=sha256, classe=classe)
    if classe is FieldClass.SANTE:
        same = same.filter(stored_by=by.user_id)
    found = same.first()
    _keep(entreprise_id, sha256, content, sealed=classe in SECRET)
    if found:
        return found
    proof = ProofFile(
        entreprise_id=entreprise_id,
        sha256=sha256,
        size=len(content),
        media_type=media_type,
        classe=classe,
        stored_by=by.user_id,
        stored_at=now,
    )
    proof.filename = name
    proof.save(force_insert=True)
    journal.append(event="foundation.piece_deposee", by=by, subject=proof, entreprise_id=entreprise_id, now=now)
    return proof


def read(proof: ProofFile) -> bytes:
    """Give the content back, after checking it against its hash."""
    sealed = proof.classe in SECRET
    path = path_of(proof.entreprise_id, proof.sha256, sealed=sealed)
    try:
        content = path.read_bytes()
    except FileNotFoundError:
        raise ProofRefused(
            f"Le fichier de la pièce « {proof.filename} » n’est plus à sa place : restaurez le dossier des preuves "
            "depuis la dernière sauvegarde."
        ) from None
    if sealed:
        content = encryption.unseal(content, entreprise_id=proof.entreprise_id, place=_place(proof.sha256))
    if hashlib.sha256(content).hexdigest() != proof.sha256:
        raise ProofRefused(
            f"Le fichier de la pièce « {proof.filename} » a changé depuis son dépôt : "
            "restaurez-le depuis la sauvegarde."
        )
    return content


def open_by(proof: ProofFile, *, by: Actor, now: dt.datetime, purpose: str = "") -> bytes:
    """Give the content to a person: opening a secret one is written in the journal before a byte leaves."""
    if proof.classe in SECRET:
        journal.append(
            event="foundation.piece_secrete_lue",
            by=by,
            subject=proof,
            entreprise_id=proof.entreprise_id,
            now=now,
            purpose=purpose,
        )
    return read(proof)


def response(proof: ProofFile, *, by: Actor, now: dt.datetime, purpose: str = "") -> HttpResponse:
    """Serve a proof: inline only for what cannot run, in a sandbox; all else as a download."""
    answer = HttpResponse(open_by(proof, by=by, now=now, purpose=purpose), content_type=proof.media_type)
    inline = proof.media_type in INLINE
    disposition = content_disposition_header(not inline, proof.filename)
    answer.headers["Content-Disposition"] = disposition or "attachment"
    answer.headers["X-Content-Type-Options"] = "nosniff"
    answer.headers["Cache-Control"] = "private, no-store"
    answer.headers["Content-Security-Policy"] = "sandbox; default-src 'none'"
    return answer


def path_of(entreprise_id: uuid.UUID, sha256: str, *, sealed: bool = False) -> Path:
    """Say where a content lives; the name given by a user is never part of it."""
    return Path(settings.PROOFS_DIR) / entreprise_id.hex / sha256[:2] / (f"{sha256}.scelle" if sealed else sha256)


def clean_filename(filename: str) -> str:
    """Keep the last part of a name, without control characters or marks that change its reading."""
    base = unicodedata.normalize("NFC", filename).replace("\\", "/").rsplit("/", 1)[-1]
    visible = "".join(char for char in base if unicodedata.category(char)[0] != "C")
    cleaned = re.sub(r"\s+", " ", _UNWANTED.sub("_", visible)).strip(" .")
    stem, dot, suffix = cleaned.rpartition(".")
    if dot and len(suffix) <= 10:
        return f"{stem[: 195 - len(suffix)]}.{suffix}" if stem else f"piece.{suffix}"
    return cleaned[:200] or "piece"


def _checked_type(content: bytes, name: str) -> str:
    """Refuse what is empty, too large or of a kind that is no proof."""
    if not content:
        raise ProofRefused(f"Le fichier « {name} » est vide : choisissez le bon fichier, puis déposez-le à nouveau.")
    if len(content) > MAX_BYTES:
        raise ProofRefused(
            f"Le fichier « {name} » pèse {len(content) / 1024 / 1024:.0f} Mo, le maximum est de 20 Mo : "
            "réduisez-le ou divisez-le, puis déposez-le à nouveau."
        )
    media_type = sniff(content)
    if media_type is None:
        raise ProofRefused(
            f"Le contenu du fichier « {name} » n’est pas d’un type admis : déposez un PDF, une image PNG ou JPEG, "
            "un XML, un document ou classeur bureautique, ou un texte CSV."
        )
    return media_type


def _package_type(content: bytes, name: str) -> str:
    """Refuse what is no ZIP, or heavier than any package of ours."""
    if not content.startswith(b"PK\x03\x04") or len(content) > MAX_PACKAGE_BYTES:
        raise ProofRefused(f"« {name} » n’est pas un dossier produit ici : produisez-le à nouveau.")
    return ZIP


def _place(sha256: str) -> str:
    """Say what the ciphertext of a secret proof is bound to."""
    return f"proof/{sha256}"


def _keep(entreprise_id: uuid.UUID, sha256: str, content: bytes, *, sealed: bool) -> None:
    """Write the content once; what is secret is sealed on the disk as well."""
    path = path_of(entreprise_id, sha256, sealed=sealed)
    if path.is_file():
        return
    _write(path, encryption.seal(content, entreprise_id=entreprise_id, place=_place(sha256)) if sealed else content)


def _write(path: Path, content: bytes) -> None:
    """Write whole or not at all, readable by the service alone."""
    for folder in (*reversed(path.parent.parents), path.parent):
        folder.mkdir(mode=0o700, exist_ok=True)
    handle, temporary = tempfile.mkstemp(dir=path.parent, prefix=".depot-")
    try:
        with os.fdopen(handle, "wb") as stream:
            stream.write(content)
            stream.flush()
            os.fsync(stream.fileno())
        Path(temporary).replace(path)
    except BaseException:
        with contextlib.suppress(FileNotFoundError):
            Path(temporary).unlink()
        raise
