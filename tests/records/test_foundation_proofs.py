"""Proof files: typed by content, kept under their hash, never run, never known across enterprises."""

import hashlib
import io
import stat
import zipfile

import pytest
import xlsxwriter
from csp.middleware import CSPMiddleware
from django.core.exceptions import ValidationError
from django.db import IntegrityError, connection, transaction
from hypothesis import given
from hypothesis import strategies as st

from clefdevoute.records.foundation import media_types, proofs
from clefdevoute.records.foundation.access import Role
from clefdevoute.records.foundation.classification import SECRET, FieldClass
from clefdevoute.records.foundation.errors import ProofRefused
from clefdevoute.records.foundation.models import AuditEvent, ProofFile

pytestmark = pytest.mark.django_db

PDF = b"%PDF-1.7\n%\xe2\xe3\xcf\xd3\n1 0 obj\n<<>>\nendobj\n"
PNG = b"\x89PNG\r\n\x1a\n" + bytes(20)
JPEG = b"\xff\xd8\xff\xe0" + bytes(20)


def archive(**members):
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w") as target:
        for name, content in members.items():
            target.writestr(name.replace("__", "/").replace("_dot_", "."), content)
    return stream.getvalue()


def workbook():
    stream = io.BytesIO()
    book = xlsxwriter.Workbook(stream)
    book.add_worksheet().write("A1", "Anna")
    book.close()
    return stream.getvalue()


KINDS = {
    "pdf": (PDF, media_types.PDF),
    "png": (PNG, media_types.PNG),
    "jpeg": (JPEG, media_types.JPEG),
    "xml": (b'<?xml version="1.0"?><Invoice/>', media_types.XML),
    "xml with mark": (b"\xef\xbb\xbf<Invoice/>", media_types.XML),
    "xlsx": (workbook(), media_types.XLSX),
    "docx": (archive(**{"[Content_Types]_dot_xml": "", "word__document_dot_xml": ""}), media_types.DOCX),
    "ods": (archive(mimetype=media_types.ODS), media_types.ODS),
    "odt": (archive(mimetype=media_types.ODT), media_types.ODT),
    "csv": ("numéro;nom\n1;Éloïse\n".encode(), media_types.CSV),
    "csv of Windows": ("numéro;nom\r\n1;Éloïse\r\n".encode("cp1252"), media_types.CSV),
    "text": ("Bonjour à tous\n".encode(), media_types.TEXT),
}
REFUSED = {
    "program": b"\x7fELF\x02\x01\x01" + bytes(40),
    "Windows program": b"MZ\x90\x00\x03" + bytes(40),
    "script": b"#!/bin/sh\nrm -rf /\n",
    "page": b"<!DOCTYPE html><html><script>alert(1)</script></html>",
    "page behind a comment": b"<!-- x --><HTML><body onload=alert(1)>",
    "drawing": b"<svg xmlns='http://www.w3.org/2000/svg'><script/></svg>",
    "other archive": archive(a="b"),
    "macros": archive(**{"[Content_Types]_dot_xml": "", "xl__workbook_dot_xml": "", "xl__vbaProject_dot_bin": "x"}),
    "broken archive": b"PK\x03\x04" + bytes(30),
    "false mimetype": archive(mimetype="application/vnd.oasis.opendocument.base"),
}


@pytest.fixture(autouse=True)
def folder(settings, tmp_path):
    settings.PROOFS_DIR = tmp_path / "preuves"
    return settings.PROOFS_DIR


@pytest.fixture
def store(make_actor, now):
    def put(content=PDF, filename="preuve.pdf", by=None, **words):
        by = by or make_actor()
        return proofs.store(content=content, filename=filename, by=by, entreprise_id=by.entreprise_id, now=now, **words)

    return put


@pytest.mark.parametrize("kind", KINDS)
def test_the_type_is_found_in_the_content(store, kind):
    content, media_type = KINDS[kind]
    proof = store(content, "n’importe quoi.exe")
    assert proof.media_type == media_type
    assert proofs.read(proof) == content


