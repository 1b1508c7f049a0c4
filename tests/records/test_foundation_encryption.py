"""Secret fields: closed in the database, open in their own place, and nowhere else."""

import base64
import os

import pytest
from django.core.exceptions import FieldError
from django.db import connection, models, transaction
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from clefdevoute.records.foundation import encryption, keys
from clefdevoute.records.foundation.classification import FieldClass
from clefdevoute.records.foundation.encryption import EncryptedTextField, Sealed
from clefdevoute.records.foundation.errors import KeyUnavailable
from clefdevoute.records.foundation.ids import uuid7
from clefdevoute.records.foundation.models import DataKey, RecordModel


class Secret(RecordModel):
    """A row for these tests only."""

    classes = {"note": FieldClass.SECRET_SOCIAL, "autre": FieldClass.SANTE, "entreprise_id": FieldClass.ADMINISTRATIF}
    entreprise_id = models.UUIDField()
    note = EncryptedTextField()
    autre = EncryptedTextField(null=True)

    class Meta:
        app_label = "essais"


@pytest.fixture
def table(db):
    """Make the table of the row above; it leaves with the test's transaction."""
    columns = ", ".join(f'"{field.column}" {field.db_type(connection)}' for field in Secret._meta.fields)
    with connection.cursor() as cursor:
        cursor.execute(f"CREATE TABLE {Secret._meta.db_table} ({columns})")
        yield
        cursor.execute(f"DROP TABLE {Secret._meta.db_table}")


@pytest.fixture
def master(settings, tmp_path):
    """Give the installation a master key in a file, as a real one has."""
    path = tmp_path / "maitresse.key"
    path.write_text(keys.new_master_key())
    path.chmod(0o600)
    settings.MASTER_KEY, settings.MASTER_KEY_FILE = "", path
    return path


def raw(row, column="note"):
    with connection.cursor() as cursor:
        key = Secret._meta.pk.get_db_prep_value(row.pk, connection)
        cursor.execute(f"SELECT {column} FROM {Secret._meta.db_table} WHERE id = %s", [key])
        return bytes(cursor.fetchone()[0])


@pytest.mark.usefixtures("table")
def test_the_database_never_holds_the_text():
    row = Secret.objects.create(entreprise_id=uuid7(), note="Éloïse souffre d’asthme")
    assert row.note == "Éloïse souffre d’asthme"
    assert "loïse".encode() not in raw(row)
    assert raw(row)[:5] == b"\x01\x00\x00\x00\x01"  # format, version of the key
    again = Secret.objects.get()
    assert isinstance(again.__dict__["note"], Sealed)
    assert repr(again.__dict__["note"]) == "<Sealed>"
    assert (again.note, again.autre) == ("Éloïse souffre d’asthme", None)
    assert Secret.objects.defer("note").get().note == row.note


@pytest.mark.usefixtures("table")
def test_the_same_text_never_gives_the_same_bytes():
    first, second = (Secret.objects.create(entreprise_id=uuid7(), note="oui") for _ in range(2))
    before = raw(first)
    first.save()
    assert len({before, raw(first), raw(second)}) == 3


@pytest.mark.usefixtures("table")
@pytest.mark.parametrize("where", ["row", "field", "enterprise", "table", "header"])
def test_a_moved_ciphertext_does_not_open(where):
    row = Secret.objects.create(entreprise_id=uuid7(), note="secret")
    sealed = raw(row)
    other = Secret.objects.create(entreprise_id=row.entreprise_id, note="autre ligne")
    if where == "enterprise":
        other = Secret.objects.create(entreprise_id=uuid7(), note="autre entreprise")
        other.pk = row.pk
    if where == "header":
        keys.add_version(row.entreprise_id)
        sealed, other = b"\x01\x00\x00\x00\x02" + sealed[5:], row
    place = "ailleurs/note" if where == "table" else Secret._meta.get_field("note").place(other)
    if where == "field":
        place = Secret._meta.get_field("autre").place(row)
    with pytest.raises(KeyUnavailable, match="déplacé ou modifié"):
        encryption.unseal(sealed, entreprise_id=other.entreprise_id, place=place)


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=50, deadline=None)
@given(text=st.text(max_size=200), cut=st.integers(0, 60))
def test_any_text_comes_back_and_a_changed_byte_is_seen(db, text, cut):
    entreprise_id = uuid7()
    sealed = encryption.seal(text.encode("utf-8", "replace"), entreprise_id=entreprise_id, place="p")
    assert encryption.unseal(sealed, entreprise_id=entreprise_id, place="p") == text.encode("utf-8", "replace")
    changed = bytearray(sealed)
    changed[cut % len(changed)] ^= 1
    with pytest.raises(KeyUnavailable):
        encryption.unseal(bytes(changed), entreprise_id=entreprise_id, place="p")


@pytest.mark.usefixtures("table")
def test_shortcuts_that_would_store_a_text_in_clear_are_refused():
    row = Secret.objects.create(entreprise_id=uuid7(), note="secret")
    with pytest.raises(TypeError, match="save it through its row"), transaction.atomic():
        Secret.objects.update(note="en clair")
    with pytest.raises(FieldError, match="cannot be searched"):
        Secret.objects.filter(note="secret").count()
    assert Secret.objects.filter(autre__isnull=True).count() == 1
    Secret.objects.bulk_create([Secret(entreprise_id=row.entreprise_id, note="en lot")])
    assert {item.note for item in Secret.objects.all()} == {"secret", "en lot"}


