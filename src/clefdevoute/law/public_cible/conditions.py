"""The conditions of the TD, each answered oui, non or à vérifier on the day of engagement (droit § 3)."""

import datetime as dt
from pathlib import Path
from typing import Literal

from clefdevoute.law.kernel.dates import add_days, add_months
from clefdevoute.law.kernel.errors import BadFact
from clefdevoute.law.kernel.explained import Explained
from clefdevoute.law.kernel.money import date_fr, percent
from clefdevoute.law.kernel.parameters import Parameter
from clefdevoute.law.kernel.registry import rule
from clefdevoute.law.kernel.units import Ratio

_PARAMETERS = Path(__file__).parent / "parameters"
ANCIENNETE_TD = Parameter.load(_PARAMETERS / "anciennete_allocations_td.yaml")
AGE_JEUNE_MINIMAL = Parameter.load(_PARAMETERS / "age_jeune_minimal.yaml")
AGE_JEUNE_MAXIMAL = Parameter.load(_PARAMETERS / "age_jeune_maximal.yaml")
AGE_AINE = Parameter.load(_PARAMETERS / "age_aine.yaml")
ECART_SEXE = Parameter.load(_PARAMETERS / "ecart_sexe_minimal.yaml")
ECART_ARTICLE60 = Parameter.load(_PARAMETERS / "ecart_article60.yaml")

Reponse = Literal["oui", "non", "a_verifier"]

MISSING = "le fait n'est pas connu : demandez-le"


def tri(value: bool | None) -> Reponse:
    """Turn a fact that may be unknown into its answer."""
    return "a_verifier" if value is None else "oui" if value else "non"


def check_birth(date_naissance: dt.date | None, engagement: dt.date) -> None:
    """Refuse a birth after the engagement: a typing mistake, never an answer."""
    if date_naissance is not None and date_naissance >= engagement:
        raise BadFact(
            f"« date_naissance » : {date_fr(date_naissance)} n'est pas avant l'engagement du {date_fr(engagement)}. "
            f"Vérifiez les deux dates."
        )


def check_months(mois: int | None) -> None:
    """Refuse a negative number of months."""
    if mois is not None and mois < 0:
        raise BadFact("« mois_allocations » : un nombre de mois n'est pas négatif. Corrigez-le.")


@rule("La base commune : pas de CESS, demandeur d'emploi inoccupé ?", "Page « Public cible »", public=False)
def base(*, cess: bool | None, dei: bool | None) -> Explained[Reponse]:
    """Answer the two facts that every TD and TGD shares."""
    answers = [tri(None if cess is None else not cess), tri(dei)]
    value: Reponse = "non" if "non" in answers else "a_verifier" if "a_verifier" in answers else "oui"
    diploma = {"oui": "pas de CESS", "non": "un CESS ou équivalent", "a_verifier": "CESS à vérifier"}[answers[0]]
    registered = {
        "oui": "inscrit comme demandeur d'emploi inoccupé (DEI)",
        "non": "pas inscrit comme demandeur d'emploi inoccupé (DEI)",
        "a_verifier": "inscription comme DEI à vérifier",
    }[answers[1]]
    return Explained(value=value, sentence=f"Base : {diploma}, {registered}.")


@rule("Condition 1 : assez de mois d'allocations ou sans revenu ?", "Page « Public cible », condition 1", public=False)
def condition_1(*, engagement: dt.date, mois_allocations: int | None) -> Explained[Reponse]:
    """Answer on the months of allowances before engagement."""
    minimum = ANCIENNETE_TD.at(engagement)
    if mois_allocations is None:
        return Explained(value="a_verifier", sentence=f"Condition 1 (allocations) : {MISSING}.", law=(minimum,))
    met = mois_allocations >= minimum.value
    return Explained(
        value=tri(met),
        sentence=f"Condition 1 (allocations) : {mois_allocations} mois, il en faut au moins {minimum.value}.",
        law=(minimum,),
    )


@rule("Condition 2 : de 18 à 24 ans ?", "Page « Public cible », condition 2", "A24", public=False)
def condition_2(*, engagement: dt.date, date_naissance: dt.date | None) -> Explained[Reponse]:
    """Answer from the first birthday of the range to the day before the one after its last."""
    low, high = AGE_JEUNE_MINIMAL.at(engagement), AGE_JEUNE_MAXIMAL.at(engagement)
    if date_naissance is None:
        return Explained(value="a_verifier", sentence=f"Condition 2 (jeune) : {MISSING}.", law=(low, high))
    first = add_months(date_naissance, int(low.value) * 12)
    after = add_months(date_naissance, (int(high.value) + 1) * 12)
    return Explained(
        value=tri(first <= engagement < after),
        sentence=f"Condition 2 (jeune) : de {low.value} à {high.value} ans, soit du {date_fr(first)} au "
        f"{date_fr(add_days(after, -1))}.",
        law=(low, high),
    )


