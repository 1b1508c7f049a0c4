"""Hostile files cost no more than 2 s of CPU and 150 MB above the start: measured on the real command."""

import json
import os
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from tests.documents.factures_exemples import facture
from tests.documents.factures_hostiles import grandes, petites

MAX_CPU = 2.0
MAX_OCTETS = 150_000_000
SOURCES = Path(__file__).resolve().parents[2] / "src"
MESURE = """
import sys, time
from clefdevoute.cli import main
code = main(sys.argv[1:])
peak = next(line.split()[1] for line in open("/proc/self/status") if line.startswith("VmHWM"))
print(time.process_time(), peak, file=sys.stderr)
raise SystemExit(code)
"""
# Names every connection, every file opened and every command started while a file is being read.
ESPION = """
import sys
from pathlib import Path
from clefdevoute.documents.factures import lire
content = Path(sys.argv[1]).read_bytes()
lire(Path(sys.argv[2]).read_bytes(), filename="f.xml")
seen = []
sys.addaudithook(lambda event, args: seen.append(event))
answer = lire(content, filename="f.xml")
touched = [e for e in seen if e.split(".")[0] in ("open", "socket", "subprocess", "os", "urllib", "ctypes")]
print(touched, type(answer).__name__)
"""


def _measure(path: Path) -> tuple[float, int, list[dict[str, object]]]:
    """
    Run the command on the file: CPU seconds, peak memory in bytes, what it said.

    The process reads its own high-water mark: the one the system gives its parent also counts the parent.
    """
    environment = {**os.environ, "PYTHONPATH": str(SOURCES)}
    words = [sys.executable, "-c", MESURE, "factures", "lire", str(path), "--json"]
    done = subprocess.run(words, capture_output=True, text=True, check=False, env=environment)  # noqa: S603 - our own words
    assert done.returncode in {0, 1}, done.stderr
    cpu, memory = done.stderr.split()
    return float(cpu), int(memory) * 1024, json.loads(done.stdout)


@pytest.fixture(scope="module")
def start(tmp_path_factory: pytest.TempPathFactory) -> int:
    """What the command weighs on a small invoice."""
    path = tmp_path_factory.mktemp("depart") / "f.xml"
    path.write_bytes(facture())
    return _measure(path)[1]


def _check(make: Callable[[], bytes], start: int, tmp_path: Path) -> None:
    path = tmp_path / "f.xml"
    path.write_bytes(make())
    cpu, memory, said = _measure(path)
    assert said[0]["decision"] in {"accept", "warn", "reject"}
    assert cpu <= MAX_CPU, f"{cpu:.2f} s"
    assert memory - start <= MAX_OCTETS, f"{(memory - start) / 1e6:.0f} Mo"


@pytest.mark.parametrize("name", petites())
def test_a_hostile_file_stays_within_bounds(name, start, tmp_path):
    _check(petites()[name], start, tmp_path)


@pytest.mark.long
@pytest.mark.parametrize("name", grandes())
def test_a_great_hostile_file_stays_within_bounds(name, start, tmp_path):
    _check(grandes()[name], start, tmp_path)


@pytest.mark.parametrize("name", ["entité externe", "entité de paramètre", "DTD externe"])
def test_nothing_is_opened_and_nobody_is_called(name, tmp_path):
    hostile, sound = tmp_path / "h.xml", tmp_path / "s.xml"
    hostile.write_bytes(petites()[name]())
    sound.write_bytes(facture())
    environment = {**os.environ, "PYTHONPATH": str(SOURCES)}
    words = [sys.executable, "-c", ESPION, str(hostile), str(sound)]
    done = subprocess.run(words, capture_output=True, text=True, check=True, env=environment)  # noqa: S603 - our own words
    assert done.stdout == "[] Refus\n"


def test_the_command_does_not_load_django(tmp_path):
    path = tmp_path / "f.xml"
    path.write_bytes(facture())
    words = "import sys; from clefdevoute.cli import main; main(sys.argv[1:]); print('django' in sys.modules)"
    environment = {**os.environ, "PYTHONPATH": str(SOURCES)}
    command = [sys.executable, "-c", words, "factures", "lire", str(path)]
    done = subprocess.run(command, capture_output=True, text=True, check=True, env=environment)  # noqa: S603 - our words
    assert done.stdout.endswith("False\n")
