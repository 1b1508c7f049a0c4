"""The families of the norm nobody gave us samples of: each is read whole, whatever way its XML is written."""

import datetime as dt
import json
from decimal import Decimal

import pytest

from clefdevoute.documents.factures import Decision, FactureLue, lire
from clefdevoute.documents.factures.presentation import en_json
from tests.documents.factures_exemples import abimee, facture, note_de_credit
from tests.documents.factures_familles import FAMILLES, LIVRAISON, REPRESENTANT, partie
from tests.documents.test_factures_lecture import code, lue, rules

ENTETE = '<?xml version="1.0" encoding="UTF-8"?>\n'


def texte(famille: str = "acompte (386)", *, note_credit: bool = False) -> str:
    return FAMILLES[famille].ecrit(note_credit=note_credit)


def relue(document: str) -> FactureLue:
    return lue((ENTETE + document).encode())


@pytest.mark.parametrize("note_credit", [False, True], ids=["facture", "note de crédit"])
@pytest.mark.parametrize("famille", FAMILLES)
def test_each_family_is_accepted(famille, note_credit):
    read = relue(texte(famille, note_credit=note_credit))
    assert read.warnings == ()
    assert read.is_credit_note is note_credit
    written = FAMILLES[famille]
    assert read.line_count == len(written.lignes)
    assert (read.totals.tax_exclusive, read.totals.tax_inclusive) == (written.autres["net"], written.autres["tvac"])
    assert read.totals.tax == written.autres["taxe"]
    assert read.currency == written.autres.get("monnaie", "EUR")


class TestWaysOfWriting:
    """One document, one answer: prefixes, encodings and decorations change nothing."""

    def same(self, content: bytes) -> None:
        read, plain = lire(content, filename="f.xml"), relue(texte())
        assert isinstance(read, FactureLue), read
        assert en_json(read, file="f") == en_json(plain, file="f")

    def test_odd_prefixes(self):
        odd = texte().replace("cac:", "x-1.a:").replace("cbc:", "_:").replace("<Invoice", "<i:Invoice")
        odd = odd.replace("</Invoice", "</i:Invoice").replace("xmlns=", "xmlns:i=")
        odd = odd.replace("xmlns:cac=", "xmlns:x-1.a=").replace("xmlns:cbc=", "xmlns:_=")
        self.same(odd.encode())

    def test_default_namespace_declared_again_on_each_element(self):
        basic = "urn:oasis:names:specification:ubl:schema:xsd:CommonBasicComponents-2"
        odd = texte().replace("<cbc:ID>", f'<ID xmlns="{basic}">').replace("</cbc:ID>", "</ID>")
        self.same(odd.encode())

    @pytest.mark.parametrize(
        ("declared", "encoding"),
        [
            ("utf-8", "utf-8-sig"), ("UTF-16", "utf-16"), ("utf-16", "utf-16-be"), ("ISO-8859-1", "iso-8859-1"),
            ("iso-8859-15", "iso-8859-15"), ("windows-1252", "cp1252"), ("US-ASCII", "ascii"),
        ],
    )  # fmt: skip
    def test_encodings(self, declared, encoding):
        whole = f'<?xml version="1.0" encoding="{declared}" standalone="yes"?>\r\n' + texte()
        mark = b"\xfe\xff" if encoding == "utf-16-be" else b""
        self.same(mark + whole.encode(encoding))

    def test_no_declaration_and_every_value_between_blanks(self):
        spread = texte().replace(">", ">\r\n\t ").replace("</", "\n </")
        self.same(spread.encode())

    def test_character_references_and_cdata(self):
        self.same(texte().replace("F-1", "&#x46;-&#49;").replace("EI ASBL", "<![CDATA[EI ASBL]]>").encode())

    def test_comments_instructions_schema_location_extensions(self):
        xsi = (
            'xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance" xsi:schemaLocation="urn:x http://127.0.0.1:9/x.xsd"'
        )
        signed = (
            '<e:UBLExtensions xmlns:e="urn:oasis:names:specification:ubl:schema:xsd:CommonExtensionComponents-2">'
            '<e:UBLExtension><e:ExtensionContent><ds:Signature xmlns:ds="http://www.w3.org/2000/09/xmldsig#" Id="s">'
            '<ds:SignedInfo><ds:Reference URI=""/></ds:SignedInfo><ds:SignatureValue>AAAA</ds:SignatureValue>'
            "</ds:Signature></e:ExtensionContent></e:UBLExtension></e:UBLExtensions>"
        )
        head, _, body = texte().partition(">")
        odd = f"<!-- a --><?xml-stylesheet href='x'?>{head} {xsi}><!-- b -->{signed}{body}<!-- c -->"
        self.same(odd.encode())

    def test_amounts_with_signs_and_zeros_stay_as_written(self):
        read = relue(texte().replace(">121.00<", "> +0121.000 <"))
        assert read.totals.tax_inclusive == "+0121.000"
        assert read.totals.tvac == Decimal(121)
        assert {un.rule for un in read.warnings} == {"UBL-DT-01", "BR-DEC-14", "BR-DEC-18"}

    def test_a_price_of_many_decimals(self):
        price = '<cbc:PriceAmount currencyID="EUR">100.00'
        assert relue(texte().replace(price, price + "0" * 30)).decision is Decision.ACCEPT

    @pytest.mark.parametrize("zone", ["Z", "+02:00", "-11:00"])
    def test_dates_with_a_zone(self, zone):
        self.same(
            texte().replace("2026-03-14", "2026-03-14" + zone).replace("2026-04-13", "2026-04-13" + zone).encode()
        )


