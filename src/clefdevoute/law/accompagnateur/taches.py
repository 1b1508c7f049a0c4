"""What the support hours may hold: mandatory, related and excluded tasks (A16, P24)."""

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal
from pathlib import Path
from typing import Annotated, Any, Literal

from clefdevoute.law.kernel.errors import BadFact
from clefdevoute.law.kernel.explained import Explained
from clefdevoute.law.kernel.money import decimal_fr, percent
from clefdevoute.law.kernel.parameters import Parameter
from clefdevoute.law.kernel.registry import Fact, rule
from clefdevoute.law.kernel.units import Heures, Ratio

_PARAMETERS = Path(__file__).parent / "parameters"
PART_CONNEXE = Parameter.load(_PARAMETERS / "part_connexe_alerte.yaml")

FOUR_PLACES = Decimal("0.0001")

Classe = Literal["obligatoire", "connexe", "exclue"]

LISTES: dict[Classe, Parameter] = {
    "obligatoire": Parameter.load(_PARAMETERS / "taches_obligatoires.yaml"),
    "connexe": Parameter.load(_PARAMETERS / "taches_connexes.yaml"),
    "exclue": Parameter.load(_PARAMETERS / "taches_exclues.yaml"),
}

_WORDS: dict[Classe, str] = {
    "obligatoire": "tâche obligatoire de l'accompagnateur social",
    "connexe": "tâche connexe, admise tant qu'elle n'empiète pas sur la fonction",
    "exclue": "tâche exclue, jamais sur les heures d'accompagnement",
}

AsOf = Annotated[dt.date, Fact("Jour où l'on regarde ; pour un mois, son dernier jour.")]


@dataclass(frozen=True, slots=True)
class LigneHeures:
    """Hours spent on a task, on one of the two contracts."""

    tache: Annotated[str, Fact("Code de la tâche : voyez « accompagnateur.classe_tache ».", example="bilan")]
    heures: Annotated[Heures, Fact("Heures passées.", example="7.5")]
    contrat: Annotated[
        Literal["accompagnement", "autre"], Fact("Contrat sur lequel elles sont passées.", reading="A16")
    ] = "accompagnement"


@dataclass(frozen=True, slots=True)
class HeuresAdmissibles:
    """The hours of a month that are social support, and what must be said of the others."""

    admissibles: Annotated[Heures, Fact("Heures d'accompagnement admises : obligatoires et connexes.")]
    obligatoires: Annotated[Heures, Fact("Dont tâches obligatoires.")]
    connexes: Annotated[Heures, Fact("Dont tâches connexes.")]
    exclues_fautives: Annotated[Heures, Fact("Heures exclues portées sur le contrat d'accompagnement : à retirer.")]
    autre_contrat: Annotated[Heures, Fact("Heures du second contrat, hors accompagnement.")]
    part_connexe: Annotated[Ratio, Fact("Part connexe des heures admises, à quatre décimales.")]
    alerte_connexe: Annotated[bool, Fact("La part connexe dépasse le seuil d'alerte.")]


def _codes(rows: tuple[Mapping[str, Any], ...]) -> dict[str, str]:
    return {str(row["code"]): str(row["libelle"]) for row in rows}


@rule("À quelle classe cette tâche appartient-elle ?", "AGW du 24/05/2017, art. 3", "Fiche 06, partie A", "A16")
def classe_tache(
    *,
    tache: Annotated[
        str, Fact("Code de la tâche, par exemple « bilan » ; un code inconnu donne la liste.", example="bilan")
    ],
    as_of: AsOf,
) -> Explained[Classe]:
    """Answer mandatory, related or excluded by the dated lists."""
    known: list[str] = []
    for classe, liste in LISTES.items():
        value = liste.at(as_of)
        codes = _codes(value.value)
        if tache in codes:
            return Explained(value=classe, sentence=f"{codes[tache]} : {_WORDS[classe]}.", law=(value,))
        known += codes
    raise BadFact(f"« tache » : {tache!r} n'est pas une tâche connue. Prenez l'une de : {', '.join(known)}.")


@rule("Quelles heures du mois sont de l'accompagnement social ?", "Fiche 06, partie A", "A16", "P24")
def heures_admissibles(
    *, lignes: Annotated[tuple[LigneHeures, ...], Fact("Heures du mois, tâche par tâche.")], as_of: AsOf
) -> Explained[HeuresAdmissibles]:
    """Answer the admitted hours; excluded tasks never count, related ones above the share warn."""
    limit = PART_CONNEXE.at(as_of)
    classes = {code: classe_tache(tache=code, as_of=as_of) for code in sorted({one.tache for one in lignes})}
    hours: dict[Classe, Decimal] = {"obligatoire": Decimal(0), "connexe": Decimal(0), "exclue": Decimal(0)}
    elsewhere = Decimal(0)
    for one in lignes:
        if one.heures < 0:
            raise BadFact(f"« lignes » : {decimal_fr(one.heures)} heures pour {one.tache}. Corrigez le nombre.")
        if one.contrat == "autre":
            elsewhere += one.heures
        else:
            hours[classes[one.tache].value] += one.heures
    admitted = hours["obligatoire"] + hours["connexe"]
    share = (hours["connexe"] / admitted).quantize(FOUR_PLACES) if admitted else Decimal(0)
    warns = hours["connexe"] > admitted * limit.value
    sentence = f"{decimal_fr(admitted)} heures admises, dont {decimal_fr(hours['connexe'])} connexes."
    if warns:
        sentence += f" Attention : la part connexe dépasse {percent(limit.value)}."
    if hours["exclue"]:
        sentence += f" {decimal_fr(hours['exclue'])} heures exclues ne peuvent rester sur ce contrat : retirez-les."
    value = HeuresAdmissibles(
        admissibles=admitted,
        obligatoires=hours["obligatoire"],
        connexes=hours["connexe"],
        exclues_fautives=hours["exclue"],
        autre_contrat=elsewhere,
        part_connexe=share,
        alerte_connexe=warns,
    )
    return Explained(value=value, sentence=sentence, law=(limit,), because=tuple(classes.values()))
