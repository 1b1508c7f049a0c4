"""``clefdevoute rappels envoyer``: the reminders of a day, once for each person, however often it is run."""

import argparse
import datetime as dt
import importlib
import sys

from clefdevoute.config import startup


def _day(word: str) -> dt.date:
    try:
        return dt.date.fromisoformat(word)
    except ValueError:
        raise argparse.ArgumentTypeError(f"« {word} » n’est pas une date. Écrivez-la AAAA-MM-JJ.") from None


def main(argv: list[str]) -> int:
    """Send the reminders of a day and say how many left."""
    parser = argparse.ArgumentParser(prog="clefdevoute rappels", description="Les rappels d’échéances.")
    actions = parser.add_subparsers(dest="action", required=True)
    envoyer = actions.add_parser("envoyer", help="envoie les rappels d’un jour, une seule fois à chacun")
    envoyer.add_argument("--as-of", type=_day, metavar="DATE", help="le jour des échéances (aujourd’hui)")
    words = parser.parse_args(argv)
    try:
        startup.begin(with_keys=True)
    except startup.NotReady as refused:
        sys.stderr.write(f"{refused}\n")
        return 1
    timezone = importlib.import_module("django.utils.timezone")
    envois = importlib.import_module("clefdevoute.records.echeances.envois")
    address = importlib.import_module("django.conf").settings.ADDRESS
    now = timezone.now()
    as_of = words.as_of or timezone.localdate(now)
    sent = len(envois.envoyer(as_of=as_of, now=now, links=envois.liens(address)))
    many = "s" * (sent > 1)
    sys.stdout.write(f"{sent} rappel{many} écrit{many} pour le {as_of:%d/%m/%Y}.\n" if sent else "Rien à rappeler.\n")
    return 0