class TestBelgianNumbers:
    """Ten digits are found under every scheme that Belgian senders have used."""

    def number(self, vendor: str) -> str | None:
        base = texte()
        start, end = base.index("<cac:Party>"), base.index("</cac:AccountingSupplierParty>")
        return relue(base[:start] + vendor + base[end:]).supplier.be_enterprise_number

    @pytest.mark.parametrize("scheme", ["0208", "9925", "9956"])
    def test_a_number_without_any_vat(self, scheme):
        assert self.number(partie("A", tva=None, numero="0202239951", registre=scheme)) == "0202239951"

    def test_the_register_comes_before_the_vat_number(self):
        assert self.number(partie("A", tva="BE0477472701", numero="0202239951")) == "0202239951"

    def test_a_vat_number_comes_before_an_older_scheme(self):
        assert self.number(partie("A", tva="BE 0477.472.701", numero="1", registre="9956")) == "BE 0477.472.701"

    def test_the_identification_of_e_fff(self):
        kbo = '<cac:PartyIdentification><cbc:ID schemeAgencyName="KBO">0202239951</cbc:ID></cac:PartyIdentification>'
        vendor = partie("A", tva=None, numero=None).replace("<cac:PostalAddress>", kbo + "<cac:PostalAddress>")
        assert self.number(vendor) == "0202239951"

    @pytest.mark.parametrize("scheme", ["0106", "0088", "9957", "EM"])
    def test_a_foreign_number_is_not_belgian(self, scheme):
        assert self.number(partie("A", tva="NL123456789B01", numero="0202239951", registre=scheme)) is None


