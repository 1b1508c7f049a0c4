"""The addresses of séances, and what each needs inside an enterprise."""

from clefdevoute.records.foundation import proofs
from clefdevoute.records.foundation.access import Role
from tests.records.factories import NOW, actor
from tests.records.factories_agenda import PresenceFactory, SeanceFactory, at
from tests.records.factories_sorties import FeuillePresenceFactory
from tests.workspaces.matrix import Entry, nothing, register

SUIVI = frozenset({Role.ACCOMPAGNATEUR})
PDF = b"%PDF-1.7\n1 0 obj\n<<>>\nendobj\n%%EOF\n"


def entry(name, kwargs=nothing, **options):
    return Entry(name=f"accompagnateur:{name}", kwargs=kwargs, roles=SUIVI, **options)


def kept(entreprise):
    """Keep a real file of the enterprise."""
    who = actor(Role.ACCOMPAGNATEUR, entreprise)
    return proofs.store(content=PDF, filename="feuille.pdf", by=who, entreprise_id=entreprise.pk, now=NOW)


def seance(entreprise):
    row = SeanceFactory(accompagnateur__entreprise=entreprise, starts_at=at("2026-03-12 14:00"))
    PresenceFactory(seance=row)
    return {"pk": row.pk}


def place(entreprise):
    return {"pk": PresenceFactory(seance__accompagnateur__entreprise=entreprise).pk}


def scan(entreprise):
    return {"pk": FeuillePresenceFactory(seance__accompagnateur__entreprise=entreprise, proof=kept(entreprise)).pk}


register(
    [
        entry("seances"),
        entry("seance_nouvelle"),
        entry("seance", seance),
        entry("seance_modifier", seance),
        entry("seance_reporter", seance),
        entry("seance_annuler", seance),
        entry("seance_inscrire", seance, post=True),
        entry("seance_presences", seance, post=True),
        entry("seance_feuille", seance),
        entry("seance_joindre", seance, post=True),
        entry("seance_desinscrire", place, post=True),
        entry("feuille_signee", scan),
        entry("feuille_retirer", scan, post=True),
    ]
)
