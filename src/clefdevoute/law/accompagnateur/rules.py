"""Who may be the social support worker: diploma or experience, at least half-time (fiche 06, A and B)."""

import datetime as dt
from dataclasses import dataclass
from decimal import Decimal
from pathlib import Path
from typing import Annotated, Literal

from clefdevoute.law.kernel.errors import BadFact
from clefdevoute.law.kernel.explained import Explained
from clefdevoute.law.kernel.money import date_fr, decimal_fr, percent
from clefdevoute.law.kernel.parameters import Parameter
from clefdevoute.law.kernel.registry import Fact, rule
from clefdevoute.law.kernel.units import Etp, Heures

from . import periodes

_PARAMETERS = Path(__file__).parent / "parameters"
EXPERIENCE = Parameter.load(_PARAMETERS / "experience_minimale.yaml")
PIECES = Parameter.load(_PARAMETERS / "pieces_experience.yaml")
PART_MI_TEMPS = Parameter.load(_PARAMETERS / "part_mi_temps.yaml")
SECOND_CONTRAT_ETP = Parameter.load(_PARAMETERS / "second_contrat_etp.yaml")

Reponse = Literal["oui", "oui_sur_pieces", "a_apprecier", "non"]
Fondement = Literal["diplome", "experience"]
Fonction = Literal[
    "poste_responsabilite_rh_isp",
    "accompagnement_social",
    "encadrement_isp",
    "accompagnement_psychosocial",
    "autre",
]
Jour = Literal["lundi", "mardi", "mercredi", "jeudi", "vendredi", "samedi", "dimanche"]
ReponseSecondContrat = Literal["admis", "avis_a_demander", "a_corriger"]

RETENUES = ("poste_responsabilite_rh_isp", "accompagnement_social")
SEED_1_ONLY = ("encadrement_isp", "accompagnement_psychosocial")


@dataclass(frozen=True, slots=True)
class Diplome:
    """A diploma of the candidate."""

    intitule: Annotated[str, Fact("Intitulé du diplôme.", example="Bachelier assistant social")]
    superieur: Annotated[bool, Fact("Diplôme de l'enseignement supérieur.")]
    orientation: Annotated[
        Literal["sociale", "psychologique", "pedagogique", "a_apprecier", "autre"],
        Fact("Orientation du diplôme ; « a_apprecier » si elle n'est pas évidente."),
    ]
    obtenu_le: Annotated[dt.date, Fact("Jour d'obtention.")]
    piece: Annotated[str, Fact("Référence de la copie ; vide si elle manque encore.")] = ""


@dataclass(frozen=True, slots=True)
class Experience:
    """A post held by the candidate."""

    fonction: Annotated[Fonction, Fact("Fonction exercée, dans les mots de la fiche ou de la page.", reading="A9")]
    debut: Annotated[dt.date, Fact("Premier jour.")]
    fin: Annotated[dt.date | None, Fact("Dernier jour, compris ; vide (null) si le poste dure encore.")]
    employeur: Annotated[str, Fact("Nom de l'employeur.", example="ASBL Exemple")]
    piece: Annotated[str, Fact("Référence de l'attestation, fiche salariale ou contrat ; vide s'il manque.")] = ""


@dataclass(frozen=True, slots=True)
class Eligibilite:
    """The answer on a candidate, on which ground, and with which papers."""

    reponse: Annotated[Reponse, Fact("Oui, oui sur pièces, à apprécier par l'administration, ou non.")]
    fondement: Annotated[Fondement | None, Fact("Diplôme ou expérience ; vide si la réponse est non.")]
    pieces: Annotated[tuple[str, ...], Fact("Pièces qui établissent la condition.")]
    pieces_manquantes: Annotated[tuple[str, ...], Fact("Pièces qui manquent encore.")]


AsOf = Annotated[dt.date, Fact("Jour où la condition doit être remplie, en principe l'engagement.")]
Diplomes = Annotated[tuple[Diplome, ...], Fact("Diplômes du candidat.")]
Experiences = Annotated[
    tuple[Experience, ...], Fact("Postes du candidat ; un temps partiel compte en entier.", reading="A9")
]


@rule("Un diplôme du candidat suffit-il ?", "AGW du 24/05/2017, art. 3, § 3, 1°", public=False)
def diplome(*, diplomes: Diplomes, as_of: AsOf) -> Explained[Eligibilite]:
    """Answer on the diplomas obtained by the day: higher education with one of the three orientations."""
    held = [d for d in diplomes if d.superieur and d.obtenu_le <= as_of and d.orientation != "autre"]
    good = [d for d in held if d.orientation != "a_apprecier"]
    if not held:
        return Explained(
            value=Eligibilite("non", None, (), ()),
            sentence="Aucun diplôme supérieur à orientation sociale, psychologique ou pédagogique.",
        )
    best = min(good or held, key=lambda d: (not d.piece, d.obtenu_le, d.intitule))
    copy = f"copie du diplôme « {best.intitule} »"
    given, missing = ((f"{copy} ({best.piece})",), ()) if best.piece else ((), (copy,))
    if not good:
        return Explained(
            value=Eligibilite("a_apprecier", "diplome", given, missing),
            sentence=f"Diplôme « {best.intitule} » : orientation à apprécier, avis préalable à demander.",
        )
    return Explained(
        value=Eligibilite("oui", "diplome", given, missing),
        sentence=f"Diplôme supérieur « {best.intitule} », orientation {best.orientation}, du "
        f"{date_fr(best.obtenu_le)}.",
    )


