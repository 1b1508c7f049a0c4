"""How many persons open the right: on a day, and day by day over a year (fiche 06, « L'ouverture du droit »)."""

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Annotated, Literal, get_args

from clefdevoute.law.kernel.dates import check_year
from clefdevoute.law.kernel.errors import BadFact
from clefdevoute.law.kernel.explained import Explained
from clefdevoute.law.kernel.money import count_fr, date_fr
from clefdevoute.law.kernel.parameters import chosen
from clefdevoute.law.kernel.registry import Fact, rule

from .values import ART_60_COMPTE, MODE_COMPTAGE, SUBVENTION_MAXIMALE, step_at

Statut = Literal["TD", "TGD", "aucun"]
Comptage = Literal["date_reference", "dernier_jour", "moyenne", "minimum"]

DOUTE_A3 = "Lecture A3 : une personne TGD à son premier engagement le reste quand elle est engagée de nouveau."
_DES_LE_PREMIER = "TGD dès son premier engagement"
_ONE_DAY = dt.timedelta(days=1)


@dataclass(frozen=True, slots=True)
class Engagement:
    """One contract of a person, with the status fixed when it began (A23)."""

    personne: Annotated[
        str, Fact("Numéro interne de la personne ; une personne ne compte qu'une fois (A3).", example="W1")
    ]
    debut: Annotated[dt.date, Fact("Premier jour du contrat, compris.")]
    fin: Annotated[dt.date | None, Fact("Dernier jour du contrat, compris ; vide (null) s'il court encore.")]
    statut: Annotated[Statut, Fact("Statut constaté à l'engagement : TD, TGD ou aucun.")]
    art_60: Annotated[bool, Fact("Mise à disposition par un CPAS (art. 60, § 7).", reading="A4")] = False
    malade_longue_duree: Annotated[bool, Fact("Au payroll, en maladie de longue durée.")] = False
    sous_mi_temps: Annotated[bool, Fact("Sous le mi-temps : pas de subvention travailleur.")] = False
    subvention_epuisee: Annotated[bool, Fact("Sa subvention travailleur a été entièrement perçue.")] = False

    def __post_init__(self) -> None:
        """Refuse a contract of nobody, or upside down, once for all the days that will be asked."""
        if not self.personne or self.personne != self.personne.strip():
            raise BadFact(
                f"Contrat du {date_fr(self.debut)} : « personne » est vide ou entouré d'espaces. Écrivez le "
                f"seul numéro, pour que la personne compte une fois."
            )
        if self.fin is not None and self.fin < self.debut:
            raise BadFact(
                f"Personne {self.personne} : le contrat finit le {date_fr(self.fin)}, avant de commencer le "
                f"{date_fr(self.debut)}. Corrigez l'une des deux dates."
            )


@dataclass(frozen=True, slots=True)
class PersonneComptee:
    """One person, counted or not, and why."""

    personne: Annotated[str, Fact("Numéro interne de la personne.")]
    compte: Annotated[bool, Fact("La personne compte-t-elle ?")]
    statut: Annotated[Statut, Fact("Statut retenu.")]
    motif: Annotated[str, Fact("Pourquoi elle compte, ou pas.")]


@dataclass(frozen=True, slots=True)
class Effectif:
    """The persons of a day."""

    total: Annotated[int, Fact("Nombre de personnes qui comptent.", unit="personnes")]
    personnes: Annotated[tuple[PersonneComptee, ...], Fact("Chaque personne, avec la raison.")]


@dataclass(frozen=True, slots=True)
class Changement:
    """A day on which the number of persons changes."""

    jour: Annotated[dt.date, Fact("Jour où le nombre change.")]
    personnes: Annotated[int, Fact("Nombre de personnes à partir de ce jour.", unit="personnes")]
    variation: Annotated[int, Fact("Différence avec la veille.", unit="personnes")]


