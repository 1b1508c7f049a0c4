"""The right, the advance, the cap of operating costs and the balance (fiche 06, B, D and F)."""

import datetime as dt
from dataclasses import dataclass
from decimal import Decimal
from typing import Annotated, Literal

from clefdevoute.law.agrement.en_cours import DOUTE_SUSPENSION, EtatAgrement
from clefdevoute.law.kernel.dates import LONGEST_YEAR
from clefdevoute.law.kernel.errors import BadFact, MissingFact
from clefdevoute.law.kernel.explained import Explained
from clefdevoute.law.kernel.money import ZERO, count_fr, date_fr, decimal_fr, euros, percent
from clefdevoute.law.kernel.parameters import ValueInForce, chosen
from clefdevoute.law.kernel.registry import Fact, rule
from clefdevoute.law.kernel.units import Etp, Euros

from .values import (
    ARRONDI_MAXIMUM,
    ARRONDI_MONTANT,
    ETP_MAXIMAL,
    ETP_MINIMAL,
    INDEXATION,
    PLAFOND_AU_PRORATA,
    PLAFOND_FRAIS,
    SOLDE_NEGATIF,
    SUBVENTION_MAXIMALE,
    TAUX_AVANCE,
    not_negative,
    rounded,
    step_at,
)

Origine = Literal["contrat_recu", "solde_precedent"]

DOUTE_A1 = "Lecture A1 : la page de la fédération dit « au prorata » ; les tableaux donnent des paliers."
DOUTE_A28 = "Lecture A28 : l'avance d'une année suivante vient avec le solde ; un nouvel accompagnateur la retient."
DOUTE_A10 = "Lecture A10 : la fiche n'écrit pas le calcul du solde ; le retenu est plafonné à l'accordé."
DOUTE_A8 = "Lecture A8 : le « montant à justifier » par les tableaux n'est défini nulle part."

# P4 and P17: what each choice of law does, so that a new one is never passed over in silence.
_INDEXATIONS = {False: Decimal(1)}
_SORTS = {
    "a_rembourser": "à rembourser, ou à déduire de la prochaine avance, selon l'administration",
    "a_deduire": "à déduire de la prochaine avance",
}

_PAS_DE_DROIT = {
    "pas_encore": "l'agrément n'a pas encore commencé",
    "expire": "l'agrément a expiré",
    "retire": "l'agrément a été retiré",
    "suspendu": "les subsides sont suspendus jusqu'à ce que l'entreprise soit en règle",
    "cesse": "l'entreprise est en faillite, dissoute ou en liquidation",
}


@dataclass(frozen=True, slots=True)
class Droit:
    """The right opened by a number of persons."""

    ouvert: Annotated[bool, Fact("Un droit est-il ouvert ?")]
    plafond: Annotated[Euros, Fact("Montant annuel maximal.")]
    seuil: Annotated[int, Fact("Nombre de personnes du palier atteint ; 0 sans droit.", unit="personnes")]
    etp_max: Annotated[Etp, Fact("Temps d'accompagnement subventionnable au plus.")]
    etp_min: Annotated[Etp, Fact("Temps d'accompagnement attendu au moins ; avertissement seulement (P2).")]
    personnes_manquantes: Annotated[
        int | None, Fact("Personnes qui manquent pour le palier suivant ; vide au dernier.", unit="personnes")
    ]
    plafond_suivant: Annotated[Euros | None, Fact("Montant du palier suivant ; vide au dernier.")]
    personnes_au_dessus: Annotated[
        int, Fact("Départs possibles sans perdre ce palier ; 0 : le prochain départ le perd.", unit="personnes")
    ]
    avertissements: Annotated[tuple[str, ...], Fact("Ce qui mérite une question, sans rien bloquer.")] = ()


def _closed(personnes: int, agrement: EtatAgrement, first: tuple[Decimal, Decimal]) -> tuple[Droit, str]:
    """Say why no right is open: the approval, or fewer persons than the first step."""
    manque = max(0, int(first[0]) - personnes)
    if agrement != "en_cours":
        why = f"Aucun droit : {_PAS_DE_DROIT[agrement]}."
    else:
        combien = count_fr(personnes, "personne")
        why = f"{combien} TD ou TGD : moins que le minimum de {first[0]}, aucun droit n'est ouvert."
    droit = Droit(
        ouvert=False,
        plafond=ZERO,
        seuil=0,
        etp_max=Decimal(0),
        etp_min=Decimal(0),
        personnes_manquantes=manque,
        plafond_suivant=first[1],
        personnes_au_dessus=0,
    )
    return droit, why


