"""The file as the law asks for it: is it complete, and what it proves; never a word of what is written in it."""

import datetime as dt
import uuid
from collections import defaultdict
from collections.abc import Collection, Iterable
from dataclasses import dataclass, field
from functools import lru_cache, partial
from typing import Any

from django.db.models import Case, F, When
from django.db.models.functions import TruncDate
from django.utils import timezone

from clefdevoute.law.accompagnement_social.dossier import Completude, Signaletique, dossier_complet
from clefdevoute.law.kernel.explained import Explained
from clefdevoute.records.agenda.facts import FaitsHorloge
from clefdevoute.records.foundation.memoire import Memoire
from clefdevoute.records.personnes.models import Engagement, StatutEngagement, Travailleur
from clefdevoute.records.suivi.bilans import derniers_bilans
from clefdevoute.records.suivi.derniers import derniers_enregistrements, latest
from clefdevoute.records.suivi.horloges import FEW, gardees
from clefdevoute.records.suivi.models import AucuneDemarche, Demarche, HistoriqueObjectif, MotifAbandon, Synthese

Ids = Collection[uuid.UUID]
Preuve = tuple[int, dt.date, str, uuid.UUID]
OBJECTIFS, DOSSIER = 3, 7
_SIGNALETIQUE = ("name", "first_name", "birth_date", "modified_at", "email", "phone", "street", "city")
_TO_VERIFY = (StatutEngagement.Statut.TD, StatutEngagement.Statut.TGD)


@dataclass(frozen=True, slots=True)
class _Lus:
    """All that the completeness of many dossiers is read from, but the clocks; each is judged when first asked."""

    signaletique: dict[uuid.UUID, Signaletique]
    bilans: dict[uuid.UUID, dt.date]
    records: dict[uuid.UUID, dt.datetime]
    syntheses: dict[uuid.UUID, tuple[dt.date, dt.date | None]]
    demarches: dict[uuid.UUID, dt.date]
    aucune: dict[uuid.UUID, dt.date]
    judged: dict[tuple[uuid.UUID, bool], Explained[Completude]] = field(default_factory=dict)


_LUS: Memoire[_Lus] = Memoire(32)
_juge = lru_cache(maxsize=2048)(dossier_complet)
"""The law's answer: the same days are judged once."""


def completude(
    entreprise_id: uuid.UUID, travailleur_ids: Ids | None = None, *, as_of: dt.date, entretiens: bool = True
) -> dict[uuid.UUID, Explained[Completude]]:
    """
    Say of each dossier whether its five legal parts are complete and what each lacks.

    Without keys every person of the register is answered. The number of queries never grows with the persons,
    and is one while nothing is written in the enterprise. Without ``entretiens`` the fifth part is not looked
    at: who draws the clocks herself has it already.
    """
    read = _lus(entreprise_id, travailleur_ids, as_of)
    asked = read.signaletique if travailleur_ids is None else [pk for pk in travailleur_ids if pk in read.signaletique]
    missing = [pk for pk in asked if (pk, entretiens) not in read.judged]
    if missing:
        clocks = gardees(entreprise_id, travailleur_ids, as_of=as_of).faits if entretiens else {}
        read.judged.update({(pk, entretiens): _complete(pk, read, clocks.get(pk), as_of) for pk in missing})
    return {pk: read.judged[pk, entretiens] for pk in asked}


def _complete(pk: uuid.UUID, read: _Lus, clock: FaitsHorloge | None, as_of: dt.date) -> Explained[Completude]:
    individual = clock.etat(as_of=as_of).value.individuel if clock else None
    made, confirmed = read.syntheses.get(pk, (None, None))
    record = read.records.get(pk)
    return _juge(
        as_of=as_of,
        signaletique=read.signaletique[pk],
        dernier_bilan=read.bilans.get(pk),
        dernier_enregistrement=timezone.localdate(record) if record else None,
        synthese_regeneree_le=made,
        synthese_confirmee_le=confirmed,
        derniere_demarche=read.demarches.get(pk),
        aucune_demarche_le=read.aucune.get(pk),
        echeance_individuelle=individual.echeance if individual else None,
        empeche_depuis=_impeded(clock, as_of),
    )


def _impeded(clock: FaitsHorloge | None, as_of: dt.date) -> dt.date | None:
    if clock is None:
        return None
    running = (
        one.debut for one in clock.empechements if one.debut <= as_of and (one.retour is None or as_of < one.retour)
    )
    return min(running, default=None)


def _lus(entreprise_id: uuid.UUID, ids: Ids | None, as_of: dt.date) -> _Lus:
    if ids is None or len(ids) > FEW:
        return _LUS.lire(entreprise_id, "", partial(_read, entreprise_id, None, as_of), as_of=as_of)
    return _LUS.garde(entreprise_id, "", as_of=as_of) or _read(entreprise_id, ids, as_of)