@dataclass(frozen=True, slots=True)
class EffectifPeriode:
    """The number of persons over a year, and the one that fixes the step."""

    retenu: Annotated[int, Fact("Nombre qui fixe le palier, selon la lecture A2.", unit="personnes", reading="A2")]
    au_debut: Annotated[int, Fact("Nombre le premier jour.", unit="personnes")]
    a_la_fin: Annotated[int, Fact("Nombre le dernier jour.", unit="personnes")]
    minimum: Annotated[int, Fact("Plus petit nombre de l'année.", unit="personnes")]
    maximum: Annotated[int, Fact("Plus grand nombre de l'année.", unit="personnes")]
    jours_personnes: Annotated[int, Fact("Somme, jour après jour, des personnes présentes.", unit="jours")]
    changements: Annotated[tuple[Changement, ...], Fact("Chaque jour où le nombre change.")]


_EXTRA = (
    ("malade_longue_duree", "malade de longue durée, mais au payroll"),
    ("sous_mi_temps", "sous le mi-temps, ce que le droit n'exige pas"),
    ("subvention_epuisee", "subvention travailleur épuisée, mais toujours présente"),
)


def _first_statuses(engagements: Iterable[Engagement], art_60: bool) -> dict[str, Statut]:
    """Keep the status of each person's first engagement: a TGD remains one when hired again (A3)."""
    first: dict[str, Engagement] = {}
    for one in engagements:
        if art_60 or not one.art_60:
            known = first.get(one.personne)
            if known is None or (one.debut, one.statut != "TGD") < (known.debut, known.statut != "TGD"):
                first[one.personne] = one
    return {person: one.statut for person, one in first.items()}


def _judged(person: str, present: list[Engagement], first: Statut | None, art_60: bool) -> PersonneComptee:
    """Say whether a person present on the day counts, from all her contracts of that day."""
    own = [one for one in present if art_60 or not one.art_60]
    if not own:
        motif = "article 60 : au payroll du CPAS, suivie mais non comptée"
        return PersonneComptee(personne=person, compte=False, statut=present[0].statut, motif=motif)
    statuses = {one.statut for one in own}
    statut: Statut = "TGD" if "TGD" in statuses else "TD" if "TD" in statuses else "aucun"
    if statut == "aucun" and first != "TGD":
        motif = "ni TD ni TGD à l'engagement"
        return PersonneComptee(personne=person, compte=False, statut="aucun", motif=motif)
    earlier = statut != "TGD" and first == "TGD"
    words = [_DES_LE_PREMIER if earlier else f"{statut} à l'engagement"]
    words += [text for name, text in _EXTRA if any(getattr(one, name) for one in own)]
    if any(one.art_60 for one in own):
        words.append("article 60, compté selon la lecture A4 choisie")
    if len(own) > 1:
        words.append(f"{len(own)} contrats, une seule personne")
    retained: Statut = "TGD" if earlier else statut
    return PersonneComptee(personne=person, compte=True, statut=retained, motif=" ; ".join(words))


@rule(
    "Quelles personnes comptent ce jour-là, et pourquoi ?",
    "Fiche explicative 06, « L'ouverture du droit »",
    "A2",
    "A3",
    "A4",
    "A23",
    "P8",
)
def effectif(
    *,
    engagements: Annotated[tuple[Engagement, ...], Fact("Contrats de travail, tous statuts confondus.")],
    as_of: Annotated[dt.date, Fact("Jour de comptage ; premier jour de l'année d'agrément.", reading="A2")],
    compter_art_60: Annotated[
        bool | None, Fact("Compter les articles 60 ? Vide : la valeur du paramètre P8.", reading="A4")
    ] = None,
) -> Explained[Effectif]:
    """Answer who counts on a day: each person once, both ends of a contract included."""
    choix = ART_60_COMPTE.at(as_of)
    art_60 = choix.value if compter_art_60 is None else compter_art_60
    first = _first_statuses(engagements, art_60)
    present: dict[str, list[Engagement]] = {}
    for one in engagements:
        if one.debut <= as_of and (one.fin is None or as_of <= one.fin):
            present.setdefault(one.personne, []).append(one)
    people = tuple(_judged(person, own, first.get(person), art_60) for person, own in sorted(present.items()))
    total = sum(one.compte for one in people)
    hors = len(people) - total
    ecart = f" ; {hors} présentes ne comptent pas" if hors > 1 else " ; 1 présente ne compte pas" if hors else ""
    return Explained(
        value=Effectif(total=total, personnes=people),
        sentence=f"{count_fr(total, 'personne')} TD ou TGD sous contrat le {date_fr(as_of)}{ecart}.",
        law=(MODE_COMPTAGE.at(as_of), choix),
        doubts=(DOUTE_A3,) if any(one.motif.startswith(_DES_LE_PREMIER) for one in people) else (),
    )


