"""Travel of the social support worker: kilometres at the public rate, tickets, home to work (P12; A12, A26)."""

import datetime as dt
from decimal import Decimal
from pathlib import Path
from typing import Annotated, Any, Literal

from clefdevoute.law.accompagnement_social.etranger import (
    DOUTE_A26,
    Decision,
    Etranger,
    LectureEtranger,
    judged_abroad,
)
from clefdevoute.law.kernel.errors import BadFact, MissingFact
from clefdevoute.law.kernel.explained import Explained
from clefdevoute.law.kernel.money import NBSP, ZERO, cents, date_fr, decimal_fr, euros
from clefdevoute.law.kernel.parameters import Parameter
from clefdevoute.law.kernel.registry import Fact, rule
from clefdevoute.law.kernel.units import Euros, Kilometres

_PARAMETERS = Path(__file__).parent / "parameters"
KILOMETRES_ANNUELS = Parameter.load(_PARAMETERS / "kilometres_annuels.yaml")

Bareme = Literal["trimestriel", "annuel", "wallon"]
Moyen = Literal["voiture", "transport_public"]
Nature = Literal["mission", "domicile_travail"]
BAREMES: dict[Bareme, Parameter] = {
    "trimestriel": Parameter.load(_PARAMETERS / "taux_trimestriel.yaml"),
    "annuel": Parameter.load(_PARAMETERS / "taux_annuel.yaml"),
    "wallon": Parameter.load(_PARAMETERS / "taux_wallon.yaml"),
}

DOUTE_A12 = "A12 : le taux public est donné pour les missions ; le domicile-travail est lu à son coût réel."

DateTrajet = Annotated[dt.date, Fact("Jour du trajet ; pour le domicile-travail, dernier jour de la période payée.")]
NatureFait = Annotated[Nature, Fact("Mission, ou trajet entre le domicile et le travail.")]
MoyenFait = Annotated[Moyen, Fact("Voiture, ou transport public.")]
KilometresFait = Annotated[
    Kilometres | None,
    Fact("Kilomètres parcourus ; nécessaires à une mission en voiture, et là seulement.", example="37.5"),
]
PrixTicket = Annotated[
    Euros | None,
    Fact("Prix du titre ; nécessaire à une mission en transport public, et là seulement.", example="12.40"),
]
CoutReel = Annotated[
    Euros | None,
    Fact("Coût réellement payé par l'employeur ; nécessaire au domicile-travail, et là seulement.", example="55.00"),
]
BaremeFait = Annotated[Bareme, Fact("Table des taux : trimestrielle, annuelle ou wallonne.", reading="A12")]
KilometresAnnee = Annotated[Kilometres, Fact("Kilomètres de la personne déjà indemnisés cette année-là.")]
EtrangerFait = Annotated[Etranger | None, Fact("Voyage à l'étranger, s'il y en a un.")]
LectureFait = Annotated[LectureEtranger, Fact("Quand l'accord pour l'étranger suffit.", reading="A26")]


@rule("Ce déplacement à l'étranger est-il admis ?", "Fiche 06, partie F, 2°, a)", "A26", public=False)
def voyage(*, etranger: Etranger, date_trajet: dt.date, lecture_etranger: LectureEtranger) -> Explained[Decision]:
    """Answer whether the motivated request was granted before the departure, as for every cost of a journey."""
    if date_trajet < etranger.depart_le:
        raise BadFact(
            f"« depart_le » : le départ du {date_fr(etranger.depart_le)} suit le trajet du {date_fr(date_trajet)}. "
            f"Vérifiez les deux dates."
        )
    decision, why = judged_abroad(etranger, lecture_etranger)
    counts = "compté" if decision == "admise" else "non compté"
    return Explained(value=decision, sentence=f"Étranger, {counts} : {why}.", doubts=(DOUTE_A26,))


@rule("Quel taux au kilomètre ce jour-là ?", "Fiche 06, partie F, 1°, c)", "A12", "P12", public=False)
def taux(*, date_trajet: dt.date, bareme: Bareme) -> Explained[Decimal]:
    """Answer the rate of the chosen table on the day of the trip; beyond the last one found, say so."""
    table = BAREMES[bareme]
    rate = table.at(date_trajet)
    known = dt.date.fromisoformat(str(table.metadata["last_value_still_valid_on"]))
    doubts: tuple[str, ...] = (
        "A12 : « taux appliqué par les administrations publiques » ne dit pas de quelle administration.",
    )
    if date_trajet > known:
        doubts += (
            f"Taux du {date_fr(date_trajet)} non trouvé : le dernier connu vaut jusqu'au {date_fr(known)} ; "
            f"vérifiez-le et ajoutez le nouveau avec sa référence.",
        )
    return Explained(
        value=rate.value,
        sentence=f"Taux {bareme} du {date_fr(date_trajet)} : {decimal_fr(rate.value, 4)}{NBSP}€/km.",
        law=(rate,),
        doubts=doubts,
    )


