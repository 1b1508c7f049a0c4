"""Whether the approval is in force on a day, and whether the subsidy may be paid (droit.md § 2)."""

import datetime as dt
from dataclasses import dataclass
from pathlib import Path
from typing import Annotated, Literal

from clefdevoute.law.kernel.dates import add_days, add_months
from clefdevoute.law.kernel.errors import BadFact
from clefdevoute.law.kernel.explained import Explained
from clefdevoute.law.kernel.money import date_fr
from clefdevoute.law.kernel.parameters import Parameter, ValueInForce
from clefdevoute.law.kernel.registry import Fact, rule

_PARAMETERS = Path(__file__).parent / "parameters"
DUREE_INITIALE = Parameter.load(_PARAMETERS / "duree_initiale.yaml")
DUREE_RENOUVELLEMENT = Parameter.load(_PARAMETERS / "duree_renouvellement.yaml")

EtatAgrement = Literal["en_cours", "pas_encore", "expire", "retire", "suspendu", "cesse"]
Genre = Literal["initial", "renouvele", "indetermine"]
Cessation = Literal["faillite", "dissolution", "liquidation_volontaire", "liquidation_judiciaire"]

DOUTE_INDETERMINE = "Durée indéterminée après les six ans : aucun texte lu ne dit si une décision est nécessaire."
DOUTE_SUSPENSION = "Suspension : le Gouvernement peut suspendre « tout ou partie » ; ici, tout est suspendu."
DOUTE_ANCIEN = (
    "Agréé avant le 30/06/2017 : les durées d'alors n'ont pas pu être lues ; celles d'aujourd'hui sont appliquées."
)
SENTENCES_CESSATION = {
    "faillite": "l'entreprise est en faillite",
    "dissolution": "l'entreprise est dissoute",
    "liquidation_volontaire": "l'entreprise est en liquidation volontaire",
    "liquidation_judiciaire": "l'entreprise est en liquidation judiciaire",
}


@dataclass(frozen=True, slots=True)
class Suspension:
    """A period in which the Government suspends the subsidies."""

    debut: Annotated[dt.date, Fact("Premier jour de la suspension.")]
    fin: Annotated[dt.date | None, Fact("Dernier jour de la suspension ; vide tant qu'elle dure.")] = None


@dataclass(frozen=True, slots=True)
class AgrementEnCours:
    """Where the approval stands on a day."""

    etat: Annotated[EtatAgrement, Fact("Où en est l'agrément.")]
    paiement: Annotated[bool, Fact("La subvention peut-elle être payée ce jour-là ?")]
    genre: Annotated[Genre | None, Fact("Agrément initial, renouvelé ou à durée indéterminée.")]
    fin: Annotated[dt.date | None, Fact("Dernier jour de l'agrément ; vide s'il est à durée indéterminée.")]


@dataclass(frozen=True, slots=True)
class _Span:
    genre: Genre
    debut: dt.date
    fin: dt.date | None


def _spans(
    agree_depuis: dt.date, renouvele_le: dt.date | None, initial: ValueInForce, suite: ValueInForce
) -> list[_Span]:
    """Two years, then four, then without end; a renewal decided late leaves the gap it leaves."""
    first, second = 12 * int(initial.value), 12 * int(suite.value)
    terme = add_months(agree_depuis, first)
    spans = [_Span("initial", agree_depuis, add_days(terme, -1))]
    if renouvele_le is not None:
        # Counted from the first day when nothing was interrupted, so that a 29 February comes back.
        if renouvele_le <= terme:
            debut, suivant = terme, add_months(agree_depuis, first + second)
        else:
            debut, suivant = renouvele_le, add_months(renouvele_le, second)
        spans.append(_Span("renouvele", debut, add_days(suivant, -1)))
        spans.append(_Span("indetermine", suivant, None))
    return spans


def _check(
    agree_depuis: dt.date,
    renouvele_le: dt.date | None,
    retire_le: dt.date | None,
    suspensions: tuple[Suspension, ...],
) -> None:
    """Refuse what cannot follow the approval."""
    for name, day in (("renouvele_le", renouvele_le), ("retire_le", retire_le)):
        if day is not None and day < agree_depuis:
            raise BadFact(
                f"« {name} » : le {date_fr(day)} précède l'agrément du {date_fr(agree_depuis)}. "
                f"Vérifiez les deux dates."
            )
    for one in suspensions:
        if one.fin is not None and one.fin < one.debut:
            raise BadFact(
                f"« suspensions » : la fin du {date_fr(one.fin)} précède le début du {date_fr(one.debut)}. "
                f"Vérifiez les deux dates."
            )


