"""The eleven tasks for one person over a year: what proves each, what is without object, what is a gap (A16)."""

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Annotated, Any, Literal

from clefdevoute.law.kernel.dates import add_months
from clefdevoute.law.kernel.errors import BadFact
from clefdevoute.law.kernel.explained import Explained
from clefdevoute.law.kernel.money import date_fr
from clefdevoute.law.kernel.parameters import Parameter
from clefdevoute.law.kernel.registry import Fact, rule

from .taches import LISTES

CAS_ECHEANT = Parameter.load(Path(__file__).parent / "parameters" / "taches_le_cas_echeant.yaml")
DELAI_NOUVEAU = Parameter.load(Path(__file__).parent / "parameters" / "delai_nouveau_travailleur.yaml")

Etat = Literal["prouvee", "a_faire", "sans_objet", "lacune"]
ENTRETIENS, CPAS, BILAN, DOSSIER, FOREM, AMENAGEMENT = 1, 2, 3, 7, 8, 10


@dataclass(frozen=True, slots=True)
class Preuve:
    """A dated trace that a task was done for the person."""

    tache: Annotated[int, Fact("Rang de la tâche, de 1 à 11.")]
    date: Annotated[dt.date, Fact("Jour de la trace.")]


@dataclass(frozen=True, slots=True)
class SansObjet:
    """A task that has no object for the person, with its reason."""

    tache: Annotated[int, Fact("Rang de la tâche, de 1 à 11.")]
    motif: Annotated[str, Fact("Raison, sans détail de santé.", example="Pas de projet de formation")]
    note_le: Annotated[dt.date, Fact("Jour où c'est noté.")]

    def __post_init__(self) -> None:
        """Refuse a task set aside without a reason: it would be a gap that nobody explains."""
        if not self.motif.strip():
            raise BadFact("« motif » : « sans objet » se motive. Écrivez pourquoi, sans détail de santé.")


@dataclass(frozen=True, slots=True)
class Obligation:
    """One task as it stands for the person."""

    tache: Annotated[int, Fact("Rang de la tâche, de 1 à 11.")]
    code: Annotated[str, Fact("Code de la tâche.")]
    libelle: Annotated[str, Fact("Tâche, en mots.")]
    etat: Annotated[Etat, Fact("Prouvée, à faire, sans objet ou lacune.")]
    preuves: Annotated[tuple[dt.date, ...], Fact("Jours des traces dans la période, du premier au dernier.")]
    motif: Annotated[str, Fact("Ce qui manque, ou pourquoi c'est sans objet ; vide si la tâche est prouvée.")]


@dataclass(frozen=True, slots=True)
class Obligations:
    """The eleven tasks, and how many of those due are proved."""

    taches: Annotated[tuple[Obligation, ...], Fact("Les onze tâches, dans l'ordre du texte.")]
    prouvees: Annotated[int, Fact("Tâches prouvées.")]
    lacunes: Annotated[int, Fact("Tâches sans preuve alors qu'elles étaient dues.")]


@dataclass(frozen=True, slots=True)
class _Faits:
    """What every task looks at."""

    preuves: Mapping[int, tuple[dt.date, ...]]
    motifs: Mapping[int, str]
    manque: Etat
    situation: "Situation"


@dataclass(frozen=True, slots=True)
class Situation:
    """How the person stands on the day one looks: what the other rules answered of her."""

    entretiens_a_jour: Annotated[bool, Fact("Aucune des deux horloges n'est en retard.")]
    bilan_actuel: Annotated[bool, Fact("Le dernier bilan individuel est actuel (P23).")]
    dossier_complet: Annotated[bool, Fact("Les cinq parties du dossier sont complètes.")]
    art_60: Annotated[bool, Fact("La personne est engagée sous l'article 60 § 7.")] = False
    convention_en_vigueur: Annotated[bool, Fact("Une convention avec son CPAS est en vigueur.")] = False
    dei_depuis: Annotated[dt.date | None, Fact("Jour depuis lequel elle est demandeur d'emploi inoccupé.")] = None
    besoin_amenagement: Annotated[bool, Fact("Un besoin d'aménagement attend encore son avis.")] = False