def test_a_model_without_enterprise_is_refused():
    class Orphan(RecordModel):
        note = EncryptedTextField()

        class Meta:
            app_label = "essais"

    assert [error.id for error in Orphan._meta.get_field("note").check()] == ["foundation.E001"]


@pytest.mark.usefixtures("table", "master")
def test_a_wrong_master_key_is_named_by_its_fingerprint(settings):
    Secret.objects.create(entreprise_id=uuid7(), note="secret")
    right = keys.fingerprint(keys.master_key())
    settings.MASTER_KEY = keys.new_master_key()
    with pytest.raises(KeyUnavailable, match=rf"il faut celle d’empreinte {right}"):
        _ = Secret.objects.get().note
    with pytest.raises(KeyUnavailable, match="n’ouvre pas les données"):
        keys.check_at_start()


@pytest.mark.usefixtures("table")
def test_a_lost_key_file_is_refused_at_start_with_a_hint(master):
    keys.check_at_start()
    Secret.objects.create(entreprise_id=uuid7(), note="secret")
    keys.check_at_start()
    master.unlink()
    with pytest.raises(KeyUnavailable, match="Remettez la copie gardée à part"):
        keys.check_at_start()


@pytest.mark.parametrize("content", ["", "abc", base64.b64encode(b"trop court").decode(), "é" * 44])
def test_a_damaged_key_file_is_refused(master, content):
    master.write_text(content, encoding="utf-8")
    with pytest.raises(KeyUnavailable, match=r"32 octets|ne se lit pas"):
        keys.master_key()


def test_a_key_file_that_others_can_read_is_refused(master):
    master.chmod(0o640)
    with pytest.raises(KeyUnavailable, match="chmod 600"):
        keys.master_key()


@pytest.mark.usefixtures("table")
def test_rotation_seals_anew_and_old_versions_still_open(monkeypatch):
    fields = [field for field in Secret._meta.fields if isinstance(field, EncryptedTextField)]
    monkeypatch.setattr(encryption, "encrypted_fields", lambda: {Secret: fields})
    row = Secret.objects.create(entreprise_id=uuid7(), note="secret")
    other = Secret.objects.create(entreprise_id=uuid7(), note="ailleurs")
    old, untouched = raw(row), raw(other)
    assert encryption.rotate(row.entreprise_id) == 1
    assert raw(row)[:5] == b"\x01\x00\x00\x00\x02"
    assert raw(other) == untouched
    assert Secret.objects.get(pk=row.pk).note == "secret"
    place = Secret._meta.get_field("note").place(row)
    assert encryption.unseal(old, entreprise_id=row.entreprise_id, place=place) == b"secret"


@pytest.mark.usefixtures("table", "master")
def test_the_master_key_changes_without_writing_rows_again(settings):
    row = Secret.objects.create(entreprise_id=uuid7(), note="secret")
    before, old, new = raw(row), keys.master_key(), keys.new_master_key()
    assert keys.change_master_key(old=old, new=base64.urlsafe_b64decode(new)) == 1
    settings.MASTER_KEY = new
    assert Secret.objects.get().note == "secret"
    assert raw(row) == before
    assert DataKey.objects.get().master_key == keys.fingerprint(keys.master_key())


def test_two_writers_at_once_make_one_first_key(in_threads):
    entreprise_id = uuid7()
    sealed = in_threads(4, lambda _: encryption.seal(b"x", entreprise_id=entreprise_id, place="p"))
    assert [error for error in sealed if isinstance(error, BaseException)] == []

    def read_back(_):
        opened = {encryption.unseal(item, entreprise_id=entreprise_id, place="p") for item in sealed}
        return opened, DataKey.objects.filter(entreprise_id=entreprise_id).count()

    assert in_threads(1, read_back) == [({b"x"}, 1)]


def test_every_encrypted_field_of_the_project_is_classed_secret():
    for model, fields in encryption.encrypted_fields().items():
        for field in fields:
            assert model.classes[field.name] in {FieldClass.SECRET_SOCIAL, FieldClass.SANTE, FieldClass.PERSONNEL}


def test_an_unknown_format_says_to_update(db):
    with pytest.raises(KeyUnavailable, match="mettez Clef de voûte à jour"):
        encryption.unseal(b"\x09" + os.urandom(60), entreprise_id=uuid7(), place="p")


@pytest.mark.usefixtures("db")
def test_a_wrapped_key_moved_to_another_enterprise_does_not_open():
    """Whoever can write in the table of keys must not be able to give one enterprise the key of another."""
    first, second = uuid7(), uuid7()
    keys.current(first)
    row = DataKey.objects.get(entreprise_id=first)
    stolen = DataKey.objects.create(entreprise_id=second, version=1, master_key=row.master_key, wrapped=row.wrapped)
    with pytest.raises(KeyUnavailable, match="n’ouvre pas les données"):
        keys.unwrap(stolen, keys.master_key())
