"""Electronic invoices, from the bytes of a file to a row: the reader's words become the records' own."""

import datetime as dt
import hashlib
from decimal import Decimal

import pytest

from clefdevoute.documents.factures.lecture import lire
from clefdevoute.documents.factures.modele import FactureLue
from clefdevoute.documents.reception import saisie_de
from clefdevoute.records.foundation.access import Role
from clefdevoute.records.frais import actions
from clefdevoute.records.frais.models import Facture
from tests.records.factories import NOW, EntrepriseInsertionFactory, actor

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def proofs_folder(settings, tmp_path):
    settings.PROOFS_DIR = tmp_path


@pytest.mark.shared(twin="test_our_own_invoice_is_received_as_the_file_says")
def test_every_readable_shared_invoice_is_received_with_its_amounts(shared):
    entreprise = EntrepriseInsertionFactory()
    by = actor(Role.GESTIONNAIRE, entreprise)
    kept = 0
    for path in sorted((shared / "data" / "invoices-ubl").rglob("*.xml")):
        content = path.read_bytes()
        lue = lire(content, filename=path.name)
        if not isinstance(lue, FactureLue):
            continue
        saisie = saisie_de(lue, content=content)
        facture = actions.recevoir(entreprise=entreprise, saisie=saisie, by=by, now=NOW).facture
        if facture.original.sha256 == _sha(content):
            assert abs(facture.gross - lue.totals.tvac) < Decimal("0.01"), path.name
            assert facture.issue_date == lue.issue_date
            assert (facture.kind == Facture.Kind.NOTE_CREDIT) is lue.is_credit_note
            kept += 1
    assert kept > 40


def _sha(content):
    return hashlib.sha256(content).hexdigest()


OURS = """<?xml version="1.0" encoding="UTF-8"?>
<Invoice xmlns="urn:oasis:names:specification:ubl:schema:xsd:Invoice-2"
 xmlns:cac="urn:oasis:names:specification:ubl:schema:xsd:CommonAggregateComponents-2"
 xmlns:cbc="urn:oasis:names:specification:ubl:schema:xsd:CommonBasicComponents-2">
 <cbc:ID>2025-41</cbc:ID><cbc:IssueDate>2025-04-10</cbc:IssueDate>
 <cbc:InvoiceTypeCode>380</cbc:InvoiceTypeCode><cbc:DocumentCurrencyCode>EUR</cbc:DocumentCurrencyCode>
 <cac:AccountingSupplierParty><cac:Party>
  <cac:PartyLegalEntity><cbc:RegistrationName>Eau pure</cbc:RegistrationName>
  <cbc:CompanyID schemeID="0208">0403170701</cbc:CompanyID></cac:PartyLegalEntity>
 </cac:Party></cac:AccountingSupplierParty>
 <cac:AccountingCustomerParty><cac:Party>
  <cac:PartyLegalEntity><cbc:RegistrationName>Atelier</cbc:RegistrationName></cac:PartyLegalEntity>
 </cac:Party></cac:AccountingCustomerParty>
 <cac:TaxTotal><cbc:TaxAmount currencyID="EUR">21.00</cbc:TaxAmount></cac:TaxTotal>
 <cac:LegalMonetaryTotal>
  <cbc:LineExtensionAmount currencyID="EUR">100.00</cbc:LineExtensionAmount>
  <cbc:TaxExclusiveAmount currencyID="EUR">100.00</cbc:TaxExclusiveAmount>
  <cbc:TaxInclusiveAmount currencyID="EUR">121.00</cbc:TaxInclusiveAmount>
  <cbc:PayableAmount currencyID="EUR">121.00</cbc:PayableAmount></cac:LegalMonetaryTotal>
 <cac:InvoiceLine><cbc:ID>1</cbc:ID><cbc:InvoicedQuantity unitCode="C62">1</cbc:InvoicedQuantity>
  <cbc:LineExtensionAmount currencyID="EUR">100.00</cbc:LineExtensionAmount>
  <cac:Item><cbc:Name>Eau</cbc:Name></cac:Item>
  <cac:Price><cbc:PriceAmount currencyID="EUR">100.00</cbc:PriceAmount></cac:Price></cac:InvoiceLine>
</Invoice>"""


def test_our_own_invoice_is_received_as_the_file_says():
    content = OURS.encode()
    lue = lire(content, filename="facture-41.xml")
    assert isinstance(lue, FactureLue), lue
    saisie = saisie_de(lue, content=content)
    assert saisie.fournisseur.enterprise_number == "0403170701"
    entreprise = EntrepriseInsertionFactory()
    facture = actions.recevoir(entreprise=entreprise, saisie=saisie, by=actor(Role.GESTIONNAIRE, entreprise), now=NOW)
    row = facture.facture
    assert (row.number, row.issue_date, row.net, row.vat) == (
        "2025-41",
        dt.date(2025, 4, 10),
        Decimal("100.00"),
        Decimal("21.00"),
    )
