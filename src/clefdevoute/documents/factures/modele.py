"""What one electronic invoice says, once read: plain frozen facts, no XML, no database."""

import binascii
import datetime as dt
from dataclasses import dataclass, field
from decimal import Decimal
from enum import StrEnum


class Decision(StrEnum):
    """What the reader advises to do with a file."""

    ACCEPT = "accept"
    WARN = "warn"
    REJECT = "reject"


@dataclass(frozen=True, slots=True)
class Partie:
    """A seller or a buyer, under the numbers it gave itself."""

    name: str | None
    vat_id: str | None
    be_enterprise_number: str | None
    country: str | None

    @property
    def numero_entreprise(self) -> str:
        """Ten digits to match a supplier on, whichever way the number was written; empty when not Belgian."""
        digits = "".join(character for character in self.be_enterprise_number or "" if character in "0123456789")
        digits = digits.zfill(10) if len(digits) == 9 else digits
        return digits if len(digits) == 10 else ""


@dataclass(frozen=True, slots=True)
class Totaux:
    """The totals as written (text) and as numbers; a credit note's are positive, the product subtracts them."""

    tax_exclusive: str | None
    tax: str | None
    tax_inclusive: str | None
    payable: str | None
    deja_paye: Decimal = Decimal(0)

    @property
    def hors_tva(self) -> Decimal:
        """Total without VAT, found from the others when the file does not write it."""
        if self.tax_exclusive is None:
            return self.tvac - self.tva
        return Decimal(self.tax_exclusive)

    @property
    def tva(self) -> Decimal:
        """VAT in the currency of the invoice; nought when the file names none."""
        return Decimal(self.tax or "0")

    @property
    def tvac(self) -> Decimal:
        """Total with VAT, found from the others when the file does not write it."""
        if self.tax_inclusive is not None:
            return Decimal(self.tax_inclusive)
        if self.tax_exclusive is not None:
            return Decimal(self.tax_exclusive) + self.tva
        return self.a_payer + self.deja_paye

    @property
    def a_payer(self) -> Decimal:
        """Amount due, prepaid and rounding counted."""
        return self.tvac - self.deja_paye if self.payable is None else Decimal(self.payable)


@dataclass(frozen=True, slots=True)
class TrancheTva:
    """One row of the VAT breakdown."""

    category: str
    percent: Decimal | None
    taxable: Decimal
    tax: Decimal


@dataclass(frozen=True, slots=True)
class Ligne:
    """One invoice line, enough to recognise what was bought."""

    id: str
    name: str
    amount: Decimal | None


@dataclass(frozen=True, slots=True)
class PieceJointe:
    """A file embedded in the invoice, under its base64 code; None when the code is broken."""

    filename: str | None
    mime: str | None
    base64: bytes | None = field(repr=False)

    @property
    def content(self) -> bytes | None:
        """The file itself, decoded for whoever asks."""
        return None if self.base64 is None else binascii.a2b_base64(self.base64)

    @property
    def decoded_bytes(self) -> int | None:
        """Size once decoded."""
        if self.base64 is None:
            return None
        return len(self.base64) * 3 // 4 - self.base64[-2:].count(b"=")


@dataclass(frozen=True, slots=True)
class Avertissement:
    """A rule the file breaks without being unusable: its name in the standard and a French sentence."""

    rule: str
    sentence: str


@dataclass(frozen=True, slots=True)
class FactureLue:
    """An invoice or a credit note that was read."""

    filename: str
    syntax: str
    type_code: str
    invoice_id: str
    issue_date: dt.date
    due_date: dt.date | None
    period_start: dt.date | None
    period_end: dt.date | None
    currency: str
    is_credit_note: bool
    is_self_billed: bool
    credits_invoices: tuple[str, ...]
    buyer_reference: str | None
    supplier: Partie
    buyer: Partie
    totals: Totaux
    tax_breakdown: tuple[TrancheTva, ...]
    lines: tuple[Ligne, ...]
    line_count: int
    attachments: tuple[PieceJointe, ...]
    payee_ibans: tuple[str, ...]
    payment_ids: tuple[str, ...]
    warnings: tuple[Avertissement, ...]
    notes: tuple[str, ...]

    @property
    def decision(self) -> Decision:
        """Accept, or accept with warnings: the second when a rule of the standard is broken."""
        return Decision.WARN if self.warnings else Decision.ACCEPT


@dataclass(frozen=True, slots=True)
class Refus:
    """A file that is not an invoice we can read: a stable code and what to do, in French."""

    filename: str
    code: str
    message: str

    @property
    def decision(self) -> Decision:
        """Always reject."""
        return Decision.REJECT