@rule(
    "Quel droit ouvre ce nombre de travailleurs TD et TGD ?",
    "Décret du 20/10/2016, art. 21",
    "Fiche explicative 06, « L'ouverture du droit »",
    "A1",
    "A5",
    "A17",
    "P1",
    "P2",
    "P4",
    "P16",
)
def droit(
    *,
    personnes: Annotated[int, Fact("Travailleurs TD et TGD comptés, en personnes.", unit="personnes", example=27)],
    as_of: Annotated[dt.date, Fact("Jour dont on prend le droit : le premier de l'année d'agrément.")],
    agrement: Annotated[EtatAgrement, Fact("État de l'agrément ce jour-là (règle agrement.en_cours).")],
    etp: Annotated[Etp | None, Fact("Temps d'accompagnement sous contrat, s'il est connu.")] = None,
    jours_accompagnes: Annotated[
        int | None,
        Fact("Jours de l'année avec un accompagnateur sous contrat ; vide : toute l'année.", unit="jours", example=365),
    ] = None,
    jours_annee: Annotated[int, Fact("Jours de l'année d'agrément.", unit="jours", example=365)] = 365,
    plafond_au_prorata: Annotated[
        bool | None, Fact("Réduire le plafond d'une année incomplète ? Vide : le paramètre P16.", reading="P16")
    ] = None,
) -> Explained[Droit]:
    """Answer whether a right is open, up to how much, and how far the neighbouring steps are."""
    _check_right(personnes, etp, jours_accompagnes, jours_annee)
    bareme, maxima, minima = SUBVENTION_MAXIMALE.at(as_of), ETP_MAXIMAL.at(as_of), ETP_MINIMAL.at(as_of)
    indexation, prorata = INDEXATION.at(as_of), PLAFOND_AU_PRORATA.at(as_of)
    rows = bareme.value
    place, plafond = step_at(bareme, personnes)
    plafond *= chosen(indexation, _INDEXATIONS)
    if agrement != "en_cours" or not place:
        closed, why = _closed(personnes, agrement, rows[0])
        doubts = (DOUTE_SUSPENSION,) if agrement == "suspendu" else ()
        return Explained(value=closed, sentence=why, law=(bareme,), doubts=(DOUTE_A1, *doubts))
    seuil = int(rows[place - 1][0])
    suivant = rows[place] if place < len(rows) else None
    etp_max, etp_min = step_at(maxima, personnes)[1], step_at(minima, personnes)[1]
    palier = f"de {seuil} à {int(suivant[0]) - 1}" if suivant else f"à partir de {seuil}"
    sentence = f"{personnes} personnes TD ou TGD : {palier}, au plus {euros(plafond)} pour {_etp_words(etp_max)}."
    law: tuple[ValueInForce, ...] = (bareme, maxima, minima, indexation)
    notes = _under_minimum(etp, etp_min)
    if jours_accompagnes is not None and jours_accompagnes < jours_annee:
        reduire = prorata.value if plafond_au_prorata is None else plafond_au_prorata
        plafond, said, note = _part_year(plafond, jours_accompagnes, jours_annee, reduire, ARRONDI_MAXIMUM.at(as_of))
        sentence, notes = sentence + said, notes + note
        law = (*law, prorata, ARRONDI_MAXIMUM.at(as_of))
    return Explained(
        value=Droit(
            ouvert=True,
            plafond=plafond,
            seuil=seuil,
            etp_max=etp_max,
            etp_min=etp_min,
            personnes_manquantes=int(suivant[0]) - personnes if suivant else None,
            plafond_suivant=suivant[1] if suivant else None,
            personnes_au_dessus=personnes - seuil,
            avertissements=notes,
        ),
        sentence=sentence,
        law=law,
        doubts=(DOUTE_A1,),
    )


def _check_right(personnes: int, etp: Decimal | None, jours: int | None, jours_annee: int) -> None:
    """Refuse numbers that no year can have."""
    if personnes < 0:
        raise BadFact(f"« personnes » : {personnes} est négatif. Comptez les personnes à partir de 0.")
    if etp is not None and etp < 0:
        raise BadFact(f"« etp » : {decimal_fr(etp)} est négatif. Corrigez le temps sous contrat.")
    if not 1 <= jours_annee <= LONGEST_YEAR:
        raise BadFact(f"« jours_annee » : une année a de 1 à {LONGEST_YEAR} jours. Corrigez {jours_annee}.")
    if jours is not None and not 0 <= jours <= jours_annee:
        raise BadFact(f"« jours_accompagnes » : de 0 à {jours_annee} jours. Corrigez {jours}.")


def _under_minimum(etp: Decimal | None, etp_min: Decimal) -> tuple[str, ...]:
    if etp is None or etp >= etp_min:
        return ()
    return (
        f"{decimal_fr(etp)} ETP sous contrat, moins que le minimum de {decimal_fr(etp_min)} ETP d'une page officielle "
        f"plus ancienne : demandez l'avis de l'administration.",
    )