def _etat(
    as_of: dt.date,
    spans: list[_Span],
    retire_le: dt.date | None,
    cessation: tuple[dt.date, str] | None,
    suspensions: tuple[Suspension, ...],
) -> tuple[EtatAgrement, str, _Span | None]:
    """Name the strongest reason first: what stops every payment before what only ends an approval."""
    span = next((s for s in spans if s.debut <= as_of and (s.fin is None or as_of <= s.fin)), None)
    if as_of < spans[0].debut:
        return "pas_encore", f"l'agrément ne commence que le {date_fr(spans[0].debut)}", None
    if cessation is not None and as_of >= cessation[0]:
        pourquoi = f"{SENTENCES_CESSATION[cessation[1]]} depuis le {date_fr(cessation[0])}"
        return "cesse", f"{pourquoi} : plus aucun paiement n'est possible", span
    if retire_le is not None and as_of >= retire_le:
        return "retire", f"l'agrément a été retiré le {date_fr(retire_le)}", None
    if span is None:
        fin = max(s.fin for s in spans if s.fin is not None and s.fin < as_of)
        return "expire", f"l'agrément a expiré le {date_fr(fin)} ; enregistrez la décision de renouvellement", None
    for suspension in suspensions:
        if suspension.debut <= as_of and (suspension.fin is None or as_of <= suspension.fin):
            return "suspendu", f"les subsides sont suspendus depuis le {date_fr(suspension.debut)}", span
    return "en_cours", "l'agrément est en cours", span


@rule(
    "L'agrément est-il en cours ce jour-là, et la subvention peut-elle être payée ?",
    "Décret du 20/10/2016",
    "Wallonie.be, démarche 138464",
)
def en_cours(
    *,
    as_of: Annotated[dt.date, Fact("Jour où l'on regarde.")],
    agree_depuis: Annotated[
        dt.date, Fact("Premier jour du premier agrément comme entreprise d'insertion.", example="2022-03-15")
    ],
    renouvele_le: Annotated[dt.date | None, Fact("Effet de la décision de renouvellement, si elle existe.")] = None,
    retire_le: Annotated[dt.date | None, Fact("Jour du retrait de l'agrément, s'il a eu lieu.")] = None,
    suspensions: Annotated[tuple[Suspension, ...], Fact("Périodes de suspension des subsides.")] = (),
    cessation: Annotated[Cessation | None, Fact("Faillite, dissolution ou liquidation, s'il y en a une.")] = None,
    cessation_le: Annotated[dt.date | None, Fact("Jour de la faillite, dissolution ou liquidation.")] = None,
) -> Explained[AgrementEnCours]:
    """Answer the state of the approval on a day: two years, four more, then without end."""
    _check(agree_depuis, renouvele_le, retire_le, suspensions)
    if (cessation is None) != (cessation_le is None):
        raise BadFact("« cessation » et « cessation_le » vont ensemble : donnez le motif et son jour, ou aucun.")
    # An approval older than the framework goes on under it: most enterprises of today are older.
    ancien = agree_depuis < DUREE_INITIALE.dates[0]
    initial, suite = (duree.at(as_of if ancien else agree_depuis) for duree in (DUREE_INITIALE, DUREE_RENOUVELLEMENT))
    spans = _spans(agree_depuis, renouvele_le, initial, suite)
    stop = None if cessation is None or cessation_le is None else (cessation_le, cessation)
    etat, pourquoi, span = _etat(as_of, spans, retire_le, stop, suspensions)
    jusque = ""
    if span is not None and etat == "en_cours":
        jusque = ", sans terme" if span.fin is None else f", jusqu'au {date_fr(span.fin)}"
    doubts = [DOUTE_INDETERMINE] if span is not None and span.genre == "indetermine" else []
    if ancien:
        doubts.append(DOUTE_ANCIEN)
    if etat == "suspendu":
        doubts.append(DOUTE_SUSPENSION)
    return Explained(
        value=AgrementEnCours(
            etat=etat,
            paiement=etat == "en_cours",
            genre=span.genre if span else None,
            fin=span.fin if span else None,
        ),
        sentence=f"Au {date_fr(as_of)}, {pourquoi}{jusque}.",
        law=(initial, suite),
        doubts=tuple(doubts),
    )