@rule(
    "Quelles obligations sont prouvées pour cette personne, et lesquelles manquent ?",
    "AGW du 24/05/2017, art. 3",
    "A15",
    "A16",
    "P23",
)
def obligations(
    *,
    debut: Annotated[dt.date, Fact("Premier jour de la période, par exemple de l'année d'agrément.")],
    fin: Annotated[dt.date, Fact("Dernier jour de la période.", example="2026-12-31")],
    as_of: Annotated[dt.date, Fact("Jour où l'on regarde.")],
    date_engagement: Annotated[dt.date, Fact("Premier jour de la personne dans l'entreprise.")],
    situation: Annotated[Situation, Fact("Situation de la personne ce jour-là.")],
    preuves: Annotated[tuple[Preuve, ...], Fact("Traces datées, dans n'importe quel ordre.")] = (),
    sans_objet: Annotated[tuple[SansObjet, ...], Fact("Tâches sans objet, avec leur motif.")] = (),
) -> Explained[Obligations]:
    """Answer the eleven tasks; while the period runs a missing one is still to do, afterwards it is a gap."""
    if fin < debut:
        raise BadFact(f"« fin » : le {date_fr(fin)} précède le {date_fr(debut)}. Vérifiez les deux dates.")
    listed, admitted, delay = LISTES["obligatoire"].at(debut), CAS_ECHEANT.at(debut), DELAI_NOUVEAU.at(debut)
    codes = [item["code"] for item in listed.value]
    _check_ranks((*preuves, *sans_objet), len(codes))
    last = max(fin, add_months(date_engagement, int(delay.value)))
    faits = _Faits(
        preuves=_by_task(preuves, debut, min(fin, as_of)),
        motifs={
            item.tache: item.motif.strip()
            for item in sorted(sans_objet, key=lambda item: item.note_le)
            if item.note_le <= as_of and codes[item.tache - 1] in admitted.value
        },
        manque="a_faire" if as_of <= last else "lacune",
        situation=situation,
    )
    found = tuple(_task(rank, item, faits) for rank, item in enumerate(listed.value, start=1))
    proved = sum(one.etat == "prouvee" for one in found)
    gaps = sum(one.etat == "lacune" for one in found)
    return Explained(
        value=Obligations(taches=found, prouvees=proved, lacunes=gaps),
        sentence=(
            f"Du {date_fr(debut)} au {date_fr(fin)} : {proved} obligation{'s' if proved > 1 else ''} "
            f"prouvée{'s' if proved > 1 else ''} sur {len(found)}, {gaps} lacune{'s' if gaps > 1 else ''}."
        ),
        law=(listed, admitted, delay),
    )


def _check_ranks(traces: tuple[Preuve | SansObjet, ...], last: int) -> None:
    """Refuse the rank of a task that is none: it would prove nothing, or another task."""
    for one in traces:
        if not 1 <= one.tache <= last:
            raise BadFact(f"« tache » : il n'y a pas de tâche {str(one.tache)[:20]} ; elles vont de 1 à {last}.")


def _by_task(preuves: tuple[Preuve, ...], debut: dt.date, fin: dt.date) -> dict[int, tuple[dt.date, ...]]:
    days: dict[int, set[dt.date]] = {}
    for one in preuves:
        if debut <= one.date <= fin:
            days.setdefault(one.tache, set()).add(one.date)
    return {tache: tuple(sorted(found)) for tache, found in days.items()}


def _task(rank: int, item: Mapping[str, Any], faits: _Faits) -> Obligation:
    state, reason = _JUDGED.get(rank, _dated)(rank, faits)
    return Obligation(rank, item["code"], item["libelle"], state, faits.preuves.get(rank, ()), reason)


def _dated(rank: int, faits: _Faits) -> tuple[Etat, str]:
    """Judge by a dated trace: there is one, or a reason, or it is missing."""
    if faits.preuves.get(rank):
        return "prouvee", ""
    if rank in faits.motifs:
        return "sans_objet", faits.motifs[rank]
    return faits.manque, "aucune trace dans la période"


def _entretiens(rank: int, faits: _Faits) -> tuple[Etat, str]:
    if not faits.situation.entretiens_a_jour:
        return "lacune", "un entretien ou une séance en retard"
    return ("prouvee", "") if faits.preuves.get(rank) else ("a_faire", "la première échéance n'est pas passée")


def _cpas(rank: int, faits: _Faits) -> tuple[Etat, str]:
    if not faits.situation.art_60:
        return "sans_objet", faits.motifs.get(rank, "la personne n'est pas engagée sous l'article 60 § 7")
    if faits.situation.convention_en_vigueur:
        return "prouvee", ""
    return "lacune", "article 60 § 7 sans convention en vigueur"


def _bilan(_: int, faits: _Faits) -> tuple[Etat, str]:
    return ("prouvee", "") if faits.situation.bilan_actuel else (faits.manque, "pas de bilan actuel")


def _dossier(_: int, faits: _Faits) -> tuple[Etat, str]:
    return ("prouvee", "") if faits.situation.dossier_complet else (faits.manque, "dossier incomplet")


def _forem(rank: int, faits: _Faits) -> tuple[Etat, str]:
    if faits.situation.dei_depuis is None and not faits.preuves.get(rank):
        return "sans_objet", faits.motifs.get(rank, "la personne n'est pas demandeur d'emploi inoccupé")
    return _dated(rank, faits)


def _amenagement(rank: int, faits: _Faits) -> tuple[Etat, str]:
    if faits.situation.besoin_amenagement:
        return faits.manque, "un besoin attend son avis"
    if faits.preuves.get(rank):
        return "prouvee", ""
    return "sans_objet", faits.motifs.get(rank, "aucun besoin signalé")


_JUDGED = {
    ENTRETIENS: _entretiens,
    CPAS: _cpas,
    BILAN: _bilan,
    DOSSIER: _dossier,
    FOREM: _forem,
    AMENAGEMENT: _amenagement,
}
