"""What the tests of the repository read: tracked files, and the syntax of our modules."""

import ast
import functools
import subprocess
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
SOURCE = ROOT / "src" / "clefdevoute"


@functools.cache
def tracked() -> list[Path]:
    """List the files that git knows or would add; ./test installs git where it is missing."""
    command = ["git", "-C", str(ROOT), "ls-files", "--cached", "--others", "--exclude-standard", "-z"]
    listed = subprocess.run(command, capture_output=True, check=True, text=True).stdout  # noqa: S603 fixed words
    return sorted(ROOT / name for name in listed.split("\0") if name and (ROOT / name).is_file())


def modules(*folders: Path) -> list[Path]:
    """List the Python files under some folders, migrations set apart."""
    return [
        path
        for path in tracked()
        if path.suffix == ".py" and "migrations" not in path.parts and any(path.is_relative_to(top) for top in folders)
    ]


@functools.cache
def parsed(path: Path) -> ast.Module:
    """Read a module once for all tests."""
    return ast.parse(path.read_text(encoding="utf-8"), str(path))


def where(path: Path, line: int = 0) -> str:
    """Say where something is, as a person would click on it."""
    return f"{path.relative_to(ROOT)}:{line}" if line else str(path.relative_to(ROOT))
