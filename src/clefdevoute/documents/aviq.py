"""What the AVIQ may pay for an adjustment: dated facts read elsewhere, each with its doubt."""

import datetime as dt
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Repere:
    """One fact to check at the source before counting on it."""

    fait: str
    source: str
    lien: str


LU_LE = dt.date(2026, 11, 22)
"""The day on which archived copies of the sources were read."""

DOUTE = (
    "Ces repères viennent de copies archivées de pages publiques, pas d’un texte légal lu ici. "
    "Vérifiez à l’AVIQ avant de compter dessus."
)

REPERES = (
    Repere(
        "L’AVIQ peut payer l’adaptation des conditions de travail ou du poste si le handicap est reconnu.",
        "AVIQ, ajustement des conditions de travail",
        "https://www.aviq.be/fr/emploi/soutien-et-aides-lemploi/ajustement-des-situations-et-des-postes-de-travail/"
        "Ajustement-des-conditions-du-travail",
    ),
    Repere(
        "Pour un poste adapté, garder la personne au moins 6 mois si l’aide est inférieure à 2.500 €, 1 an sinon.",
        "Securex, l’aménagement du poste de travail",
        "https://www.securex.be/fr/lex4you/employeur/themes/optimiser-la-politique-salariale/"
        "aides-a-l’emploi-wallonnes-(partie-francophone)/l-amenagement-du-poste-de-travail",
    ),
)