def _held(experiences: tuple[Experience, ...], functions: tuple[str, ...], as_of: dt.date) -> tuple[Experience, ...]:
    for one in experiences:
        if one.fin is not None and one.fin < one.debut:
            raise BadFact(
                f"« experiences » : chez {one.employeur}, la fin du {date_fr(one.fin)} précède le début du "
                f"{date_fr(one.debut)}. Vérifiez les deux dates."
            )
    return tuple(one for one in experiences if one.fonction in functions and one.debut <= as_of)


def _sum(experiences: tuple[Experience, ...], as_of: dt.date) -> periodes.Duree:
    return periodes.duree((one.debut, min(one.fin or as_of, as_of)) for one in experiences)


def _papers(experiences: tuple[Experience, ...]) -> tuple[tuple[str, ...], tuple[str, ...]]:
    def told(one: Experience) -> str:
        end = f"au {date_fr(one.fin)}" if one.fin else "à ce jour"
        return f"{one.employeur}, du {date_fr(one.debut)} {end}"

    ordered = sorted(experiences, key=lambda one: (one.debut, one.employeur))
    given = tuple(f"{one.piece} ({told(one)})" for one in ordered if one.piece)
    return given, tuple(told(one) for one in ordered if not one.piece)


@rule("L'expérience du candidat suffit-elle ?", "AGW du 24/05/2017, art. 3, § 3, 2°", "A9", "A30", public=False)
def experience(*, experiences: Experiences, as_of: AsOf) -> Explained[Eligibilite]:
    """Answer on three full years in the fiche's two functions; at best « oui sur pièces » (A30)."""
    years, papers = EXPERIENCE.at(as_of), PIECES.at(as_of)
    kept = _held(experiences, RETENUES, as_of)
    wider = _held(experiences, RETENUES + SEED_1_ONLY, as_of)
    length, wide = _sum(kept, as_of), _sum(wider, as_of)
    asked = f"{years.value} ans pleins"
    law = (years, papers)
    if length.reaches(int(years.value)):
        given, missing = _papers(kept)
        alone = any(_sum(_held(kept, (one,), as_of), as_of).reaches(int(years.value)) for one in RETENUES)
        return Explained(
            value=Eligibilite("oui_sur_pieces", "experience", given, missing),
            sentence=f"Expérience retenue : {length} ({asked} demandés), à établir sur pièces : "
            f"{', '.join(papers.value)}.",
            law=law,
            doubts=(CASE_BY_CASE,) if alone else (CASE_BY_CASE, BOTH_FUNCTIONS),
        )
    if wide.reaches(int(years.value)):
        given, missing = _papers(wider)
        return Explained(
            value=Eligibilite("a_apprecier", "experience", given, missing),
            sentence=f"Expérience : {wide}, dont {length} dans les mots de la fiche ; avis préalable à demander.",
            law=law,
            doubts=(CASE_BY_CASE, TWO_TEXTS),
        )
    return Explained(
        value=Eligibilite("non", None, (), ()),
        sentence=f"Expérience utile : {wide} au {date_fr(as_of)}, il faut {asked}.",
        law=law,
    )


CASE_BY_CASE = "A30 : l'expérience s'évalue au cas par cas ; l'administration peut en juger autrement."
BOTH_FUNCTIONS = "A9 : les trois ans ne sont atteints qu'en additionnant les deux fonctions (notre lecture)."
TWO_TEXTS = "A9 : la page parle d'encadrement ou d'accompagnement psychosocial, la fiche non ; elle l'emporte."

_RANK: dict[Reponse, int] = {"oui": 0, "oui_sur_pieces": 1, "a_apprecier": 2, "non": 3}


@rule("Ce candidat peut-il être accompagnateur social ?", "AGW du 24/05/2017, art. 3, § 3", "A9", "A30")
def eligibilite(*, as_of: AsOf, diplomes: Diplomes = (), experiences: Experiences = ()) -> Explained[Eligibilite]:
    """Answer by the better of diploma and experience: one condition is enough."""
    steps = (diplome(diplomes=diplomes, as_of=as_of), experience(experiences=experiences, as_of=as_of))
    best = min(steps, key=lambda step: _RANK[step.value.reponse])
    words = {
        "oui": "éligible par son diplôme",
        "oui_sur_pieces": "éligible par son expérience, sur pièces",
        "a_apprecier": "à apprécier : demandez l'avis préalable de l'administration avant l'engagement",
        "non": "non éligible, ni par un diplôme ni par l'expérience",
    }[best.value.reponse]
    missing = best.value.pieces_manquantes
    asked = f" Pièces à réunir : {' ; '.join(missing)}." if missing else ""
    because = (best,) if best.value.reponse == "oui" else steps
    return Explained(value=best.value, sentence=f"Candidat {words}.{asked}", because=because)


