"""Reading our own invoices: every field, every refusal, every hostile trick, on samples that never skip."""

import base64
import datetime as dt
import errno
import gzip
import json
import os
import re
from decimal import Decimal
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from clefdevoute.config.commands import factures as command
from clefdevoute.documents.factures import Decision, FactureLue, Refus, lire
from clefdevoute.documents.factures.ecrire import LigneAEcrire, PartieAEcrire, PieceAEcrire
from clefdevoute.documents.factures.lecture import nom_de_piece, regles_brisees
from clefdevoute.documents.factures.refus import MESSAGES
from tests.documents.factures_exemples import abimee, facture, note_de_credit

UTF16 = "utf-16"
ENTITE = '<!DOCTYPE Invoice [<!ENTITY x "1">]>'
SBDH = "http://www.unece.org/cefact/namespaces/StandardBusinessDocumentHeader"


def lue(content: bytes) -> FactureLue:
    read = lire(content, filename="f.xml")
    assert isinstance(read, FactureLue), read
    return read


def code(content: bytes) -> str:
    read = lire(content, filename="f.xml")
    assert isinstance(read, Refus), read
    assert read.message
    assert "{" not in read.message
    return read.code


def rules(content: bytes) -> set[str]:
    return {warning.rule for warning in lue(content).warnings}


def enveloppe(*documents: bytes) -> bytes:
    bodies = b"".join(one.partition(b"?>")[2] for one in documents)
    head = f'<s:StandardBusinessDocument xmlns:s="{SBDH}"><s:StandardBusinessDocumentHeader/>'.encode()
    return head + bodies + b"</s:StandardBusinessDocument>"


