"""
The words of the notice: one function for the preview, the frozen copy, the paper and the head's page.

It takes the measure and never the need, the analysis or the health note: what is not handed in cannot leave.
"""

import datetime as dt
import json
from dataclasses import dataclass
from decimal import Decimal

from clefdevoute.records.amenagements.models import Amenagement, digest

TITLE = "Avis d’aménagement raisonnable"
ASKS = (
    "Vous décidez : accepter, accepter en partie ou refuser. Un refus, même en partie, se motive. "
    "Une mesure acceptée se revoit à la date que vous fixez."
)
SEALED = "Cet avis dit la mesure. La raison de santé n’y est pas, et ne vous est pas demandée."


@dataclass(frozen=True, slots=True)
class Avis:
    """What the head of the enterprise reads, no more and no less."""

    title: str
    facts: tuple[tuple[str, str], ...]
    measure: str
    sealed: str
    asks: str

    def frozen(self) -> str:
        """Write it as the text that is sealed."""
        content = {
            "title": self.title,
            "facts": self.facts,
            "measure": self.measure,
            "sealed": self.sealed,
            "asks": self.asks,
        }
        return json.dumps(content, ensure_ascii=False)


def read(text: str) -> Avis:
    """Read a sealed text back."""
    content = json.loads(text)
    return Avis(
        title=content["title"],
        facts=tuple((label, value) for label, value in content["facts"]),
        measure=content["measure"],
        sealed=content["sealed"],
        asks=content["asks"],
    )


def compose(row: Amenagement, *, author: str, sent_on: dt.date) -> Avis:
    """Write the notice of an adjustment as it would leave on that day, from its measure alone."""
    person = row.travailleur
    facts = [
        ("Entreprise", str(row.entreprise)),
        ("Travailleur", f"{person.first_name} {person.name}"),
        ("Sorte de mesure", row.get_kind_display()),
    ]
    if row.cost is not None:
        facts.append(("Coût estimé", _euros(row.cost)))
    if row.analysed_on is not None:
        facts.append(("Poste analysé le", f"{row.analysed_on:%d/%m/%Y}"))
    facts += [("Remis le", f"{sent_on:%d/%m/%Y}"), ("Par", author)]
    return Avis(title=TITLE, facts=tuple(facts), measure=(row.measure or "").strip(), sealed=SEALED, asks=ASKS)


def fingerprint(row: Amenagement) -> str:
    """Name what a preview shows of an adjustment, whoever sends it and on whichever day."""
    return digest(compose(row, author="", sent_on=dt.date.min).frozen())


def _euros(amount: Decimal) -> str:
    whole, _, cents = f"{amount:,.2f}".partition(".")
    return f"{whole.replace(',', '.')},{cents}\u00a0€"
