"""
Write a UBL invoice or credit note in the form of Peppol BIS 3, from a few typed facts.

For the example enterprise and for our own tests: the amounts are computed here, so that what is written adds up.
"""

import base64
import datetime as dt
import re
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal
from xml.sax.saxutils import escape, quoteattr

from clefdevoute.documents.factures.noms import CAC, CBC

CENTIME = Decimal("0.01")
SPECIFICATION = "urn:cen.eu:en16931:2017#compliant#urn:fdc:peppol.eu:2017:poacc:billing:3.0"
PROCESSUS = "urn:fdc:peppol.eu:2017:poacc:billing:01:1.0"
VIREMENT_SEPA = "58"
INTERDITS = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff]")


@dataclass(frozen=True, slots=True, kw_only=True)
class PartieAEcrire:
    """A seller or buyer; ``numero`` is the ten digits of a Belgian one, the VAT number without its country abroad."""

    name: str
    numero: str
    street: str = "Rue de l’Exemple 1"
    postal_code: str = "5000"
    city: str = "Namur"
    country: str = "BE"
    vat_liable: bool = True
    scheme: str = "0208"
    """The list that the number is of: 0208 is the Belgian register, 0183 the Swiss one."""


@dataclass(frozen=True, slots=True, kw_only=True)
class LigneAEcrire:
    """One line; a nil rate is an exemption, and an exemption has a reason."""

    name: str
    unit_price: Decimal
    quantity: Decimal = Decimal(1)
    vat_rate: Decimal = Decimal(21)
    unit: str = "C62"

    @property
    def amount(self) -> Decimal:
        """Net amount, rounded to the cent."""
        return (self.quantity * self.unit_price).quantize(CENTIME, ROUND_HALF_UP)

    @property
    def category(self) -> str:
        """Standard or exempt."""
        return "S" if self.vat_rate else "E"


@dataclass(frozen=True, slots=True, kw_only=True)
class PieceAEcrire:
    """A file to embed."""

    filename: str
    content: bytes
    mime: str = "application/pdf"


@dataclass(frozen=True, slots=True, kw_only=True)
class FactureAEcrire:
    """An invoice or a credit note; a credit note's amounts are written positive."""

    number: str
    issue_date: dt.date
    supplier: PartieAEcrire
    buyer: PartieAEcrire
    lines: tuple[LigneAEcrire, ...]
    due_date: dt.date | None = None
    is_credit_note: bool = False
    credits_invoice: str | None = None
    iban: str | None = None
    payment_id: str | None = None
    period: tuple[dt.date, dt.date] | None = None
    note: str | None = None
    buyer_reference: str = "Clef de voûte"
    currency: str = "EUR"
    prepaid: Decimal = Decimal("0.00")
    exemption: str = "Opération exemptée de TVA"
    attachments: tuple[PieceAEcrire, ...] = ()


def ecrire(facture: FactureAEcrire) -> bytes:
    """Write the document as UTF-8 bytes that our own reader, and any Peppol reader, accepts without a warning."""
    racine = "CreditNote" if facture.is_credit_note else "Invoice"
    espace = f"urn:oasis:names:specification:ubl:schema:xsd:{racine}-2"
    corps = "".join([*_entete(facture), *_parties(facture), *_paiement(facture), *_totaux(facture), *_lignes(facture)])
    debut = f'<{racine} xmlns="{espace}" xmlns:cac="{CAC}" xmlns:cbc="{CBC}">'
    return f'<?xml version="1.0" encoding="UTF-8"?>\n{debut}{corps}</{racine}>\n'.encode()


def _cbc(nom: str, valeur: object, **attributs: str) -> str:
    suite = "".join(f" {cle}={quoteattr(INTERDITS.sub('', texte))}" for cle, texte in attributs.items())
    return f"<cbc:{nom}{suite}>{escape(INTERDITS.sub('', str(valeur)))}</cbc:{nom}>"


def _cac(nom: str, *contenu: str) -> str:
    return f"<cac:{nom}>{''.join(contenu)}</cac:{nom}>"


def _montant(nom: str, valeur: Decimal, facture: FactureAEcrire) -> str:
    return _cbc(nom, f"{valeur.quantize(CENTIME, ROUND_HALF_UP):f}", currencyID=facture.currency)


def _entete(facture: FactureAEcrire) -> Iterator[str]:
    yield _cbc("CustomizationID", SPECIFICATION)
    yield _cbc("ProfileID", PROCESSUS)
    yield _cbc("ID", facture.number)
    yield _cbc("IssueDate", facture.issue_date.isoformat())
    if facture.is_credit_note:
        yield _cbc("CreditNoteTypeCode", "381")
    else:
        if facture.due_date:
            yield _cbc("DueDate", facture.due_date.isoformat())
        yield _cbc("InvoiceTypeCode", "380")
    if facture.note:
        yield _cbc("Note", facture.note)
    yield _cbc("DocumentCurrencyCode", facture.currency)
    yield _cbc("BuyerReference", facture.buyer_reference)
    if facture.period:
        debut, fin = facture.period
        yield _cac("InvoicePeriod", _cbc("StartDate", debut.isoformat()), _cbc("EndDate", fin.isoformat()))
    if facture.credits_invoice:
        yield _cac("BillingReference", _cac("InvoiceDocumentReference", _cbc("ID", facture.credits_invoice)))
    for rang, piece in enumerate(facture.attachments, 1):
        code = base64.b64encode(piece.content).decode()
        objet = _cbc("EmbeddedDocumentBinaryObject", code, mimeCode=piece.mime, filename=piece.filename)
        yield _cac("AdditionalDocumentReference", _cbc("ID", rang), _cac("Attachment", objet))


