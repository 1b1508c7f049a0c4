"""The demonstration as a person starts it: first start, second start, Ctrl-C, and what it refuses."""

import http.client
import os
import re
import signal
import sqlite3
import subprocess
import sys
import time
import urllib.parse
from contextlib import closing

import pytest

from clefdevoute.config import data_folder
from clefdevoute.config.commands import demo, serve


def command(*words):
    return [sys.executable, "-m", "clefdevoute.cli", "demo", *words]


def environment(**extra):
    env = {name: value for name, value in os.environ.items() if not name.startswith(("CLEFDEVOUTE_", "DJANGO_"))}
    return env | {"PYTHONPATH": os.pathsep.join(sys.path)} | extra


def run(*words, **extra):
    return subprocess.run(  # noqa: S603 our own command
        command(*words), env=environment(**extra), capture_output=True, text=True, timeout=900, check=False
    )


def free_port():
    """Give a port that nobody listens on, below those that the system lends out meanwhile."""
    return next(port for port in range(20000 + os.getpid() % 10000, 32768) if demo.port_is_free(port))


def rows(folder, table):
    with closing(sqlite3.connect(folder / "clefdevoute.sqlite3")) as database:
        return database.execute(f"SELECT COUNT(*) FROM {table}").fetchone()[0]


def proofs_in(folder):
    return [path for path in (folder / "preuves").rglob("*") if path.is_file()]


def ask(port, method, path, body="", cookies=None):
    """Ask one page, keep its cookies; give the status, the address it sends to and the text."""
    browser = http.client.HTTPConnection("127.0.0.1", port, timeout=300)
    head = {"Cookie": "; ".join(f"{name}={value}" for name, value in (cookies or {}).items())}
    if body:
        head |= {"Content-Type": "application/x-www-form-urlencoded", "Referer": f"http://127.0.0.1:{port}{path}"}
    browser.request(method, path, body, head)
    answer = browser.getresponse()
    for name, value in answer.getheaders():
        if name.lower() == "set-cookie" and cookies is not None:
            key, _, rest = value.partition("=")
            cookies[key] = rest.partition(";")[0]
    text = answer.read().decode("utf-8", "replace")
    browser.close()
    return answer.status, answer.getheader("Location", ""), text


def sign_in(port, email, password, cookies=None):
    cookies = {} if cookies is None else cookies
    _, _, page = ask(port, "GET", "/connexion/", cookies=cookies)
    token = re.search(r'name="csrfmiddlewaretoken" value="([^"]+)"', page)[1]
    form = urllib.parse.urlencode({"csrfmiddlewaretoken": token, "login": email, "password": password})
    return ask(port, "POST", "/connexion/", form, cookies)


def test_a_first_start_serves_ctrl_c_stops_and_a_second_start_keeps(tmp_path):
    folder, port = tmp_path / "demo", free_port()
    words = command("--data", str(folder), "--port", str(port))
    pipes = {"stdout": subprocess.PIPE, "stderr": subprocess.PIPE, "text": True}
    with subprocess.Popen(words, env=environment(), **pipes) as server:  # noqa: S603 our own command
        try:
            said = "".join(
                iter(server.stdout.readline, f"Données inventées, dans le dossier {folder}. Ctrl-C pour arrêter.\n")
            )
            emails = re.findall(r"\S+@\S+\.example", said)
            password = re.search(r"Mot de passe de tous : (\S+)", said)[1]
            assert len(emails) == 10
            assert f"http://127.0.0.1:{port}/" in said
            cookies = {}
            status, target, _ = sign_in(port, emails[1], password, cookies)
            assert (status, "/connexion/" in target) == (302, False)
            # Building set papers in type; the server that follows must still be able to.
            status, _, paper = ask(port, "GET", "/gestion/2025-04-01/documents/decompte/", cookies=cookies)
            assert (status, paper[:5]) == (200, "%PDF-")
            assert sign_in(port, emails[1], password + "x")[0] == 200

            busy = run("--data", str(folder), "--port", str(port))
            assert busy.returncode == 1
            assert busy.stderr == f"Le port {port} est déjà pris. Choisissez-en un autre : ./demo --port {port + 1}\n"
        finally:
            server.send_signal(signal.SIGINT)
        rest, complaints = server.communicate(timeout=300)
    assert (server.returncode, rest.strip()[:22]) == (0, "Démonstration arrêtée.")
    assert "Traceback" not in complaints
    assert data_folder.read_mark(folder)[1] == "demo"

    with closing(sqlite3.connect(folder / "clefdevoute.sqlite3")) as database, database:
        database.execute("UPDATE entreprises_entrepriseinsertion SET phone = '1'")
    kept = run("--data", str(folder), "--sans-serveur")
    assert kept.returncode == 0, kept.stderr
    assert "Construction" not in kept.stderr
    with closing(sqlite3.connect(folder / "clefdevoute.sqlite3")) as database:
        assert database.execute("SELECT phone FROM entreprises_entrepriseinsertion").fetchall() == [("1",)]


