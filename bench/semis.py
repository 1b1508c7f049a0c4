"""
An invented base of many enterprises, written in bulk: one large, the others of sixty workers, ten interviews each.

In SQLite in a folder of its own, or in the PostgreSQL base of CLEFDEVOUTE_DATABASE_URL, emptied first.
One worker of the large enterprise has a thick dossier: forty interviews with their notes.
"""

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

from django.db import connection  # noqa: E402
from django.utils import timezone  # noqa: E402

from clefdevoute.records.agenda.models import RendezVous  # noqa: E402
from clefdevoute.records.entreprises.models import Affectation, EntrepriseInsertion  # noqa: E402
from clefdevoute.records.foundation.models import User  # noqa: E402
from clefdevoute.records.personnes.models import (  # noqa: E402
    Accompagnateur,
    Engagement,
    StatutEngagement,
    Travailleur,
)
from clefdevoute.records.suivi.models import Demarche, Entretien, NotePartagee, Objectif, SuiviPar  # noqa: E402

USUAL, MEETINGS, THICK, BATCH = 60, 10, 40, 20_000
NOW = timezone.now()
TODAY = timezone.localdate()
HIRED = TODAY - dt.timedelta(days=5 * 365)


def lots(total: int, grande: int) -> Iterator[tuple[EntrepriseInsertion, int]]:
    """Give the enterprises with their number of workers, the large one first."""
    left, number = total, 0
    while left > 0:
        size = grande if number == 0 else min(USUAL, left)
        stem = 5_000_000 + number
        yield EntrepriseInsertion(name=f"Entreprise {number}", bce=f"{stem:08d}{97 - stem % 97:02d}"), size
        left, number = left - size, number + 1


def semer(total: int, grande: int) -> list[Affectation]:
    """Fill the base; give the accompagnateur of each enterprise, that of the large one first."""
    hasard = random.Random(11)  # noqa: S311 - invented persons, not a secret
    held: list[Affectation] = []
    rows: dict[type, list[object]] = {
        model: [] for model in (Travailleur, Engagement, StatutEngagement, SuiviPar, RendezVous)
    }
    for entreprise, size in lots(total, grande):
        entreprise.save()
        user = User.objects.create(email=f"{entreprise.bce}@exemple.be", name="Hélène", password="!")  # noqa: S106 - nobody signs in by it
        own = Accompagnateur.objects.create(
            entreprise=entreprise, user=user, name="Marsoul", first_name="Hélène", functions_start=HIRED
        )
        role = {"role": "accompagnateur", "starts_on": HIRED}
        held.append(Affectation.objects.create(user=user, entreprise=entreprise, **role))
        for rank in range(size):
            _personne(rows, hasard, entreprise, own, rank)
        if len(rows[Travailleur]) >= BATCH // MEETINGS:
            verser(rows)
    verser(rows)
    _epais(held[0])
    connection.cursor().execute("ANALYZE")
    return held


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


def _epais(held: Affectation) -> None:
    """Give the first worker of the large enterprise forty interviews with notes, objectives and actions."""
    one = Travailleur.objects.get(entreprise_id=held.entreprise_id, number="00000")
    own = Accompagnateur.objects.get(entreprise_id=held.entreprise_id)
    mine = {"entreprise_id": held.entreprise_id, "travailleur": one}
    for rank in range(THICK):
        moment = NOW - dt.timedelta(days=10 + 40 * rank)
        place = RendezVous.objects.create(
            **mine, accompagnateur=own, starts_at=moment, status="realise", settled_at=moment
        )
        said = Entretien.objects.create(
            **mine, rendez_vous=place, accompagnateur=own, author=held.user, themes=[], finished_at=moment
        )
        text = "Elle tient seule le poste de repassage et parle de sa recherche de logement. " * 4
        NotePartagee.objects.create(**mine, entretien=said, author=held.user, text=text, written_at=moment)
        noted = {"recorded_by": held.user, "recorded_at": moment}
        if not rank % 5:
            day = moment.date()
            Objectif.objects.create(
                **mine, **noted, title="Trouver un logement", horizon="court", status="en_cours", opened_on=day,
                review_on=TODAY + dt.timedelta(days=90),
            )  # fmt: skip
        if not rank % 2:
            Demarche.objects.create(**mine, **noted, text="Appeler la commune", kind="sociale")


def verser(rows: dict[type, list[object]]) -> None:
    """Write what is waiting and forget it."""
    for model, waiting in rows.items():
        model.objects.bulk_create(waiting, batch_size=BATCH)  # type: ignore[attr-defined]
        waiting.clear()