def _parties(facture: FactureAEcrire) -> Iterator[str]:
    for role, partie in (("Supplier", facture.supplier), ("Customer", facture.buyer)):
        pays = _cac("Country", _cbc("IdentificationCode", partie.country))
        adresse = [_cbc("StreetName", partie.street), _cbc("CityName", partie.city)]
        adresse.append(_cbc("PostalZone", partie.postal_code))
        regime = _cbc("CompanyID", f"{partie.country}{partie.numero}") + _cac("TaxScheme", _cbc("ID", "VAT"))
        entite = _cbc("RegistrationName", partie.name), _cbc("CompanyID", partie.numero, schemeID=partie.scheme)
        yield _cac(
            f"Accounting{role}Party",
            _cac(
                "Party",
                _cbc("EndpointID", partie.numero, schemeID=partie.scheme),
                _cac("PartyName", _cbc("Name", partie.name)),
                _cac("PostalAddress", *adresse, pays),
                _cac("PartyTaxScheme", regime) if partie.vat_liable else "",
                _cac("PartyLegalEntity", *entite),
            ),
        )


def _paiement(facture: FactureAEcrire) -> Iterator[str]:
    if facture.iban:
        moyen = [_cbc("PaymentMeansCode", VIREMENT_SEPA)]
        if facture.is_credit_note and facture.due_date:
            moyen.append(_cbc("PaymentDueDate", facture.due_date.isoformat()))
        if facture.payment_id:
            moyen.append(_cbc("PaymentID", facture.payment_id))
        yield _cac("PaymentMeans", *moyen, _cac("PayeeFinancialAccount", _cbc("ID", facture.iban)))
    if not facture.due_date and not facture.is_credit_note:
        yield _cac("PaymentTerms", _cbc("Note", "Payable à la réception."))


def _tranches(facture: FactureAEcrire) -> dict[tuple[str, Decimal], Decimal]:
    bases: defaultdict[tuple[str, Decimal], Decimal] = defaultdict(Decimal)
    for ligne in facture.lines:
        bases[ligne.category, ligne.vat_rate] += ligne.amount
    return dict(bases)


def _taxe(base: Decimal, taux: Decimal) -> Decimal:
    return (base * taux / 100).quantize(CENTIME, ROUND_HALF_UP)


def _totaux(facture: FactureAEcrire) -> Iterator[str]:
    tranches = _tranches(facture)
    net = sum(tranches.values(), Decimal(0))
    taxe = sum((_taxe(base, taux) for (_, taux), base in tranches.items()), Decimal(0))
    rangs = []
    for (categorie, taux), base in tranches.items():
        motif = _cbc("TaxExemptionReason", facture.exemption) if categorie == "E" else ""
        rangs.append(
            _cac(
                "TaxSubtotal",
                _montant("TaxableAmount", base, facture),
                _montant("TaxAmount", _taxe(base, taux), facture),
                _categorie("TaxCategory", categorie, taux, motif),
            )
        )
    yield _cac("TaxTotal", _montant("TaxAmount", taxe, facture), *rangs)
    acompte = _montant("PrepaidAmount", facture.prepaid, facture) if facture.prepaid else ""
    yield _cac(
        "LegalMonetaryTotal",
        _montant("LineExtensionAmount", net, facture),
        _montant("TaxExclusiveAmount", net, facture),
        _montant("TaxInclusiveAmount", net + taxe, facture),
        acompte,
        _montant("PayableAmount", net + taxe - facture.prepaid, facture),
    )


def _categorie(nom: str, categorie: str, taux: Decimal, motif: str = "") -> str:
    regime = _cac("TaxScheme", _cbc("ID", "VAT"))
    return _cac(nom, _cbc("ID", categorie), _cbc("Percent", f"{taux:f}"), motif, regime)


def _lignes(facture: FactureAEcrire) -> Iterator[str]:
    nom, quantite = (
        ("CreditNoteLine", "CreditedQuantity") if facture.is_credit_note else ("InvoiceLine", "InvoicedQuantity")
    )
    for rang, ligne in enumerate(facture.lines, 1):
        yield _cac(
            nom,
            _cbc("ID", rang),
            _cbc(quantite, f"{ligne.quantity:f}", unitCode=ligne.unit),
            _montant("LineExtensionAmount", ligne.amount, facture),
            _cac("Item", _cbc("Name", ligne.name), _categorie("ClassifiedTaxCategory", ligne.category, ligne.vat_rate)),
            _cac("Price", _cbc("PriceAmount", f"{ligne.unit_price:f}", currencyID=facture.currency)),
        )
