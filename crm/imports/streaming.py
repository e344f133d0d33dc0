"""Reads an upload as a stream that ends at a limit, before anything is kept of what is beyond."""

from collections.abc import Callable
from functools import wraps
from typing import Any

from django.conf import settings
from django.core.files.uploadhandler import FileUploadHandler, StopUpload
from django.http import HttpRequest, HttpResponse
from django.views.decorators.csrf import csrf_exempt, csrf_protect

View = Callable[..., HttpResponse]
FRAME = 64 * 1024  # of a multipart body beside the file


class LimitedUpload(FileUploadHandler):
    """Stops reading where the file is larger than one may upload; `is_cut` on the request tells."""

    seen = 0

    def handle_raw_input(self, *told: Any, content_length: int = 0, **more: Any) -> None:
        """A length that was told is believed: not a byte more is read."""
        length = content_length or (told[2] if len(told) > 2 else 0)
        self.is_told = length > settings.IMPORT_MAX_BYTES + FRAME

    def receive_data_chunk(self, raw_data: bytes, start: int) -> bytes:
        """Pass the portion on to the handler that keeps it."""
        self.seen += len(raw_data)
        if self.is_told or self.seen > settings.IMPORT_MAX_BYTES:
            self.request.is_cut = True  # type: ignore[union-attr]
            raise StopUpload(connection_reset=True)
        return raw_data

    def file_complete(self, file_size: int) -> None:
        """The handlers behind this one make the file."""


def limit(request: HttpRequest) -> None:
    """Put the limit before every handler; nothing may have read the body yet."""
    request.upload_handlers.insert(0, LimitedUpload(request))


def limited(view: View) -> View:
    """A page that takes a file; the limit stands before anything reads the body."""
    protected = csrf_protect(view)

    @csrf_exempt  # the check comes once the handler is in its place: it reads the body
    @wraps(view)
    def wrapper(request: HttpRequest, *args: Any, **values: Any) -> HttpResponse:
        limit(request)
        return protected(request, *args, **values)

    return wrapper


def is_cut(request: HttpRequest) -> bool:
    """Whether the upload was larger than one may be."""
    return getattr(request, "is_cut", False)