def _part_year(
    plafond: Decimal, jours: int, jours_annee: int, reduire: bool, down: ValueInForce
) -> tuple[Decimal, str, tuple[str, ...]]:
    """Leave the ceiling of a part year whole and say so, or reduce it where P16 is switched on."""
    if not reduire:
        couvert = count_fr(jours, "jour")
        note = f"Accompagnement de {couvert} sur {jours_annee} : le plafond n'est pas réduit, les coûts décident."
        return plafond, "", (note,)
    reduit = rounded(plafond * jours / jours_annee, down)
    return reduit, f" Réduit à {count_fr(jours, 'jour')} sur {jours_annee} : {euros(reduit)}.", ()


def _etp_words(etp: Decimal) -> str:
    return "un mi-temps" if etp == Decimal("0.5") else f"au plus {decimal_fr(etp)} ETP"


def _origin_missing(origine: Origine | None, origine_le: dt.date | None, as_of: dt.date) -> str:
    """Say what has not happened yet for an advance to exist, or nothing."""
    if origine is None:
        return (
            "Pas d'avance : ni contrat de l'accompagnateur reçu, ni solde de l'année précédente. "
            "Envoyez le contrat de travail à l'administration."
        )
    if origine_le is None and origine == "contrat_recu":
        raise MissingFact("Il manque le fait « origine_le » : le jour où le contrat a été reçu. Ajoutez-le.")
    if origine_le is not None and origine_le > as_of:
        return f"Pas encore d'avance au {date_fr(as_of)} : elle naît le {date_fr(origine_le)}."
    return ""


def _held_back(origine: Origine | None, changement: bool, droit_ouvert: bool, de_minimis: bool) -> str:
    """Say what holds an advance back that could be paid otherwise (A28), or nothing."""
    if not droit_ouvert:
        return "Pas d'avance : aucun droit n'est ouvert le premier jour de l'année."
    if not de_minimis:
        return (
            "Pas d'avance : l'octroi ne tient pas sous le plafond de minimis. "
            "Demandez un montant qui tient (règle sieg.place)."
        )
    if origine == "solde_precedent" and changement:
        return (
            "Avance retenue : l'accompagnateur a changé et son contrat n'a pas été envoyé. "
            "Envoyez le contrat du nouvel accompagnateur."
        )
    return ""


@rule(
    "Quelle avance est due sur la subvention accordée ?",
    "AGW du 24/05/2017, art. 21, 1° et 2°",
    "A28",
    "P3",
)
def avance(
    *,
    octroye: Annotated[Euros, Fact("Montant accordé pour l'année : le plafond, ou moins.")],
    as_of: Annotated[dt.date, Fact("Jour où l'on calcule.")],
    origine: Annotated[
        Origine | None, Fact("Ce qui ouvre l'avance : le contrat reçu, ou le solde de l'année précédente.")
    ] = None,
    origine_le: Annotated[
        dt.date | None, Fact("Jour où le contrat a été reçu (nécessaire), ou le solde liquidé, s'il est connu.")
    ] = None,
    changement_sans_contrat: Annotated[
        bool, Fact("L'accompagnateur a changé et le nouveau contrat n'a pas été envoyé.")
    ] = False,
    droit_ouvert: Annotated[bool, Fact("Un droit est-il ouvert le premier jour de l'année ?")] = True,
    de_minimis_possible: Annotated[bool, Fact("L'octroi tient-il sous le plafond de minimis (sieg.place) ?")] = True,
) -> Explained[Euros]:
    """Answer the advance: a share of the grant once the contract is received or the last balance paid."""
    not_negative(octroye=octroye)
    refused = _origin_missing(origine, origine_le, as_of)
    refused = refused or _held_back(origine, changement_sans_contrat, droit_ouvert, de_minimis_possible)
    doubts = (DOUTE_A28,) if origine == "solde_precedent" else ()
    if refused:
        return Explained(value=ZERO, sentence=refused, doubts=doubts)
    taux, arrondi = TAUX_AVANCE.at(as_of), ARRONDI_MONTANT.at(as_of)
    montant = rounded(octroye * taux.value, arrondi)
    source = "du contrat reçu" if origine == "contrat_recu" else "du solde liquidé"
    return Explained(
        value=montant,
        sentence=(
            f"Avance de {percent(taux.value)} de {euros(octroye)}, à partir {source}{_le(origine_le)} : "
            f"{euros(montant)}."
        ),
        law=(taux, arrondi),
        doubts=doubts,
    )


