"""The décompte of a year: asked on demand, and what of it is frozen once a decision is taken."""

import datetime as dt
import hashlib
import json
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from typing import Any

from clefdevoute.law.accompagnement_social.decompte import Decompte, lignes_examinees
from clefdevoute.law.accompagnement_social.decompte import decompte as rule
from clefdevoute.law.accompagnement_social.lignes import LigneAdmise
from clefdevoute.law.kernel.codec import encode, to_json
from clefdevoute.law.kernel.explained import Explained
from clefdevoute.law.kernel.parameters import LAW_ROOT
from clefdevoute.records.entreprises.models import EntrepriseInsertion
from clefdevoute.records.frais.facts import LigneAnnee

from .facts import FaitsAnnee, faits_annee


@dataclass(frozen=True, slots=True)
class DecompteAnnee:
    """The answer of the law for a year, with the facts it was given."""

    faits: FaitsAnnee
    explained: Explained[Decompte]


def decompter(*, entreprise: EntrepriseInsertion, as_of: dt.date) -> DecompteAnnee:
    """Ask the law what the agrément year that holds a day is worth, every cent explained."""
    facts = faits_annee(entreprise=entreprise, as_of=as_of)
    return DecompteAnnee(facts, rule(**facts.for_law()))


def lignes_admises(annee: DecompteAnnee) -> tuple[tuple[LigneAnnee, Explained[LigneAdmise]], ...]:
    """Give each operating cost with the law’s answer, as the décompte counted it: what the tables show line by line."""
    facts = annee.faits
    answers = lignes_examinees(
        tuple(line.depense for line in facts.lignes),
        facts.composantes,
        facts.annee,
        facts.regimes_tva,
        facts.lectures,
    )
    return tuple((line, answer) for line, (_, answer) in zip(facts.lignes, answers, strict=True))


@dataclass(frozen=True, slots=True)
class Gele:
    """What is stored of a décompte: the explanation, its readings, the version of the law, the hash of all three."""

    explained: dict[str, Any]
    readings: dict[str, Any]
    law_version: str
    sha256: str


def geler(annee: DecompteAnnee) -> Gele:
    """Write a décompte as it will be kept for ever."""
    explained, readings = to_json(annee.explained), encode(annee.faits.lectures)
    version = law_version()
    canonical = json.dumps(
        {"explained": explained, "law_version": version, "readings": readings},
        sort_keys=True,
        separators=(",", ":"),
        ensure_ascii=True,
    )
    return Gele(explained, readings, version, hashlib.sha256(canonical.encode("ascii")).hexdigest())


def tient(explained: Mapping[str, Any], readings: Mapping[str, Any], annee: DecompteAnnee) -> bool:
    """
    Tell whether what was frozen still says the year: the same facts, readings and figures.

    A sentence reworded since, or law of other years, asks nobody to sign again.
    """
    now = geler(annee)
    kept, found = (
        json.dumps([one["facts"], one["value"] | {"avertissements": ()}, other], sort_keys=True)
        for one, other in ((explained, readings), (now.explained, now.readings))
    )
    return kept == found


@cache
def law_version() -> str:
    """Name the law as it stands: the hash of its rules and dated values, which change with it."""
    digest = hashlib.sha256()
    for path in sorted([*LAW_ROOT.rglob("*.py"), *LAW_ROOT.rglob("parameters/*.yaml")]):
        digest.update(path.relative_to(LAW_ROOT).as_posix().encode())
        digest.update(path.read_bytes())
    return digest.hexdigest()
