"""Primary keys: UUIDv7, made here and nowhere else, in order of time and without meaning."""

import os
import time
import uuid


def uuid7() -> uuid.UUID:
    """
    Make a new key: milliseconds, the fraction of a millisecond, then randomness (RFC 9562, method 3).

    The fraction keeps rows written one after the other in that order, within one process.
    """
    milliseconds, rest = divmod(time.time_ns(), 1_000_000)
    raw = bytearray(milliseconds.to_bytes(6, "big") + (rest * 4096 // 1_000_000).to_bytes(2, "big") + os.urandom(8))
    raw[6] |= 0x70
    raw[8] = (raw[8] & 0x3F) | 0x80
    return uuid.UUID(bytes=bytes(raw))
