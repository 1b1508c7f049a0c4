"""
Whether a packet may go to the Forem for a person on a day, asked of the law with what the file knows.

The answer is asked anew at the preview, at the production, for each file and at the handing over: a
consent withdrawn in between stops what has not left yet.
"""

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass

from clefdevoute.law.forem.rules import CHAMPS_ADMIS, Transmission, transmission
from clefdevoute.law.kernel.explained import Explained
from clefdevoute.law.kernel.money import date_fr
from clefdevoute.records.personnes.models import Travailleur
from clefdevoute.records.reseau.models import RechercheEmploi
from clefdevoute.records.suivi import consentements
from clefdevoute.records.suivi.models import Consentement

PURPOSE = Consentement.Purpose.FOREM


@dataclass(frozen=True, slots=True)
class Situation:
    """The law's answer, and the rows it rests on."""

    answer: Explained[Transmission]
    question: consentements.Question
    recherche: RechercheEmploi | None
    motifs: tuple[str, ...]

    @property
    def autorisee(self) -> bool:
        """Tell whether a packet may go."""
        return not self.motifs

    @property
    def consentement(self) -> Consentement | None:
        """Give the row of the consent, whatever it says."""
        return self.question.row


def champs_admis(on: dt.date) -> tuple[tuple[str, str], ...]:
    """List what a packet may hold, code and French name, in the order of the law's own file."""
    return tuple((str(row["code"]), str(row["libelle"])) for row in CHAMPS_ADMIS.at(on).value)


def recherche_en_cours(travailleur: Travailleur, on: dt.date) -> RechercheEmploi | None:
    """Give the time of being DEI that holds the day."""
    rows = RechercheEmploi.objects.of(travailleur.entreprise_id).filter(
        travailleur_id=travailleur.pk, dei_since__lte=on
    )
    found: RechercheEmploi | None = rows.exclude(ends_on__lte=on).order_by("-dei_since", "-id").first()
    return found


def situation(
    travailleur: Travailleur, *, on: dt.date, champs: Sequence[str] = (), niss_saisi: bool = False
) -> Situation:
    """Ask the law, from the consent and the search for work that the file knows on that day."""
    question = next(one for one in consentements.questions(travailleur, on) if one.purpose == PURPOSE)
    row, recherche = question.row, recherche_en_cours(travailleur, on)
    lapsed = question.etat is Consentement.Etat.ECHU
    answer = transmission(
        as_of=on,
        consentement_le=row.given_on if row is not None and not lapsed else None,
        version_consentement=row.text_version if row is not None else "",
        version_en_vigueur=question.version,
        retire_le=row.withdrawn_on if row is not None else None,
        dei_depuis=recherche.dei_since if recherche else None,
        recherche_emploi=bool(recherche and recherche.seeking),
        champs=tuple(champs),
        niss_saisi=niss_saisi,
    )
    return Situation(answer, question, recherche, _motifs(answer.value, question))


def _motifs(answer: Transmission, question: consentements.Question) -> tuple[str, ...]:
    """Say in plain words what is missing; an unanswered, refused or lapsed consent says so itself."""
    row = question.row
    if row is None or not answer.motifs:
        return answer.motifs
    said = {
        Consentement.Etat.DEMANDE: f"Consentement demandé le {date_fr(row.asked_on)}, sans réponse : attendez-la.",
        Consentement.Etat.REFUSE: f"Consentement refusé le {date_fr(row.refused_on or row.asked_on)} : rien ne part.",
        Consentement.Etat.ECHU: f"Consentement du {date_fr(row.given_on or row.asked_on)} échu : redemandez-le.",
    }.get(question.etat)
    return (said, *answer.motifs[1:]) if said else answer.motifs
