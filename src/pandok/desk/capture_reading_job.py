"""Readings that could not be made at once: a worker makes them, so that no capture waits for somebody to press again.

A capture asks for this when it is kept (for later, should its own reading be cut off) and when all places for reading
are taken. Whoever comes first reads; the other finds it done.
"""

from __future__ import annotations

from functools import cache
from uuid import UUID

from pydantic import BaseModel

from pandok.core.retries import Retries
from pandok.desk.captures import READING_JOB, read_capture
from pandok.desk.jobs.registry import handles
from pandok.desk.jobs.work import Work
from pandok.desk.models import Capture, CaptureState
from pandok.desk.open import Desk, open_desk


class WaitingCapture(BaseModel):
    capture: UUID


@handles(READING_JOB, WaitingCapture, retries=Retries(most_attempts=5), in_transaction=False)
def read_waiting(payload: WaitingCapture, work: Work) -> None:
    capture = Capture.objects.select_related("signal", "account").get(id=payload.capture)
    if capture.state == CaptureState.RECEIVED:
        read_capture(capture=capture, actor=capture.account, now=work.now, desk=_desk, blobs=work.blobs)


@cache
def _desk() -> Desk:
    return open_desk()
