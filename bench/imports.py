"""
Imports of a gestionnaire: 10,000 lines of a register (preview, then apply), and 2,000 UBL invoices dropped at once.

    python bench/imports.py [--lignes 10000] [--factures 2000] [--tours 3]

The floor, in the same run and the same base: calamine, the cells checked, one table of ten columns filled by bare
SQL. Ours writes a person, a contract and a status per line, with the journal and what undoing needs. Processor time
is compared: on a shared machine, a wall clock says who else is at work. The drop waits for the disk, so both are said.
"""

import argparse
import datetime as dt
import io
import os
import random
import sys
import tempfile
import time
from collections.abc import Callable
from decimal import Decimal
from pathlib import Path
from typing import Any

sys.path.insert(0, str(Path(__file__).resolve().parent.parent / "src"))
os.environ["CLEFDEVOUTE_DATA"] = tempfile.mkdtemp(prefix="banc-imports-")
os.environ |= {"CLEFDEVOUTE_SANS_SECRET": "1", "CLEFDEVOUTE_DEMO": "1"}
os.environ["CLEFDEVOUTE_MASTER_KEY"] = "Q2xlZiBkZSB2b3V0ZSA6IGNsZSBkZXMgZXNzYWlzLi4="
os.environ["DJANGO_SETTINGS_MODULE"] = "clefdevoute.config.settings"

import django

django.setup()

from django.core.management import call_command  # noqa: E402
from django.db import connection, transaction  # noqa: E402
from django.utils import timezone  # noqa: E402
from factures import ecrites  # noqa: E402
from mesure import but  # noqa: E402
from python_calamine import CalamineWorkbook  # noqa: E402

from clefdevoute.documents.factures import lire  # noqa: E402
from clefdevoute.documents.factures.depot import FichierRecu, deposer  # noqa: E402
from clefdevoute.documents.tableur import Feuille, ecrire  # noqa: E402
from clefdevoute.documents.travailleurs import etapes  # noqa: E402
from clefdevoute.records.entreprises.models import Affectation, EntrepriseInsertion  # noqa: E402
from clefdevoute.records.foundation.access import Actor, Role  # noqa: E402
from clefdevoute.records.foundation.models import User  # noqa: E402
from clefdevoute.records.frais.models import Facture  # noqa: E402
from clefdevoute.records.personnes.actions import imports  # noqa: E402
from clefdevoute.records.personnes.models import Engagement, StatutEngagement, Travailleur  # noqa: E402

NOW, TODAY = timezone.now(), timezone.localdate()
ENTETES = (
    "Numéro", "Nom", "Prénom", "Date de naissance", "Site", "Début", "Fin", "Heures par semaine", "Contrat", "Statut",
)  # fmt: skip
NAISSANCE, DEBUT, FIN, HEURES, STATUT = 3, 5, 6, 7, 9


def classeur(lignes: int) -> bytes:
    """Write a register of invented persons."""
    hasard = random.Random(3)  # noqa: S311 - invented persons
    rows = []
    for rang in range(lignes):
        debut = dt.date(2018, 1, 1) + dt.timedelta(days=hasard.randint(0, 2500))
        fin = debut + dt.timedelta(days=hasard.randint(30, 900)) if hasard.random() < 0.6 else None
        rows.append(
            (
                f"T{rang:05d}", hasard.choice(["Dubois", "Léonard", "Van Damme", "El Amrani", "D’Haeyer"]),
                hasard.choice(["Élodie", "Karim", "Noémie", "Olivier"]),
                dt.date(1960, 1, 1) + dt.timedelta(days=hasard.randint(0, 14_000)),
                hasard.choice(["Liège", "Namur", "Mons", "Tournai"]), debut, fin, Decimal(hasard.choice([19, 30, 38])),
                hasard.choice(["CDI", "CDD"]), hasard.choice(["TD", "TGD", "Autre"]),
            )
        )  # fmt: skip
    return ecrire([Feuille("Travailleurs", ENTETES, rows)], "xlsx")


def plancher(content: bytes) -> int:
    """Do the least: read, check the cells, fill one table, replace what is there."""
    rows = CalamineWorkbook.from_filelike(io.BytesIO(content)).get_sheet_by_index(0).to_python()[1:]
    bons = [tuple(row) for row in rows if _valide(row)]
    marks = ",".join("?" * len(ENTETES))
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.connection.executemany(
            f"INSERT INTO banc_plancher VALUES ({marks}) ON CONFLICT (c0) DO UPDATE SET c1 = excluded.c1",  # noqa: S608 - our own marks
            [[str(cell) for cell in row] for row in bons],
        )
    return len(bons)