@pytest.mark.parametrize("kind", REFUSED)
def test_what_is_no_proof_is_refused(store, kind):
    with pytest.raises(ProofRefused, match="pas d’un type admis"):
        store(REFUSED[kind], "facture.pdf")
    assert not ProofFile.objects.exists()


def test_empty_and_too_large_files_say_what_to_do(store):
    with pytest.raises(ProofRefused, match="est vide"):
        store(b"")
    with pytest.raises(ProofRefused, match="pèse 20 Mo, le maximum est de 20 Mo"):
        store(PDF + bytes(proofs.MAX_BYTES))
    assert store(PDF + bytes(proofs.MAX_BYTES - len(PDF))).size == proofs.MAX_BYTES


def test_the_file_is_kept_under_its_hash_for_the_service_alone(store, folder):
    proof = store(filename="../../etc/passwd.pdf")
    (path,) = [item for item in folder.rglob("*") if item.is_file()]
    assert path.name == hashlib.sha256(PDF).hexdigest() == proof.sha256
    assert stat.S_IMODE(path.stat().st_mode) == 0o600
    assert {stat.S_IMODE(item.stat().st_mode) for item in folder.rglob("*") if item.is_dir()} == {0o700}
    assert proof.filename == "passwd.pdf"


def test_the_same_file_twice_is_one_proof_and_one_event(store, make_actor, folder):
    actor = make_actor()
    first, second = store(by=actor), store(by=actor, filename="autre nom.pdf")
    assert first.pk == second.pk
    assert AuditEvent.objects.filter(event="foundation.piece_deposee").count() == 1
    assert len([item for item in folder.rglob("*") if item.is_file()]) == 1


def test_another_enterprise_gets_its_own_copy_and_learns_nothing(store, folder):
    first, second = store(), store()
    assert first.pk != second.pk
    assert len([item for item in folder.rglob("*") if item.is_file()]) == 2


def test_a_lost_or_changed_file_is_told(store, folder):
    proof = store()
    path = proofs.path_of(proof.entreprise_id, proof.sha256)
    path.write_bytes(PDF + b"falsified")
    with pytest.raises(ProofRefused, match="a changé depuis son dépôt"):
        proofs.read(proof)
    path.unlink()
    with pytest.raises(ProofRefused, match="n’est plus à sa place"):
        proofs.read(proof)


def test_a_health_proof_is_sealed_on_the_disk(store, folder):
    proof = store(classe=FieldClass.SANTE)
    (path,) = [item for item in folder.rglob("*") if item.is_file()]
    assert b"%PDF" not in path.read_bytes()
    assert proofs.read(proof) == PDF
    assert store(classe=FieldClass.PERSONNEL).pk != proof.pk


CLASSES = [
    FieldClass.PUBLIC,
    FieldClass.ADMINISTRATIF,
    FieldClass.PERSONNEL,
    FieldClass.SECRET_SOCIAL,
    FieldClass.SANTE,
]
SEEN = {
    Role.GESTIONNAIRE: {"public", "administratif", "personnel"},
    Role.ACCOMPAGNATEUR: {"public", "administratif", "personnel", "secret_social"},
}


@pytest.mark.parametrize("role", list(Role))
@pytest.mark.parametrize("own", [True, False])
def test_who_sees_which_class(store, make_actor, role, own):
    author = make_actor(Role.ACCOMPAGNATEUR)
    for classe in CLASSES:
        store(by=author, classe=classe)
    actor = make_actor(role, author.entreprise_id if own else None)
    seen = set(ProofFile.objects.visible_to(actor).values_list("classe", flat=True))
    assert seen == (SEEN.get(role, set()) if own else set())
    assert ProofFile.objects.visible_to(author).count() == 5


