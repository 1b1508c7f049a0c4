"""``clefdevoute journal verifier``: read every chain of the journal again, and name the first broken link."""

import argparse
import importlib
import sys
import uuid

from clefdevoute.config import startup


def main(argv: list[str]) -> int:
    """Verify all chains, or one; exit 1 at the first broken link."""
    parser = argparse.ArgumentParser(prog="clefdevoute journal", description="Vérifie la chaîne du journal.")
    actions = parser.add_subparsers(dest="action", required=True)
    verifier = actions.add_parser("verifier", help="relit chaque chaîne depuis son premier maillon")
    verifier.add_argument("--entreprise", type=uuid.UUID, help="une seule entreprise (son identifiant)")
    words = parser.parse_args(argv)
    try:
        startup.begin()
    except startup.NotReady as refused:
        sys.stderr.write(f"{refused}\n")
        return 1
    journal = importlib.import_module("clefdevoute.records.foundation.journal")
    outcomes = [journal.verify(words.entreprise)] if words.entreprise else journal.verify_all()
    broken = [outcome for outcome in outcomes if not outcome.ok]
    for outcome in broken:
        chain = "de l’installation" if outcome.entreprise_id.int == 0 else f"de l’entreprise {outcome.entreprise_id}"
        sys.stderr.write(
            f"Journal {chain} : rompu, {outcome.reason}. Conservez la base telle quelle et prévenez la personne "
            "chargée de la protection des données.\n"
        )
    if broken:
        return 1
    links = sum(outcome.links for outcome in outcomes)
    chains = len(outcomes)
    sys.stdout.write(f"Journal intact : {chains} chaîne{'s' * (chains > 1)}, {links} maillon{'s' * (links > 1)}.\n")
    return 0
