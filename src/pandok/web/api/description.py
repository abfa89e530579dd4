"""The description of the API, made once a process: it follows from the version alone, and takes seconds to make."""

from __future__ import annotations

import json
from functools import cache
from hashlib import sha256
from threading import Lock, Thread
from typing import Any

from django.conf import settings
from django.template.loader import render_to_string
from django.utils import translation
from django.utils.safestring import SafeString

from pandok.web.api.app import schema
from pandok.web.api.describe import described_operations
from pandok.web.api.words import groups_in

_one_at_a_time = Lock()


def description_bytes() -> tuple[bytes, str]:
    """OpenAPI as JSON, and its ETag."""
    with _one_at_a_time:
        return _bytes()


def operations_page(language: str) -> SafeString:
    """The operations as a part of a page, in one language."""
    with _one_at_a_time:
        return _page(language)


def make_beforehand() -> Thread:
    """Makes all of it beside the start of a server, so that nobody waits for it."""
    thread = Thread(target=_make, name="api-description", daemon=True)
    thread.start()
    return thread


def _make() -> None:
    description_bytes()
    for language, _ in settings.LANGUAGES:
        operations_page(language)


@cache
def _schema() -> dict[str, Any]:
    return schema()


@cache
def _bytes() -> tuple[bytes, str]:
    text = json.dumps(_schema(), ensure_ascii=False).encode()
    return text, f'"{sha256(text).hexdigest()[:32]}"'


@cache
def _page(language: str) -> SafeString:
    with translation.override(language):
        groups = groups_in(language, described_operations(_schema()))
        return render_to_string("pandok/api/operations.html", {"groups": groups})