class TestWhatIsRead:
    def test_an_invoice(self):
        read = lue(facture())
        assert read.decision is Decision.ACCEPT
        assert (read.syntax, read.type_code, read.invoice_id) == ("UBL Invoice", "380", "F-2026-001")
        assert (read.issue_date, read.due_date) == (dt.date(2026, 3, 14), dt.date(2026, 4, 13))
        assert (read.period_start, read.period_end) == (dt.date(2026, 3, 1), dt.date(2026, 3, 31))
        assert read.supplier.numero_entreprise == "0202239951"
        assert read.totals.tva == Decimal("27.00")
        assert read.totals.tvac == read.totals.a_payer == Decimal("276.99")
        assert [(un.category, un.percent, un.tax) for un in read.tax_breakdown] == [
            ("S", Decimal(21), Decimal("21.00")),
            ("S", Decimal(6), Decimal("6.00")),
            ("E", Decimal(0), Decimal("0.00")),
        ]
        assert [un.amount for un in read.lines] == [Decimal("99.99"), Decimal("100.00"), Decimal("50.00")]
        assert read.payee_ibans == ("BE68539007547034",)

    def test_a_credit_note_keeps_positive_amounts_and_names_what_it_credits(self):
        read = lue(note_de_credit())
        assert read.is_credit_note
        assert read.credits_invoices == ("F-2026-001",)
        assert read.totals.payable == "276.99"
        assert read.due_date == dt.date(2026, 4, 13)
        assert read.decision is Decision.ACCEPT

    def test_an_envelope_is_opened(self):
        assert lue(enveloppe(facture())).invoice_id == "F-2026-001"

    def test_an_envelope_of_two_documents_is_refused(self):
        assert code(enveloppe(facture(), note_de_credit())) == "pas_une_facture_ubl"

    def test_an_envelope_in_an_envelope_is_refused(self):
        assert code(enveloppe(enveloppe(b"<?x?>" + facture().partition(b"?>")[2]))) == "pas_une_facture_ubl"

    def test_an_empty_envelope_is_refused(self):
        assert code(enveloppe()) == "pas_une_facture_ubl"

    def test_an_embedded_pdf_is_kept(self):
        piece = PieceAEcrire(filename="copie.pdf", content=b"%PDF-1.7 \x00\xff")
        (kept,) = lue(facture(attachments=(piece,))).attachments
        assert (kept.filename, kept.mime, kept.content) == ("copie.pdf", "application/pdf", b"%PDF-1.7 \x00\xff")

    def test_a_piece_badly_coded_is_a_warning(self):
        source = facture(attachments=(PieceAEcrire(filename="a.pdf", content=b"abcdef"),))
        read = lue(abimee("YWJjZGVm", "YWJj_GVm", source=source))
        assert read.attachments[0].content is None
        assert "PIECE-ILLISIBLE" in {un.rule for un in read.warnings}

    @pytest.mark.parametrize("size", [0, 1, 2, 3, 1499, 1500, 1501, 1502, 40_000])
    @pytest.mark.parametrize("blanks", ["", "\n", "\r\n  "])
    def test_a_piece_of_any_size_in_lines_or_not(self, size, blanks):
        content = bytes(n * 7 % 251 for n in range(size))
        code = base64.b64encode(content).decode()
        written = blanks + blanks.join(code[n : n + 76] for n in range(0, len(code), 76)) + blanks
        source = facture(attachments=(PieceAEcrire(filename="a.pdf", content=b"abcdef"),))
        (kept,) = lue(abimee("YWJjZGVm", written, source=source)).attachments
        assert (kept.content, kept.decoded_bytes) == (content, size)

    @pytest.mark.parametrize(
        "written",
        [
            "A{0}", "{0}=", "=={0}", "{0}\u00e9AAA", "{0}_AAA", "{0}AB=C", "{0}===", "<!--{0}-->A", "{0}&amp;AA",
            "<![CDATA[<cbc:EmbeddedDocumentBinaryObject>{0}</cbc:EmbeddedDocumentBinaryObject>]]>",
        ],
    )  # fmt: skip
    def test_a_long_piece_badly_coded_is_a_warning(self, written):
        source = facture(attachments=(PieceAEcrire(filename="a.pdf", content=b"abcdef"),))
        read = lue(abimee("YWJjZGVm", written.format("A" * 4000), source=source))
        assert [un.content for un in read.attachments] == [None]
        assert "PIECE-ILLISIBLE" in {un.rule for un in read.warnings}

    def test_a_long_piece_in_several_ways_at_once(self):
        """A comment, a CDATA section, another prefix, a tag of another family: each is where it was."""
        code = base64.b64encode(b"0123456789" * 300).decode()
        piece = "<cbc:EmbeddedDocumentBinaryObject>"
        source = facture(
            note="x",
            attachments=tuple(PieceAEcrire(filename=f"{n}.csv", content=b"%d" % n * 3000) for n in range(3)),
        )
        content = source.replace(base64.b64encode(b"1" * 3000), f"{code}<!-- x -->{code[:4]}".encode(), 1)
        content = content.replace(b">x<", f"><![CDATA[{piece}{code}</cbc:EmbeddedDocumentBinaryObject>]]><".encode(), 1)
        comment = f"<!--{piece}{code}</cbc:EmbeddedDocumentBinaryObject>-->".encode()
        content = content.replace(b"<cbc:ID>F-2026-001", comment + b"<cbc:ID>F-2026-001")
        first, second, third = lue(content).attachments
        assert (first.content, third.content) == (b"0" * 3000, b"2" * 3000)
        assert second.content == b"0123456789" * 300 + b"012"

    def test_an_element_of_another_name_keeps_its_text(self):
        name = "A" * 480
        content = facture(supplier=PartieAEcrire(name=name, numero="0202239951"))
        odd = content.replace(b"<cbc:RegistrationName>", b'<cbc:RegistrationName a="EmbeddedDocumentBinaryObject">')
        assert lue(odd.replace(name.encode(), name.encode() * 9)).supplier.name == ("A" * 500)

    def test_self_billing_is_said(self):
        assert lue(abimee(">380<", ">389<")).is_self_billed
        assert not lue(facture()).is_self_billed

    def test_another_currency_is_a_note_and_changes_no_decision(self):
        read = lue(facture(currency="SEK"))
        assert read.decision is Decision.ACCEPT
        assert "SEK" in read.notes[0]

    @pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", UTF16, "iso-8859-15", "windows-1252"])
    def test_encodings_of_real_files(self, encoding):
        name = "utf-8" if encoding == "utf-8-sig" else encoding
        text = facture(note="Café à 5").decode().replace("UTF-8", name).replace("’", "'")
        assert lue(text.encode(encoding)).supplier.name == "Imprimerie du Moulin SRL"

    def test_a_date_with_a_zone_is_a_date(self):
        assert lue(abimee("2026-03-14", "2026-03-14+01:00")).issue_date == dt.date(2026, 3, 14)

    @given(
        amounts=st.lists(
            st.tuples(st.decimals("0.01", "9999.99", places=2), st.sampled_from([0, 6, 12, 21])), min_size=1, max_size=8
        ),
        credit=st.booleans(),
    )
    def test_what_we_write_reads_back_without_a_warning(self, amounts, credit):
        lines = tuple(LigneAEcrire(name="x", unit_price=price, vat_rate=Decimal(rate)) for price, rate in amounts)
        read = lue((note_de_credit if credit else facture)(lines=lines))
        assert read.warnings == ()
        assert read.totals.hors_tva == sum(price for price, _ in amounts)
        assert read.line_count == len(amounts)


