"""
Keys: one master key outside the database, one data key per enterprise wrapped by it.

Losing the master key loses every secret field for good, so a start without it is refused as soon as
one data key exists, and nothing ever makes a new one silently.
"""

import base64
import binascii
import functools
import hashlib
import os
import stat
import uuid
from pathlib import Path
from typing import Any

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from django.conf import settings
from django.db import transaction

from clefdevoute.records.foundation.errors import KeyUnavailable
from clefdevoute.records.foundation.models import DataKey

NONCE = 12
_OPEN_TO_OTHERS = stat.S_IRWXG | stat.S_IRWXO


def new_master_key() -> str:
    """Make a master key, as it is written in its file."""
    return base64.urlsafe_b64encode(os.urandom(32)).decode("ascii")


def master_key() -> bytes:
    """Read the master key from the environment's secret or from its file, refusing a file others can read."""
    text = getattr(settings, "MASTER_KEY", "") or _read_file(Path(settings.MASTER_KEY_FILE))
    try:
        key = base64.urlsafe_b64decode(text.strip())
    except (binascii.Error, ValueError):
        key = b""
    if len(key) != 32:
        raise KeyUnavailable(
            "La clé maîtresse est abîmée : elle doit compter 32 octets en base64. "
            "Remettez la copie que vous gardez à part."
        )
    return key


def fingerprint(key: bytes) -> str:
    """Name a master key without telling it."""
    return hashlib.sha256(b"clefdevoute master key" + key).hexdigest()[:16]


def check_at_start() -> None:
    """Refuse to start when a data key exists that the master key at hand does not open."""
    for row in DataKey.objects.order_by("entreprise_id", "version"):
        unwrap(row, master_key())


def current(entreprise_id: uuid.UUID) -> tuple[int, bytes]:
    """Give the newest data key of an enterprise, making the first one when there is none."""
    row = DataKey.objects.filter(entreprise_id=entreprise_id).order_by("-version").first()
    row = row or _first(entreprise_id)
    return row.version, data_key(entreprise_id, row.version)


def data_key(entreprise_id: uuid.UUID, version: int) -> bytes:
    """Give one version of an enterprise's data key."""
    return _cached(entreprise_id, version, master_key())


@transaction.atomic
def add_version(entreprise_id: uuid.UUID) -> DataKey:
    """Begin a new version; what was written under the older ones still opens."""
    last = DataKey.objects.select_for_update().filter(entreprise_id=entreprise_id).order_by("-version").first()
    version = (last.version if last else 0) + 1
    return DataKey.objects.create(entreprise_id=entreprise_id, version=version, **_new_key(entreprise_id, version))


@transaction.atomic
def change_master_key(*, old: bytes, new: bytes) -> int:
    """Wrap every data key anew under another master key; nothing else is written again."""
    rows = list(DataKey.objects.select_for_update().order_by("entreprise_id", "version"))
    for row in rows:
        row.master_key, row.wrapped = fingerprint(new), _wrap(row.entreprise_id, row.version, unwrap(row, old), new)
        row.save(update_fields=["master_key", "wrapped"])
    return len(rows)


def unwrap(row: DataKey, master: bytes) -> bytes:
    """Open a wrapped data key, or say which master key is wanted."""
    wrapped = bytes(row.wrapped)
    bound = _bound_to(row.entreprise_id, row.version)
    try:
        return AESGCM(master).decrypt(wrapped[:NONCE], wrapped[NONCE:], bound)
    except InvalidTag:
        raise KeyUnavailable(
            f"La clé maîtresse présente (empreinte {fingerprint(master)}) n’ouvre pas les données : il faut celle "
            f"d’empreinte {row.master_key}. Remettez le bon fichier de clé, gardé à part des sauvegardes."
        ) from None


def _first(entreprise_id: uuid.UUID) -> DataKey:
    """Make the first data key; two writers at once end up with the same one."""
    row, _ = DataKey.objects.get_or_create(entreprise_id=entreprise_id, version=1, defaults=_new_key(entreprise_id, 1))
    return row


def _new_key(entreprise_id: uuid.UUID, version: int) -> dict[str, Any]:
    """Make a data key and what its row says of it."""
    master = master_key()
    return {"master_key": fingerprint(master), "wrapped": _wrap(entreprise_id, version, os.urandom(32), master)}


def _wrap(entreprise_id: uuid.UUID, version: int, key: bytes, master: bytes) -> bytes:
    """Wrap a data key, bound to its enterprise and version."""
    nonce = os.urandom(NONCE)
    return nonce + AESGCM(master).encrypt(nonce, key, _bound_to(entreprise_id, version))


def _bound_to(entreprise_id: uuid.UUID, version: int) -> bytes:
    """Say what a wrapped key belongs to, so that it opens nowhere else."""
    return f"data-key/{entreprise_id}/{version}".encode("ascii")


@functools.lru_cache(maxsize=4096)
def _cached(entreprise_id: uuid.UUID, version: int, master: bytes) -> bytes:
    """Unwrap once per process: lists of secret fields would otherwise ask the database for each row."""
    row = DataKey.objects.filter(entreprise_id=entreprise_id, version=version).first()
    if row is None:
        raise KeyUnavailable(
            f"La version {version} de la clé de cette entreprise n’existe pas dans la base : "
            "restaurez la dernière sauvegarde."
        )
    return unwrap(row, master)


def _read_file(path: Path) -> str:
    """Read the file of the master key, or say what to do without it."""
    try:
        mode = path.stat().st_mode
        text = path.read_text(encoding="ascii")
    except (OSError, UnicodeDecodeError):
        raise KeyUnavailable(
            f"La clé maîtresse manque : le fichier {path} ne se lit pas. Remettez la copie gardée à part, "
            "ou indiquez-la par CLEFDEVOUTE_MASTER_KEY_FILE. "
            "Pour une installation neuve, « clefdevoute migrate » en crée une."
        ) from None
    if mode & _OPEN_TO_OTHERS:
        raise KeyUnavailable(
            f"D’autres comptes peuvent lire la clé maîtresse : lancez « chmod 600 {path} », puis recommencez."
        )
    return text
