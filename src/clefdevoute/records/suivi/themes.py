"""The chips offered to an enterprise: its own list once it has one, the house's until then."""

import uuid
from collections.abc import Iterable

from clefdevoute.records.suivi.models.themes import Theme

DEFAUTS: tuple[tuple[str, str], ...] = (
    ("poste", "Poste de travail"),
    ("competences", "Compétences"),
    ("formation", "Formation"),
    ("garde", "Garde d’enfants"),
    ("logement", "Logement"),
    ("mobilite", "Mobilité"),
    ("budget", "Budget"),
    ("langue", "Langue"),
    ("administratif", "Administratif"),
)


def offerts(entreprise_id: uuid.UUID) -> list[tuple[str, str]]:
    """Give the codes and words to offer now."""
    own = list(Theme.objects.of(entreprise_id))
    return [(row.code, row.label) for row in own if row.active] if own else list(DEFAUTS)


def vocabulaire(entreprise_id: uuid.UUID) -> dict[str, str]:
    """Give the word of every code that an interview may carry, those retired since included, in one query."""
    return dict(DEFAUTS) | dict(Theme.objects.of(entreprise_id).values_list("code", "label"))


def mots(entreprise_id: uuid.UUID, codes: Iterable[str]) -> list[str]:
    """Put words on the codes of one interview."""
    known = vocabulaire(entreprise_id)
    return [known[code] for code in codes if code in known]


def connus(entreprise_id: uuid.UUID, codes: Iterable[str]) -> list[str]:
    """Keep the codes that are a theme of the enterprise, each once, in the order of the list."""
    wanted = set(codes)
    known = dict.fromkeys([*Theme.objects.of(entreprise_id).values_list("code", flat=True), *dict(DEFAUTS)])
    return [code for code in known if code in wanted]
