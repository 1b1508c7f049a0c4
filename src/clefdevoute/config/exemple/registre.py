"""The register: persons, contracts, the status at hiring with its papers, the long absence."""

import datetime as dt
from dataclasses import dataclass
from decimal import Decimal
from functools import partial
from typing import Any

from clefdevoute.config.exemple.papier import feuille
from clefdevoute.config.exemple.recit import Recit, Scene, donnees
from clefdevoute.records.foundation import proofs
from clefdevoute.records.foundation.access import Actor
from clefdevoute.records.foundation.classification import FieldClass
from clefdevoute.records.foundation.models import ProofFile
from clefdevoute.records.personnes.actions import registre, statuts
from clefdevoute.records.personnes.models import Engagement, Travailleur

REPRISE = dt.date(2024, 4, 3)
"""The day on which those already there were entered."""

CPAS = "CPAS de Ciney"
SANS_TELEPHONE = frozenset({"32", "26"})
"""Two persons whose file lacks a way to reach them."""

MALADE = ("7", dt.date(2025, 2, 10))


@dataclass(frozen=True, slots=True)
class Ligne:
    """A person as the data file tells her."""

    number: str
    name: str
    first_name: str
    birth_date: dt.date
    sex: str
    postal_code: str
    city: str
    site: str
    starts_on: dt.date
    ends_on: dt.date | None
    hours: Decimal
    kind: str
    statut: str
    conditions: list[Decimal]
    verified_on: dt.date | None


def lignes() -> list[Ligne]:
    """Read the persons of the register, in the order of their numbers."""
    return [Ligne(*row) for row in donnees("travailleurs")]


def raconter(scene: Scene, recit: Recit) -> None:
    """Enter each person on the day she came, those of before on the day the register was taken up."""
    by = scene.acteurs["gestionnaire"]
    people: dict[str, tuple[Travailleur, Engagement]] = {}
    for line in lignes():
        known = max(line.starts_on, REPRISE)
        recit.le(known, partial(_inscrire, scene, line, people, by))
        if line.ends_on and line.kind == "cdi":
            # A departure is known some weeks before; a fixed term is known from its first day.
            recit.le(line.ends_on - dt.timedelta(days=20), partial(_quitter, line, people, by))
    number, since = MALADE
    recit.le(since + dt.timedelta(days=1), partial(_malade, people, number, since, by))


def _inscrire(
    scene: Scene, line: Ligne, people: dict[str, tuple[Travailleur, Engagement]], by: Actor, now: dt.datetime
) -> None:
    account = next((user.email for user in scene.comptes.values() if user.name == f"{line.first_name} {line.name}"), "")
    person = registre.create_travailleur(
        entreprise_id=scene.entreprise.pk,
        name=line.name,
        first_name=line.first_name,
        number=line.number,
        birth_date=line.birth_date,
        sex=line.sex,
        postal_code=line.postal_code,
        city=line.city,
        email=account,
        phone="" if line.number in SANS_TELEPHONE else f"0470 00 {int(line.number):02d} 00",
        by=by,
        now=now,
    )
    art60 = line.statut == "art60"
    contract: dict[str, Any] = {"contract_kind": line.kind, "site": line.site, "art60": art60}
    if line.kind != "cdi":
        contract["ends_on"] = line.ends_on
    if art60:
        contract["cpas_name"] = CPAS
    engaged = registre.open_engagement(
        travailleur=person, starts_on=line.starts_on, hours_per_week=line.hours, by=by, now=now, **contract
    )
    people[line.number] = (person, engaged)
    scene.travailleurs[line.number] = person
    _figer(scene, line, engaged, by, now)


def _figer(scene: Scene, line: Ligne, engaged: Engagement, by: Actor, now: dt.datetime) -> None:
    target = line.statut in ("td", "tgd")
    statuts.freeze_statut(
        engagement=engaged,
        statut=line.statut,
        conditions={int(number): _condition(scene, line, int(number), by, now) for number in line.conditions},
        proof=_inscription(scene, line, by, now) if target else None,
        without_cess=True if target else None,
        dei=True if target else None,
        verified_on=min(line.verified_on, now.date()) if line.verified_on else None,
        by=by,
        now=now,
    )


def _inscription(scene: Scene, line: Ligne, by: Actor, now: dt.datetime) -> ProofFile:
    content = feuille(
        "Attestation d’inscription",
        [
            f"Personne : {line.first_name} {line.name}, née le {line.birth_date:%d/%m/%Y}",
            f"Demandeuse ou demandeur d’emploi inoccupé, sans CESS, le {line.starts_on:%d/%m/%Y}",
        ],
    )
    filename = f"inscription-{line.number}.pdf"
    return proofs.store(content=content, filename=filename, by=by, entreprise_id=scene.entreprise.pk, now=now)


def _condition(scene: Scene, line: Ligne, number: int, by: Actor, now: dt.datetime) -> ProofFile:
    content = feuille(
        "Attestation",
        [
            f"Personne : {line.first_name} {line.name}, née le {line.birth_date:%d/%m/%Y}",
            f"Condition {number} du public cible, constatée le {line.starts_on:%d/%m/%Y}",
        ],
    )
    return proofs.store(
        content=content,
        filename=f"attestation-{line.number}-condition-{number}.pdf",
        by=by,
        entreprise_id=scene.entreprise.pk,
        now=now,
        classe=FieldClass.SANTE,
    )


def _quitter(line: Ligne, people: dict[str, tuple[Travailleur, Engagement]], by: Actor, now: dt.datetime) -> None:
    if line.ends_on:
        registre.end_engagement(engagement=people[line.number][1], ends_on=line.ends_on, by=by, now=now)


def _malade(
    people: dict[str, tuple[Travailleur, Engagement]], number: str, since: dt.date, by: Actor, now: dt.datetime
) -> None:
    registre.record_absence(travailleur=people[number][0], kind="longue_duree", starts_on=since, by=by, now=now)
