"""How much one request may bring: beyond, it is read away and refused with a sentence, never half kept."""

from typing import Any

from django.conf import settings
from django.core.exceptions import RequestDataTooBig
from django.core.files.uploadedfile import UploadedFile
from django.core.files.uploadhandler import FileUploadHandler

CHUNK = 1024 * 1024
PATIENCE = 4
"""Up to so many times the bound is read away, so that the browser hears the refusal; more cuts the line."""


class BoundedUpload(FileUploadHandler):
    """Refuses a request larger than ``UPLOAD_MAX_BYTES`` before any of its files is kept."""

    def handle_raw_input(
        self,
        input_data: Any,
        META: dict[str, str],  # noqa: N803  Django calls it so
        content_length: int,
        boundary: str,
        encoding: str | None = None,
    ) -> None:
        """Look at the announced length; the stream never gives more than it."""
        most: int = settings.UPLOAD_MAX_BYTES
        if content_length <= most:
            return
        if content_length <= most * PATIENCE:
            while input_data.read(CHUNK):
                pass
        raise RequestDataTooBig("request larger than UPLOAD_MAX_BYTES")

    def receive_data_chunk(self, raw_data: bytes, start: int) -> bytes:
        """Hand the chunk on to the handlers that keep it."""
        return raw_data

    def file_complete(self, file_size: int) -> "UploadedFile[Any] | None":
        """Keep nothing."""
        return None
