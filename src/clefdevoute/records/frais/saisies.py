"""What a person or a file hands over, before it is a row: plain frozen facts."""

import datetime as dt
from dataclasses import dataclass
from decimal import Decimal

from clefdevoute.records.personnes.models import Accompagnateur

from .composants import Composant
from .models import CleRepartition, Facture, LigneFrais


@dataclass(frozen=True, slots=True)
class FichierSaisi:
    """The bytes of a file and the name it came with."""

    content: bytes
    filename: str


@dataclass(frozen=True, slots=True)
class RefusSaisi:
    """Why a file is not an invoice that can be read: a stable code and a French sentence."""

    code: str
    message: str


@dataclass(frozen=True, slots=True)
class FournisseurSaisi:
    """Who sends the invoice: the ten digits win over the foreign number, both over the name."""

    name: str
    enterprise_number: str = ""
    foreign_vat_id: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class FactureSaisie:
    """An invoice as read from a file or typed; amounts as written, a credit note's positive."""

    fournisseur: FournisseurSaisi
    number: str
    kind: Facture.Kind
    issue_date: dt.date
    net: Decimal
    vat: Decimal
    gross: Decimal
    currency: str = "EUR"
    due_date: dt.date | None = None
    period_start: dt.date | None = None
    period_end: dt.date | None = None
    source: Facture.Source = Facture.Source.TYPED
    original: FichierSaisi | None = None
    attachments: tuple[FichierSaisi, ...] = ()
    warnings: tuple[dict[str, str], ...] = ()
    credited_number: str = ""
    buyer_number: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class PartSaisie:
    """One part of an invoice for a line; without amounts, the whole invoice is the basis of the key."""

    line: str
    cle: CleRepartition
    net: Decimal | None = None
    vat: Decimal | None = None
    accompagnateur: Accompagnateur | None = None
    abroad: LigneFrais.Authorisation = LigneFrais.Authorisation.SANS_OBJET
    abroad_reference: str = ""
    abroad_granted_on: dt.date | None = None
    abroad_departure_on: dt.date | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class ChargeSaisie:
    """A charge that comes back without invoice."""

    name: str
    net: Decimal
    due_day: int
    starts_on: dt.date
    line: str
    cle: CleRepartition
    vat: Decimal = Decimal("0.00")
    every_months: int = 1
    ends_on: dt.date | None = None
    accompagnateur: Accompagnateur | None = None


@dataclass(frozen=True, slots=True)
class MontantSaisi:
    """One amount of a compte individuel."""

    month: dt.date
    component: Composant
    amount: Decimal
    paid_on: dt.date | None = None
    piece: str = ""