def _first_tgd(engagements: tuple[Engagement, ...], names: set[str], art_60: bool) -> set[str]:
    """Keep, of some persons, those whose first engagement was as TGD: their later contracts still count (A3)."""
    theirs = [one for one in engagements if one.personne in names]
    if not any(one.statut == "TGD" for one in theirs):
        return set()
    return {person for person, statut in _first_statuses(theirs, art_60).items() if statut == "TGD"}


def _parted(
    engagements: tuple[Engagement, ...], debut: dt.date, fin: dt.date, art_60: bool
) -> tuple[set[str], dict[str, list[tuple[dt.date, dt.date]]]]:
    """Part the persons who count in a year: those there from end to end, and the clipped contracts of the others."""
    present = [one for one in engagements if one.debut <= fin and (one.fin is None or one.fin >= debut)]
    others = {one.personne for one in present if one.statut == "aucun"}
    kept = _first_tgd(engagements, others, art_60) if others else others
    whole: set[str] = set()
    parts = []
    for one in present:
        if (one.statut != "aucun" or one.personne in kept) and (art_60 or not one.art_60):
            if one.debut <= debut and (one.fin is None or one.fin >= fin):
                whole.add(one.personne)
            else:
                parts.append(one)
    spans: dict[str, list[tuple[dt.date, dt.date]]] = {}
    for one in parts:
        if one.personne not in whole:
            start, stop = one.debut, one.fin
            clipped = (debut if start < debut else start, fin if stop is None or stop > fin else stop)
            spans.setdefault(one.personne, []).append(clipped)
    return whole, spans


def _events(
    spans: dict[str, list[tuple[dt.date, dt.date]]], debut: dt.date, fin: dt.date
) -> tuple[int, dict[dt.date, int]]:
    """Sweep the ends of the persons' own unions: the number on the first day, then each day's difference."""
    start_count = 0
    delta: dict[dt.date, int] = {}
    for own in spans.values():
        for start, stop in own if len(own) == 1 else _union(own):
            if start == debut:
                start_count += 1
            else:
                delta[start] = delta.get(start, 0) + 1
            if stop != fin:
                after = stop + _ONE_DAY
                delta[after] = delta.get(after, 0) - 1
    return start_count, delta


def _union(spans: list[tuple[dt.date, dt.date]]) -> list[tuple[dt.date, dt.date]]:
    """Join contracts that overlap or follow each other without a day between."""
    spans.sort()
    joined = [spans[0]]
    for start, stop in spans[1:]:
        last_start, last_stop = joined[-1]
        if start <= last_stop + _ONE_DAY:
            joined[-1] = (last_start, max(stop, last_stop))
        else:
            joined.append((start, stop))
    return joined


