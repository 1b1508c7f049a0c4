"""Is a worker's file complete in its five legal parts? Facts are dates, not ticks (task 7 of the eleven; P23)."""

import datetime as dt
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Annotated

from clefdevoute.law.kernel.dates import add_months
from clefdevoute.law.kernel.explained import Explained
from clefdevoute.law.kernel.money import date_fr
from clefdevoute.law.kernel.parameters import Parameter
from clefdevoute.law.kernel.registry import Fact, rule

VALIDITE_BILAN = Parameter.load(Path(__file__).parent / "parameters" / "validite_bilan.yaml")


@dataclass(frozen=True, slots=True)
class Partie:
    """One of the five parts, and what it still lacks."""

    numero: Annotated[int, Fact("Rang de la partie, de 1 à 5.")]
    libelle: Annotated[str, Fact("Nom de la partie.")]
    complete: Annotated[bool, Fact("Rien n'y manque.")]
    manque: Annotated[tuple[str, ...], Fact("Ce qui y manque.")]


@dataclass(frozen=True, slots=True)
class Completude:
    """The file as a whole and part by part."""

    complet: Annotated[bool, Fact("Les cinq parties sont complètes.")]
    parties_completes: Annotated[int, Fact("Nombre de parties complètes, sur cinq.")]
    parties: Annotated[tuple[Partie, ...], Fact("Les cinq parties, dans l'ordre du texte.")]


@dataclass(frozen=True, slots=True)
class Signaletique:
    """Part 1: the days on which each datum was recorded, or the datum itself where it is a date."""

    nom_enregistre_le: Annotated[dt.date | None, Fact("Jour où le nom a été enregistré.")] = None
    date_naissance: Annotated[dt.date | None, Fact("Date de naissance.", example="1990-05-17")] = None
    contact_enregistre_le: Annotated[dt.date | None, Fact("Jour où un moyen de contact a été enregistré.")] = None
    date_engagement: Annotated[dt.date | None, Fact("Jour de l'engagement.")] = None
    statut_verifie_le: Annotated[dt.date | None, Fact("Jour où le statut (TD, TGD, autre) a été vérifié.")] = None


AsOf = Annotated[dt.date, Fact("Jour où l'on regarde.")]
SignaletiqueFait = Annotated[Signaletique, Fact("Données signalétiques (partie 1).")]
DernierBilan = Annotated[dt.date | None, Fact("Jour du dernier bilan individuel (partie 2).")]
DernierEnregistrement = Annotated[dt.date | None, Fact("Jour du dernier enregistrement au dossier (partie 3).")]
SyntheseLe = Annotated[dt.date | None, Fact("Jour où la synthèse a été régénérée (partie 3).")]
ConfirmeeLe = Annotated[dt.date | None, Fact("Jour où la synthèse a été confirmée (partie 3).")]
DerniereDemarche = Annotated[dt.date | None, Fact("Jour de la dernière démarche (partie 4).")]
AucuneDemarcheLe = Annotated[dt.date | None, Fact("Jour où « aucune démarche à ce jour » a été noté (partie 4).")]
EcheanceIndividuelle = Annotated[
    dt.date | None,
    Fact("Échéance individuelle, d'« entretiens.echeance » (partie 5) ; vide après la sortie."),
]
EmpecheDepuis = Annotated[dt.date | None, Fact("Premier jour d'un empêchement motivé en cours (partie 5).")]


@rule("Cette partie du dossier est-elle complète ?", "Page « Accompagnement social », tâche 7", public=False)
def partie(*, numero: int, libelle: str, manque: tuple[str, ...]) -> Explained[Partie]:
    """Answer one part with the words for what it lacks."""
    words = "complète" if not manque else "il manque " + ", ".join(manque)
    return Explained(value=Partie(numero, libelle, not manque, manque), sentence=f"{numero}. {libelle} : {words}.")


def _known(day: dt.date | None, as_of: dt.date) -> bool:
    return day is not None and day <= as_of


def _signaletique(facts: Signaletique, as_of: dt.date) -> Explained[Partie]:
    words = {
        "le nom": _known(facts.nom_enregistre_le, as_of),
        "la date de naissance": facts.date_naissance is not None,
        "un moyen de contact": _known(facts.contact_enregistre_le, as_of),
        "la date d'engagement": facts.date_engagement is not None,
        "le statut vérifié": _known(facts.statut_verifie_le, as_of),
    }
    missing = (name for name, known in words.items() if not known)
    return partie(numero=1, libelle="Données signalétiques", manque=tuple(missing))


