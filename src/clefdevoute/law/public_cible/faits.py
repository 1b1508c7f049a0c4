"""The facts of the target group, each as a person must understand it."""

import datetime as dt
from typing import Annotated

from clefdevoute.law.kernel.registry import Fact
from clefdevoute.law.kernel.units import Ratio

Engagement = Annotated[dt.date, Fact("Jour de l'engagement, auquel le statut s'apprécie.", reading="A23")]
PremierEngagement = Annotated[
    dt.date, Fact("Jour du premier engagement dans une EI agréée : le statut s'y apprécie.", reading="A3")
]
Cess = Annotated[
    bool | None, Fact("La personne a un diplôme de l'enseignement secondaire supérieur (CESS) ou équivalent.")
]
Dei = Annotated[bool | None, Fact("La personne est inscrite comme demandeur d'emploi inoccupé (DEI).")]
Naissance = Annotated[
    dt.date | None,
    Fact("Date de naissance ; absente, les conditions d'âge restent à vérifier.", reading="A24", example="2003-05-17"),
]
MoisAllocations = Annotated[
    int | None,
    Fact(
        "Mois d'allocations, de RIS, d'aide sociale ou sans revenu avant l'engagement, assimilations comprises.",
        unit="mois",
        example=24,
    ),
]
FamilleMonoparentale = Annotated[bool | None, Fact("La personne est chef d'une famille monoparentale (condition 4).")]
SexeSousRepresente = Annotated[
    bool | None, Fact("La personne est du sexe sous-représenté dans le secteur ou la profession (condition 5).")
]
EcartSexe = Annotated[
    Ratio | None,
    Fact(
        "De combien le déséquilibre entre les sexes dépasse la moyenne : 0.25 pour 25 % (condition 5).", example="0.25"
    ),
]
MinoriteLangue = Annotated[
    bool | None, Fact("La personne est d'une minorité ethnique et a besoin d'apprendre la langue (condition 6).")
]
DecisionAviq = Annotated[bool | None, Fact("La personne a une décision de l'AVIQ ou assimilée (condition 7).")]
FinArticle60 = Annotated[
    dt.date | None,
    Fact(
        "Dernier jour du contrat art. 60 ou PTP précédent (condition 8) ; absent, il n'y en a pas.",
        example="2025-12-31",
    ),
]
TravailEntreDeux = Annotated[
    bool | None, Fact("Un jour au moins a été travaillé entre ce contrat et l'engagement (condition 8).")
]