@pytest.mark.parametrize("kind", KINDS)
def test_only_what_cannot_run_is_shown_in_the_page(store, make_actor, now, kind):
    content, media_type = KINDS[kind]
    answer = proofs.response(store(content, "Preuve d’Éloïse.pdf"), by=make_actor(), now=now)
    disposition = answer.headers["Content-Disposition"]
    assert disposition.split(";")[0] == ("inline" if kind in {"pdf", "png", "jpeg"} else "attachment")
    assert answer.headers["X-Content-Type-Options"] == "nosniff"
    assert answer.headers["Content-Security-Policy"].startswith("sandbox")
    assert answer.headers["Content-Type"] == media_type
    assert answer.content == content


def test_the_sandbox_is_not_widened_by_the_policy_of_the_site(store, make_actor, now, rf):
    actor = make_actor()
    answer = CSPMiddleware(lambda request: proofs.response(store(), by=actor, now=now))(rf.get("/"))
    assert answer.headers["Content-Security-Policy"] == "sandbox; default-src 'none'"


@pytest.mark.parametrize("classe", CLASSES)
def test_opening_a_secret_proof_is_written_in_the_journal(store, make_actor, now, classe):
    author = make_actor(Role.ACCOMPAGNATEUR)
    proof = store(by=author, classe=classe)
    proofs.response(proof, by=author, now=now, purpose="controle")
    read = AuditEvent.objects.filter(event="foundation.piece_secrete_lue", purpose="controle")
    assert read.count() == (classe in {FieldClass.SECRET_SOCIAL, FieldClass.SANTE})


@given(st.text(max_size=400))
def test_a_cleaned_name_is_safe(name):
    cleaned = proofs.clean_filename(name)
    assert 0 < len(cleaned) <= 200
    assert not set(cleaned) & set('/\\<>:"|?*\0\r\n\u202e')
    assert cleaned == proofs.clean_filename(cleaned)
    assert not cleaned.startswith(".")


@pytest.mark.parametrize(
    ("given_name", "kept"),
    [
        ("Facture n° 12.pdf", "Facture n° 12.pdf"),
        ("C:\\Users\\Anna\\facture.PDF", "facture.PDF"),
        ("../../../etc/passwd", "passwd"),
        ("a\u202efdp.exe", "afdp.exe"),
        ("   ", "piece"),
        (".htaccess", "htaccess"),
        ("x" * 300 + ".pdf", "x" * 192 + ".pdf"),
    ],
)
def test_names(given_name, kept):
    assert proofs.clean_filename(given_name) == kept


NAME = "Certificat dépression Lia Maes.pdf"


@pytest.mark.parametrize("classe", sorted(SECRET))
def test_the_name_of_a_secret_proof_stands_nowhere_in_clear(store, classe):
    proof = store(filename=NAME, classe=classe)
    assert ProofFile.objects.get(pk=proof.pk).filename == NAME
    with connection.cursor() as cursor:
        cursor.execute("SELECT * FROM foundation_prooffile WHERE sha256 = %s", [proof.sha256])
        row = cursor.fetchone()
    assert not [value for value in row if isinstance(value, str) and "Lia" in value]
    assert not [value for value in row if isinstance(value, (bytes, memoryview)) and b"Lia" in bytes(value)]


def test_no_history_writes_the_name_of_a_proof(store):
    assert "Lia" not in str(store(filename=NAME))


def test_proof_file_name_sealed_when_secret(store):
    everyday, secret = store(filename=NAME), store(filename=NAME, classe=FieldClass.SANTE)
    everyday.validate_constraints()
    secret.validate_constraints()
    for row, wrong in (
        (secret, {"plain_name": NAME}),
        (secret, {"sealed_name": None}),
        (everyday, {"plain_name": ""}),
        (everyday, {"classe": FieldClass.SANTE}),
    ):
        with pytest.raises(IntegrityError, match="proof_file_name_sealed"), transaction.atomic():
            ProofFile.objects.filter(pk=row.pk).update(**wrong)
    everyday.plain_name = ""
    with pytest.raises(ValidationError, match="Le nom d’une pièce secrète est scellé"):
        everyday.validate_constraints()
