"""``clefdevoute worker``: run background work until told to stop."""

import argparse
import importlib
import os
import sys

import django
from django.core.management import call_command


def main(argv: list[str]) -> int:
    """Run the queue; with --une-fois, stop when it is empty."""
    parser = argparse.ArgumentParser(prog="clefdevoute worker", description="Exécute les tâches de fond.")
    parser.add_argument("--une-fois", action="store_true", help="s’arrête quand il n’y a plus rien à faire")
    words = parser.parse_args(argv)
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "clefdevoute.config.settings")
    django.setup()
    keys = importlib.import_module("clefdevoute.records.foundation.keys")
    errors = importlib.import_module("clefdevoute.records.foundation.errors")
    try:
        keys.check_at_start()
    except errors.KeyUnavailable as refused:
        sys.stderr.write(f"{refused}\n")
        return 1
    call_command("db_worker", batch=words.une_fois, interval=1.0, startup_delay=False, verbosity=1)
    return 0