@rule("Le contrat d'accompagnement atteint-il le mi-temps ?", "Fiche 06, partie A", "P15")
def mi_temps(
    *,
    heures: Annotated[Heures, Fact("Heures par semaine du contrat d'accompagnement social.", example="19")],
    heures_reference: Annotated[Heures, Fact("Heures par semaine d'un temps plein dans l'entreprise.", example="38")],
    as_of: Annotated[dt.date, Fact("Jour où l'on regarde.")],
) -> Explained[bool]:
    """Answer whether the hours reach the share of the enterprise's reference hours."""
    share = PART_MI_TEMPS.at(as_of)
    if heures_reference <= 0 or heures < 0:
        raise BadFact("Les heures de référence sont positives et celles du contrat ne sont pas négatives. Corrigez.")
    floor: Decimal = heures_reference * share.value
    enough = heures >= floor
    missing = f", il en manque {decimal_fr(floor - heures)}"
    return Explained(
        value=enough,
        sentence=f"{decimal_fr(heures)} heures sur {decimal_fr(heures_reference)} : "
        f"{'au moins' if enough else 'moins que'} {percent(share.value)}{'' if enough else missing}.",
        law=(share,),
    )


@dataclass(frozen=True, slots=True)
class SecondContrat:
    """Whether a second contract for other tasks may stand beside the first."""

    reponse: Annotated[ReponseSecondContrat, Fact("Admis, avis à demander, ou jours à corriger d'abord.")]
    jours_communs: Annotated[tuple[Jour, ...], Fact("Jours donnés aux deux contrats.")]
    contrats_sans_jour: Annotated[
        tuple[Literal["accompagnement", "autre"], ...], Fact("Contrats dont les jours ne sont pas écrits.")
    ]


@rule("Un second contrat pour d'autres tâches est-il permis ?", "Fiche 06, partie A", "A25")
def second_contrat(
    *,
    etp_max: Annotated[Etp, Fact("ETP subventionnable au plus selon le palier : 0.5, 1, 1.5 ou 2.")],
    jours_accompagnement: Annotated[tuple[Jour, ...], Fact("Jours de la semaine du contrat d'accompagnement.")],
    jours_autres: Annotated[tuple[Jour, ...], Fact("Jours de la semaine du second contrat.", example=["jeudi"])],
    as_of: Annotated[dt.date, Fact("Jour où l'on regarde.")],
    lecture: Annotated[
        Literal["avis_a_demander", "admis"],
        Fact("Au-delà du premier palier : demander l'avis, ou admettre.", reading="A25"),
    ] = "avis_a_demander",
) -> Explained[SecondContrat]:
    """Answer by the step, never blocking; the days of each contract are written and do not overlap."""
    if etp_max < 0:
        raise BadFact(f"« etp_max » : {decimal_fr(etp_max)} est négatif. Prenez celui de la règle droit.")
    limit = SECOND_CONTRAT_ETP.at(as_of)
    shared = tuple(sorted(set(jours_accompagnement) & set(jours_autres), key=_WEEK.index))
    empty: tuple[Literal["accompagnement", "autre"], ...] = ()
    if not jours_accompagnement:
        empty += ("accompagnement",)
    if not jours_autres:
        empty += ("autre",)
    beyond = etp_max > limit.value
    reponse: ReponseSecondContrat = "a_corriger" if shared or empty else lecture if beyond else "admis"
    silent = "avis à demander" if lecture == "avis_a_demander" else "admis selon la lecture choisie"
    step = (
        f"au-delà du mi-temps, non prévu par la fiche : {silent}"
        if beyond
        else "au plus un mi-temps subventionné : permis"
    )
    faults = [f"{', '.join(shared)} dans les deux contrats"] if shared else []
    faults += [f"jours du contrat « {name} » non écrits" for name in empty]
    tail = f" À corriger : {' ; '.join(faults)}." if faults else " Les jours sont écrits et distincts."
    return Explained(
        value=SecondContrat(reponse, shared, empty),
        sentence=f"Second contrat : {step}.{tail}",
        law=(limit,),
        doubts=(BEYOND_FIRST_STEP,) if beyond else (),
    )


_WEEK: tuple[Jour, ...] = ("lundi", "mardi", "mercredi", "jeudi", "vendredi", "samedi", "dimanche")
BEYOND_FIRST_STEP = "A25 : la fiche ne parle du second contrat qu'au premier palier ; au-delà, elle se tait."
