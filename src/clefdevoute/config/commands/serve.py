"""``clefdevoute serve``: serve an installation with gunicorn, once it is in order."""

import argparse
import hashlib
import importlib
import sys
from pathlib import Path
from typing import Any

from django.conf import settings
from django.contrib.staticfiles import finders
from django.core.management import call_command
from django.db import connections
from gunicorn.app.base import BaseApplication

from clefdevoute import __version__
from clefdevoute.config import data_folder, startup


def main(argv: list[str]) -> int:
    """Check keys, migrations and static files, then serve until stopped."""
    parser = argparse.ArgumentParser(prog="clefdevoute serve", description="Sert une installation.")
    parser.add_argument("--adresse", default="127.0.0.1", help="adresse d’écoute (127.0.0.1)")
    parser.add_argument("--port", type=int, default=8000, help="port (8000)")
    parser.add_argument("--processus", type=int, default=2, help="nombre de processus (2)")
    parser.add_argument("--fils", type=int, default=4, help="fils par processus (4)")
    words = parser.parse_args(argv)
    try:
        startup.begin(with_keys=True)
    except startup.NotReady as refused:
        sys.stderr.write(f"{refused}\n")
        return 1
    collect_static()
    connections.close_all()
    run_server(bind=f"{words.adresse}:{words.port}", workers=words.processus, threads=words.fils)
    return 0


def collect_static() -> None:
    """Gather the static files once per version, or when one of them changed; a later start finds them ready."""
    root = Path(settings.STATIC_ROOT)
    mark, wanted = root / ".version", f"{__version__} {_static_state()}"
    if not mark.is_file() or mark.read_text(encoding="utf-8") != wanted:
        data_folder.create(root)
        call_command("collectstatic", interactive=False, clear=True, verbosity=0)
        mark.write_text(wanted, encoding="utf-8")


def _static_state() -> str:
    """Fold names, sizes and times of the static sources, so that an update within one version is seen."""
    state = hashlib.sha256()
    for finder in finders.get_finders():
        for name, storage in finder.list([]):
            facts = Path(storage.path(name)).stat()
            state.update(f"{name} {facts.st_size} {facts.st_mtime_ns}\n".encode())
    return state.hexdigest()


def run_server(*, bind: str, workers: int, threads: int, **more: Any) -> None:
    """Hand over to gunicorn; it returns when it is told to stop."""
    options = {"bind": bind, "workers": workers, "threads": threads, "worker_class": "gthread", "timeout": 60}
    options |= {"control_socket_disable": True}  # no door in the home folder of whoever serves
    _Server(options | more).run()


class _Server(BaseApplication):
    """gunicorn with options from here rather than from its command line."""

    def __init__(self, options: dict[str, Any]) -> None:
        self.options = options
        super().__init__()

    def load_config(self) -> None:
        """Give the options."""
        for name, value in self.options.items():
            self.cfg.set(name, value)

    def load(self) -> Any:
        """Give the application, loaded in the worker."""
        return importlib.import_module("clefdevoute.config.wsgi").application
