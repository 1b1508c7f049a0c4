"""The yearly report to the administration (P22)."""

import datetime as dt
from dataclasses import dataclass
from pathlib import Path
from typing import Annotated, Literal

from clefdevoute.law.kernel.errors import BadFact
from clefdevoute.law.kernel.explained import Explained
from clefdevoute.law.kernel.money import count_fr, date_fr
from clefdevoute.law.kernel.parameters import Parameter
from clefdevoute.law.kernel.registry import Fact, rule

ECHEANCE_RAPPORT = Parameter.load(Path(__file__).parent / "parameters" / "echeance_rapport.yaml")

EtatRapport = Literal["a_remettre", "en_retard", "remis", "remis_en_retard"]


@dataclass(frozen=True, slots=True)
class RapportActivite:
    """When the report of a calendar year is due, and where it stands."""

    echeance: Annotated[dt.date, Fact("Dernier jour pour remettre le rapport.")]
    etat: Annotated[EtatRapport, Fact("Où en est le rapport au jour considéré.")]


@rule(
    "Quand le rapport d'activité d'une année est-il dû, et où en est-il ?",
    "Wallonie.be, démarche 138464",
    "P22",
)
def rapport_activite(
    *,
    exercice: Annotated[int, Fact("Année civile dont on rend compte.", example=2025)],
    as_of: Annotated[dt.date, Fact("Jour où l'on regarde.")],
    remis_le: Annotated[dt.date | None, Fact("Jour où le rapport a été remis, s'il l'a été.")] = None,
) -> Explained[RapportActivite]:
    """Answer the due date of the report and whether it is late."""
    if not dt.MINYEAR <= exercice < dt.MAXYEAR:
        raise BadFact(f"« exercice » : {str(exercice)[:20]} n'est pas une année civile. Écrivez-la à quatre chiffres.")
    limite = ECHEANCE_RAPPORT.at(dt.date(exercice + 1, 1, 1))
    mois, jour = map(int, limite.value.split("-"))
    echeance = dt.date(exercice + 1, mois, jour)
    etat: EtatRapport
    if remis_le is not None and remis_le <= as_of:
        etat = "remis" if remis_le <= echeance else "remis_en_retard"
        suite = f"remis le {date_fr(remis_le)}" + ("." if etat == "remis" else ", après l'échéance.")
    elif as_of <= echeance:
        etat, suite = "a_remettre", f"encore {count_fr((echeance - as_of).days, 'jour')} au {date_fr(as_of)}."
    else:
        retard = count_fr((as_of - echeance).days, "jour")
        etat, suite = "en_retard", f"en retard de {retard} au {date_fr(as_of)} : remettez-le."
    return Explained(
        value=RapportActivite(echeance=echeance, etat=etat),
        sentence=f"Rapport d'activité {exercice}, à remettre au plus tard le {date_fr(echeance)} : {suite}",
        law=(limite,),
    )
