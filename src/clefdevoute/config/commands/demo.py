"""``clefdevoute demo``: an invented enterprise on this machine, with an embedded database and ready accounts."""

import argparse
import importlib
import os
import shutil
import socket
import sys
from pathlib import Path

from django.db import OperationalError

from clefdevoute.config import data_folder, startup

FOLDER = "donnees-demo"
KIND = "demo"


def main(argv: list[str]) -> int:
    """Prepare the folder, build the example once, print the accounts, serve until stopped."""
    words = _parser().parse_args(argv)
    if not words.sans_serveur and not port_is_free(words.port):
        other = words.port + 1 if words.port < 65535 else 8000
        return _refuse(f"Le port {words.port} est déjà pris. Choisissez-en un autre : ./demo --port {other}")
    set_environment(Path(words.data))
    if words.servir:
        startup.begin(with_keys=True)
        serve(words.port, accounts_text(words.port, words.data, serving=True))
        return 0
    try:
        if words.remettre:
            reset(data_folder.location())
        prepare()
    except data_folder.FolderRefused as refused:
        return _refuse(f"{refused} Pour la démonstration : ./demo --data AUTRE_DOSSIER")
    except KeyboardInterrupt:
        return _refuse("\nConstruction arrêtée. ./demo la reprendra depuis le début.")
    except OperationalError as failed:
        return _refuse(startup.unreachable(failed))
    except OSError:
        return _refuse(f"Le dossier {words.data} ne s’écrit pas. Choisissez-en un autre : ./demo --data AUTRE_DOSSIER")
    if words.sans_serveur:
        _say(accounts_text(words.port, words.data, serving=False))
    else:
        start_afresh(words.port, words.data)
    return 0


def start_afresh(port: int, folder: str) -> None:
    """
    Become a new process that only serves.

    The typesetter that set the example's papers has threads, and a server that forks with them would wait for ever.
    """
    importlib.import_module("django.db").connections.close_all()
    words = ["-m", "clefdevoute.cli", "demo", "--servir", "--port", str(port), "--data", folder]
    os.execv(sys.executable, [sys.executable, *words])  # noqa: S606 our own command


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(
        prog="clefdevoute demo", description="Démarre une entreprise inventée sur 127.0.0.1."
    )
    parser.add_argument("--port", type=_port, default=8000, metavar="N", help="port (8000)")
    parser.add_argument("--data", default=FOLDER, metavar="DOSSIER", help=f"dossier de données ({FOLDER})")
    parser.add_argument("--remettre", action="store_true", help="efface tout et refait l'exemple du début")
    parser.add_argument("--sans-serveur", action="store_true", help="prépare tout, ne sert rien")
    parser.add_argument("--servir", action="store_true", help=argparse.SUPPRESS)
    return parser


def _port(word: str) -> int:
    """Read a port that a person may use."""
    if word.isascii() and word.isdigit() and 1024 <= int(word) <= 65535:
        return int(word)
    raise argparse.ArgumentTypeError(
        f"« {word} » n’est pas un port. Donnez un nombre de 1024 à 65535, par exemple 8001."
    )


def port_is_free(port: int) -> bool:
    """Try the address before anything is built, so that the answer comes at once."""
    with socket.socket() as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind(("127.0.0.1", port))
        except OSError:
            return False
    return True


def set_environment(folder: Path) -> None:
    """Point everything at the demonstration's own folder and embedded database, whatever the shell says."""
    for name in [name for name in os.environ if name.startswith("CLEFDEVOUTE_")]:
        del os.environ[name]
    os.environ["CLEFDEVOUTE_DATA"] = str(folder.absolute())
    os.environ["CLEFDEVOUTE_DEMO"] = "1"
    os.environ["DJANGO_SETTINGS_MODULE"] = "clefdevoute.config.settings"


def prepare() -> None:
    """Bring the folder to this version and build the example in it, unless it is there."""
    claim(data_folder.location())
    importlib.import_module("clefdevoute.config.commands.migrate").run(kind=KIND)
    built = importlib.import_module("clefdevoute.config.exemple").build_once
    built(lambda: sys.stderr.write("Construction de l’exemple, quelques secondes…\n"))
    importlib.import_module("clefdevoute.config.commands.serve").collect_static()


def reset(folder: Path) -> None:
    """Empty the folder of a demonstration, so that trainees begin anew; any other folder is left as it is."""
    if not folder.is_dir():
        return
    if data_folder.read_mark(folder)[1] != KIND:
        raise data_folder.FolderRefused(f"Le dossier {folder} n’est pas celui d’une démonstration : rien n’est effacé.")
    shutil.rmtree(folder)


def claim(folder: Path) -> None:
    """
    Mark a new folder as the demonstration's before anything is put in it; refuse one that holds other things.

    So an interrupted first start is known again, and no folder of anybody's is ever filled by mistake.
    """
    if folder.is_dir() and any(folder.iterdir()) and not data_folder.read_mark(folder)[1]:
        raise data_folder.FolderRefused(f"Le dossier {folder} contient déjà autre chose qu’une démonstration.")
    if not data_folder.read_mark(folder)[1]:
        data_folder.create(folder)
        data_folder.write_mark(folder, KIND)


def accounts_text(port: int, folder: str, *, serving: bool) -> str:
    """Write the address and the accounts as a person reads them in a terminal."""
    exemple = importlib.import_module("clefdevoute.config.exemple")
    width = max(len(email) for email, _ in exemple.ACCOUNTS)
    rows = "\n".join(f"  {email:<{width}}  {role}" for email, role in exemple.ACCOUNTS)
    stop = " Ctrl-C pour arrêter." if serving else ""
    return (
        f"\nClef de voûte, démonstration : http://127.0.0.1:{port}/\n\n{rows}\n\n"
        f"Mot de passe de tous : {exemple.PASSWORD}\nDonnées inventées, dans le dossier {folder}.{stop}\n"
    )


def serve(port: int, welcome: str) -> None:
    """Give the address once it answers, serve until Ctrl-C, then say so: the first process alone, not its workers."""
    importlib.import_module("django.db").connections.close_all()
    first = os.getpid()
    try:
        importlib.import_module("clefdevoute.config.commands.serve").run_server(
            bind=f"127.0.0.1:{port}",
            workers=1,
            threads=4,
            loglevel="critical",
            when_ready=lambda server: _say(welcome),
        )
    finally:
        if os.getpid() == first:
            _say("\nDémonstration arrêtée. ./demo la rouvre avec les mêmes données.\n")


def _say(text: str) -> None:
    """Write to the person at the terminal at once."""
    sys.stdout.write(text)
    sys.stdout.flush()


def _refuse(sentence: str) -> int:
    """Tell why nothing was started."""
    sys.stderr.write(sentence + "\n")
    return 1
