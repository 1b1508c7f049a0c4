"""Bilans laid out for pages: the chart of first and last, what each still lacks, what its signature says."""

from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext as _

from clefdevoute.records.suivi import traits
from clefdevoute.records.suivi.bilans import Lu, comparer
from clefdevoute.records.suivi.models import Niveau
from clefdevoute.ui.charts import Compared, ComparedRow, compared
from clefdevoute.ui.formats import date_courte

WORDS = tuple(str(label) for label in Niveau.labels)
READERS = "Lu par les accompagnateurs sociaux de l’entreprise et par la personne. Jamais par la direction."
WISH_READERS = "Ses mots à elle. Lus par elle et par les accompagnateurs sociaux ; ils sont sur sa copie."
HEALTH_READERS = "Lu par vous seul, et par l’équipe si la personne a dit oui. Jamais sur la copie papier."


@dataclass(frozen=True, slots=True)
class Ligne:
    """One bilan in the list."""

    lu: Lu
    kind: str
    state: str

    @property
    def manque(self) -> str:
        """Say what it lacks, in one line."""
        return ", ".join(self.lu.manque)


def ligne(lu: Lu) -> Ligne:
    """Say where a bilan stands: a draft, unsigned, agreed or not."""
    if not lu.bilan.finished:
        return Ligne(lu, "soon", _("Brouillon"))
    if lu.avis is None:
        return Ligne(lu, "progress", _("Avis à recueillir"))
    signed = _("signé") if lu.signature else _("non signé")
    kind = "ok" if lu.signature and lu.avis.avis == "accord" else "progress"
    return Ligne(lu, kind, f"{lu.avis.get_avis_display()}, {signed}")


def dessin(lus: list[Lu]) -> Compared | None:
    """Draw the first and the last finished bilan; one alone is drawn alone, none is not drawn."""
    done = [one for one in lus if one.bilan.finished]
    if not done:
        return None
    last, first = done[0], done[-1] if len(done) > 1 else None
    rows = [
        ComparedRow(
            name=gap.name,
            first=gap.premier.niveau if gap.premier else None,
            last=gap.dernier.niveau if gap.dernier else None,
            note=_("frein") if (gap.dernier or gap.premier) and (gap.dernier or gap.premier).frein else "",  # type: ignore[union-attr]
        )
        for gap in comparer(first, last)
    ]
    return compared(
        id="niveaux",
        rows=rows,
        words=WORDS,
        first_word=date_courte(first.bilan.held_on) if first else "",
        last_word=date_courte(last.bilan.held_on),
    )


def families(lu: Lu) -> list[dict[str, Any]]:
    """Give the domains of one bilan, family by family."""
    found: list[dict[str, Any]] = []
    for cote in lu.cotes:
        if not found or found[-1]["key"] != cote.famille:
            found.append({"key": cote.famille, "title": cote.get_famille_display(), "cotes": []})
        found[-1]["cotes"].append(cote)
    return found


def drawn(lu: Lu) -> list[str]:
    """Give the paths of a signature made on the screen."""
    return traits.chemins(lu.signature.strokes) if lu.signature else []