def _le(day: dt.date | None) -> str:
    return f" le {date_fr(day)}" if day else ""


@rule(
    "Quel est le maximum des frais de fonctionnement ?",
    "Fiche explicative 06, F, 2°",
    "A7",
    "P5",
)
def plafond_frais(
    *,
    base: Annotated[Euros, Fact("Coût salarial admissible qui sert de base.", reading="A7")],
    as_of: Annotated[dt.date, Fact("Jour dont on prend le pourcentage.")],
) -> Explained[Euros]:
    """Answer the cap of operating costs, rounded down: a maximum is never exceeded by its rounding."""
    taux, arrondi = PLAFOND_FRAIS.at(as_of), ARRONDI_MAXIMUM.at(as_of)
    maximum = max(ZERO, rounded(base * taux.value, arrondi))
    return Explained(
        value=maximum,
        sentence=f"Frais de fonctionnement : au plus {percent(taux.value)} de {euros(base)}, soit {euros(maximum)}.",
        law=(taux, arrondi),
    )


@rule(
    "Quel montant reste à justifier par les tableaux A et B ?",
    "Fiche explicative 06, « Pièces justificatives à fournir »",
    "A8",
)
def montant_a_justifier(
    *,
    octroye: Annotated[Euros, Fact("Montant accordé pour l'année : le plafond, ou moins.")],
    cout_salarial: Annotated[Euros, Fact("Coût salarial admissible, déplacements compris.")],
    as_of: Annotated[dt.date, Fact("Jour dont on prend le pourcentage : le premier de l'année d'agrément.")],
    base: Annotated[Euros | None, Fact("Base des 15 % si elle n'est pas tout le coût salarial.", reading="A7")] = None,
) -> Explained[Euros]:
    """Answer what the tables must show: what wages leave of the grant, within the cap."""
    not_negative(octroye=octroye, cout_salarial=cout_salarial)
    maximum = plafond_frais(base=cout_salarial if base is None else base, as_of=as_of)
    reste = max(ZERO, octroye - cout_salarial)
    montant = min(reste, maximum.value)
    if not reste:
        sentence = f"Le coût salarial de {euros(cout_salarial)} couvre les {euros(octroye)} accordés : aucun tableau."
    else:
        limite = "" if montant == reste else f", limités à {euros(maximum.value)}"
        sentence = (
            f"{euros(octroye)} accordés moins {euros(cout_salarial)} de coût salarial : {euros(reste)}{limite}. "
            f"À justifier par les tableaux : {euros(montant)}."
        )
    return Explained(value=montant, sentence=sentence, because=(maximum,), doubts=(DOUTE_A8,))


@dataclass(frozen=True, slots=True)
class Solde:
    """What remains to be paid, or to be given back."""

    retenu: Annotated[Euros, Fact("Le plus petit du justifié et de l'accordé.")]
    solde: Annotated[Euros, Fact("Retenu moins avance ; négatif s'il faut rendre.")]
    a_payer: Annotated[Euros, Fact("Solde à verser à l'entreprise.")]
    a_rembourser: Annotated[Euros, Fact("Montant à rendre, ou à déduire de la prochaine avance.")]


@rule(
    "Quel solde reste-t-il à payer ou à rembourser ?",
    "AGW du 24/05/2017, art. 21, 2°",
    "A10",
    "P17",
)
def solde(
    *,
    octroye: Annotated[Euros, Fact("Montant accordé pour l'année.")],
    justifie: Annotated[Euros, Fact("Coûts admissibles justifiés, salaires et frais.")],
    avance_versee: Annotated[Euros, Fact("Avance déjà versée.")],
    as_of: Annotated[dt.date, Fact("Jour où l'on calcule.")],
) -> Explained[Solde]:
    """Answer the balance: the lesser of justified and granted, minus the advance."""
    not_negative(octroye=octroye, justifie=justifie, avance_versee=avance_versee)
    retenu = min(justifie, octroye)
    reste = retenu - avance_versee
    calcul = (
        f"Le plus petit de {euros(justifie)} justifiés et {euros(octroye)} accordés, "
        f"moins {euros(avance_versee)} d'avance"
    )
    law: tuple[ValueInForce, ...] = ()
    if reste >= 0:
        fin = f"solde de {euros(reste)}."
    else:
        sort = SOLDE_NEGATIF.at(as_of)
        law = (sort,)
        fin = f"{euros(-reste)} {chosen(sort, _SORTS)}."
    return Explained(
        value=Solde(retenu=retenu, solde=reste, a_payer=max(reste, ZERO), a_rembourser=max(-reste, ZERO)),
        sentence=f"{calcul} : {fin}",
        law=law,
        doubts=(DOUTE_A10,),
    )
