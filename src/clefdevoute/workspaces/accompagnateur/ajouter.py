"""
Every kind of thing that can be added to a dossier: the menu of its header, and its page without a script.

To add one: a line in ``AJOUTS``. An address takes the person's key in its path (``pk``), or as ``?travailleur=``
when the page is not below the dossier; a line whose page does not exist is left out.
"""

import uuid
from collections.abc import Iterator
from dataclasses import dataclass

from django.urls import NoReverseMatch, reverse

# (group, ((label, URL name), …))
AJOUTS: tuple[tuple[str, tuple[tuple[str, str], ...]], ...] = (
    (
        "Rencontrer",
        (
            ("Un entretien", "accompagnateur:entretien_nouveau"),
            ("Un appel", "accompagnateur:appel_nouveau"),
            ("Un rendez-vous", "agenda:nouveau"),
            ("Un empêchement motivé", "accompagnateur:empechements"),
        ),
    ),
    (
        "Avancer",
        (
            ("Un objectif", "accompagnateur:objectif_nouveau"),
            ("Une démarche", "accompagnateur:demarche_nouvelle"),
            ("Un bilan", "accompagnateur:bilans"),
            ("Un plan de formation", "accompagnateur:plan_nouveau"),
            ("Un jobcoaching", "accompagnateur:jobcoaching_nouveau"),
            ("Une validation des compétences", "accompagnateur:validation_informer"),
            ("Un aménagement raisonnable", "accompagnateur:amenagement_besoin"),
        ),
    ),
    (
        "Garder trace",
        (
            ("La synthèse des actions", "accompagnateur:synthese"),
            ("Un consentement", "accompagnateur:consentements"),
            ("Une transmission au Forem", "accompagnateur:forem_dossier"),
            ("Un document", "accompagnateur:documents"),
            ("Une participation à la gestion", "accompagnateur:participation_nouvelle"),
            ("Une relève", "accompagnateur:releve_nouvelle"),
            ("La sortie de l’entreprise", "accompagnateur:sortie"),
        ),
    ),
)


@dataclass(frozen=True, slots=True)
class Ajout:
    """One thing that can be added, and where."""

    label: str
    url: str


@dataclass(frozen=True, slots=True)
class Groupe:
    """Things of one intention."""

    titre: str
    ajouts: tuple[Ajout, ...]


def address(name: str, pk: uuid.UUID) -> str:
    """Give the address of a page about a person; one that is about several takes her in its question."""
    try:
        return reverse(name, kwargs={"pk": pk})
    except NoReverseMatch:
        return f"{reverse(name)}?travailleur={pk}"


def ajouts(pk: uuid.UUID) -> Iterator[Groupe]:
    """Give what can be added to the dossier of a person, by group."""
    for titre, items in AJOUTS:
        yield Groupe(titre, tuple(Ajout(label, address(name, pk)) for label, name in items))
