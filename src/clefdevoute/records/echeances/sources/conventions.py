"""
Conventions with a CPAS: what ends, what waits for a signature, which report is due, who has none.

A convention shows sixty days before its last day and is due thirty days before it; a signature is due two
weeks after it was asked or last reminded.
"""

import datetime as dt
from collections.abc import Iterator

from django.db.models import Exists, OuterRef, Q

from clefdevoute.records.echeances.lignes import HORIZON, Genre, Gravite, Ligne, Portee
from clefdevoute.records.reseau import facts
from clefdevoute.records.reseau.etats import REMIND_AFTER, remind_on
from clefdevoute.records.reseau.models import ConventionCpas, Signature

PREPARED = dt.timedelta(days=HORIZON)
"""Before the last day, the time it takes to have the next one signed."""


def finissent(portee: Portee) -> Iterator[Ligne]:
    """Give the conventions in force that end soon and that none renews, in one query."""
    rows = ConventionCpas.objects.of(portee.entreprise_id).filter(
        signed_on__isnull=False, ends_on__gte=portee.as_of, ends_on__lte=portee.jusque + PREPARED
    )
    rows = rows.filter(Q(denounced_on__isnull=True))
    renewed = ConventionCpas.objects.of(portee.entreprise_id).filter(renews_id=OuterRef("pk"))
    for row in rows.filter(~Exists(renewed)).select_related("cpas").order_by("ends_on"):
        yield Ligne(
            genre=Genre.CONVENTION,
            source="convention_fin",
            due_on=row.ends_on - PREPARED,
            subject_id=row.pk,
            before="Renouveler la convention avec",
            who=row.cpas.name,
            act="Renouveler",
            meta=f"Fin le {row.ends_on:%d/%m/%Y}",
            url_name="accompagnateur:convention",
            url_kwargs={"pk": row.pk},
            gravite=Gravite.AMBRE,
        )


def a_signer(portee: Portee) -> Iterator[Ligne]:
    """Give the signatures asked for and not given, due for a reminder by the horizon, in one query."""
    rows = Signature.objects.of(portee.entreprise_id).filter(
        signed_on__isnull=True,
        convention__sent_on__lte=portee.jusque - REMIND_AFTER,
        convention__ends_on__gte=portee.as_of,
    )
    for row in rows.select_related("convention__cpas").order_by("convention__sent_on"):
        day = remind_on(row, row.convention.sent_on)
        if day is None or day > portee.jusque:
            continue
        last = f", dernière relance le {row.reminded_on:%d/%m/%Y}" if row.reminded_on else ""
        yield Ligne(
            genre=Genre.CONVENTION,
            source="convention_signature",
            due_on=day,
            subject_id=row.pk,
            before="Relancer la signature de",
            who=row.name,
            act="Relancer",
            meta=f"{row.convention.cpas.name}{last}",
            url_name="accompagnateur:signature_relancer",
            url_kwargs={"pk": row.pk},
            gravite=Gravite.AMBRE,
        )


def rapports(portee: Portee) -> Iterator[Ligne]:
    """Give the reports due to a CPAS by the horizon, in one query."""
    rows = facts.rapports_dus(portee.entreprise_id, until=portee.jusque)
    for row in rows:
        yield Ligne(
            genre=Genre.CONVENTION,
            source="rapport_cpas",
            due_on=row.due_on,
            subject_id=row.pk,
            travailleur_id=row.travailleur_id,
            before="Envoyer au CPAS le rapport sur",
            act="Écrire",
            meta=row.convention.cpas.name,
            url_name="accompagnateur:rapport_cpas",
            url_kwargs={"pk": row.pk},
        )


def sans_convention(portee: Portee) -> Iterator[Ligne]:
    """Give the art. 60 § 7 workers without a convention in force, due since their first day, in two queries."""
    without = facts.art60_sans_convention(portee.entreprise_id, as_of=portee.as_of)
    for pk, mise in without.items():
        yield Ligne(
            genre=Genre.CONVENTION,
            source="sans_convention",
            due_on=mise.depuis,
            subject_id=pk,
            travailleur_id=pk,
            before="Faire la convention de",
            act="Rédiger",
            meta=mise.cpas_name,
            url_name="accompagnateur:conventions",
        )
