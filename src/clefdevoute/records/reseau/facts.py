"""
Who is under a convention and who should be, what is due, and the evidence of tasks 2 and 8 of the eleven.

Dates and codes only, a bounded number of queries whatever the number of persons.
"""

import datetime as dt
import uuid
from collections import defaultdict
from collections.abc import Collection
from dataclasses import dataclass

from django.db.models import Exists, OuterRef, Q, QuerySet

from clefdevoute.law.kernel.money import date_fr
from clefdevoute.records.agenda.models import RendezVous
from clefdevoute.records.personnes.models import Absence, Engagement, StatutEngagement, Travailleur
from clefdevoute.records.personnes.recherche import fold
from clefdevoute.records.reseau.etats import Etat, etat
from clefdevoute.records.reseau.models import (
    ConventionCpas,
    ConventionPersonne,
    Partenaire,
    RapportCpas,
    RechercheEmploi,
    SuiteForem,
)
from clefdevoute.records.suivi.models import Consentement

Ids = Collection[uuid.UUID] | None
Preuve = tuple[int, dt.date, str, uuid.UUID]
CONVENTION, FOREM = 2, 8
PERSONNE, RAPPORT = "reseau.conventionpersonne", "reseau.rapportcpas"
REMISE = "reseau.suiteforem"


@dataclass(frozen=True, slots=True)
class Mise:
    """A person put at disposal by a CPAS, since when, and how the register calls that CPAS."""

    travailleur_id: uuid.UUID
    depuis: dt.date
    jusque: dt.date | None
    cpas_name: str


@dataclass(frozen=True, slots=True)
class CommenceAvant:
    """A person whose work under a convention began before the convention was signed by all (ask 55)."""

    personne: ConventionPersonne
    signed_on: dt.date | None

    @property
    def phrase(self) -> str:
        """Say it in one sentence."""
        who, since = self.personne.travailleur, date_fr(self.personne.starts_on)
        if self.signed_on is None:
            return f"{who} travaille depuis le {since} et la convention n’est pas signée par tous."
        return f"{who} travaille depuis le {since} ; la dernière signature est du {date_fr(self.signed_on)}."


def art60_actifs(entreprise_id: uuid.UUID, travailleur_ids: Ids = None, *, as_of: dt.date) -> dict[uuid.UUID, Mise]:
    """Give the art. 60 § 7 workers who are here on a day, in one query: by the contract, or by the status."""
    return _mises(entreprise_id, travailleur_ids, as_of, as_of)


def art60_sans_convention(
    entreprise_id: uuid.UUID, travailleur_ids: Ids = None, *, as_of: dt.date
) -> dict[uuid.UUID, Mise]:
    """Give the art. 60 § 7 workers here on a day whom no convention in force covers: a gap, never « sans objet »."""
    here = art60_actifs(entreprise_id, travailleur_ids, as_of=as_of)
    covered = set(couvertures(entreprise_id, here, start=as_of, end=as_of).values_list("travailleur_id", flat=True))
    return {pk: one for pk, one in here.items() if pk not in covered}


def couvertures(
    entreprise_id: uuid.UUID, travailleur_ids: Ids, *, start: dt.date, end: dt.date
) -> QuerySet[ConventionPersonne]:
    """Keep the rows by which a convention, signed by all, covered a person for a day at least of the stretch."""
    rows: QuerySet[ConventionPersonne] = ConventionPersonne.objects.of(entreprise_id).filter(
        starts_on__lte=end,
        ends_on__gte=start,
        convention__signed_on__lte=end,
        convention__starts_on__lte=end,
        convention__ends_on__gte=start,
    )
    rows = rows.filter(Q(convention__denounced_on__isnull=True) | Q(convention__denounced_on__gte=start))
    return rows if travailleur_ids is None else rows.filter(travailleur_id__in=list(travailleur_ids))


def commences_avant(convention: ConventionCpas, on: dt.date) -> list[CommenceAvant]:
    """Name the persons whose work began before the last signature, to be said at once (ask 55)."""
    limit = convention.signed_on or on + dt.timedelta(days=1)
    rows = ConventionPersonne.objects.of(convention.entreprise_id).filter(convention=convention, starts_on__lt=limit)
    return [CommenceAvant(row, convention.signed_on) for row in rows.select_related("travailleur")]