class TestWarnings:
    """A broken rule never hides the invoice: it is read, and said in French."""

    @pytest.mark.parametrize(
        ("before", "after", "rule"),
        [
            ('LineExtensionAmount currencyID="EUR">99.99<', 'LineExtensionAmount currencyID="EUR">99.98<', "BR-CO-10"),
            (
                '<cbc:TaxInclusiveAmount currencyID="EUR">276.99',
                '<cbc:TaxInclusiveAmount currencyID="EUR">280.00',
                "BR-CO-15",
            ),
            ('<cbc:PayableAmount currencyID="EUR">276.99', '<cbc:PayableAmount currencyID="EUR">276.98', "BR-CO-16"),
            ("<cbc:RegistrationName>Imprimerie du Moulin SRL</cbc:RegistrationName>", "", "BR-06"),
            (">380<", ">999<", "BR-CL-01"),
            ("<cbc:IdentificationCode>BE<", "<cbc:IdentificationCode>BX<", "BR-CL-14"),
            ('schemeID="0208"', 'schemeID="GLN"', "BR-CL-25"),
            ('unitCode="C62"', 'unitCode="pièce"', "BR-CL-23"),
            ("<cbc:TaxExemptionReason>Opération exemptée de TVA</cbc:TaxExemptionReason>", "", "BR-E-10"),
            ("<cbc:DueDate>2026-04-13</cbc:DueDate>", "", "BR-CO-25"),
            ("<cbc:EndDate>2026-03-31<", "<cbc:EndDate>2026-02-28<", "BR-29"),
            ('<cbc:PriceAmount currencyID="EUR">33.33<', '<cbc:PriceAmount currencyID="EUR">-33.33<', "BR-27"),
            (">27.00<", ">27.000<", "UBL-DT-01"),
        ],
    )
    def test_the_rule_is_named(self, before, after, rule):
        content = abimee(before, after)
        assert rule in rules(content)
        assert rule in regles_brisees(content)
        assert lue(content).decision is Decision.WARN

    def test_each_warning_is_one_french_sentence(self):
        (warning, *_) = lue(abimee(">380<", ">999<")).warnings
        assert warning.sentence == "Le type de document n’est pas un code connu (BR-CL-01)."

    def test_a_sound_invoice_breaks_nothing(self):
        assert rules(facture()) == rules(note_de_credit()) == set()


