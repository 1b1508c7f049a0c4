"""Primary keys: UUIDv7, made here and nowhere else, in order of time and without meaning."""

import os
import time
import uuid


def uuid7() -> uuid.UUID:
    """Make a new key: 48 bits of milliseconds, then randomness (RFC 9562, version 7)."""
    raw = bytearray((time.time_ns() // 1_000_000).to_bytes(6, "big") + os.urandom(10))
    raw[6] = (raw[6] & 0x0F) | 0x70
    raw[8] = (raw[8] & 0x3F) | 0x80
    return uuid.UUID(bytes=bytes(raw))