def _valide(row: list[Any]) -> bool:
    naissance, debut, fin = row[NAISSANCE], row[DEBUT], row[FIN]
    dates = isinstance(naissance, dt.date) and isinstance(debut, dt.date) and (fin == "" or fin >= debut)
    return dates and 0 < float(row[HEURES]) <= 50 and row[STATUT] in {"TD", "TGD", "Autre"} and bool(row[1])


def acteur(rang: int) -> tuple[EntrepriseInsertion, Actor]:
    """Make an enterprise and its gestionnaire."""
    stem = 5_000_000 + rang
    entreprise = EntrepriseInsertion(name=f"Entreprise {rang}", bce=f"{stem:08d}{97 - stem % 97:02d}")
    entreprise.save()
    user = User.objects.create(email=f"{stem}@exemple.be", name="Bruno", password="!")  # noqa: S106 - nobody signs in by it
    Affectation.objects.create(user=user, entreprise=entreprise, role="gestionnaire", starts_on=TODAY)
    return entreprise, Actor(user_id=user.pk, role=Role.GESTIONNAIRE, entreprise_id=entreprise.pk, on=TODAY)


def chronometre(faire: Callable[[], object]) -> tuple[float, float]:
    """Time one way, once: processor, then wall."""
    mur, calcul = time.perf_counter(), time.process_time()
    faire()
    return time.process_time() - calcul, time.perf_counter() - mur


def registre(content: bytes, lignes: int, rang: int) -> dict[str, tuple[float, float]]:
    """Time the floor, the preview and the application of the same register, in a fresh enterprise."""
    entreprise, by = acteur(2 * rang)
    temps = {"plancher": chronometre(lambda: plancher(content))}
    imported = imports.deposit(entreprise_id=entreprise.pk, content=content, filename="registre.xlsx", by=by, now=NOW)
    temps["aperçu"] = chronometre(lambda: etapes.preview(imported, by=by, now=NOW, as_of=TODAY))
    temps["application"] = chronometre(lambda: etapes.apply(imported, by=by, now=NOW, as_of=TODAY))
    for model in (Travailleur, Engagement, StatutEngagement):
        if model.objects.of(entreprise.pk).count() != lignes:
            raise SystemExit(f"Le registre mesuré n’est pas bon : {model.__name__}.")
    return temps


def depot(factures: list[bytes], rang: int) -> dict[str, tuple[float, float]]:
    """Time the drop of the invoices, the second half a second time, against reading them only."""
    entreprise, by = acteur(2 * rang + 1)
    files = [
        FichierRecu(f"{rang}.xml", len(content), lambda content=content: content)
        for rang, content in enumerate(factures)
    ]
    lecture = chronometre(lambda: [lire(content, filename="f.xml") for content in factures])
    temps = {
        "lecture": lecture,
        "dépôt": chronometre(lambda: deposer(files=files, entreprise=entreprise, by=by, now=NOW)),
    }
    deposer(files=files[:50], entreprise=entreprise, by=by, now=NOW)
    if Facture.objects.of(entreprise.pk).count() != len(factures):
        raise SystemExit("Le dépôt mesuré n’est pas bon.")
    return temps


def main() -> int:
    """Print each time beside its goal; exit 1 when one is missed."""
    options = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    options.add_argument("--lignes", type=int, default=10_000)
    options.add_argument("--factures", type=int, default=2_000)
    options.add_argument("--tours", type=int, default=3)
    choix = options.parse_args()
    call_command("migrate", verbosity=0)
    colonnes = ", ".join(f"c{rang} TEXT" for rang in range(len(ENTETES)))
    connection.cursor().execute(f"CREATE TABLE banc_plancher ({colonnes}, PRIMARY KEY (c0))")
    content, factures = classeur(choix.lignes), ecrites(choix.factures)
    releves = [registre(content, choix.lignes, n) | depot(factures, n) for n in range(choix.tours)]
    mieux = {nom: tuple(min(couple) for couple in zip(*(un[nom] for un in releves), strict=True)) for nom in releves[0]}
    for nom, (calcul, mur) in mieux.items():
        print(f"{nom} : {calcul:.2f} s de processeur, {mur:.2f} s")
    rapport = mieux["application"][0] / mieux["plancher"][0]
    buts = [
        but(f"application : {rapport:.1f} × le plancher (but : au plus 3)", rapport <= 3),
        but(f"aperçu : {mieux['aperçu'][0]:.2f} s de processeur (but : au plus 1)", mieux["aperçu"][0] <= 1),
        but(f"dépôt de factures : {mieux['dépôt'][1]:.2f} s (but : au plus 4)", mieux["dépôt"][1] <= 4),
    ]
    return 0 if all(buts) else 1


if __name__ == "__main__":
    raise SystemExit(main())
