"""``clefdevoute worker``: run background work until told to stop."""

import argparse
import importlib
import sys

from django.core.management import call_command
from django.utils import timezone

from clefdevoute.config import startup


def main(argv: list[str]) -> int:
    """Run the queue; with --une-fois, stop when it is empty."""
    parser = argparse.ArgumentParser(prog="clefdevoute worker", description="Exécute les tâches de fond.")
    parser.add_argument("--une-fois", action="store_true", help="s’arrête quand il n’y a plus rien à faire")
    words = parser.parse_args(argv)
    try:
        startup.begin(with_keys=True)
    except startup.NotReady as refused:
        sys.stderr.write(f"{refused}\n")
        return 1
    importlib.import_module("clefdevoute.records.echeances.envois").planifier(timezone.now())
    call_command("db_worker", batch=words.une_fois, interval=1.0, startup_delay=False, verbosity=1)
    return 0
