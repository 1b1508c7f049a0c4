"""
Occupations for a person's wishes and skills: ESCO in French, the Belgian Competent titles, ROME appellations.

The data are facts of others, shipped with the product; ``SOURCES`` says whose and under what terms, and
the page « Sources » shows it. ``chercher`` forgives accents, case, endings, the order of words and one slip.
"""

from dataclasses import dataclass

from .index import ESCO, Metier, index, search

__all__ = ["ESCO", "SOURCES", "Metier", "Source", "chercher", "connu", "libelle"]


@dataclass(frozen=True, slots=True)
class Source:
    """Whose facts these are, and on what terms they are shown here."""

    titre: str
    mention: str
    licence: str
    lien: str


SOURCES = (
    Source(
        "ESCO, métiers et groupes CITP-08 en français",
        "Ce service utilise la classification ESCO de la Commission européenne.",
        "© Union européenne, réutilisation permise avec mention de la source (décision 2011/833/UE).",
        "https://esco.ec.europa.eu/fr",
    ),
    Source(
        "Competent, métiers belges et leur correspondance avec ESCO",
        "Intitulés belges (OP-n) reliés à ESCO par le VDAB et Nalantis, publiés sur le portail ESCO.",
        "Correspondance publiée sur le portail ESCO ; copie distribuée sous licence MIT (Avature, melo-benchmark).",
        "https://esco.ec.europa.eu/fr/use-esco/eures-countries-mapping-tables",
    ),
    Source(
        "ROME, appellations de métiers",
        "Codes et appellations du ROME 3, France Travail, correspondance ESCO du 07/06/2023.",
        "Licence Ouverte 2.0 (Etalab). Le Forem utilise ROME 4 : les codes restent, les familles changent.",
        "https://www.francetravail.org/opendata/repertoire-operationnel-des-meti.html",
    ),
)


def chercher(text: str, limit: int = 10) -> tuple[Metier, ...]:
    """Find occupations by what a person types, the nearest first; nothing typed, nothing found."""
    return search(text, limit)


def libelle(uri: str) -> str:
    """Name an occupation by its address; an address we do not know comes back as it is."""
    number = index().by_uri.get(uri)
    return uri if number is None else index().entries[number].label


def connu(uri: str) -> bool:
    """Tell whether an address is one of ours, for what a form sends back."""
    return uri in index().by_uri
