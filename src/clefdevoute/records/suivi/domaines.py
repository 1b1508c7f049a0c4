"""The domains that a bilan looks at: those of the enterprise, or ours until it changes one."""

import datetime as dt
import uuid

from clefdevoute.records.suivi.models import DomaineBilan

_PROFESSIONNEL, _PERSONNEL = DomaineBilan.Famille.PROFESSIONNEL, DomaineBilan.Famille.PERSONNEL

DEFAUTS: tuple[tuple[str, str], ...] = (
    (_PROFESSIONNEL.value, "Rôle et autonomie au poste"),
    (_PROFESSIONNEL.value, "Compétences"),
    (_PROFESSIONNEL.value, "Formation"),
    (_PROFESSIONNEL.value, "Projet d’emploi"),
    (_PERSONNEL.value, "Logement"),
    (_PERSONNEL.value, "Mobilité"),
    (_PERSONNEL.value, "Budget et dettes"),
    (_PERSONNEL.value, "Famille et garde"),
    (_PERSONNEL.value, "Langue et lecture"),
    (_PERSONNEL.value, "Droits et papiers"),
    (_PERSONNEL.value, "Entourage"),
)
"""What a bilan looks at where the enterprise chose nothing; health stands apart, in its own compartment."""


def par_defaut(entreprise_id: uuid.UUID) -> list[DomaineBilan]:
    """Build our domains for an enterprise, with keys that are the same each time; nothing is written."""
    return [
        DomaineBilan(
            id=uuid.uuid5(entreprise_id, f"domaine-{rank}"),
            entreprise_id=entreprise_id,
            famille=famille,
            name=name,
            rank=rank,
        )
        for rank, (famille, name) in enumerate(DEFAUTS, start=1)
    ]


def tous(entreprise_id: uuid.UUID) -> list[DomaineBilan]:
    """Give every domain the enterprise knows, the retired ones included; ours where it has none of its own."""
    rows = list(DomaineBilan.objects.of(entreprise_id))
    return rows or par_defaut(entreprise_id)


def en_usage(entreprise_id: uuid.UUID, on: dt.date) -> list[DomaineBilan]:
    """Give the domains that a bilan begun that day looks at."""
    return [one for one in tous(entreprise_id) if one.retired_on is None or one.retired_on > on]
