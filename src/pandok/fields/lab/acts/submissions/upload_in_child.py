"""A submission opened at arm's length: unpacked, its sheet and samples parsed, in a process with bounds."""

from __future__ import annotations

import io
import json
from collections.abc import Callable, Collection
from dataclasses import dataclass, field
from typing import Any, BinaryIO, TypeVar

from pandok.core.errors import InputError
from pandok.core.lab.refusals import SubmissionRefusal
from pandok.core.lab.submission import SubmissionSheet
from pandok.core.text import Text
from pandok.engines.decoding.pool import DecodingPool
from pandok.fields.lab.acts.submissions.sample_file import read_samples
from pandok.fields.lab.acts.submissions.sheet_file import read_sheet
from pandok.fields.lab.acts.submissions.unpacking import (
    CARD,
    MODEL,
    SAMPLES,
    SHEET,
    UploadRefused,
    check_outside,
    unpacked,
)

MOST_SECONDS = 60.0
Found = TypeVar("Found")


@dataclass
class Opened:
    """What could be read of an upload; with refusals it is not used."""

    sheet: SubmissionSheet | None = None
    card: str = ""
    samples: dict[str, list[float]] = field(default_factory=dict)
    model: bytes = b""
    refusals: list[SubmissionRefusal] = field(default_factory=list)


def opened(pool: DecodingPool, upload: BinaryIO, size: int, *, problem: str, public: Collection[str]) -> Opened:
    """Everything but what the model holds. Raises UploadRefused where the zip itself is refused, StoreError
    `store.busy`."""
    check_outside(upload, size)
    found, parts = pool.ask(
        open_there,
        upload,
        size=size,
        what="zip",
        refusal=InputError,
        too_costly=lambda: UploadRefused([SubmissionRefusal("upload.too_costly")]),
        options={"problem": problem, "public": sorted(public)},
        seconds=MOST_SECONDS,
    )
    refusals = [_refusal(one) for one in found["refusals"]]
    if not parts:
        raise UploadRefused(refusals)
    model, card, samples = parts
    sheet = SubmissionSheet.model_validate(found["sheet"]) if found["sheet"] else None
    return Opened(sheet, card.decode(), json.loads(samples), model, refusals)


def open_there(data: bytes, *, problem: str, public: list[str]) -> tuple[dict[str, Any], list[bytes | bytearray]]:
    """The duty of a parsing process."""
    refusals: list[SubmissionRefusal] = []
    try:
        files = unpacked(io.BytesIO(data), len(data))
    except UploadRefused as error:
        return {"refusals": [one.as_dict() for one in error.refusals], "sheet": None}, []
    sheet = _collected(refusals, lambda: read_sheet(files[SHEET], problem=problem))
    card = _collected(refusals, lambda: _text(files[CARD])) or ""
    samples = _collected(refusals, lambda: read_samples(files[SAMPLES], public=frozenset(public))) or {}
    said = {
        "refusals": [one.as_dict() for one in refusals],
        "sheet": sheet.model_dump(mode="json") if sheet else None,
    }
    return said, [files[MODEL], card.encode(), json.dumps(samples).encode()]


def _collected(refusals: list[SubmissionRefusal], read: Callable[[], Found]) -> Found | None:
    """What is refused joins the list."""
    try:
        return read()
    except UploadRefused as error:
        refusals += error.refusals
        return None


def _refusal(said: dict[str, Any]) -> SubmissionRefusal:
    return SubmissionRefusal(said["code"], said["where"], Text(**said["said"]) if said["said"] else None)


def _text(data: bytearray) -> str:
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise UploadRefused([SubmissionRefusal("card.not_text")]) from error
    if "\0" in text:
        raise UploadRefused([SubmissionRefusal("card.not_text")])
    if not text.strip():
        raise UploadRefused([SubmissionRefusal("card.empty")])
    return text
