"""Writes of the reports that a convention wants: foreseen from its dates, written section by section, sent once."""

import datetime as dt
import hashlib
import json
from collections.abc import Mapping

from django.db import transaction
from django.utils import timezone

from clefdevoute.law.kernel.dates import add_months
from clefdevoute.records.entreprises.writing import checked, locked, refused
from clefdevoute.records.foundation import journal
from clefdevoute.records.foundation.access import Actor
from clefdevoute.records.reseau import policies
from clefdevoute.records.reseau.models import ConventionPersonne, RapportCpas

LONGEST = 4000
"""How many signs a section may have: a report is read, it is not a file."""


@transaction.atomic
def prevoir_rapports(*, personne: ConventionPersonne, by: Actor, now: dt.datetime) -> list[RapportCpas]:
    """Foresee the reports of a person: one each so many months, and one on the last day."""
    convention = personne.convention
    if convention.report_months is None:
        return []
    due, number = [], 1
    while (day := add_months(personne.starts_on, convention.report_months * number)) < personne.ends_on:
        due.append(day)
        number += 1
    made = []
    for day in [*due, personne.ends_on]:
        row, created = RapportCpas.objects.of(personne.entreprise_id).get_or_create(
            convention=convention,
            travailleur=personne.travailleur,
            due_on=day,
            defaults={"entreprise_id": personne.entreprise_id, "sections": convention.sections},
        )
        if created:
            journal.append(event="reseau.rapport_prevu", by=by, subject=row, entreprise_id=row.entreprise_id, now=now)
            made.append(row)
    return made


@transaction.atomic
def ecrire_rapport(*, rapport: RapportCpas, texts: Mapping[str, str], by: Actor, now: dt.datetime) -> RapportCpas:
    """Keep what is written so far; only the agreed sections have a place."""
    row = locked(rapport)
    policies.check_writes_rapport(by, row)
    beyond = set(texts) - set(row.sections)
    if beyond:
        raise refused("La convention ne prévoit pas cette partie du rapport : elle n’est pas enregistrée.")
    for code, text in texts.items():
        if len(text) > LONGEST:
            raise refused(f"Ce texte a {len(text)} signes, {LONGEST} au plus : raccourcissez-le.", code)
    row.text = json.dumps({code: text.strip() for code, text in texts.items()}, ensure_ascii=False)
    checked(row).save()
    journal.append(event="reseau.rapport_ecrit", by=by, subject=row, entreprise_id=row.entreprise_id, now=now)
    return row


@transaction.atomic
def envoyer_rapport(
    *, rapport: RapportCpas, sent_on: dt.date, channel: str, recipient: str, by: Actor, now: dt.datetime
) -> RapportCpas:
    """Note that the report left: the day, the way, who received it, the hash of what it said."""
    row = locked(rapport)
    policies.check_writes_rapport(by, row)
    policies.check_day_past(sent_on, timezone.localdate(now), "envoi")
    if row.text is None or not any(texts_of(row).values()):
        raise refused("Ce rapport est vide : écrivez-le et enregistrez-le, puis notez l’envoi.")
    if not channel or not recipient.strip():
        raise refused("Dites par quelle voie il est parti et qui le reçoit.", "recipient")
    row.sent_on, row.channel, row.recipient = sent_on, channel, recipient.strip()
    row.sha256 = hashlib.sha256(row.text.encode()).hexdigest()
    checked(row).save()
    journal.append(event="reseau.rapport_envoye", by=by, subject=row, entreprise_id=row.entreprise_id, now=now)
    return row


@transaction.atomic
def annuler_rapport(*, rapport: RapportCpas, reason: str, by: Actor, now: dt.datetime) -> RapportCpas:
    """Cancel a report that is not wanted after all, with the reason."""
    row = locked(rapport)
    policies.check_writes_rapport(by, row)
    if not reason.strip():
        raise refused("Dites pourquoi ce rapport n’est plus attendu.", "reason")
    row.cancelled_reason = reason.strip()
    checked(row).save()
    journal.append(event="reseau.rapport_annule", by=by, subject=row, entreprise_id=row.entreprise_id, now=now)
    return row


def texts_of(rapport: RapportCpas) -> dict[str, str]:
    """Read what is written, by section."""
    found: dict[str, str] = json.loads(rapport.text) if rapport.text else {}
    return found
