"""The target group: TD and TGD, assessed once, on the day of engagement (droit § 3; A3, A23, A24)."""

import datetime as dt
from dataclasses import dataclass
from pathlib import Path
from typing import Annotated, Literal

from clefdevoute.law.kernel.explained import Explained
from clefdevoute.law.kernel.money import date_fr
from clefdevoute.law.kernel.parameters import Parameter
from clefdevoute.law.kernel.registry import Fact, rule

from . import faits as f
from .conditions import (
    Reponse,
    base,
    check_birth,
    check_months,
    condition_1,
    condition_2,
    condition_3,
    condition_5,
    condition_8,
    condition_constatee,
)

ANCIENNETE_TGD = Parameter.load(Path(__file__).parent / "parameters" / "anciennete_allocations_tgd.yaml")

Condition = Literal["base", "1", "2", "3", "4", "5", "6", "7", "8", "anciennete"]

TWELVE_MONTHS = "RGEC 651/2014, art. 2 (99) : douze mois suffiraient avec une condition de TD ; à demander."


@dataclass(frozen=True, slots=True)
class Statut:
    """Whether the person has the status, and which conditions say so."""

    reponse: Annotated[Reponse, Fact("Le statut est acquis, exclu ou à vérifier.")]
    remplies: Annotated[tuple[Condition, ...], Fact("Conditions remplies.")]
    manquantes: Annotated[tuple[Condition, ...], Fact("Conditions non remplies.")]
    a_verifier: Annotated[tuple[Condition, ...], Fact("Conditions sur lesquelles un fait manque ou un doute reste.")]


def _statut(reponse: Reponse, found: dict[Condition, Explained[Reponse]]) -> Statut:
    def those(wanted: Reponse) -> tuple[Condition, ...]:
        return tuple(number for number, answer in found.items() if answer.value == wanted)

    return Statut(reponse, those("oui"), those("non"), those("a_verifier"))


def _named(conditions: tuple[Condition, ...]) -> str:
    return ("condition " if len(conditions) == 1 else "conditions ") + ", ".join(conditions)


@rule(
    "Cette personne est-elle un travailleur défavorisé (TD) à son engagement ?",
    "Page « Public cible »",
    "Fiche explicative 06, « L'ouverture du droit »",
    "A23",
    "A24",
)
def td(
    *,
    date_engagement: f.Engagement,
    cess: f.Cess,
    dei: f.Dei,
    date_naissance: f.Naissance = None,
    mois_allocations: f.MoisAllocations = None,
    famille_monoparentale: f.FamilleMonoparentale = None,
    sexe_sous_represente: f.SexeSousRepresente = None,
    ecart_sexe: f.EcartSexe = None,
    minorite_langue: f.MinoriteLangue = None,
    decision_aviq: f.DecisionAviq = None,
    fin_article60: f.FinArticle60 = None,
    travail_entre_deux: f.TravailEntreDeux = None,
) -> Explained[Statut]:
    """Answer oui with the base and one condition; what changes after engagement changes nothing (A23)."""
    check_birth(date_naissance, date_engagement)
    check_months(mois_allocations)
    day = date_engagement
    found: dict[Condition, Explained[Reponse]] = {
        "base": base(cess=cess, dei=dei),
        "1": condition_1(engagement=day, mois_allocations=mois_allocations),
        "2": condition_2(engagement=day, date_naissance=date_naissance),
        "3": condition_3(engagement=day, date_naissance=date_naissance),
        "4": condition_constatee(numero="4", constat=famille_monoparentale),
        "5": condition_5(engagement=day, sexe_sous_represente=sexe_sous_represente, ecart_sexe=ecart_sexe),
        "6": condition_constatee(numero="6", constat=minorite_langue),
        "7": condition_constatee(numero="7", constat=decision_aviq),
        "8": condition_8(engagement=day, fin_article60=fin_article60, travail_entre_deux=travail_entre_deux),
    }
    return _td_answer(found, date_engagement)


def _td_answer(found: dict[Condition, Explained[Reponse]], day: dt.date) -> Explained[Statut]:
    ground = found["base"].value
    eight = {number: answer for number, answer in found.items() if number != "base"}
    met = tuple(number for number, answer in eight.items() if answer.value == "oui")
    open_ = tuple(number for number, answer in eight.items() if answer.value == "a_verifier")
    head = f"Engagement du {date_fr(day)} : "
    reponse: Reponse
    if ground == "non":
        reponse, words = "non", "pas TD, la base (sans CESS et DEI) n'est pas remplie."
    elif not met and not open_:
        reponse, words = "non", "pas TD, aucune des huit conditions n'est remplie."
    elif ground == "oui" and met:
        reponse, words = "oui", f"TD, {_named(met)} ; ce statut ne change plus ensuite."
    else:
        asked = (("base",) if ground == "a_verifier" else ()) + (() if met else open_)
        reponse, words = "a_verifier", f"statut à vérifier ({', '.join(asked)})."
    # A base refused answers alone, and an uncertain age casts no doubt on a status that another condition gives.
    shown = () if ground == "non" else met if reponse == "oui" else tuple(eight)
    because = (found["base"], *(eight[number] for number in shown))
    return Explained(value=_statut(reponse, found), sentence=head + words, because=because)


@rule("Assez de mois d'allocations ou sans revenu pour être TGD ?", "Page « Public cible », TGD", "P20", public=False)
def anciennete_tgd(*, engagement: dt.date, mois_allocations: int | None) -> Explained[Reponse]:
    """Answer on the months before the first engagement, whose number is in doubt."""
    minimum = ANCIENNETE_TGD.at(engagement)
    if mois_allocations is None:
        return Explained(
            value="a_verifier", sentence="Ancienneté : le nombre de mois n'est pas connu, demandez-le.", law=(minimum,)
        )
    met = mois_allocations >= minimum.value
    return Explained(
        value="oui" if met else "non",
        sentence=f"Ancienneté : {mois_allocations} mois, il en faut au moins {minimum.value}.",
        law=(minimum,),
        doubts=(TWELVE_MONTHS,) if not met and mois_allocations >= 12 else (),
    )


@rule(
    "Cette personne est-elle un travailleur gravement défavorisé (TGD) ?",
    "Page « Public cible », TGD",
    "P20",
    "A3",
    "A23",
)
def tgd(
    *,
    premier_engagement: f.PremierEngagement,
    cess: f.Cess,
    dei: f.Dei,
    mois_allocations: f.MoisAllocations = None,
) -> Explained[Statut]:
    """Answer the three conditions before the first engagement; a later re-engagement changes nothing (A3)."""
    check_months(mois_allocations)
    found: dict[Condition, Explained[Reponse]] = {
        "base": base(cess=cess, dei=dei),
        "anciennete": anciennete_tgd(engagement=premier_engagement, mois_allocations=mois_allocations),
    }
    values = [answer.value for answer in found.values()]
    reponse: Reponse = "non" if "non" in values else "a_verifier" if "a_verifier" in values else "oui"
    words = {
        "oui": "TGD ; ce statut ne change plus ensuite.",
        "non": "pas TGD.",
        "a_verifier": "statut à vérifier.",
    }[reponse]
    return Explained(
        value=_statut(reponse, found),
        sentence=f"Premier engagement du {date_fr(premier_engagement)} : {words}",
        because=tuple(found.values()),
    )