class TestRefusals:
    @pytest.mark.parametrize(
        ("content", "expected"),
        [
            (b"", "fichier_vide"),
            (b" \n\t ", "fichier_vide"),
            (b"Bonjour", "pas_du_xml"),
            (b"%PDF-1.7\n%...", "pas_une_facture_ubl"),
            (b'<rsm:CrossIndustryInvoice xmlns:rsm="urn:un"/>', "pas_une_facture_ubl"),
            (b'<Order xmlns="urn:oasis:names:specification:ubl:schema:xsd:Order-2"/>', "pas_une_facture_ubl"),
            (b"<Invoice/>", "pas_une_facture_ubl"),
            (b"<html><body/></html>", "pas_une_facture_ubl"),
            (b"PK\x03\x04....", "archive_compressee"),
            (gzip.compress(b"<Invoice/>" * 1000, mtime=0), "archive_compressee"),
            (facture()[:-30], "xml_mal_forme"),
            (facture().replace(b"UTF-8", b"UTF-7"), "xml_mal_forme"),
            (facture().replace(b"UTF-8", b"klingon"), "xml_mal_forme"),
            (facture().replace(b"Moulin", b"Moulin\xff"), "xml_mal_forme"),
            (abimee("?>", "?>" + ENTITE), "xml_dangereux"),
            (facture().decode().replace("?>", "?>" + ENTITE).replace("UTF-8", "UTF-16").encode(UTF16), "xml_dangereux"),
        ],
        ids=lambda value: value if isinstance(value, str) else None,
    )
    def test_not_an_invoice(self, content, expected):
        assert code(content) == expected

    @pytest.mark.parametrize(
        "amount", ["NaN", "1e3", "Infinity", "-INF", "１２", "1,234.00", "1 000", "0x10", "", "1.2.3", "9" * 60]
    )
    def test_an_amount_that_is_no_plain_decimal(self, amount):
        assert code(abimee(">249.99<", f">{amount}<")) == "montant_illisible"

    @pytest.mark.parametrize(
        "date", ["2026-02-30", "14/03/2026", "2026-3-4", "___", "20260314", "２０２６-03-14", "0000-01-01"]
    )
    def test_a_date_that_is_not_in_the_calendar(self, date):
        assert code(abimee("<cbc:IssueDate>2026-03-14", f"<cbc:IssueDate>{date}")) == "date_illisible"
        assert code(abimee("<cbc:DueDate>2026-04-13", f"<cbc:DueDate>{date}")) == "date_illisible"

    @pytest.mark.parametrize(
        "missing",
        [
            "<cbc:ID>F-2026-001</cbc:ID>",
            "<cbc:IssueDate>2026-03-14</cbc:IssueDate>",
        ],
    )
    def test_a_field_we_cannot_do_without(self, missing):
        assert code(abimee(missing, "")) == "champ_obligatoire_absent"

    def test_an_endless_number_is_refused(self):
        assert code(facture(number="9" * 201)) == "identifiant_trop_long"

    def test_every_sentence_says_what_to_do_next(self):
        assert all(re.search(r"Redemandez|Demandez|gardé|Déposez|Vérifiez", sentence) for sentence in MESSAGES.values())


class TestTricks:
    @pytest.mark.parametrize(
        ("given_name", "kept"),
        [
            ("../../etc/passwd", "passwd"),
            ("C:\\Windows\\facture.pdf", "facture.pdf"),
            ("C:facture.pdf", "facture.pdf"),
            ("a\x00b\u202efdp.exe", "abfdp.exe"),
            ("..", None),
            ("", None),
            (None, None),
            ("été 2026.pdf", "été 2026.pdf"),
        ],
    )
    def test_only_the_base_name_of_a_piece_is_kept(self, given_name, kept):
        assert nom_de_piece(given_name) == kept

    def test_processing_instructions_and_comments_are_ignored(self):
        content = abimee(
            "<cbc:ID>F-2026-001", '<?xml-stylesheet href="http://x/"?><!-- 1 --><cbc:ID>F-<!-- 2 -->2026<?a b?>-001'
        )
        assert lue(content).invoice_id == "F-2026-001"

    def test_xinclude_reads_nothing(self, tmp_path):
        secret = tmp_path / "secret.txt"
        secret.write_text("12345")
        include = f'<xi:include xmlns:xi="http://www.w3.org/2001/XInclude" parse="text" href="{secret.as_uri()}"/>'
        read = lire(abimee("<cbc:ID>F-2026-001", f"<cbc:ID>{include}"), filename="f.xml")
        assert "12345" not in repr(read)

    def test_an_undeclared_entity_is_malformed(self):
        assert code(abimee("F-2026-001", "&x;")) == "xml_mal_forme"