class TestWhatIsMissing:
    """What a program can find by itself is read with its warning; only what is in no place at all is refused."""

    def without(self, *names: str) -> bytes:
        content = facture().decode()
        for name in names:
            start = content.index(f"<cbc:{name}", content.index("<cac:LegalMonetaryTotal>"))
            content = content[:start] + content[content.index("</cbc:" + name, start) + len(f"</cbc:{name}>") :]
        return content.encode()

    @pytest.mark.parametrize(
        ("names", "broken"),
        [
            (("TaxExclusiveAmount",), "BR-13"),
            (("TaxInclusiveAmount",), "BR-14"),
            (("PayableAmount",), "BR-15"),
            (("TaxExclusiveAmount", "TaxInclusiveAmount"), "BR-13"),
            (("TaxInclusiveAmount", "PayableAmount"), "BR-15"),
        ],
    )
    def test_a_total_is_found_from_the_others(self, names, broken):
        read = lue(self.without(*names))
        assert broken in {un.rule for un in read.warnings}
        assert (read.totals.hors_tva, read.totals.tva) == (Decimal("249.99"), Decimal("27.00"))
        assert (read.totals.tvac, read.totals.a_payer) == (Decimal("276.99"), Decimal("276.99"))
        written = en_json(read, file="f")["totals"]
        assert [written[key] for key in ("tax_exclusive", "tax_inclusive", "payable")].count(None) == len(names)

    def test_the_advance_counts_when_only_the_rest_is_written(self):
        read = relue(FAMILLES["entièrement payée d’avance"].ecrit().replace("TaxInclusiveAmount", "X").replace(
            "TaxExclusiveAmount", "Y"))  # fmt: skip
        assert (read.totals.tvac, read.totals.hors_tva) == (Decimal(121), Decimal(100))

    def test_no_total_at_all_is_refused(self):
        content = self.without("TaxExclusiveAmount", "TaxInclusiveAmount", "PayableAmount")
        assert code(content) == "champ_obligatoire_absent"

    def test_the_currency_is_found_on_the_amounts(self):
        content = abimee("<cbc:DocumentCurrencyCode>EUR</cbc:DocumentCurrencyCode>", "")
        assert lue(content).currency == "EUR"
        assert "BR-05" in rules(content)
        assert code(content.replace(b'currencyID="EUR"', b"")) == "champ_obligatoire_absent"

    def test_a_line_without_amount_does_not_lose_the_invoice(self):
        content = abimee('<cbc:LineExtensionAmount currencyID="EUR">99.99</cbc:LineExtensionAmount>', "")
        read = lue(content)
        assert read.lines[0].amount is None
        assert "BR-24" in rules(content)

    @pytest.mark.parametrize("rate", ["", "21%", "NaN", "vingt et un"])
    def test_a_rate_that_is_no_number_is_a_warning(self, rate):
        assert "TAUX-ILLISIBLE" in rules(abimee("<cbc:Percent>21<", f"<cbc:Percent>{rate}<"))

    @pytest.mark.parametrize("day", ["2026-02-30", "10/03/2026", "___ignore___"])
    def test_a_secondary_date_that_does_not_exist_is_a_warning(self, day):
        content = texte("intracommunautaire").replace("2026-03-10", day)
        read = relue(content)
        assert read.issue_date == dt.date(2026, 3, 14)
        assert "DATE-ILLISIBLE" in {un.rule for un in read.warnings}


class TestRarerRules:
    def test_the_place_of_a_line_s_delivery_has_a_country(self):
        place = LIVRAISON[LIVRAISON.index("<cac:Country>") : LIVRAISON.index("</cac:Address>")]
        line = texte().replace("<cac:Item>", LIVRAISON.replace(place, "") + "<cac:Item>")
        assert {un.rule for un in relue(line).warnings} == {"BR-57"}

    def test_two_vat_numbers_of_the_tax_representative(self):
        start = REPRESENTANT.index("<cac:PartyTaxScheme>")
        twice = REPRESENTANT[start:].replace("</cac:TaxRepresentativeParty>", "")
        document = texte("quatre catégories, remises et frais").replace(twice, twice + twice)
        assert {un.rule for un in relue(document).warnings} == {"UBL-SR-23"}

    def test_two_calls_for_tender(self):
        two = "<cac:OriginatorDocumentReference><cbc:ID>t</cbc:ID></cac:OriginatorDocumentReference>" * 2
        document = texte().replace("<cac:AccountingSupplierParty>", two + "<cac:AccountingSupplierParty>")
        assert {un.rule for un in relue(document).warnings} == {"UBL-SR-56"}

    def test_the_italian_split_mixed_with_the_normal_rate_in_the_breakdown_alone(self):
        document = texte("TVA italienne scindée")
        start = document.index("<cac:TaxSubtotal>")
        assert "BR-B-02" in {
            un.rule for un in relue(document[:start] + document[start:].replace(">B<", ">S<", 1)).warnings
        }


def test_the_answer_is_plain_json_whatever_the_name():
    read = lire(note_de_credit(), filename="a\u202eb.xml")
    assert json.loads(json.dumps(en_json(read, file="a\u202eb\udcff.xml"), ensure_ascii=True))["decision"] == "accept"
