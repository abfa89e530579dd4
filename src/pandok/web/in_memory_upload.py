"""Uploads that never touch the disk in clear: read into memory up to a limit, left out beyond it."""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from typing import Any

from django.core.files.uploadhandler import MemoryFileUploadHandler, SkipFile
from django.http import HttpRequest, HttpResponse
from django.views.decorators.csrf import csrf_exempt, csrf_protect

from pandok.settings import settings
from pandok.web.hidden_letters import leave_out

View = Callable[..., HttpResponse]


class InMemory(MemoryFileUploadHandler):
    """Every file of a request of at most `most_bytes`; of a larger request, no file at all."""

    def __init__(self, request: HttpRequest, most_bytes: int):
        super().__init__(request)
        self._most_bytes = most_bytes

    def handle_raw_input(
        self,
        input_data: Any,  # noqa: ARG002
        META: Any,  # noqa: ARG002
        content_length: int,
        boundary: Any,  # noqa: ARG002
        encoding: Any = None,  # noqa: ARG002
    ) -> None:
        self.activated = content_length <= self._most_bytes

    def new_file(self, *arguments: Any, **options: Any) -> None:
        if not self.activated:
            raise SkipFile
        super().new_file(*arguments, **options)


def most_bytes() -> int:
    return settings().vault_upload_mb * 1_000_000


def too_large_to_keep(request: HttpRequest) -> bool:
    """The request had more than may be kept in memory, and its files were left out."""
    return int(request.META.get("CONTENT_LENGTH") or 0) > most_bytes()


def uploads_in_memory(view: View) -> View:
    """Put outermost: how files are received must be said before anything, the form's token too, is read."""

    @wraps(view)
    def read(request: HttpRequest, *arguments: Any, **options: Any) -> HttpResponse:
        leave_out(request)
        return view(request, *arguments, **options)

    protected = csrf_protect(read)

    @csrf_exempt
    @wraps(view)
    def received(request: HttpRequest, *arguments: Any, **options: Any) -> HttpResponse:
        request.upload_handlers = [InMemory(request, most_bytes())]
        return protected(request, *arguments, **options)

    return received