class TestCommand:
    def run(self, capsys: pytest.CaptureFixture[str], *names: str) -> tuple[int, list[dict[str, object]]]:
        exit_code = command.main(["lire", *names, "--json"])
        captured = capsys.readouterr()
        assert captured.err == ""
        return exit_code, json.loads(captured.out)

    def test_one_object_per_argument_in_order(self, tmp_path, capsys):
        good, warned, bad = (tmp_path / name for name in ("a.xml", "b.xml", "c.xml"))
        good.write_bytes(facture())
        warned.write_bytes(abimee(">380<", ">999<"))
        bad.write_bytes(b"")
        names = [str(bad), str(good), str(warned), str(tmp_path / "absent.xml"), str(tmp_path)]
        exit_code, said = self.run(capsys, *names)
        assert exit_code == 1
        assert [un["file"] for un in said] == names
        assert [un["decision"] for un in said] == ["reject", "accept", "warn", "reject", "reject"]
        assert [un.get("code") for un in said] == ["fichier_vide", None, None, "fichier_illisible", "fichier_illisible"]

    def test_nothing_rejected_is_exit_nought(self, tmp_path, capsys):
        good = tmp_path / "a.xml"
        good.write_bytes(facture())
        assert self.run(capsys, str(good))[0] == 0

    def test_a_name_that_no_file_can_bear(self, capsys):
        exit_code, said = self.run(capsys, "a\x00b")
        assert (exit_code, said[0]["code"]) == (1, "fichier_illisible")

    def test_plain_sentences_without_json(self, tmp_path, capsys):
        good = tmp_path / "a.xml"
        good.write_bytes(note_de_credit(currency="SEK"))
        assert command.main(["lire", str(good)]) == 0
        out = capsys.readouterr().out
        assert "note de crédit NC-2026-001 du 2026-03-14, Imprimerie du Moulin SRL, 276.99 SEK" in out

    def test_names_that_a_terminal_cannot_show(self, tmp_path, capsys):
        bad = tmp_path / os.fsdecode(b"a\xff\n.xml")
        bad.write_bytes(facture(supplier=PartieAEcrire(name="Mou\u202elin", numero="0202239951")))
        exit_code, said = self.run(capsys, str(bad))
        assert (exit_code, said[0]["file"], said[0]["decision"]) == (0, str(bad), "accept")
        assert command.main(["lire", str(bad)]) == 0
        (line,) = capsys.readouterr().out.splitlines()
        assert line.isprintable()
        assert "a??.xml : facture F-2026-001 du 2026-03-14, Mou?lin" in line

    def test_every_truncation_is_one_refusal_in_its_place(self, tmp_path, capsys):
        content = facture()
        names = []
        for percent in range(100):
            names.append(str(tmp_path / f"{percent:02d}.xml"))
            Path(names[-1]).write_bytes(content[: len(content) * percent // 100])
        exit_code, said = self.run(capsys, *names, *names[:2])
        assert exit_code == 1
        assert [un["file"] for un in said] == [*names, *names[:2]]
        assert {un["code"] for un in said} == {"fichier_vide", "xml_mal_forme"}

    def test_what_is_no_regular_file(self, tmp_path, capsys, monkeypatch):
        fifo, broken, loop, closed = (tmp_path / name for name in ("fifo", "brise", "boucle", "ferme.xml"))
        os.mkfifo(fifo)
        broken.symlink_to(tmp_path / "nulle-part")
        loop.symlink_to(loop)
        closed.write_bytes(facture())
        monkeypatch.setattr(Path, "read_bytes", self.denied)
        exit_code, said = self.run(capsys, *map(str, (fifo, broken, loop, closed)), "x" * 5000, "/dev/zero", "")
        assert exit_code == 1
        assert {un["code"] for un in said} == {"fichier_illisible"}
        assert "Permission denied" not in said[3]["message"]

    def denied(self, *_: object) -> bytes:
        raise PermissionError(errno.EACCES, os.strerror(errno.EACCES))

    def test_wrong_usage_is_exit_two(self, capsys):
        with pytest.raises(SystemExit) as stopped:
            command.main(["lire"])
        assert stopped.value.code == 2
        capsys.readouterr()
