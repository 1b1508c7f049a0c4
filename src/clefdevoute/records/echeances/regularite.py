"""
The register of regularity: dates alone, so that the direction and an inspection may read it too (F29, F30).

It reads the agenda and never the dossier; whose lines are shown is the caller's to say.
"""

import datetime as dt
import uuid
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass

from django.db.models import Exists, OuterRef, Q, QuerySet

from clefdevoute.law.entretiens.faits import Sorte
from clefdevoute.law.entretiens.regularite import Regularite, regularite
from clefdevoute.law.entretiens.rules import Etat
from clefdevoute.law.kernel.dates import add_days, add_months
from clefdevoute.law.kernel.explained import Explained
from clefdevoute.records.agenda.facts import FaitsHorloge
from clefdevoute.records.agenda.periodes import FOLLOWED
from clefdevoute.records.personnes.models import Engagement, StatutEngagement, Travailleur
from clefdevoute.records.suivi.horloges import faits_horloges
from clefdevoute.records.suivi.models import SuiviPar

SANS_REFERENT = uuid.UUID(int=0)
"""The key under which persons whom nobody follows are counted."""


@dataclass(frozen=True, slots=True)
class Semestre:
    """Half a year of an agrément year, or of a civil year where there is none."""

    rang: int
    debut: dt.date
    fin: dt.date


def semestres(debut: dt.date) -> tuple[Semestre, Semestre]:
    """Cut the twelve months that begin on a day into two."""
    middle = add_months(debut, 6)
    end = add_days(add_months(debut, 12), -1)
    return Semestre(1, debut, add_days(middle, -1)), Semestre(2, middle, end)


def suivis_entre(travailleurs: "QuerySet[Travailleur]", debut: dt.date, fin: dt.date) -> "QuerySet[Travailleur]":
    """Keep, by name, the persons whom the law makes us follow and who were here on a day of a period."""
    statut = StatutEngagement.objects.filter(engagement_id=OuterRef("pk"), statut__in=FOLLOWED)
    here = Engagement.objects.filter(travailleur_id=OuterRef("pk"), starts_on__lte=fin)
    here = here.filter(Q(ends_on__isnull=True) | Q(ends_on__gte=debut)).filter(Q(art60=True) | Exists(statut))
    return travailleurs.filter(Exists(here)).order_by("name", "first_name", "number")


@dataclass(frozen=True, slots=True)
class LigneRegistre:
    """One person over a period: each clock with the law's answer, from which the line is written."""

    individuel: Explained[Regularite]
    collectif: Explained[Regularite]

    @property
    def reguliere(self) -> bool:
        """Tell whether both clocks were kept."""
        return self.individuel.value.reguliere and self.collectif.value.reguliere


def registre(
    entreprise_id: uuid.UUID, travailleur_ids: Collection[uuid.UUID], *, debut: dt.date, fin: dt.date, as_of: dt.date
) -> dict[uuid.UUID, LigneRegistre]:
    """Ask the law the line of each person, in the six queries of the clocks whatever their number."""
    day = min(fin, as_of)
    facts = faits_horloges(entreprise_id, travailleur_ids, as_of=day)
    return {
        pk: LigneRegistre(
            individuel=_asked("individuel", one, debut, fin, day), collectif=_asked("collectif", one, debut, fin, day)
        )
        for pk, one in facts.items()
    }


def _asked(sorte: Sorte, facts: FaitsHorloge, debut: dt.date, fin: dt.date, as_of: dt.date) -> Explained[Regularite]:
    return regularite(
        sorte=sorte,
        debut=debut,
        fin=fin,
        date_engagement=facts.periode.debut,
        debut_fonction=facts.debut_fonction,
        as_of=as_of,
        entretiens=facts.entretiens,
        empechements=facts.empechements,
        sortie=facts.periode.sortie(as_of),
    )


@dataclass(frozen=True, slots=True)
class Part:
    """How many of the persons followed are on time on a day."""

    suivis: int
    individuel_en_retard: int
    collectif_en_retard: int
    empeches: int

    @property
    def tenus(self) -> int:
        """Count those whose individual interview is on time; a reasoned impediment is never an interview held."""
        return self.suivis - self.individuel_en_retard - self.empeches

    @property
    def taux(self) -> int | None:
        """Give the whole percentage of individual interviews on time, rounded down; none where nobody is followed."""
        return 100 * self.tenus // self.suivis if self.suivis else None


def part(etats: Iterable[Etat]) -> Part:
    """Count the clocks of persons by how they stand."""
    values = list(etats)
    return Part(
        suivis=len(values),
        individuel_en_retard=sum(one.individuel.situation == "en_retard" for one in values),
        collectif_en_retard=sum(one.collectif.situation == "en_retard" for one in values),
        empeches=sum(one.individuel.situation == "empeche" for one in values),
    )


def referents(
    entreprise_id: uuid.UUID, travailleur_ids: Mapping[uuid.UUID, object] | Collection[uuid.UUID], *, as_of: dt.date
) -> dict[uuid.UUID, uuid.UUID]:
    """Give the accompagnateur who is the referent of each person on a day, in one query."""
    rows = SuiviPar.objects.of(entreprise_id).filter(
        Q(ends_on__isnull=True) | Q(ends_on__gte=as_of), kind=SuiviPar.Kind.REFERENT, starts_on__lte=as_of
    )
    found = rows.filter(travailleur_id__in=list(travailleur_ids)).order_by("starts_on")
    return dict(found.values_list("travailleur_id", "accompagnateur_id"))
