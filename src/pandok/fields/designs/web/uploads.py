"""Photographs as a request brings them: kept where they are good, each refused with its reason where not."""

from __future__ import annotations

import re

from django import forms
from django.http import HttpRequest

from pandok.common import house
from pandok.core.errors import InputError, RequestError
from pandok.core.text import Text
from pandok.fields.designs.acts.photographs import KeptPhotograph, keep_photograph
from pandok.settings import settings
from pandok.web.sent_fields import Ticked, meant


class PlacesForm(forms.Form):
    """What is said of each photograph, in the order of the files."""

    box = Ticked()
    reduced = Ticked()


_BOX = re.compile(r"([0-9]{1,5}),([0-9]{1,5}),([0-9]{1,5}),([0-9]{1,5})")


def keep_uploads(
    request: HttpRequest, most: int | None = None
) -> tuple[list[KeptPhotograph], list[tuple[int, str, InputError]]]:
    """The good photographs of a request with their boxes; place, file name and reason of the others.

    Files after `most` good ones are left unread.
    """
    limits = settings()
    largest = limits.max_upload_mb * 1_000_000
    kept: list[KeptPhotograph] = []
    refused: list[tuple[int, str, InputError]] = []
    sent = meant(PlacesForm(request.POST)).cleaned_data
    boxes, reduced = sent["box"], sent["reduced"]
    files = [file for file in request.FILES.getlist("photographs") if file.size or file.name]
    for place, file in enumerate(files):
        if most is not None and len(kept) == most:
            break
        try:
            photograph = keep_photograph(
                # One byte more than allowed tells "too large" without reading the rest.
                file.read(largest + 1),
                filename=file.name or "",
                blobs=house.blobs(),
                max_bytes=largest,
                max_megapixels=limits.max_megapixels,
            )
            photograph = photograph.with_box(_shares(boxes[place] if place < len(boxes) else ""))
            kept.append(photograph.reduced_by_sender() if reduced[place : place + 1] == ["1"] else photograph)
        except InputError as error:
            # Only what the sender can correct; a full disk is no fault of a photograph and ends the whole request.
            refused.append((place, file.name or "", error))
    return kept, refused


def _shares(text: str) -> tuple[int, int, int, int] | None:
    if not text:
        return None
    match = _BOX.fullmatch(text)
    if match is None:
        raise RequestError(
            Text(ko="지정한 영역을 읽을 수 없습니다.", en="The box on a photograph is not readable."),
            Text(ko="영역을 다시 지정하거나 지우십시오.", en="Draw it again, or remove it."),
            code="request.box",
        )
    x1, y1, x2, y2 = (int(share) for share in match.groups())
    return x1, y1, x2, y2
