"""The command ``clefdevoute droit`` as a process of its own: its doors, its silence, what it loads and costs."""

import json
import os
import resource
import subprocess
import sys
from pathlib import Path

import pytest

BCE = {"numero": "0123.456.749"}
TRIP = {"date_trajet": "2026-01-15", "kilometres": "37.5"}


def _process(*words: str, stdin: bytes = b"", **environment: str) -> subprocess.CompletedProcess[bytes]:
    source = str(Path(__file__).resolve().parents[2] / "src")
    # Only Python's own path: no setting of Django, no address of a database.
    clean = {"PYTHONPATH": source, "PATH": os.environ["PATH"], **environment}
    command = [sys.executable, *words]
    return subprocess.run(command, input=stdin, capture_output=True, env=clean, check=False)  # noqa: S603 - our words


def test_facts_come_from_the_standard_input_in_any_locale() -> None:
    done = _process(
        *("-m", "clefdevoute.cli", "droit", "regle", "identifiants.bce", "--facts", "-", "--json"),
        stdin=json.dumps(BCE).encode(),
        LC_ALL="C",
        PYTHONUTF8="0",
        PYTHONIOENCODING="ascii",
    )
    assert (done.returncode, done.stderr) == (0, b"")
    assert json.loads(done.stdout)["value"]["valable"] is True


@pytest.mark.parametrize(
    ("shell", "code", "words"),
    [
        (
            '"$0" -m clefdevoute.cli droit regle identifiants.bce --facts - --json <&-',
            1,
            "L'entrée standard est fermée",
        ),
        ('"$0" -m clefdevoute.cli droit regles --json >&-', 1, "la sortie standard est fermée"),
        ('"$0" -m clefdevoute.cli droit regles --json >/dev/full', 1, "pas pu être écrite en entier"),
    ],
)
def test_a_closed_door_is_said_in_one_sentence(shell: str, code: int, words: str) -> None:
    if "/dev/full" in shell and not Path("/dev/full").exists():
        pytest.fail("/dev/full manque : lancez les tests sous Linux.")
    source = str(Path(__file__).resolve().parents[2] / "src")
    clean = {"PYTHONPATH": source, "PATH": os.environ["PATH"]}
    done = subprocess.run(["/bin/sh", "-c", shell, sys.executable], capture_output=True, env=clean, check=False)  # noqa: S603 - our words
    assert done.returncode == code
    assert words in done.stderr.decode()
    assert done.stderr.count(b"\n") == 1


def test_a_reader_who_leaves_early_hears_nothing_more() -> None:
    source = str(Path(__file__).resolve().parents[2] / "src")
    clean = {"PYTHONPATH": source, "PATH": os.environ["PATH"]}
    words = [sys.executable, "-m", "clefdevoute.cli", "droit", "regles", "--json"]
    with subprocess.Popen(words, stdout=subprocess.PIPE, stderr=subprocess.PIPE, env=clean) as running:  # noqa: S603 - our words
        assert running.stdout is not None
        assert running.stderr is not None
        running.stdout.close()
        assert running.stderr.read() == b""
    assert running.returncode == 0


@pytest.mark.parametrize("words", [["regles"], ["parametres"], ["regle", "identifiants.iban", "--facts", "-"]])
def test_no_framework_and_no_database_is_loaded(words: list[str]) -> None:
    program = (
        "import sys; from clefdevoute.cli import main; code = main(sys.argv[1:]);"
        "bad = {'django', 'sqlite3', 'psycopg', 'lxml', 'typst'} & set(sys.modules);"
        "sys.stderr.write(' '.join(sorted(bad))); raise SystemExit(code)"
    )
    done = _process("-c", program, "droit", *words, "--json", stdin=b'{"numero": "BE68539007547034"}')
    assert (done.returncode, done.stderr) == (0, b"")


def test_an_answer_leaves_what_it_did_not_need_unloaded() -> None:
    program = (
        "import sys; from clefdevoute.cli import main; main(sys.argv[1:]);"
        "loaded = {name for name in sys.modules if name.startswith(('stdnum', 'clefdevoute.law.'))};"
        "sys.stderr.write(' '.join(sorted(m for m in loaded if m.startswith('stdnum') or '.sieg' in m)))"
    )
    done = _process(
        "-c", program, "droit", "regle", "deplacements.indemnite", "--facts", "-", stdin=json.dumps(TRIP).encode()
    )
    assert done.stderr == b""


@pytest.mark.parametrize("words", [["regles"], ["parametres"], ["regle", "deplacements.indemnite", "--facts", "-"]])
def test_an_answer_costs_less_than_four_tenths_of_a_second(words: list[str]) -> None:
    """CPU, not clock; the best of five, since a crowded machine makes even CPU time of a process uneven."""

    def cpu() -> float:
        before = resource.getrusage(resource.RUSAGE_CHILDREN)
        done = _process("-m", "clefdevoute.cli", "droit", *words, "--json", stdin=json.dumps(TRIP).encode())
        after = resource.getrusage(resource.RUSAGE_CHILDREN)
        assert done.returncode == 0
        return after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime

    assert min(cpu() for _ in range(5)) < 0.4
