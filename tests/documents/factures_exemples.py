"""Our own invoices for tests: one sound document, and the words to break it."""

import dataclasses
import datetime as dt
from decimal import Decimal
from typing import Any

from clefdevoute.documents.factures.ecrire import FactureAEcrire, LigneAEcrire, PartieAEcrire, ecrire

FOURNISSEUR = PartieAEcrire(name="Imprimerie du Moulin SRL", numero="0202239951")
ENTREPRISE = PartieAEcrire(name="EI L’Exemple ASBL", numero="0477472701")
SAINE = FactureAEcrire(
    number="F-2026-001",
    issue_date=dt.date(2026, 3, 14),
    due_date=dt.date(2026, 4, 13),
    supplier=FOURNISSEUR,
    buyer=ENTREPRISE,
    lines=(
        LigneAEcrire(name="Téléphonie & Internet", quantity=Decimal(3), unit_price=Decimal("33.33")),
        LigneAEcrire(name="Syllabus", unit_price=Decimal("100.00"), vat_rate=Decimal(6)),
        LigneAEcrire(name="Assurance", unit_price=Decimal("50.00"), vat_rate=Decimal(0)),
    ),
    iban="BE68539007547034",
    payment_id="+++090/9337/55493+++",
    period=(dt.date(2026, 3, 1), dt.date(2026, 3, 31)),
)


def facture(**changes: Any) -> bytes:
    """The sound invoice, with these facts changed."""
    return ecrire(dataclasses.replace(SAINE, **changes))


def note_de_credit(**changes: Any) -> bytes:
    """The same amounts as a credit note."""
    return facture(is_credit_note=True, number="NC-2026-001", credits_invoice="F-2026-001", **changes)


def abimee(avant: str, apres: str, *, source: bytes | None = None) -> bytes:
    """The sound invoice with one piece of text replaced; a piece that is not there is a mistake of the test."""
    content = source or facture()
    assert avant.encode() in content
    return content.replace(avant.encode(), apres.encode(), 1)
