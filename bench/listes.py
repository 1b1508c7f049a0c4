"""
The pages of an accompagnateur, with 500 workers among 100,000, against a lean Django view.

Seeds its own base (see ``semis.py``), signs an accompagnateur in, and times each page in turn with a lean view of the
same list. *Chaud*: nothing was written in the enterprise since the last look; *froid*: something was, just before.
Then the pages in a second of the real server. ``--travailleurs`` and ``--entreprise`` change the sizes.
"""

import argparse
import sys
from functools import partial

import semis
from charge import par_seconde
from django.conf import settings
from django.core.management import call_command
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from maigre import alleger, ouvrir
from mesure import but, tour_a_tour

from clefdevoute.records.entreprises.models import Affectation
from clefdevoute.records.foundation import journal
from clefdevoute.records.personnes.models import Travailleur

LISTES = {
    "aujourd’hui": "/suivi/",
    "aujourd’hui, équipe": "/suivi/?qui=equipe",
    "travailleurs": "/suivi/travailleurs/",
    "travailleurs, en retard": "/suivi/travailleurs/?echeance=retard",
    "travailleurs, un nom": "/suivi/travailleurs/?q=nom00123",
}
FROID = ("aujourd’hui", "travailleurs", "travailleurs, en retard")
GOAL, PAGE_GOAL, D3 = 1.3, 60, 180


def preparer() -> None:
    """Make the base and let the lean view stand beside our pages."""
    settings.ROOT_URLCONF = "maigre"
    settings.STORAGES = settings.STORAGES | {
        "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"}
    }
    settings.STATIC_ROOT.mkdir(parents=True, exist_ok=True)
    settings.ALLOWED_HOSTS = ["testserver", "127.0.0.1"]
    call_command("migrate", verbosity=0)
    call_command("createcachetable", verbosity=0)


def pages_de(held: Affectation) -> dict[str, str]:
    """Give the other pages of a day's work, the thick dossier among them."""
    one = Travailleur.objects.get(entreprise_id=held.entreprise_id, number="00000").pk
    return {
        "dossier, 40 entretiens": f"/suivi/travailleurs/{one}/",
        "synthèse du dossier": f"/suivi/travailleurs/{one}/synthese/",
        "écrire un entretien": f"/suivi/travailleurs/{one}/entretiens/nouveau/",
        "agenda, la semaine": "/agenda/",
        "obligations": "/suivi/obligations/",
        "registre": "/suivi/registre/",
    }


def ecrire(held: Affectation) -> None:
    """Tell the journal of a write: all that is kept for the enterprise is reckoned anew."""
    journal.append(event="banc.ecrit", by=None, entreprise_id=held.entreprise_id, now=semis.NOW)


def _ouvrir(client: Client, adresse: str, _: int) -> None:
    client.get(adresse)


def mesurer(client: Client, lean: Client, held: Affectation, adresses: dict[str, str], tours: int) -> dict[str, float]:
    """Time the pages in turn, those to be reckoned anew apart; print them, give their least processor time in ms."""
    for nom, adresse in adresses.items():
        client.get(adresse)
        with CaptureQueriesContext(connection) as seen:
            answer = client.get(adresse)
        if answer.status_code != 200:
            raise SystemExit(f"{nom} : {answer.status_code}")
        print(f"{nom:<32} {len(seen):>3} requêtes, {len(answer.content) / 1000:.0f} ko")
    facons = {"vue maigre": partial(_ouvrir, lean, "/maigre/")}
    facons |= {nom: partial(_ouvrir, client, adresse) for nom, adresse in adresses.items()}
    temps = tour_a_tour(facons, tours)
    cold = {f"{nom}, à froid": partial(_ouvrir, client, adresses[nom]) for nom in FROID}
    temps |= tour_a_tour(cold, tours, dict.fromkeys(cold, partial(ecrire, held)))
    for nom, found in temps.items():
        mur, p95, calcul = (1000 * value for value in (found.mediane, found.p95, found.calcul))
        print(f"{nom:<32} {mur:7.1f} ms, p95 {p95:7.1f} ms, calcul {calcul:7.1f} ms")
    return {nom: 1000 * found.calcul for nom, found in temps.items()}


def main() -> int:
    """Seed, check, time in turn, print each ratio beside its goal."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--travailleurs", type=int, default=100_000)
    parser.add_argument("--entreprise", type=int, default=500)
    parser.add_argument("--tours", type=int, default=15)
    words = parser.parse_args()
    preparer()
    held = semis.semer(words.travailleurs, words.entreprise)
    fine = True
    for one, adresses in ((held[0], LISTES | pages_de(held[0])), (held[1], LISTES)):
        size = Travailleur.objects.filter(entreprise_id=one.entreprise_id).count()
        print(f"— Entreprise de {size} travailleurs")
        client, lean = (ouvrir(one.user, one.entreprise_id) for _ in range(2))
        found = mesurer(client, alleger(lean), one, adresses, words.tours)
        for nom in LISTES:
            ratio = found[nom] / found["vue maigre"]
            fine &= but(f"{nom} : {ratio:.1f} fois la vue maigre (au plus {GOAL})", ratio <= GOAL)
        for nom in [*set(adresses) - set(LISTES)]:
            fine &= but(f"{nom} : {found[nom]:.0f} ms de calcul (au plus {PAGE_GOAL})", found[nom] <= PAGE_GOAL)
    return 0 if fine & servir(held[0]) else 1


def servir(held: Affectation) -> bool:
    """Measure the pages in a second: ours beside the lean view."""
    client = ouvrir(held.user, held.entreprise_id)
    cookies = {name: one.value for name, one in client.cookies.items()}
    found = par_seconde({"vue maigre": "/maigre/", "aujourd’hui": "/suivi/"}, cookies)
    for nom, (rate, wait) in found.items():
        print(f"{nom:<32} {rate:7.1f} pages par seconde, attente {wait:.0f} ms")
    ours, lean = found["aujourd’hui"][0], found["vue maigre"][0]
    return but(
        f"aujourd’hui : {ours:.0f} pages par seconde (au moins {D3}), {ours / lean:.2f} fois la vue maigre", ours >= D3
    )


if __name__ == "__main__":
    sys.exit(main())