def doublons(
    entreprise_id: uuid.UUID, *, name: str, city: str = "", bce: str = "", apart_from: uuid.UUID | None = None
) -> QuerySet[Partenaire]:
    """Find the partners that a new one may repeat: the same number, or the same name in the same place."""
    same = Q(search_key__startswith=f"{fold(name)} {fold(city)}".strip()) if fold(name) else Q(pk__in=[])
    if bce:
        same |= Q(bce=bce)
    rows: QuerySet[Partenaire] = Partenaire.objects.of(entreprise_id).filter(same)
    return rows.exclude(pk=apart_from) if apart_from else rows


def dates_presence(travailleur: Travailleur, start: dt.date, end: dt.date) -> list[tuple[dt.date, dt.date | None]]:
    """Give the stretches of absence that touch a period: two dates each, never the reason."""
    rows = Absence.objects.of(travailleur.entreprise_id).filter(travailleur=travailleur, starts_on__lte=end)
    rows = rows.exclude(ends_on__lt=start).order_by("starts_on")
    return list(rows.values_list("starts_on", "ends_on"))


def dates_entretiens(travailleur: Travailleur, start: dt.date, end: dt.date) -> list[dt.date]:
    """Give the days of the interviews held in a period."""
    rows = RendezVous.objects.of(travailleur.entreprise_id).filter(
        travailleur=travailleur,
        kind=RendezVous.Kind.ENTRETIEN,
        status=RendezVous.Status.REALISE,
        starts_at__date__gte=start,
        starts_at__date__lte=end,
    )
    return [row.day for row in rows.order_by("starts_at")]


def debut_rapport(rapport: RapportCpas) -> dt.date:
    """Give the first day that a report tells about: the day after the one before, or the beginning."""
    rows = RapportCpas.objects.of(rapport.entreprise_id).filter(
        convention_id=rapport.convention_id, travailleur_id=rapport.travailleur_id, cancelled_reason=""
    )
    before: dt.date | None = (
        rows.filter(due_on__lt=rapport.due_on).order_by("-due_on").values_list("due_on", flat=True).first()
    )
    if before is not None:
        return before + dt.timedelta(days=1)
    people = ConventionPersonne.objects.of(rapport.entreprise_id).filter(
        convention_id=rapport.convention_id, travailleur_id=rapport.travailleur_id
    )
    first: dt.date | None = people.order_by("starts_on").values_list("starts_on", flat=True).first()
    return first or rapport.convention.starts_on


def rapports_dus(entreprise_id: uuid.UUID, *, until: dt.date) -> QuerySet[RapportCpas]:
    """Give the reports due up to a day that have not left, of conventions signed by all, the oldest first."""
    rows: QuerySet[RapportCpas] = RapportCpas.objects.of(entreprise_id).filter(
        sent_on__isnull=True, cancelled_reason="", due_on__lte=until, convention__signed_on__isnull=False
    )
    return rows.select_related("travailleur", "convention__cpas").order_by("due_on", "id")


def reponses_a_recueillir(entreprise_id: uuid.UUID, *, handed_until: dt.date) -> QuerySet[SuiteForem]:
    """Give the packets handed over up to a day to which no answer is noted, the oldest first."""
    rows: QuerySet[SuiteForem] = SuiteForem.objects.of(entreprise_id).filter(
        kind=SuiteForem.Kind.REMISE, on__lte=handed_until
    )
    answers = SuiteForem.objects.of(entreprise_id).filter(
        transmission_id=OuterRef("transmission_id"),
        kind__in=[SuiteForem.Kind.REPONSE, SuiteForem.Kind.SANS_SUITE],
    )
    return rows.filter(~Exists(answers)).select_related("travailleur", "transmission").order_by("on", "id")


