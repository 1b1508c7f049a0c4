"""Entries of a ZIP whose bytes depend on nothing but what is given."""

import datetime as dt
import zipfile


def entree(nom: str, le: dt.datetime, *, compresse: bool = True) -> zipfile.ZipInfo:
    """Describe a file of a ZIP: date given, rights and system fixed, so that equal content gives equal bytes."""
    info = zipfile.ZipInfo(nom, (max(le.year, 1980), le.month, le.day, le.hour, le.minute, le.second // 2 * 2))
    info.compress_type = zipfile.ZIP_DEFLATED if compresse else zipfile.ZIP_STORED
    info.create_system = 3
    info.external_attr = 0o644 << 16
    return info
