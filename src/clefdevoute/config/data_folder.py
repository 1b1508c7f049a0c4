"""The folder of an installation: its keys, its database, its proofs, and the mark of who wrote it."""

import base64
import os
from pathlib import Path

from clefdevoute import __version__

SECRET_KEY = "secret.key"
MASTER_KEY = "maitresse.key"
MARK = "version"


class FolderRefused(Exception):
    """A folder that this program must not touch; the message is French."""


def location() -> Path:
    """Say where the folder is: CLEFDEVOUTE_DATA, or « donnees » here."""
    return Path(os.environ.get("CLEFDEVOUTE_DATA") or "donnees").absolute()


def create(folder: Path) -> None:
    """Make the folder, for its owner alone."""
    folder.mkdir(mode=0o700, parents=True, exist_ok=True)


def create_key(path: Path) -> bool:
    """Write a new key in a file of its own, never over another; tell whether it was made."""
    path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    try:
        handle = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    except FileExistsError:
        return False
    with os.fdopen(handle, "w", encoding="ascii") as stream:
        stream.write(base64.urlsafe_b64encode(os.urandom(48 if path.name == SECRET_KEY else 32)).decode("ascii") + "\n")
    return True


def read_mark(folder: Path) -> tuple[str, str]:
    """Give the version that last wrote the folder and its kind; empty words when it is new."""
    try:
        version, _, kind = (folder / MARK).read_text(encoding="utf-8").strip().partition(" ")
    except FileNotFoundError:
        return "", ""
    return version, kind


def check_mark(folder: Path, kind: str) -> None:
    """Refuse the folder of another kind of installation, or of a newer version."""
    version, known = read_mark(folder)
    if known and known != kind:
        words = {"demo": "d’une démonstration", "installation": "d’une véritable installation"}
        raise FolderRefused(
            f"Le dossier {folder} est celui {words.get(known, known)} : indiquez un autre dossier par CLEFDEVOUTE_DATA."
        )
    if version and _numbers(version) > _numbers(__version__):
        raise FolderRefused(
            f"Le dossier {folder} a été écrit par Clef de voûte {version}, plus récente que celle-ci ({__version__}) : "
            "installez la version récente, ou restaurez la sauvegarde faite avant sa mise à jour."
        )


def write_mark(folder: Path, kind: str) -> None:
    """Note which version wrote the folder last."""
    (folder / MARK).write_text(f"{__version__} {kind}\n", encoding="utf-8")


def _numbers(version: str) -> tuple[int, ...]:
    """Read a version so that 0.10 comes after 0.9."""
    return tuple(int(part) for part in version.split(".") if part.isdigit())