@rule("Condition 3 : plus de 50 ans ?", "Page « Public cible », condition 3", "A24", public=False)
def condition_3(*, engagement: dt.date, date_naissance: dt.date | None) -> Explained[Reponse]:
    """Answer with certainty below 50 and from 51; between the two birthdays, ask."""
    age = AGE_AINE.at(engagement)
    if date_naissance is None:
        return Explained(value="a_verifier", sentence=f"Condition 3 (plus de 50 ans) : {MISSING}.", law=(age,))
    reached = add_months(date_naissance, int(age.value) * 12)
    passed = add_months(date_naissance, (int(age.value) + 1) * 12)
    if reached <= engagement < passed:
        return Explained(
            value="a_verifier",
            sentence=f"Condition 3 (plus de {age.value} ans) : {age.value} ans depuis le {date_fr(reached)}, "
            f"{int(age.value) + 1} le {date_fr(passed)} seulement ; à demander à l'administration.",
            law=(age,),
            doubts=("A24 : entre le 50e et le 51e anniversaire, « plus de 50 ans » n'est pas certain.",),
        )
    return Explained(
        value=tri(engagement >= passed),
        sentence=f"Condition 3 (plus de {age.value} ans) : certaine à partir du {date_fr(passed)}.",
        law=(age,),
    )


@rule(
    "Conditions 4, 6 et 7 : un fait constaté sur pièce ?", "Page « Public cible », conditions 4, 6 et 7", public=False
)
def condition_constatee(*, numero: Literal["4", "6", "7"], constat: bool | None) -> Explained[Reponse]:
    """Answer a condition that is a fact seen on a paper, not a computation."""
    noun = {
        "4": "chef de famille monoparentale",
        "6": "minorité ethnique et besoin de formation linguistique",
        "7": "décision de l'AVIQ ou assimilée",
    }[numero]
    words = {"oui": "constatée", "non": "non remplie", "a_verifier": MISSING}[tri(constat)]
    return Explained(value=tri(constat), sentence=f"Condition {numero} ({noun}) : {words}.")


@rule("Condition 5 : sexe sous-représenté ?", "Page « Public cible », condition 5", public=False)
def condition_5(
    *, engagement: dt.date, sexe_sous_represente: bool | None, ecart_sexe: Ratio | None
) -> Explained[Reponse]:
    """Answer on the sex of the person and the imbalance of the sector beyond the average."""
    minimum = ECART_SEXE.at(engagement)
    head = "Condition 5 (sexe sous-représenté)"
    if sexe_sous_represente is False:
        return Explained(value="non", sentence=f"{head} : non remplie.", law=(minimum,))
    if ecart_sexe is not None and ecart_sexe < minimum.value:
        below = f"l'écart dépasse la moyenne de {percent(ecart_sexe)}, il faut {percent(minimum.value)}"
        return Explained(value="non", sentence=f"{head} : {below}.", law=(minimum,))
    if sexe_sous_represente is None or ecart_sexe is None:
        return Explained(value="a_verifier", sentence=f"{head} : {MISSING}.", law=(minimum,))
    sentence = f"{head} : l'écart dépasse la moyenne de {percent(ecart_sexe)}, au moins {percent(minimum.value)}."
    return Explained(value="oui", sentence=sentence, law=(minimum,))


@rule("Condition 8 : article 60 ou PTP juste avant ?", "Page « Public cible », condition 8", public=False)
def condition_8(
    *, engagement: dt.date, fin_article60: dt.date | None, travail_entre_deux: bool | None
) -> Explained[Reponse]:
    """Answer on the gap between the art. 60 or PTP contract and the engagement: short and without work."""
    gap = ECART_ARTICLE60.at(engagement)
    head = "Condition 8 (article 60 ou PTP)"
    if fin_article60 is None:
        return Explained(value="non", sentence=f"{head} : pas de contrat antérieur donné.", law=(gap,))
    if fin_article60 >= engagement:
        raise BadFact(
            f"« fin_article60 » : {date_fr(fin_article60)} n'est pas avant l'engagement du {date_fr(engagement)}. "
            f"Donnez la fin du contrat art. 60 ou PTP qui précède."
        )
    limit = add_months(add_days(fin_article60, 1), int(gap.value))
    if engagement >= limit:
        late = f"contrat fini le {date_fr(fin_article60)}, il fallait un engagement avant le {date_fr(limit)}"
        return Explained(value="non", sentence=f"{head} : {late}.", law=(gap,))
    if travail_entre_deux is None:
        return Explained(
            value="a_verifier", sentence=f"{head} : un jour travaillé entre les deux ? {MISSING}.", law=(gap,)
        )
    words = "un jour a été travaillé entre les deux" if travail_entre_deux else "aucun jour travaillé entre les deux"
    return Explained(
        value=tri(not travail_entre_deux),
        sentence=f"{head} : contrat fini le {date_fr(fin_article60)}, moins de {gap.value} mois avant ; {words}.",
        law=(gap,),
        doubts=() if engagement < add_months(fin_article60, int(gap.value)) else (BOUNDARY,),
    )


BOUNDARY = (
    "Condition 8 : l'écart est compté du lendemain du contrat à la veille de l'engagement (notre lecture) ; compté de "
    "date à date, il atteindrait la limite."
)