@rule("Le bilan individuel est-il actuel ?", "Page « Accompagnement social », tâche 7", "P23", public=False)
def bilan_actuel(*, dernier_bilan: dt.date | None, as_of: dt.date) -> Explained[bool]:
    """Answer whether the last bilan is not older than P23, that day included."""
    age = VALIDITE_BILAN.at(as_of)
    if dernier_bilan is None or dernier_bilan > as_of:
        return Explained(value=False, sentence="Aucun bilan individuel.", law=(age,))
    until = add_months(dernier_bilan, int(age.value))
    head = f"Bilan du {date_fr(dernier_bilan)}"
    if as_of <= until:
        return Explained(value=True, sentence=f"{head}, actuel jusqu'au {date_fr(until)}.", law=(age,))
    return Explained(value=False, sentence=f"{head}, dépassé depuis le {date_fr(until)}.", law=(age,))


def _bilan(dernier_bilan: dt.date | None, as_of: dt.date) -> Explained[Partie]:
    step = bilan_actuel(dernier_bilan=dernier_bilan, as_of=as_of)
    missing = () if step.value else ("un bilan actuel",)
    found = partie(numero=2, libelle="Bilan individuel", manque=missing)
    return replace(found, sentence=f"{found.sentence} {step.sentence}", because=(step,), doubts=step.doubts)


def _synthese(
    last: dt.date | None, made: dt.date | None, confirmed: dt.date | None, as_of: dt.date
) -> Explained[Partie]:
    missing: tuple[str, ...] = ()
    if made is None or made > as_of:
        missing = ("la synthèse des actions",)
    elif last is not None and last > made:
        missing = (f"une synthèse régénérée depuis l'enregistrement du {date_fr(last)}",)
    elif confirmed is None or not made <= confirmed <= as_of:
        missing = (f"la confirmation de la synthèse du {date_fr(made)}",)
    return partie(numero=3, libelle="Synthèse des actions", manque=missing)


def _demarches(last: dt.date | None, none_on: dt.date | None, as_of: dt.date) -> Explained[Partie]:
    enough = _known(last, as_of) or _known(none_on, as_of)
    missing = () if enough else ("une démarche, ou « aucune à ce jour » avec sa date",)
    return partie(numero=4, libelle="Démarches", manque=missing)


def _entretiens(due: dt.date | None, impeded: dt.date | None, as_of: dt.date) -> Explained[Partie]:
    on_time = due is None or as_of <= due or (impeded is not None and impeded <= due)
    missing = () if on_time or due is None else (f"l'entretien individuel dû le {date_fr(due)}",)
    return partie(numero=5, libelle="Entretiens de suivi", manque=missing)


@rule("Le dossier de ce travailleur est-il complet ?", "AGW du 24/05/2017, art. 3", "P23")
def dossier_complet(
    *,
    as_of: AsOf,
    signaletique: SignaletiqueFait,
    dernier_bilan: DernierBilan,
    dernier_enregistrement: DernierEnregistrement,
    synthese_regeneree_le: SyntheseLe,
    synthese_confirmee_le: ConfirmeeLe,
    derniere_demarche: DerniereDemarche,
    aucune_demarche_le: AucuneDemarcheLe,
    echeance_individuelle: EcheanceIndividuelle,
    empeche_depuis: EmpecheDepuis = None,
) -> Explained[Completude]:
    """Answer the five parts of the individual file, each with what it lacks."""
    steps = (
        _signaletique(signaletique, as_of),
        _bilan(dernier_bilan, as_of),
        _synthese(dernier_enregistrement, synthese_regeneree_le, synthese_confirmee_le, as_of),
        _demarches(derniere_demarche, aucune_demarche_le, as_of),
        _entretiens(echeance_individuelle, empeche_depuis, as_of),
    )
    parts = tuple(step.value for step in steps)
    done = sum(part.complete for part in parts)
    words = "complet" if done == len(parts) else "à compléter"
    return Explained(
        value=Completude(complet=done == len(parts), parties_completes=done, parties=parts),
        sentence=f"Dossier {words} le {date_fr(as_of)} : {done} parties sur {len(parts)}.",
        because=steps,
    )
