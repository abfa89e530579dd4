"""Readings that could not be made at once: a worker makes them, so that no capture waits for somebody to press again.

A capture asks for this when it is kept (for later, should its own reading be cut off) and when all places for reading
are taken. Whoever comes first reads; the other finds it done. While more captures wait, only the shape is read, which
leads to the holder; text and codes, which take as long again, follow when nothing waits.
"""

from __future__ import annotations

from functools import cache
from uuid import UUID

import cv2
from pydantic import BaseModel

from pandok.common.jobs.lanes import Lane
from pandok.common.jobs.queue import waiting
from pandok.common.jobs.registry import handles
from pandok.common.jobs.work import WORKER, Work
from pandok.core.retries import Retries
from pandok.fields.designs.acts.captures import READING_JOB, read_capture
from pandok.fields.designs.acts.reading_marks import MARKS_JOB, read_marks_later
from pandok.fields.designs.models import Capture, CaptureState, ReadingRecord
from pandok.fields.designs.open_desk import Desk, open_desk
from pandok.settings import settings


class WaitingCapture(BaseModel):
    capture: UUID


class WaitingMarks(BaseModel):
    reading: UUID


@handles(READING_JOB, WaitingCapture, retries=Retries(most_attempts=5), in_transaction=False, lane=Lane.READING)
def read_waiting(payload: WaitingCapture, work: Work) -> None:
    capture = Capture.objects.select_related("signal", "account").get(id=payload.capture)
    if capture.state != CaptureState.RECEIVED:
        return
    alone = not waiting(READING_JOB, now=work.now)
    read_capture(capture=capture, actor=capture.account, now=work.now, desk=worker_desk, blobs=work.blobs, marks=alone)


@handles(
    MARKS_JOB,
    WaitingMarks,
    retries=Retries(most_attempts=3),
    in_transaction=False,
    lane=Lane.READING,
    can_wait=True,
)
def read_marks(payload: WaitingMarks, work: Work) -> None:
    record = ReadingRecord.objects.select_related("signal").get(id=payload.reading)
    read_marks_later(record=record, actor=WORKER, now=work.now, desk=worker_desk(), blobs=work.blobs)


@cache
def worker_desk() -> Desk:
    """A desk on one thread: there are as many workers for reading as threads."""
    cv2.setNumThreads(1)
    return open_desk(settings().model_copy(update={"threads": 1}))
