"""Travel abroad: eligible once its motivated request was granted before the departure (A26)."""

import datetime as dt
from dataclasses import dataclass
from typing import Annotated, Literal

from clefdevoute.law.kernel.money import date_fr
from clefdevoute.law.kernel.registry import Fact

EtatAutorisation = Literal["non_demandee", "en_attente", "accordee", "refusee"]
LectureEtranger = Literal["accord_avant_depart", "accord_a_tout_moment"]
Decision = Literal["admise", "en_attente", "refusee"]

DOUTE_A26 = "Lecture A26 : la fiche demande une autorisation pour l'étranger, sans dire quand elle doit être accordée."


@dataclass(frozen=True, slots=True)
class Etranger:
    """A journey abroad and where its authorisation stands."""

    depart_le: Annotated[dt.date, Fact("Jour du départ.")]
    autorisation: Annotated[EtatAutorisation, Fact("Où en est la demande d'autorisation motivée.")]
    accordee_le: Annotated[dt.date | None, Fact("Jour de l'accord, s'il a été donné.")] = None
    reference: Annotated[str, Fact("Référence de l'autorisation.")] = ""


def judged_abroad(journey: Etranger, lecture: LectureEtranger) -> tuple[Decision, str]:
    """Decide whether the costs of a journey abroad count, and say why."""
    if journey.autorisation == "non_demandee":
        return "refusee", "déplacement à l'étranger sans demande d'autorisation"
    if journey.autorisation == "refusee":
        return "refusee", "autorisation refusée pour l'étranger"
    if journey.autorisation == "en_attente":
        return "en_attente", "autorisation demandée pour l'étranger, sans réponse : rien n'est compté d'ici là"
    if journey.accordee_le is None:
        return "en_attente", "autorisation accordée pour l'étranger, mais sans sa date : encodez-la"
    accord, depart = date_fr(journey.accordee_le), date_fr(journey.depart_le)
    if journey.accordee_le >= journey.depart_le and lecture == "accord_avant_depart":
        return "refusee", f"autorisation accordée le {accord}, après le départ du {depart} ou le jour même"
    return "admise", f"autorisation accordée le {accord}, départ le {depart}"
