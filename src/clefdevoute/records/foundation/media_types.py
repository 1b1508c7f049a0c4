"""What a file is, found in its first bytes: a name or a browser's word is never believed."""

import io
import zipfile

PDF = "application/pdf"
PNG = "image/png"
JPEG = "image/jpeg"
XML = "application/xml"
CSV = "text/csv"
TEXT = "text/plain"
ZIP = "application/zip"
ODT = "application/vnd.oasis.opendocument.text"
ODS = "application/vnd.oasis.opendocument.spreadsheet"
DOCX = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"

INLINE = frozenset({PDF, PNG, JPEG})
"""What a browser may show by itself, in a sandbox; everything else is downloaded."""

_MAGIC = ((b"%PDF-", PDF), (b"\x89PNG\r\n\x1a\n", PNG), (b"\xff\xd8\xff", JPEG))
_ZIP = b"PK\x03\x04"
_MAX_MEMBERS = 5000


def sniff(content: bytes) -> str | None:
    """Name the media type of a content, or None when it is none that a proof may have."""
    for magic, media_type in _MAGIC:
        if content.startswith(magic):
            return media_type
    if content.startswith(_ZIP):
        return _office(content)
    return _text(content)


def _office(content: bytes) -> str | None:
    """Tell an office document from another ZIP; macros are refused."""
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            names = set(archive.namelist())
            if len(names) > _MAX_MEMBERS or any(name.lower().endswith("vbaproject.bin") for name in names):
                return None
            if "mimetype" in names and archive.getinfo("mimetype").file_size <= len(ODS):
                declared = archive.read("mimetype").decode("ascii", "replace")
                return declared if declared in {ODT, ODS} else None
    except (zipfile.BadZipFile, NotImplementedError, RuntimeError, OSError, EOFError):
        return None
    if "[Content_Types].xml" not in names:
        return None
    return DOCX if "word/document.xml" in names else XLSX if "xl/workbook.xml" in names else None


def _text(content: bytes) -> str | None:
    """Read text in UTF-8, UTF-16 or Windows' alphabet; HTML and scripts are no proof."""
    encoding = "utf-16" if content[:2] in {b"\xff\xfe", b"\xfe\xff"} else "utf-8-sig"
    try:
        text = content.decode(encoding)
    except UnicodeDecodeError:
        try:
            text = content.decode("cp1252")
        except UnicodeDecodeError:
            return None
    if any(ord(char) < 32 and char not in "\t\r\n\f" for char in text):
        return None
    start = text.lstrip()[:1000].lower()
    if start.startswith("<"):
        return None if "<html" in start or "<!doctype html" in start or "<svg" in start else XML
    if start.startswith("#!") or "<script" in start:
        return None
    first = text.splitlines()[0] if text.strip() else ""
    return CSV if any(mark in first for mark in ";,\t") else TEXT
