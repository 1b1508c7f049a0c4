"""``clefdevoute demo``: an invented enterprise on this machine, with an embedded database and ready accounts."""

import argparse
import importlib
import os
import socket
import sys
from pathlib import Path

from clefdevoute.config import data_folder

FOLDER = "donnees-demo"
KIND = "demo"


def main(argv: list[str]) -> int:
    """Prepare the folder, build the example once, print the accounts, serve until stopped."""
    parser = argparse.ArgumentParser(
        prog="clefdevoute demo", description="Démarre une entreprise inventée sur 127.0.0.1."
    )
    parser.add_argument("--port", type=int, default=8000, help="port (8000)")
    parser.add_argument("--data", default=FOLDER, help=f"dossier de données ({FOLDER})")
    parser.add_argument("--sans-serveur", action="store_true", help="prépare tout, ne sert rien")
    words = parser.parse_args(argv)
    if not words.sans_serveur and not port_is_free(words.port):
        sys.stderr.write(
            f"Le port {words.port} est déjà pris. Choisissez-en un autre : ./demo --port {words.port + 1}\n"
        )
        return 1
    set_environment(Path(words.data))
    try:
        importlib.import_module("clefdevoute.config.commands.migrate").run(kind=KIND)
    except data_folder.FolderRefused as refused:
        sys.stderr.write(f"{refused}\nLa démonstration ne touche jamais une véritable installation : ajoutez --data.\n")
        return 1
    exemple = importlib.import_module("clefdevoute.config.exemple")
    exemple.build_once()
    serve = importlib.import_module("clefdevoute.config.commands.serve")
    serve.collect_static()
    sys.stdout.write(accounts_text(exemple.ACCOUNTS, words.port, words.data))
    sys.stdout.flush()
    if not words.sans_serveur:
        importlib.import_module("django.db").connections.close_all()
        serve.run_server(bind=f"127.0.0.1:{words.port}", workers=1, threads=4)
    return 0


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


def accounts_text(accounts: tuple[tuple[str, str], ...], port: int, folder: str) -> str:
    """Write the address and the accounts as a person reads them in a terminal."""
    password = importlib.import_module("clefdevoute.config.exemple").PASSWORD
    width = max(len(email) for email, _ in accounts)
    rows = "\n".join(f"  {email:<{width}}  {role}" for email, role in accounts)
    return (
        f"\nClef de voûte, démonstration : http://127.0.0.1:{port}/\n\n{rows}\n\n"
        f"Mot de passe de tous : {password}\nDonnées inventées, dans le dossier {folder}. Ctrl-C pour arrêter.\n"
    )
