"""``clefdevoute createuser``: open an account and give it a role, in an enterprise or outside all of them."""

import argparse
import datetime as dt
import getpass
import importlib
import os
import sys
from pathlib import Path
from typing import Any

import django
from django.core.exceptions import ValidationError
from django.db import transaction

from clefdevoute.records.foundation.access import Actor, Role
from clefdevoute.records.foundation.errors import RecordError
from clefdevoute.records.foundation.permissions import Permission


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(
        prog="clefdevoute createuser",
        description="Crée un compte et lui donne un rôle ; un compte connu reçoit le rôle.",
    )
    parser.add_argument("--email", required=True, help="adresse e-mail, qui sert à se connecter")
    parser.add_argument("--nom", default="", help="nom de la personne")
    parser.add_argument("--role", required=True, choices=[role.value for role in Role])
    parser.add_argument(
        "--entreprise", metavar="BCE", default="", help="numéro d’entreprise, pour un rôle d’entreprise"
    )
    parser.add_argument(
        "--creer-entreprise", metavar="NOM", default="", help="ouvre l’entreprise si elle manque encore"
    )
    parser.add_argument(
        "--chef", action="store_true", help="donne à un gestionnaire la permission de chef d’entreprise"
    )
    parser.add_argument(
        "--mot-de-passe", metavar="FICHIER", help="fichier du mot de passe ; « - » lit l’entrée standard"
    )
    return parser


def main(argv: list[str]) -> int:
    """Create the account and its role together, or nothing; exit 1 with a sentence when refused."""
    words = _parser().parse_args(argv)
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "clefdevoute.config.settings")
    django.setup()
    now = importlib.import_module("django.utils.timezone").now()
    try:
        with transaction.atomic():
            label = _create(words, now)
    except ValidationError as wrong:
        sys.stderr.write(" ".join(wrong.messages) + "\n")
        return 1
    except (RecordError, OSError) as refused:
        sys.stderr.write(f"{refused}\n")
        return 1
    sys.stdout.write(f"Compte {words.email.strip().lower()} : {label}.\n")
    return 0


def _create(words: argparse.Namespace, now: dt.datetime) -> str:
    user = _user(words)
    actions = importlib.import_module("clefdevoute.records.entreprises.actions")
    # The installation acts, in the name of the account that it opens: there may be nobody else yet.
    installation = Actor(user.pk, Role.SUPPORT, None)
    entreprise = _entreprise(words, actions, installation, now)
    held = actions.give_affectation(
        user=user,
        role=Role(words.role),
        entreprise_id=entreprise.pk if entreprise else None,
        words=(Permission.CHEF_ENTREPRISE.value,) if words.chef else (),
        starts_on=now.date(),
        by=installation,
        now=now,
    )
    return str(held.label)


def _user(words: argparse.Namespace) -> Any:
    """Find the account or create it with a password that the house accepts."""
    users = importlib.import_module("clefdevoute.records.foundation.models").User.objects
    email = words.email.strip().lower()
    if known := users.filter(email=email).first():
        return known
    password = _password(words.mot_de_passe)
    importlib.import_module("django.contrib.auth.password_validation").validate_password(password)
    return users.create_user(email, password, name=words.nom)


def _password(source: str | None) -> str:
    """Read the password from a file or from the terminal, never from the command line, which others see."""
    if source == "-":
        return sys.stdin.readline().rstrip("\r\n")
    if source:
        return Path(source).read_text(encoding="utf-8").splitlines()[0]
    return getpass.getpass("Mot de passe (12 caractères au moins) : ")


def _entreprise(words: argparse.Namespace, actions: Any, by: Actor, now: dt.datetime) -> Any:
    if not words.entreprise:
        return None
    models = importlib.import_module("clefdevoute.records.entreprises.models")
    number = importlib.import_module("clefdevoute.records.entreprises.validators").normalise_bce(words.entreprise)
    found = models.EntrepriseInsertion.objects.filter(bce=number).first()
    if found is None and words.creer_entreprise:
        return actions.create_entreprise(name=words.creer_entreprise, bce=number, by=by, now=now)
    if found is None:
        raise RecordError(
            f"Aucune entreprise ne porte le numéro {words.entreprise}. Vérifiez-le, ou ajoutez --creer-entreprise NOM."
        )
    return found