def preuves_reseau(
    entreprise_id: uuid.UUID, travailleur_ids: Collection[uuid.UUID], *, start: dt.date, end: dt.date
) -> dict[uuid.UUID, list[Preuve]]:
    """
    Give the evidence of this part, in three queries: task 2 (convention, report sent), task 8 (handed over).

    Each is (task, day, kind of row, key of row), both ends of the stretch included. A convention counts on
    the first day of the stretch on which it covers the person.
    """
    found: dict[uuid.UUID, list[Preuve]] = defaultdict(list)
    for row in couvertures(entreprise_id, travailleur_ids, start=start, end=end).select_related("convention"):
        day = max(start, row.starts_on, row.convention.effective_on or row.starts_on)
        if day <= min(end, row.ends_on, row.convention.last_day):
            found[row.travailleur_id].append((CONVENTION, day, PERSONNE, row.pk))
    sent = RapportCpas.objects.of(entreprise_id).filter(
        travailleur_id__in=list(travailleur_ids), sent_on__gte=start, sent_on__lte=end
    )
    for pk, person, day in sent.order_by("sent_on", "id").values_list("pk", "travailleur_id", "sent_on"):
        found[person].append((CONVENTION, day, RAPPORT, pk))
    handed = SuiteForem.objects.of(entreprise_id).filter(
        kind=SuiteForem.Kind.REMISE, travailleur_id__in=list(travailleur_ids), on__gte=start, on__lte=end
    )
    for pk, person, day in handed.order_by("on", "id").values_list("pk", "travailleur_id", "on"):
        found[person].append((FOREM, day, REMISE, pk))
    return dict(found)


def sans_objet_reseau(
    entreprise_id: uuid.UUID, travailleur_ids: Collection[uuid.UUID], *, start: dt.date, end: dt.date
) -> dict[uuid.UUID, dict[int, str]]:
    """
    Say for whom tasks 2 and 8 have no object, and why, in three queries.

    An art. 60 § 7 worker is never in the first: without a convention in force she is a gap.
    """
    mises = _mises(entreprise_id, travailleur_ids, start, end)
    searching = RechercheEmploi.objects.of(entreprise_id).filter(
        travailleur_id__in=list(travailleur_ids), seeking=True, dei_since__lte=end
    )
    seeking = set(searching.exclude(ends_on__lt=start).values_list("travailleur_id", flat=True))
    agreed = Consentement.objects.of(entreprise_id).filter(
        purpose=Consentement.Purpose.FOREM, travailleur_id__in=list(travailleur_ids), given_on__lte=end
    )
    given = set(agreed.exclude(withdrawn_on__lte=start).values_list("travailleur_id", flat=True))
    found: dict[uuid.UUID, dict[int, str]] = {}
    for pk in travailleur_ids:
        reasons = {}
        if pk not in mises:
            reasons[CONVENTION] = "N’est pas mise à disposition par un CPAS (art. 60 § 7)."
        if pk not in seeking:
            reasons[FOREM] = "N’est pas devenue DEI en recherche d’emploi."
        elif pk not in given:
            reasons[FOREM] = "N’a pas donné son accord à l’envoi au Forem."
        if reasons:
            found[pk] = reasons
    return found


def par_etat(conventions: Collection[ConventionCpas], on: dt.date) -> dict[Etat, list[ConventionCpas]]:
    """Sort conventions by where they stand on a day."""
    found: dict[Etat, list[ConventionCpas]] = defaultdict(list)
    for convention in conventions:
        found[etat(convention, on)].append(convention)
    return dict(found)


def _mises(entreprise_id: uuid.UUID, ids: Ids, start: dt.date, end: dt.date) -> dict[uuid.UUID, Mise]:
    frozen = StatutEngagement.objects.of(entreprise_id).filter(
        engagement_id=OuterRef("pk"), statut=StatutEngagement.Statut.ART60
    )
    rows = Engagement.objects.of(entreprise_id).filter(starts_on__lte=end).exclude(ends_on__lt=start)
    rows = rows.filter(Q(art60=True) | Exists(frozen))
    if ids is not None:
        rows = rows.filter(travailleur_id__in=list(ids))
    columns = ("travailleur_id", "starts_on", "ends_on", "cpas_name")
    found = {}
    for person, since, until, cpas in rows.order_by("starts_on", "id").values_list(*columns):
        found[person] = Mise(person, since, until, cpas)
    return found
