"""
Search inside 60 sealed dossiers of 40 notes: our door, opened and compared, against opening the same notes bare.

No index of the words exists; each note is decrypted and forgotten. Three words: rare, common, in no note.
``--dossiers`` and ``--notes`` change the sizes. Exits 1 when the goal of 50 ms is missed.
"""

import argparse
import datetime as dt
import os
import random
import sys
import tempfile
from collections.abc import Callable
from functools import partial
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parent.parent / "src"))
os.environ["CLEFDEVOUTE_DATA"] = tempfile.mkdtemp(prefix="banc-recherche-")
os.environ |= {"CLEFDEVOUTE_SANS_SECRET": "1", "CLEFDEVOUTE_DEMO": "1"}
os.environ["CLEFDEVOUTE_MASTER_KEY"] = "Q2xlZiBkZSB2b3V0ZSA6IGNsZSBkZXMgZXNzYWlzLi4="
os.environ["DJANGO_SETTINGS_MODULE"] = "clefdevoute.config.settings"

import django

django.setup()

from django.core.management import call_command  # noqa: E402
from django.db import connection  # noqa: E402
from django.utils import timezone  # noqa: E402
from mesure import but, tour_a_tour  # noqa: E402

from clefdevoute.records.agenda.models import RendezVous  # noqa: E402
from clefdevoute.records.entreprises.models import EntrepriseInsertion  # noqa: E402
from clefdevoute.records.foundation.access import Actor, Role  # noqa: E402
from clefdevoute.records.foundation.encryption import unseal  # noqa: E402
from clefdevoute.records.foundation.models import User  # noqa: E402
from clefdevoute.records.personnes.models import Accompagnateur, Travailleur  # noqa: E402
from clefdevoute.records.suivi.models import Entretien, NotePartagee  # noqa: E402
from clefdevoute.records.suivi.recherche import passages  # noqa: E402

NOW = timezone.now()
BUT_MS = 50
MOTS = (
    "le la un une avec pour chez logement crèche permis horaire atelier découpe garde contrat commune tuteur bus",
    "budget école cours mardi lettre rendez-vous machine équipe poste couture linge cuisine stage projet réponse",
)
RARE, COURANT, ABSENT = "zinzolin", "creche", "introuvable"


def semer(dossiers: int, notes: int) -> Actor:
    """Write the dossiers of one enterprise, about 220 signs a note, the rare word in one of them."""
    mots = " ".join(MOTS).split()
    tirage = random.Random(11)  # noqa: S311 - invented words, no secret
    entreprise = EntrepriseInsertion.objects.create(name="Banc", bce="0400000196")
    auteur = User.objects.create_user("banc@exemple.be", name="Banc")
    qui = Accompagnateur.objects.create(entreprise=entreprise, name="Banc", first_name="Une", user=auteur)
    for rang in range(dossiers):
        personne = Travailleur.objects.create(
            entreprise=entreprise, number=str(rang), name=f"P{rang}", first_name="X", modified_at=NOW
        )
        commun = {"entreprise": entreprise, "travailleur": personne}
        vus = [
            RendezVous(
                **commun,
                accompagnateur=qui,
                starts_at=NOW - dt.timedelta(days=jour),
                status=RendezVous.Status.REALISE,
                settled_at=NOW,
            )
            for jour in range(1, notes + 1)
        ]
        RendezVous.objects.bulk_create(vus)
        tenus = [Entretien(**commun, rendez_vous=vu, accompagnateur=qui, author=auteur, finished_at=NOW) for vu in vus]
        Entretien.objects.bulk_create(tenus)
        phrases = (" ".join(tirage.choices(mots, k=38)) for _ in tenus)
        NotePartagee.objects.bulk_create(
            NotePartagee(**commun, entretien=tenu, author=auteur, written_at=NOW, text=phrase)
            for tenu, phrase in zip(tenus, phrases, strict=True)
        )
    derniere = NotePartagee.objects.order_by("pk").last()
    if derniere is not None:
        derniere.text += f" {RARE}"
        derniere.save()
    return Actor(auteur.pk, Role.ACCOMPAGNATEUR, entreprise.pk, on=timezone.localdate())


def nu(mot: str, _: int = 0) -> int:
    """Open the same notes from a bare cursor and look for the word as it is written."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT id, entreprise_id, text FROM suivi_notepartagee")
        lignes = cursor.fetchall()
    rows = NotePartagee.objects.order_by().values_list("pk", "entreprise_id")
    cles = dict(rows)
    place = "suivi_notepartagee/text"
    textes = (
        unseal(bytes(scelle), entreprise_id=entreprise, place=f"{place}/{pk}").decode()
        for (pk, entreprise), (_, _, scelle) in zip(cles.items(), lignes, strict=True)
    )
    return sum(mot in texte.casefold() for texte in textes)


def main() -> int:
    """Fill, check that both find the same notes, time them in turn."""
    lu = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    lu.add_argument("--dossiers", type=int, default=60)
    lu.add_argument("--notes", type=int, default=40)
    lu.add_argument("--tours", type=int, default=11)
    asked = lu.parse_args()
    call_command("migrate", verbosity=0)
    actor = semer(asked.dossiers, asked.notes)
    trouve = {mot: len(passages(actor, mot)) for mot in (RARE, COURANT, ABSENT)}
    if (trouve[RARE], trouve[ABSENT], trouve[COURANT]) != (1, 0, nu("crèche")):
        print(f"Les deux ne trouvent pas les mêmes notes : {trouve}.")
        return 1
    facons: dict[str, Callable[[int], object]] = {
        mot: partial(lambda mot, _: passages(actor, mot), mot) for mot in trouve
    } | {"nu": partial(nu, ABSENT)}
    temps = tour_a_tour(facons, asked.tours)
    bare = temps["nu"].mediane
    notes = asked.dossiers * asked.notes
    tenu = [
        but(
            f"{notes} notes, « {mot} » ({count} trouvées) : {temps[mot].mediane * 1000:.0f} ms, calcul "
            f"{temps[mot].calcul * 1000:.0f} ms ; {temps[mot].mediane / bare:.1f} × le nu (but {BUT_MS} ms)",
            temps[mot].calcul * 1000 <= BUT_MS,
        )
        for mot, count in trouve.items()
    ]
    return 0 if all(tenu) else 1


if __name__ == "__main__":
    raise SystemExit(main())
