"""What is installed is what pyproject asks for: exact, with hashes, and no address of any registry."""

import re
import tomllib

import pytest
from packaging.requirements import Requirement
from packaging.utils import canonicalize_name
from packaging.version import Version

from tests.repository.tree import ROOT, tracked, where

FOLDER = ROOT / "requirements"
PIN = re.compile(r"^(?P<name>[A-Za-z0-9._-]+)(?:\[[^\]]*\])?==(?P<version>[^ ;\\]+)")
with (ROOT / "pyproject.toml").open("rb") as stream:
    PROJECT = tomllib.load(stream)
ASKED = {
    "base": PROJECT["project"]["dependencies"],
    "postgres": PROJECT["project"]["optional-dependencies"]["postgres"],
    "dev": [
        *PROJECT["project"]["dependencies"],
        *PROJECT["project"]["optional-dependencies"]["postgres"],
        *PROJECT["dependency-groups"]["dev"],
    ],
    "build": PROJECT["build-system"]["requires"],
    "uv": ["uv"],
}


def pins(name):
    """Read a locked file: each version, and how many hashes vouch for it."""
    text = (FOLDER / f"{name}.txt").read_text(encoding="utf-8").replace("\\\n", " ")
    found = {}
    for line in text.splitlines():
        match = PIN.match(line.strip())
        if match:
            found.setdefault(canonicalize_name(match["name"]), []).append(
                (Version(match["version"]), line.count("--hash=sha256:"))
            )
    return found


def missing(asked, locked):
    """Name the requirements that no pin satisfies."""
    wanted = [Requirement(text) for text in asked]
    return [
        str(item)
        for item in wanted
        if not any(item.specifier.contains(version) for version, _ in locked.get(canonicalize_name(item.name), []))
    ]


@pytest.mark.parametrize("name", ASKED)
def test_every_dependency_is_pinned_with_hashes(name):
    locked = pins(name)
    assert missing(ASKED[name], locked) == []
    assert [package for package, found in locked.items() for _, hashes in found if not hashes] == []


def test_a_missing_or_outdated_pin_is_seen():
    locked = {"django": [(Version("5.2.9"), 1)]}
    assert missing(["django>=5.2.8,<5.3", "lxml"], locked) == ["lxml"]
    assert missing(["django>=6"], locked) == ["django>=6"]


def test_files_agree_with_one_another():
    dev = pins("dev")
    for name in ("base", "postgres"):
        assert [package for package, found in pins(name).items() if dev.get(package, found) != found] == []


def test_no_locked_file_holds_an_address():
    locked = [*FOLDER.iterdir(), *(path for path in tracked() if path.name in {"package-lock.json", "pylock.toml"})]
    assert [where(path) for path in locked if re.search(r"https?:|file:|--(?:extra-)?index", path.read_text())] == []
    assert [where(path) for path in tracked() if path.name in {"uv.lock", "pylock.toml"}] == []