@rule("Combien pour ces kilomètres ?", "Fiche 06, partie F, 1°, c)", "A12", "P12", "P13", public=False)
def indemnite_kilometrique(
    *, date_trajet: dt.date, kilometres: Kilometres, bareme: Bareme, kilometres_annee: Kilometres
) -> Explained[Euros]:
    """Answer kilometres × rate, rounded half-up; beyond the yearly limit, warn and cut nothing."""
    rate = taux(date_trajet=date_trajet, bareme=bareme)
    limit = KILOMETRES_ANNUELS.at(date_trajet)
    if kilometres_annee < 0:
        raise BadFact("« kilometres_annee » : un nombre de kilomètres n'est pas négatif. Corrigez-le.")
    amount = cents(kilometres * rate.value)
    total = kilometres_annee + kilometres
    sentence = f"{decimal_fr(kilometres)}{NBSP}km × {decimal_fr(rate.value, 4)}{NBSP}€ : {euros(amount)}."
    if total <= limit.value:
        return Explained(value=amount, sentence=sentence, because=(rate,))
    warning = f" Attention : {decimal_fr(total)}{NBSP}km cette année, au-delà de {decimal_fr(limit.value)}."
    return Explained(value=amount, sentence=sentence + warning, law=(limit,), because=(rate,))


def _checked(needed: str, given: dict[str, Decimal | None]) -> Decimal:
    """Answer the one measure this trip needs; another one given would be silently lost, so it is refused."""
    for name, value in given.items():
        if name != needed and value is not None:
            raise BadFact(f"« {name} » ne sert pas à ce trajet, qui se compte sur « {needed} ». Retirez-le.")
    value = given[needed]
    if value is None:
        raise MissingFact(f"Il manque le fait « {needed} » pour ce trajet. Ajoutez-le : une absence n'est pas un zéro.")
    if value < 0:
        raise BadFact(f"« {needed} » : {decimal_fr(value)} est négatif. Corrigez-le.")
    return value


@rule("Combien ce déplacement vaut-il dans le coût salarial ?", "Fiche 06, partie F, 1°, c)", "A12", "A26", "P12")
def indemnite(
    *,
    date_trajet: DateTrajet,
    nature: NatureFait = "mission",
    moyen: MoyenFait = "voiture",
    kilometres: KilometresFait = None,
    prix_ticket: PrixTicket = None,
    cout_reel: CoutReel = None,
    bareme: BaremeFait = "trimestriel",
    kilometres_annee: KilometresAnnee = ZERO,
    etranger: EtrangerFait = None,
    lecture_etranger: LectureFait = "accord_avant_depart",
) -> Explained[Euros]:
    """Answer the amount borne for a trip: kilometres at the day's rate, the ticket, or the actual cost."""
    needed = "cout_reel" if nature == "domicile_travail" else "kilometres" if moyen == "voiture" else "prix_ticket"
    measures = {"kilometres": kilometres, "prix_ticket": prix_ticket, "cout_reel": cout_reel}
    measure = _checked(needed, measures)
    because: tuple[Explained[Any], ...] = ()
    doubts: tuple[str, ...] = ()
    if needed == "kilometres":
        step = indemnite_kilometrique(
            date_trajet=date_trajet, kilometres=measure, bareme=bareme, kilometres_annee=kilometres_annee
        )
        amount, sentence, because = step.value, step.sentence, (step,)
    else:
        what = "Domicile-travail, coût réel" if needed == "cout_reel" else "Transport public, prix du titre"
        amount, sentence = measure, f"{what} : {euros(measure)}."
        doubts = (DOUTE_A12,) if needed == "cout_reel" else ()
    head = f"Trajet du {date_fr(date_trajet)}. {sentence}"
    if etranger is None:
        return Explained(value=amount, sentence=head, because=because, doubts=doubts)
    abroad = voyage(etranger=etranger, date_trajet=date_trajet, lecture_etranger=lecture_etranger)
    counted = amount if abroad.value == "admise" else ZERO
    return Explained(value=counted, sentence=f"{head} {abroad.sentence}", because=(*because, abroad), doubts=doubts)
