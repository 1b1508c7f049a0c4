"""
What leaves with a page and comes back with a form: sealed under the installation's key, for one purpose, for a time.

Nothing of it is kept in clear on the server, and nobody reads it in the page: a shared desk shows a packet to
whoever sits there next.
"""

import base64
import binascii
import datetime as dt
import hashlib
import hmac
import json
import os
import struct
import zlib
from typing import Any

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM

from clefdevoute.records.foundation import keys

_STAMP = struct.Struct(">Q")


def pack(value: Any, *, purpose: str, now: dt.datetime) -> str:
    """Seal what JSON can say into a text for a hidden field."""
    plain = _STAMP.pack(int(now.timestamp())) + zlib.compress(json.dumps(value, ensure_ascii=False).encode())
    nonce = os.urandom(keys.NONCE)
    return base64.urlsafe_b64encode(nonce + _cipher(purpose).encrypt(nonce, plain, purpose.encode())).decode("ascii")


def unpack(text: str, *, purpose: str, now: dt.datetime, max_age: dt.timedelta) -> Any:
    """Open a packet, or give None for one that is altered, too old or of another purpose."""
    try:
        sealed = base64.urlsafe_b64decode(text.encode("ascii"))
        plain = _cipher(purpose).decrypt(sealed[: keys.NONCE], sealed[keys.NONCE :], purpose.encode())
    except (binascii.Error, InvalidTag, UnicodeEncodeError, ValueError):
        return None
    (stamp,) = _STAMP.unpack(plain[: _STAMP.size])
    if int(now.timestamp()) - stamp > max_age.total_seconds():
        return None
    return json.loads(zlib.decompress(plain[_STAMP.size :]))


def _cipher(purpose: str) -> AESGCM:
    """Derive a key for one purpose: a packet of another one does not open."""
    return AESGCM(hmac.digest(keys.master_key(), b"clefdevoute packet/" + purpose.encode(), hashlib.sha256))
