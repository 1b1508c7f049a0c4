"""What the pages of costs share: choices of lines and keys, and an operating cost explained by the law."""

import datetime as dt
import uuid
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from decimal import Decimal

from django.http import HttpRequest
from django.urls import reverse

from clefdevoute.documents.explications import why
from clefdevoute.law.accompagnement_social.couts import Composante
from clefdevoute.law.accompagnement_social.decompte import Lectures, lignes_examinees
from clefdevoute.law.accompagnement_social.lignes import Depense, LigneAdmise, RegimeTva
from clefdevoute.law.accompagnement_social.values import lines_at
from clefdevoute.law.agrement.annee import AnneeAgrement
from clefdevoute.law.kernel.errors import LawError, NoValueInForce
from clefdevoute.law.kernel.money import euros
from clefdevoute.records.entreprises.facts import lectures_at
from clefdevoute.records.foundation.access import Actor
from clefdevoute.records.foundation.errors import RecordError
from clefdevoute.records.frais.cles import Versions, percent_fr, version_at, versions_of
from clefdevoute.records.frais.facts import composantes, regimes_tva
from clefdevoute.records.frais.models import CleRepartition, Facture
from clefdevoute.records.personnes.models import Accompagnateur
from clefdevoute.records.subventions import annees
from clefdevoute.records.subventions.facts import lectures_from
from clefdevoute.ui.why import Why

A_TRAITER = (Facture.State.A_IMPUTER, Facture.State.CONFLIT)
"""The states that wait for a person: the count of the rail, and what the list shows first."""

Choices = list[tuple[str, str]]
Grouped = list[tuple[str, "str | Choices"]]


def entreprise_id_of(actor: Actor) -> uuid.UUID:
    """Give the key of the session's enterprise; a gestionnaire always has one."""
    if actor.entreprise_id is None:
        raise RecordError("Choisissez une entreprise, puis recommencez.")
    return actor.entreprise_id


def a_traiter(request: HttpRequest) -> int:
    """Count the invoices that wait for a person, in one indexed query."""
    actor: Actor = request.actor  # type: ignore[attr-defined]
    found: int = Facture.objects.visible_to(actor).filter(state__in=A_TRAITER).count()
    return found


def line_choices(day: dt.date) -> Grouped:
    """List the lines of Tables A and B in force on a day, in printed order, by table."""
    groups: Grouped = [("", "Choisissez un poste")]
    for table in ("A", "B"):
        rows: Choices = [(row["code"], row["libelle"]) for row in _lines(day, table)]
        groups.append((f"Tableau {table}", rows))
    return groups


def _lines(day: dt.date, table: str = "") -> tuple[Mapping[str, str], ...]:
    """Read the lines of a day; before the tables existed there are none to choose."""
    try:
        return lines_at(day, table)
    except NoValueInForce:
        return ()


def line_label(code: str, day: dt.date) -> str:
    """Name a line as printed on a day; an unknown code stays readable."""
    return next((row["libelle"] for row in _lines(day) if row["code"] == code), code)


def key_choices(actor: Actor, day: dt.date) -> Choices:
    """List the keys still offered, with what each is worth on a day, in two queries."""
    versions = versions_of(entreprise_id_of(actor))
    rows = CleRepartition.objects.visible_to(actor).filter(closed=False)
    return [("", "Choisissez une clé"), *((str(row.pk), key_label(row, day, versions)) for row in rows)]


def key_label(cle: CleRepartition, day: dt.date, versions: Versions) -> str:
    """Name a key with what it is worth on a day."""
    version = version_at(versions, cle.pk, day)
    return f"{cle.name}, {percent_fr(version.percent)}" if version else f"{cle.name}, rien au {day:%d/%m/%Y}"


def accompagnateur_choices(actor: Actor) -> Choices:
    """List the accompagnateurs whom a cost may concern."""
    rows = Accompagnateur.objects.visible_to(actor)
    return [("", "Tous, ou sans objet"), *((str(row.pk), str(row)) for row in rows)]


@dataclass(frozen=True, slots=True)
class Annee:
    """An agrément year with all that explains its operating costs, a premium counted once included (A13)."""

    law_year: AnneeAgrement
    lectures: Lectures
    regimes: tuple[RegimeTva, ...]
    composantes: tuple[Composante, ...]

    @property
    def label(self) -> str:
        """Name the year by its bounds."""
        return f"du {self.law_year.debut:%d/%m/%Y} au {self.law_year.fin:%d/%m/%Y}"


def annee_at(entreprise_id: uuid.UUID, day: dt.date) -> Annee:
    """Find the agrément year that holds a day; refused with its sentence when there is none."""
    year = annees.annee_at(annees.facts_or_refuse(entreprise_id), day).value
    return Annee(
        law_year=year,
        lectures=lectures_from(lectures_at(year.debut)),
        regimes=regimes_tva(entreprise_id),
        composantes=composantes(entreprise_id, year.debut, year.fin),
    )


@dataclass(frozen=True, slots=True)
class Admise:
    """What a cost becomes, ready for a page: the law's value and its explanation, or why there is none."""

    value: LigneAdmise | None
    why: Why | None
    deductible: Decimal | None = None
    refusal: str = ""


def admise(depense: Depense, annee: Annee) -> Admise:
    """Ask the law what one cost becomes; a refusal of the facts is a sentence, never a crash."""
    try:
        [(_, answer)] = lignes_examinees((depense,), annee.composantes, annee.law_year, annee.regimes, annee.lectures)
    except LawError as wrong:
        return Admise(None, None, refusal=str(wrong))
    question = f"Pourquoi {euros(answer.value.montant)} ?"
    return Admise(
        answer.value, why(answer, question=question, rule_url=rule_url), _deductible(annee.regimes, depense.date)
    )


def rule_url(name: str) -> str:
    """Give the public page of a rule, so that a figure leads to its article."""
    return reverse("public:regle", args=[name])


def _deductible(regimes: Iterable[RegimeTva], day: dt.date) -> Decimal:
    """Show the recorded share in force on a day; the amount borne is the law's."""
    held = [one for one in regimes if one.depuis <= day]
    return max(held, key=lambda one: one.depuis).deductible if held else Decimal(0)
