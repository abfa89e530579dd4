"""The certificate of a deletion that is done, as a file: for every field whose files go by two persons."""

from __future__ import annotations

import json
from collections.abc import Callable
from typing import Any

from django.http import Http404, HttpResponse
from django.utils.translation import get_language

from pandok.common.models.deletions import DeletionPlan
from pandok.core.deletion import DeletionState
from pandok.web.file_answer import download

Draw = Callable[[dict[str, Any], str, str], bytes]
"""Content, its sha256, language: the PDF."""


def certificate_as_json(deletion: DeletionPlan) -> HttpResponse:
    """Raises Http404 before it is done."""
    _must_be_done(deletion)
    said = {"certificate": deletion.certificate, "sha256": deletion.certificate_sha256}
    data = json.dumps(said, ensure_ascii=False, indent=1).encode()
    return download(data, filename=f"{deletion.number}.json", media_type="application/json")


def certificate_as_pdf(deletion: DeletionPlan, draw: Draw) -> HttpResponse:
    """In the reader's language. Raises Http404 before it is done."""
    _must_be_done(deletion)
    language = "en" if (get_language() or "ko").startswith("en") else "ko"
    data = draw(deletion.certificate, deletion.certificate_sha256, language)
    return download(data, filename=f"{deletion.number}-{language}.pdf", media_type="application/pdf")


def _must_be_done(deletion: DeletionPlan) -> None:
    if deletion.state != DeletionState.DONE:
        raise Http404
