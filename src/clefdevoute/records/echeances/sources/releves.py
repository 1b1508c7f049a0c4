"""Handovers that end soon, for the two whom they concern, and persons whom nobody follows, for everybody."""

import uuid
from collections.abc import Iterator

from django.db.models import Q

from clefdevoute.records.echeances.lignes import Genre, Gravite, Ligne, Portee
from clefdevoute.records.foundation import permissions
from clefdevoute.records.foundation.permissions import Permission
from clefdevoute.records.suivi.models import Releve
from clefdevoute.records.suivi.sorties import sans_referent


def lignes(portee: Portee) -> Iterator[Ligne]:
    """Give the handovers that run and end before the horizon, in one query; an ended one asks for nothing."""
    mine = Q(from_accompagnateur__user_id=portee.actor.user_id) | Q(to_accompagnateur__user_id=portee.actor.user_id)
    rows = Releve.objects.of(portee.entreprise_id).filter(
        mine, starts_on__lte=portee.as_of, ends_on__gte=portee.as_of, ends_on__lte=portee.jusque
    )
    for row in rows.select_related("from_accompagnateur", "to_accompagnateur").order_by("ends_on", "id"):
        temporary = row.kind == Releve.Kind.TEMPORAIRE
        yield Ligne(
            genre=Genre.RELEVE,
            source="releve",
            due_on=row.ends_on,
            subject_id=row.pk,
            before="Rendre les dossiers de" if temporary else "Achever les notes de",
            who=str(row.from_accompagnateur),
            after="" if temporary else "avant la fin de son accès",
            act="Ouvrir",
            meta=f"Relève par {row.to_accompagnateur} jusqu’au {row.ends_on:%d/%m/%Y}",
            url_name="accompagnateur:releve_fiche",
            url_kwargs={"pk": row.pk},
            gravite=Gravite.AMBRE,
        )


def sans_suivi(portee: Portee) -> Iterator[Ligne]:
    """Give one line for all persons without a referent, to who may give one; it names the person if she is alone."""
    if not permissions.has(portee.actor, Permission.RELEVE_ECRIRE):
        return
    rows = sans_referent(portee.entreprise_id, as_of=portee.as_of)
    found = list(rows.only("first_name", "name"))
    if not found:
        return
    one = len(found) == 1
    yield Ligne(
        genre=Genre.RELEVE,
        source="sans_referent",
        due_on=portee.as_of,
        subject_id=uuid.uuid5(portee.entreprise_id, "sans_referent"),
        before="Donner un référent à",
        who=f"{found[0].first_name} {found[0].name}" if one else f"{len(found)} travailleurs",
        act="Choisir",
        meta="Personne ne suit ce dossier" if one else "Personne ne suit ces dossiers",
        url_name="accompagnateur:sans_referent",
        gravite=Gravite.AMBRE,
    )