def _read(entreprise_id: uuid.UUID, ids: Ids | None, as_of: dt.date) -> _Lus:
    done = Demarche.objects.of(entreprise_id).exclude(reason=MotifAbandon.ERREUR)
    day = Case(When(done_on__isnull=False, then=F("done_on")), default=TruncDate("recorded_at"))
    bilans = derniers_bilans(entreprise_id, ids, as_of=as_of)
    return _Lus(
        signaletique=_signaletique(entreprise_id, ids, as_of),
        bilans={pk: one.held_on for pk, one in bilans.items() if one.held_on is not None},
        records=derniers_enregistrements(entreprise_id, ids),
        syntheses=_syntheses(entreprise_id, ids),
        demarches=latest(done.annotate(day=day), "day", ids),
        aucune=latest(AucuneDemarche.objects.of(entreprise_id), "noted_on", ids),
    )


def _of(rows: Any, ids: Ids | None, column: str = "travailleur_id") -> Any:
    return rows if ids is None else rows.filter(**{f"{column}__in": ids})


def _syntheses(entreprise_id: uuid.UUID, ids: Ids | None) -> dict[uuid.UUID, tuple[dt.date, dt.date | None]]:
    """Give the day of the last synthesis of each person, and that of its confirmation, in one query."""
    rows = _of(Synthese.objects.of(entreprise_id), ids).order_by("made_at", "id")
    return {
        pk: (timezone.localdate(made), timezone.localdate(confirmed) if confirmed else None)
        for pk, made, confirmed in rows.values_list("travailleur_id", "made_at", "confirmed_at")
    }


def _signaletique(entreprise_id: uuid.UUID, ids: Ids | None, as_of: dt.date) -> dict[uuid.UUID, Signaletique]:
    """Read part 1 of each file, in three queries; a contract to come is not yet an engagement."""
    persons = _of(Travailleur.objects.of(entreprise_id), ids, "pk").order_by("pk")
    contracts = _of(Engagement.objects.of(entreprise_id), ids).filter(starts_on__lte=as_of)
    last = {
        person: (pk, start)
        for person, pk, start in contracts.order_by("starts_on", "id").values_list("travailleur_id", "pk", "starts_on")
    }
    statuts = StatutEngagement.objects.of(entreprise_id).values_list(
        "engagement_id", "statut", "verified_on", "modified_at"
    )
    if ids is not None:
        statuts = statuts.filter(engagement__travailleur_id__in=ids)
    checked = {pk: _verified(*found) for pk, *found in statuts.order_by()}
    nothing: tuple[uuid.UUID | None, dt.date | None] = (None, None)
    found = {}
    for pk, name, first, born, changed, email, phone, street, city in persons.values_list("pk", *_SIGNALETIQUE):
        noted = timezone.localdate(changed)
        contract, hired = last.get(pk, nothing)
        found[pk] = Signaletique(
            nom_enregistre_le=noted if name and first else None,
            date_naissance=born,
            contact_enregistre_le=noted if email or phone or (street and city) else None,
            date_engagement=hired,
            statut_verifie_le=checked.get(contract),
        )
    return found


def _verified(statut: str, verified_on: dt.date | None, modified_at: dt.datetime) -> dt.date | None:
    """Give the day of the check; a status without conditions is checked when it is frozen."""
    return verified_on if statut in _TO_VERIFY else verified_on or timezone.localdate(modified_at)


def preuves_dossier(
    entreprise_id: uuid.UUID, travailleur_ids: Ids, *, start: dt.date, end: dt.date
) -> dict[uuid.UUID, list[Preuve]]:
    """
    Give the evidence that the file holds, in five queries: task 3 (an objective set or changed), 7 (the file kept).

    Each is (task, day, kind of row, key of row), both ends included. For this part nothing is « sans objet ».
    """
    found: dict[uuid.UUID, list[Preuve]] = defaultdict(list)
    for task, rows, column in (
        (OBJECTIFS, HistoriqueObjectif.objects.of(entreprise_id), "changed_at"),
        (DOSSIER, Demarche.objects.of(entreprise_id).exclude(reason=MotifAbandon.ERREUR), "recorded_at"),
        (DOSSIER, Synthese.objects.of(entreprise_id).filter(confirmed_at__isnull=False), "confirmed_at"),
        (DOSSIER, AucuneDemarche.objects.of(entreprise_id), "noted_at"),
    ):
        for person, day, kind, pk in _dated(rows, column, travailleur_ids, start, end):
            found[person].append((task, day, kind, pk))
    for proofs in found.values():
        proofs.sort(key=lambda one: (one[0], one[1]))
    return dict(found)


def _dated(
    rows: Any, column: str, ids: Ids, start: dt.date, end: dt.date
) -> Iterable[tuple[uuid.UUID, dt.date, str, uuid.UUID]]:
    """Keep what was recorded from the first midnight to the last, by indexed moments."""
    since, until = _midnight(start), _midnight(end + dt.timedelta(days=1))
    kept = rows.filter(travailleur_id__in=ids, **{f"{column}__gte": since, f"{column}__lt": until})
    kind = rows.model._meta.label_lower
    for person, moment, pk in kept.order_by().values_list("travailleur_id", column, "pk"):
        yield person, timezone.localdate(moment), kind, pk


def _midnight(day: dt.date) -> dt.datetime:
    return timezone.make_aware(dt.datetime.combine(day, dt.time.min))