def test_the_shell_of_a_real_installation_changes_nothing(tmp_path):
    """A first start killed half-way, under another installation's variables, starts over cleanly."""
    folder, other = tmp_path / "demo", tmp_path / "donnees"
    variables = {"CLEFDEVOUTE_DATA": str(other), "CLEFDEVOUTE_DATABASE_URL": f"sqlite:///{other}/base.sqlite3"}
    words = command("--data", str(folder), "--sans-serveur")
    with subprocess.Popen(  # noqa: S603 our own command
        words, env=environment(**variables), stderr=subprocess.PIPE, stdout=subprocess.DEVNULL, text=True
    ) as first:
        assert any("Construction" in line for line in first.stderr)
        while not proofs_in(folder):
            assert first.poll() is None
            time.sleep(0.05)
        first.kill()
    assert rows(folder, "entreprises_entrepriseinsertion") == 0

    again = run("--data", str(folder), "--sans-serveur", **variables)
    assert again.returncode == 0, again.stderr
    assert rows(folder, "entreprises_entrepriseinsertion") == 1
    assert len(proofs_in(folder)) == rows(folder, "foundation_prooffile")
    assert not other.exists()


@pytest.mark.parametrize(
    ("mark", "words"), [("0.1.0 installation", "véritable installation"), ("", "contient déjà autre chose")]
)
def test_a_folder_that_is_not_a_demonstration_is_left_as_it_was(tmp_path, mark, words):
    (tmp_path / "secret.key").write_text("x")
    if mark:
        (tmp_path / data_folder.MARK).write_text(mark)
    before = sorted(tmp_path.iterdir())
    refused = run("--data", str(tmp_path), "--sans-serveur")
    assert (refused.returncode, refused.stdout) == (1, "")
    assert words in refused.stderr
    assert "--data AUTRE_DOSSIER" in refused.stderr
    assert sorted(tmp_path.iterdir()) == before


def test_a_folder_that_cannot_be_written_is_said_in_one_sentence():
    refused = run("--data", "/dev/null/demo", "--sans-serveur")
    assert (refused.returncode, refused.stderr.count("\n")) == (1, 1)
    assert "ne s’écrit pas" in refused.stderr


@pytest.mark.parametrize("word", ["0", "80", "65536", "x", "-1", "²"])
def test_a_port_that_is_none_is_refused(word, capsys):
    with pytest.raises(SystemExit):
        demo.main([f"--port={word}"])
    assert "Donnez un nombre de 1024 à 65535" in capsys.readouterr().err


def test_a_static_file_that_changed_is_gathered_again(tmp_path, settings):
    """Between two versions too: a demonstration kept over an update must not show the style of before."""
    source = tmp_path / "source"
    source.mkdir()
    settings.STATIC_ROOT, settings.STATICFILES_DIRS = tmp_path / "static", [source]
    for text in ("un", "deux"):
        (source / "essai.css").write_text(text)
        serve.collect_static()
        assert (tmp_path / "static" / "essai.css").read_text() == text
    (tmp_path / "static" / "essai.css").write_text("gardé")
    serve.collect_static()
    assert (tmp_path / "static" / "essai.css").read_text() == "gardé"


def test_ctrl_c_while_the_example_is_built_says_so_and_leaves_nothing(tmp_path):
    for attempt in range(3):  # the signal may land where Python cannot raise, or after the build: nothing stops then
        folder = tmp_path / f"demo{attempt}"
        words = command("--data", str(folder), "--sans-serveur")
        with subprocess.Popen(words, env=environment(), stderr=subprocess.PIPE, text=True) as first:  # noqa: S603 our own
            assert any("Construction" in line for line in first.stderr)
            first.send_signal(signal.SIGINT)
            rest = first.stderr.read()
        if first.returncode == 1:
            break
    assert first.returncode == 1, rest
    assert rest.strip() == "Construction arrêtée. ./demo la reprendra depuis le début."
    assert rows(folder, "entreprises_entrepriseinsertion") == 0


def test_a_training_folder_is_emptied_and_no_other(tmp_path):
    training, real, new = tmp_path / "essai", tmp_path / "donnees", tmp_path / "absent"
    for folder, kind in ((training, "demo"), (real, "installation")):
        data_folder.create(folder)
        data_folder.write_mark(folder, kind)
        (folder / "clefdevoute.sqlite3").write_bytes(b"x")
    demo.reset(training)
    demo.reset(new)
    assert not training.exists()
    with pytest.raises(data_folder.FolderRefused, match="rien n’est effacé"):
        demo.reset(real)
    assert (real / "clefdevoute.sqlite3").exists()
