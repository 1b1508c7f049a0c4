"""
Secret fields: sealed with AES-GCM, bound to their enterprise, table, field and row.

A ciphertext moved elsewhere does not open. Its header names the format and the version of the data
key, so that keys can change while old rows stay readable.
"""

import functools
import os
import struct
import uuid
from base64 import b64encode
from typing import Any

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from django.apps import apps
from django.core import checks
from django.core.exceptions import FieldError
from django.db import models, transaction
from django.db.models.query_utils import DeferredAttribute

from clefdevoute.records.foundation import keys
from clefdevoute.records.foundation.errors import KeyUnavailable

FORMAT = 1
_HEADER = struct.Struct(">BI")


class Sealed(bytes):
    """A ciphertext not yet opened; printing it tells nothing."""

    def __repr__(self) -> str:
        return "<Sealed>"

    __str__ = __repr__


def seal(plain: bytes, *, entreprise_id: uuid.UUID, place: str) -> Sealed:
    """Encrypt bytes for one place of one enterprise, under its newest key."""
    version, key = keys.current(entreprise_id)
    header, nonce = _HEADER.pack(FORMAT, version), os.urandom(keys.NONCE)
    return Sealed(header + nonce + AESGCM(key).encrypt(nonce, plain, _bound_to(header, entreprise_id, place)))


def unseal(sealed: bytes, *, entreprise_id: uuid.UUID, place: str) -> bytes:
    """Decrypt bytes in the place they were sealed for; anywhere else is refused."""
    header, rest = sealed[: _HEADER.size], sealed[_HEADER.size :]
    try:
        form, version = _HEADER.unpack(header)
        if form != FORMAT:
            raise KeyUnavailable("Ce secret est d’un format inconnu : mettez Clef de voûte à jour, puis recommencez.")
        key = keys.data_key(entreprise_id, version)
        return _cipher(key).decrypt(rest[: keys.NONCE], rest[keys.NONCE :], _bound_to(header, entreprise_id, place))
    except (struct.error, InvalidTag, ValueError):
        raise KeyUnavailable(
            "Ce secret ne s’ouvre pas ici : il a été déplacé ou modifié. Restaurez la ligne depuis la sauvegarde et "
            "prévenez la personne qui tient l’installation."
        ) from None


@functools.lru_cache(maxsize=64)
def _cipher(key: bytes) -> AESGCM:
    """Prepare a key once: a search opens thousands of texts under the same one."""
    return AESGCM(key)


def _bound_to(header: bytes, entreprise_id: uuid.UUID, place: str) -> bytes:
    """Write what a ciphertext is bound to, its own header included."""
    return header + f"{entreprise_id}/{place}".encode()


class _Opened(DeferredAttribute):
    """Opens the field when it is read, not when its row is loaded."""

    field: "EncryptedTextField"

    def __get__(self, instance: Any, cls: Any = None) -> Any:
        value = super().__get__(instance, cls)
        if instance is not None and isinstance(value, Sealed):
            value = instance.__dict__[self.field.attname] = self.field.open(instance, value)
        return value

    def __set__(self, instance: Any, value: Any) -> None:
        instance.__dict__[self.field.attname] = value


class EncryptedTextField(models.BinaryField):  # type: ignore[type-arg]
    """A text that the database only holds sealed; its model carries ``entreprise_id`` and a UUID key."""

    descriptor_class = _Opened

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        kwargs.setdefault("editable", True)
        super().__init__(*args, **kwargs)

    def deconstruct(self) -> Any:
        """Name this class in migrations; the database column stays plain bytes."""
        name, path, args, kwargs = super().deconstruct()
        kwargs.pop("editable", None)
        return name, path, args, kwargs

    def check(self, **kwargs: Any) -> list[checks.CheckMessage]:
        """Refuse a model without an enterprise: there would be no key."""
        names = {field.attname for field in self.model._meta.fields}
        if "entreprise_id" in names:
            return super().check(**kwargs)
        return [checks.Error("An encrypted field needs a model with entreprise_id.", obj=self, id="foundation.E001")]

    def place(self, instance: models.Model) -> str:
        """Say where a value lives: table, field, row."""
        return f"{instance._meta.db_table}/{self.column}/{instance.pk}"

    def open(self, instance: Any, sealed: Sealed) -> str:
        """Decrypt the value of a row."""
        return unseal(sealed, entreprise_id=instance.entreprise_id, place=self.place(instance)).decode()

    def from_db_value(self, value: Any, expression: Any, connection: Any) -> Sealed | None:
        """Keep the ciphertext closed until the row asks."""
        return None if value is None else Sealed(bytes(value))

    def to_python(self, value: Any) -> Any:
        """Leave texts as they are: bytes are never typed by a person."""
        return value

    def pre_save(self, model_instance: Any, add: bool) -> Any:
        """Seal for this very row; the row in memory keeps its text."""
        plain = getattr(model_instance, self.attname)
        if plain is None:
            return None
        place = self.place(model_instance)
        return seal(str(plain).encode(), entreprise_id=model_instance.entreprise_id, place=place)

    def get_db_prep_value(self, value: Any, connection: Any, prepared: bool = False) -> Any:
        """Refuse a text that did not go through a row: it has no place to be bound to."""
        if value is not None and not isinstance(value, Sealed):
            raise TypeError(f"{self.name} is encrypted: save it through its row, not update() or bulk_update().")
        return super().get_db_prep_value(None if value is None else bytes(value), connection, prepared)

    def value_to_string(self, obj: Any) -> str:
        """Give a copy of the table the ciphertext as it lies there, and nothing of a text already opened."""
        sealed = obj.__dict__.get(self.attname)
        return b64encode(sealed).decode("ascii") if isinstance(sealed, Sealed) else ""

    def value_from_object(self, obj: Any) -> Any:
        """Keep a text closed for whoever walks over all fields of a row."""
        return obj.__dict__.get(self.attname)

    def get_lookup(self, lookup_name: str) -> Any:
        """Allow asking whether there is a value, and nothing about it."""
        if lookup_name != "isnull":
            raise FieldError(f"{self.name} is encrypted: it cannot be searched.")
        return super().get_lookup(lookup_name)

    def formfield(self, **kwargs: Any) -> Any:
        """Type it as any text."""
        return models.TextField.formfield(self, **kwargs)


def encrypted_fields() -> dict[type[models.Model], list[EncryptedTextField]]:
    """List every encrypted field of the project, by model."""
    found = {
        model: [field for field in model._meta.local_fields if isinstance(field, EncryptedTextField)]
        for model in apps.get_models()
    }
    return {model: fields for model, fields in found.items() if fields}


@transaction.atomic
def rotate(entreprise_id: uuid.UUID) -> int:
    """Begin a new data key for an enterprise and seal every secret field anew; answer how many rows."""
    keys.add_version(entreprise_id)
    count = 0
    for model, fields in encrypted_fields().items():
        rows = model._default_manager.filter(entreprise_id=entreprise_id).order_by("pk")
        for row in rows.iterator(chunk_size=500):
            for field in fields:
                getattr(row, field.attname)
            row.save(update_fields=[field.name for field in fields])
            count += 1
    return count