def _swept(
    debut: dt.date, fin: dt.date, count: int, delta: dict[dt.date, int]
) -> tuple[int, int, int, int, tuple[Changement, ...]]:
    """Walk the days on which the number changes: last, lowest, highest, person-days, changes."""
    lowest = highest = count
    days, since = 0, debut
    changes = []
    for day in sorted(delta):
        variation = delta[day]
        if variation:
            days += count * (day - since).days
            count, since = count + variation, day
            changes.append(Changement(day, count, variation))
            if count < lowest:
                lowest = count
            elif count > highest:
                highest = count
    days += count * ((fin - since).days + 1)
    return count, lowest, highest, days, tuple(changes)


def _on(day: dt.date, count: int, changes: tuple[Changement, ...]) -> int:
    for change in changes:
        if change.jour > day:
            break
        count = change.personnes
    return count


_COMPTAGES: dict[str, Comptage] = {word: word for word in get_args(Comptage)}
_MESURES = {
    "dernier_jour": "le dernier jour",
    "moyenne": "en moyenne, arrondie vers le bas",
    "minimum": "au minimum de l'année",
}


@rule(
    "Combien de personnes comptent, jour après jour, sur l'année d'agrément ?",
    "Fiche explicative 06, « L'ouverture du droit »",
    "A2",
    "A3",
    "A4",
    "P7",
    "P8",
)
def effectif_periode(
    *,
    engagements: Annotated[tuple[Engagement, ...], Fact("Contrats de travail, tous statuts confondus.")],
    debut: Annotated[dt.date, Fact("Premier jour de l'année d'agrément.")],
    fin: Annotated[dt.date, Fact("Dernier jour de l'année d'agrément.", example="2026-12-31")],
    date_reference: Annotated[
        dt.date | None,
        Fact("Jour de comptage d'un premier octroi : l'envoi du contrat. Vide : le premier jour.", reading="A2"),
    ] = None,
    comptage: Annotated[
        Comptage | None, Fact("Mesure qui fixe le palier. Vide : la valeur du paramètre P7.", reading="A2")
    ] = None,
    compter_art_60: Annotated[
        bool | None, Fact("Compter les articles 60 ? Vide : la valeur du paramètre P8.", reading="A4")
    ] = None,
) -> Explained[EffectifPeriode]:
    """Answer the number of persons day by day, and the one that fixes the step; an event sweep, never a day join."""
    check_year(debut, fin)
    jour = debut if date_reference is None else date_reference
    if not debut <= jour <= fin:
        raise BadFact(
            f"Le jour de comptage {date_fr(jour)} n'est pas dans l'année du {date_fr(debut)} au {date_fr(fin)}. "
            f"Choisissez un jour de cette année."
        )
    mode, choix = MODE_COMPTAGE.at(debut), ART_60_COMPTE.at(debut)
    mesure: str = comptage or chosen(mode, _COMPTAGES)
    whole, spans = _parted(engagements, debut, fin, choix.value if compter_art_60 is None else compter_art_60)
    au_debut, delta = _events(spans, debut, fin)
    au_debut += len(whole)
    last, lowest, highest, days, changes = _swept(debut, fin, au_debut, delta)
    if mesure == "date_reference":
        retenu, quand = _on(jour, au_debut, changes), f"le {date_fr(jour)}"
    else:
        average = days // ((fin - debut).days + 1)
        retenu = {"dernier_jour": last, "moyenne": average, "minimum": lowest}[mesure]
        quand = _MESURES[mesure]
    bareme = SUBVENTION_MAXIMALE.at(debut)
    tombe = ""
    if step_at(bareme, lowest)[0] < step_at(bareme, retenu)[0]:
        bas = count_fr(lowest, "personne")
        tombe = f" À {bas}, le palier n'est plus atteint : le plafond accordé n'est pas coupé pour autant."
    return Explained(
        value=EffectifPeriode(
            retenu=retenu,
            au_debut=au_debut,
            a_la_fin=last,
            minimum=lowest,
            maximum=highest,
            jours_personnes=days,
            changements=changes,
        ),
        sentence=f"{count_fr(retenu, 'personne')} {quand} ; sur l'année, de {lowest} à {highest}.{tombe}",
        law=(mode, choix),
    )
