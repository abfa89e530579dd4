"""The use case of reading: photographs of one article in, a kept reading out, with who and when."""

from __future__ import annotations

import uuid
from collections.abc import Callable
from datetime import datetime
from pathlib import Path

from django.db import transaction
from django.db.models import Q, QuerySet
from PIL import Image

from pandok.common.audit import writing as audit
from pandok.common.declared import opened_by
from pandok.common.models import Account, SiteMember
from pandok.core.reading import Box, Reading
from pandok.core.terms.zone import OFFICE_ZONE
from pandok.engines.files.blobs import FolderBlobs
from pandok.fields.designs.acts.photographs import MOST_PHOTOGRAPHS, KeptPhotograph, no_photograph, too_many_photographs
from pandok.fields.designs.models import ReadingRecord, Signal, SignalPhotograph
from pandok.fields.designs.photograph_reader import PhotographReader, ReadingFilters
from pandok.fields.designs.roles import Action

CANDIDATES_SHOWN = 10
_ORIENTATION_TAG = 0x0112

AFTER_READING: list[Callable[[ReadingRecord], None]] = []
"""Who is told of every new reading, in its transaction: what they raise undoes the reading."""


def read_photographs(
    *,
    photographs: list[KeptPhotograph],
    filters: ReadingFilters,
    actor: Account,
    now: datetime,
    desk: PhotographReader,
    blobs: FolderBlobs,
    signal: Signal | None = None,
    then: Callable[[ReadingRecord], None] | None = None,
    marks: bool = True,
) -> ReadingRecord:
    """Read one to seven kept photographs of one article and keep signal, reading and audit event together.

    `signal` is the one that keeps these photographs already; without it a new one is made. `then` is called in the
    same transaction, and what it raises undoes the reading. Without `marks` text and codes are left for later
    (pandok.fields.designs.acts.reading_marks). Raises PhotographError or RequestError for none or too
    many, and what `desk.read` raises; nothing is recorded then.
    """
    if not photographs:
        raise no_photograph()
    if len(photographs) > MOST_PHOTOGRAPHS:
        raise too_many_photographs(len(photographs))
    boxes = [photograph.box for photograph in photographs]
    reading = desk.read(
        [blobs.get(photograph.original_sha256 or photograph.sha256) for photograph in photographs],
        top=CANDIDATES_SHOWN,
        filters=filters,
        boxes=boxes if any(boxes) else None,
        marks=marks,
        on=now.astimezone(OFFICE_ZONE).date(),
    )
    remarks = tuple(
        remark.model_copy(update={"photograph_index": position})
        for position, photograph in enumerate(photographs)
        for remark in photograph.remarks
    )
    reading = reading.model_copy(update={"remarks": (*reading.remarks, *remarks)})
    with transaction.atomic():
        signal = signal or keep_signal(photographs, actor=actor, caught_at=now)
        record = _keep(signal, reading, filters, boxes, actor, now, blobs)
        if then is not None:
            then(record)
        return record


def keep_signal(photographs: list[KeptPhotograph], *, actor: Account, caught_at: datetime) -> Signal:
    """A new signal with its photographs; inside the caller's transaction."""
    signal = Signal.objects.create(actor=actor, caught_at=caught_at)
    SignalPhotograph.objects.bulk_create(
        SignalPhotograph(
            signal=signal,
            position=position,
            sha256=photograph.sha256,
            original_sha256=photograph.original_sha256,
            width_px=photograph.width_px,
            height_px=photograph.height_px,
        )
        for position, photograph in enumerate(photographs)
    )
    return signal


def read_again(
    *,
    record: ReadingRecord,
    filters: ReadingFilters,
    boxes: list[Box | None],
    actor: Account,
    now: datetime,
    desk: PhotographReader,
    blobs: FolderBlobs,
) -> ReadingRecord:
    """Read the photographs of `record` with other filters or boxes; a new row, the old one stays."""
    photographs = list(record.signal.photographs.all())
    boxes = [boxes[position] if position < len(boxes) else None for position in range(len(photographs))]
    reading = desk.read(
        [blobs.get(photograph.read_sha256) for photograph in photographs],
        top=CANDIDATES_SHOWN,
        filters=filters,
        boxes=boxes,
        on=now.astimezone(OFFICE_ZONE).date(),
    )
    with transaction.atomic():
        return _keep(record.signal, reading, filters, boxes, actor, now, blobs)


def readings_visible_to(account: Account) -> QuerySet[ReadingRecord]:
    """The readings this account may see: own ones, those of its customs office, all, or none.

    A supervisor of an office sees what its people read, as of the cases; one without an office sees all."""
    if account.may(Action.SEE_ALL_READINGS):
        office = SiteMember.objects.filter(account=account).values_list("site_id", flat=True).first()
        if office is None or any(account.may(one) for one in opened_by("readings of all sites")):
            return ReadingRecord.objects.all()
        colleagues = SiteMember.objects.filter(site_id=office).values("account_id")
        return ReadingRecord.objects.filter(Q(actor=account) | Q(actor__in=colleagues))
    if account.may(Action.SEE_OWN_READINGS):
        return ReadingRecord.objects.filter(actor=account)
    return ReadingRecord.objects.none()


def _keep(
    signal: Signal,
    reading: Reading,
    filters: ReadingFilters,
    boxes: list[Box | None],
    actor: Account,
    now: datetime,
    blobs: FolderBlobs,
) -> ReadingRecord:
    record = ReadingRecord.objects.create(
        id=uuid.uuid4(),
        signal=signal,
        actor=actor,
        read_at=now,
        filters=filters.model_dump(),
        boxes=[box.as_tuple() if box else None for box in boxes],
        outcome=reading.outcome,
        reader=reading.reader,
        value=reading.model_dump(mode="json"),
        picture_sizes=_view_sizes(reading, blobs),
    )
    for listener in AFTER_READING:
        listener(record)
    _record_event(
        "reading.made", record, {"signal": str(signal.id), "outcome": reading.outcome, "reader": reading.reader}
    )
    return record


def _view_sizes(reading: Reading, blobs: FolderBlobs) -> dict[str, tuple[int, int]]:
    """Sizes of the registered views shown; only headers are read. A view whose file is gone is left out."""
    shown = {candidate.evidence.view_sha256 for candidate in reading.candidates}
    shown |= {view.view_sha256 for alike in reading.look_alikes for view in alike.views}
    sizes = {sha256: _size(blobs.path(sha256)) for sha256 in shown if sha256 in blobs}
    return {sha256: size for sha256, size in sizes.items() if size is not None}


def _size(path: Path) -> tuple[int, int] | None:
    """Width and height as shown: a picture that is stored on its side is turned."""
    try:
        with Image.open(path) as image:
            on_its_side = image.format != "TIFF" and image.getexif().get(_ORIENTATION_TAG, 1) >= 5
            return image.size[::-1] if on_its_side else image.size
    except (OSError, SyntaxError, ValueError, TypeError):
        return None


def _record_event(action: str, record: ReadingRecord, details: dict[str, str | int]) -> None:
    audit.tell(record.actor, action, f"reading:{record.id}", "", record.read_at, details)
