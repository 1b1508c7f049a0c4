"""
*Aujourd'hui* and *Travailleurs* for one enterprise of 500 workers among 100,000, against a lean Django view.

Seeds its own SQLite base in bulk (or the PostgreSQL base of CLEFDEVOUTE_DATABASE_URL, emptied first), signs an
accompagnateur in, and times each page in turn with a lean view of the same list: session, user, one count, one
list of fifty lines, one template. ``--travailleurs`` and ``--entreprise`` change the sizes.
"""

import argparse
import datetime as dt
import os
import random
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parent.parent / "src"))
if "CLEFDEVOUTE_DATABASE_URL" not in os.environ:
    os.environ["CLEFDEVOUTE_DATA"] = tempfile.mkdtemp(prefix="banc-listes-")
os.environ |= {"CLEFDEVOUTE_SANS_SECRET": "1", "CLEFDEVOUTE_DEMO": "1"}
os.environ["CLEFDEVOUTE_MASTER_KEY"] = "Q2xlZiBkZSB2b3V0ZSA6IGNsZSBkZXMgZXNzYWlzLi4="
os.environ["DJANGO_SETTINGS_MODULE"] = "clefdevoute.config.settings"

import django

django.setup()

from django.conf import settings  # noqa: E402
from django.core.management import call_command  # noqa: E402
from django.db import connection  # noqa: E402
from django.http import HttpRequest, HttpResponse  # noqa: E402
from django.template import engines  # noqa: E402
from django.test import Client  # noqa: E402
from django.test.utils import CaptureQueriesContext  # noqa: E402
from django.urls import path  # noqa: E402
from django.utils import timezone  # noqa: E402
from mesure import but, tour_a_tour  # noqa: E402

from clefdevoute.config.urls import urlpatterns as pages  # noqa: E402
from clefdevoute.records.agenda.models import RendezVous  # noqa: E402
from clefdevoute.records.entreprises.models import Affectation, EntrepriseInsertion  # noqa: E402
from clefdevoute.records.foundation.models import User  # noqa: E402
from clefdevoute.records.personnes.models import (  # noqa: E402
    Accompagnateur,
    Engagement,
    StatutEngagement,
    Travailleur,
)
from clefdevoute.records.suivi.models import SuiviPar  # noqa: E402

USUAL, MEETINGS, BATCH = 60, 10, 20_000
NOW = timezone.now()
TODAY = timezone.localdate()
HIRED = TODAY - dt.timedelta(days=5 * 365)
LEAN = engines["django"].from_string(
    "<table>{% for row in rows %}<tr><td>{{ row.0 }}</td><td>{{ row.1 }}</td><td>{{ row.2|date:'d/m/Y' }}</td></tr>"
    "{% endfor %}</table><p>{{ count }} {{ user.name }}</p>"
)


def maigre(request: HttpRequest) -> HttpResponse:
    """Answer the least that a due list can be: the last interview of each person, the oldest first."""
    key = request.actor.entreprise_id  # type: ignore[attr-defined]
    mine = key.hex if connection.vendor == "sqlite" else key
    sql = (
        "SELECT t.name, t.first_name, (SELECT max(r.starts_at) FROM agenda_rendezvous r WHERE r.travailleur_id = t.id "
        "AND r.status = 'realise') AS vu FROM personnes_travailleur t WHERE t.entreprise_id = %s ORDER BY vu LIMIT 50"
    )
    with connection.cursor() as cursor:
        cursor.execute("SELECT count(*) FROM personnes_travailleur WHERE entreprise_id = %s", [mine])
        count = cursor.fetchone()[0]
        cursor.execute(sql, [mine])
        rows = cursor.fetchall()
    return HttpResponse(LEAN.render({"rows": rows, "count": count, "user": request.user}, request))


urlpatterns = [*pages, path("maigre/", maigre)]


def lots(total: int, grande: int) -> Iterator[tuple[EntrepriseInsertion, int]]:
    """Give the enterprises with their number of workers, the large one first."""
    left, number = total, 0
    while left > 0:
        size = grande if number == 0 else min(USUAL, left)
        stem = 5_000_000 + number
        yield EntrepriseInsertion(name=f"Entreprise {number}", bce=f"{stem:08d}{97 - stem % 97:02d}"), size
        left, number = left - size, number + 1


