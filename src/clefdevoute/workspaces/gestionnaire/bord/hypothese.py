"""« Et si ? »: persons added or gone from a day on, asked of the law like real ones and stored nowhere (F5)."""

import datetime as dt
from dataclasses import replace

from clefdevoute.law.accompagnement_social.effectifs import Engagement, effectif
from clefdevoute.law.kernel.dates import add_days

from .personnes import Personnes, Registre, compter

MOST = 500


def supposer(registre: Registre, *, entrees: int, sorties: int, des: dt.date) -> Personnes:
    """
    Count the year again with persons in and out from a day on.

    Those who go are taken among the persons counted that day whose contracts would have lasted longest:
    a departure already foreseen is not foreseen twice.
    """
    gone = _leaving(registre, sorties, des)
    kept = tuple(_cut(one, des) if one.personne in gone else one for one in registre.engagements)
    stay = tuple(one for one in kept if one is not None)
    new = tuple(
        Engagement(personne=f"hypothèse {rank + 1}", debut=des, fin=None, statut="TD") for rank in range(entrees)
    )
    return compter(replace(registre, engagements=(*stay, *new)))


def _leaving(registre: Registre, count: int, des: dt.date) -> frozenset[str]:
    answer = effectif(engagements=registre.engagements, as_of=des, compter_art_60=registre.lectures.compter_art_60)
    last: dict[str, dt.date] = {}
    for one in registre.engagements:
        last[one.personne] = max(last.get(one.personne, dt.date.min), one.fin or dt.date.max)
    present = sorted(
        (one.personne for one in answer.value.personnes if one.compte), key=lambda who: (last[who], who), reverse=True
    )
    return frozenset(present[:count])


def _cut(one: Engagement, des: dt.date) -> Engagement | None:
    """End a contract the day before, or drop one that would only begin later."""
    if one.debut >= des:
        return None
    return one if one.fin is not None and one.fin < des else replace(one, fin=add_days(des, -1))