def semer(total: int, grande: int) -> Client:
    """Fill the base and sign in the accompagnateur of the large enterprise."""
    hasard = random.Random(11)  # noqa: S311 - invented persons, not a secret
    held: Affectation | None = None
    rows: dict[type, list[object]] = {
        model: [] for model in (Travailleur, Engagement, StatutEngagement, SuiviPar, RendezVous)
    }
    for entreprise, size in lots(total, grande):
        entreprise.save()
        user = User.objects.create(email=f"{entreprise.bce}@exemple.be", name="Hélène", password="!")  # noqa: S106 - nobody signs in by it
        own = Accompagnateur.objects.create(
            entreprise=entreprise, user=user, name="Marsoul", first_name="Hélène", functions_start=HIRED
        )
        one = Affectation.objects.create(user=user, entreprise=entreprise, role="accompagnateur", starts_on=HIRED)
        held = held or one
        for rank in range(size):
            _personne(rows, hasard, entreprise, own, rank)
        if len(rows[Travailleur]) >= BATCH // MEETINGS:
            verser(rows)
    verser(rows)
    connection.cursor().execute("ANALYZE")
    client = Client()
    client.force_login(held.user)  # type: ignore[union-attr]
    return client


def _personne(
    rows: dict[type, list[object]],
    hasard: random.Random,
    entreprise: EntrepriseInsertion,
    own: Accompagnateur,
    rank: int,
) -> None:
    """Draw a person: a contract, a status, ten interviews in five years; one in twelve is late."""
    mine = {"entreprise_id": entreprise.pk}
    one = Travailleur(
        **mine, number=f"{rank:05d}", name=f"Nom{rank:05d}", first_name="Prénom", phone="081 00 00 00",
        birth_date=dt.date(1990, 5, 17), search_key=f"nom{rank:05d} prenom", modified_at=NOW,
    )  # fmt: skip
    contract = Engagement(**mine, travailleur=one, starts_on=HIRED, hours_per_week=38, site="Mons", modified_at=NOW)
    statut = StatutEngagement(
        **mine, engagement=contract, statut="td", verified_on=HIRED, verified_by_id=own.user_id, modified_at=NOW
    )
    last = hasard.randrange(5, 200 if rank % 12 else 240)
    for turn in range(MEETINGS):
        moment = NOW - dt.timedelta(days=last + 180 * turn, minutes=rank)
        rows[RendezVous].append(
            RendezVous(
                **mine, travailleur=one, accompagnateur=own, starts_at=moment, status="realise", settled_at=moment
            )
        )
    rows[Travailleur].append(one)
    rows[Engagement].append(contract)
    rows[StatutEngagement].append(statut)
    rows[SuiviPar].append(SuiviPar(**mine, travailleur=one, accompagnateur=own, starts_on=HIRED))


def verser(rows: dict[type, list[object]]) -> None:
    """Write what is waiting and forget it."""
    for model, waiting in rows.items():
        model.objects.bulk_create(waiting, batch_size=BATCH)  # type: ignore[attr-defined]
        waiting.clear()


def main() -> int:
    """Seed, check, time in turn, print each ratio beside its goal."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--travailleurs", type=int, default=100_000)
    parser.add_argument("--entreprise", type=int, default=500)
    parser.add_argument("--tours", type=int, default=15)
    words = parser.parse_args()
    settings.ROOT_URLCONF = "listes"
    sys.modules["listes"] = sys.modules["__main__"]
    settings.STORAGES = settings.STORAGES | {
        "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"}
    }
    settings.ALLOWED_HOSTS = ["testserver"]
    call_command("migrate", verbosity=0)
    call_command("createcachetable", verbosity=0)
    client = semer(words.travailleurs, words.entreprise)
    adresses = {
        "vue maigre": "/maigre/",
        "aujourd’hui": "/suivi/",
        "travailleurs": "/suivi/travailleurs/",
        "travailleurs, en retard": "/suivi/travailleurs/?echeance=retard",
        "travailleurs, un nom": "/suivi/travailleurs/?q=nom00123",
    }
    for nom, adresse in adresses.items():
        with CaptureQueriesContext(connection) as seen:
            answer = client.get(adresse)
        if answer.status_code != 200:
            print(f"{nom} : {answer.status_code}")
            return 1
        print(f"{nom:<26} {len(seen):>3} requêtes, {len(answer.content) / 1000:.0f} ko")
    temps = tour_a_tour(
        {nom: lambda _, adresse=adresse: client.get(adresse) for nom, adresse in adresses.items()}, words.tours
    )
    bare = temps["vue maigre"]
    fine = True
    for nom, found in temps.items():
        mur, p95, calcul = (1000 * value for value in (found.mediane, found.p95, found.calcul))
        print(f"{nom:<26} {mur:7.1f} ms, p95 {p95:7.1f} ms, calcul {calcul:7.1f} ms")
    for nom in list(adresses)[1:]:
        ratio = temps[nom].calcul / bare.calcul
        fine &= but(f"{nom} : {ratio:.1f} fois la vue maigre (au plus 1,3)", ratio <= 1.3)
    return 0 if fine else 1


if __name__ == "__main__":
    raise SystemExit(main())
