"""Captures from phones: kept once under the phone's own number, then read; both can be asked for again.

A capture is whole in the database before its reading begins. The same number sent again, also at the same moment or
after a crash between commit and answer, finds the first one. A reading that failed or was cut off is made again on
the same signal.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime, timedelta
from uuid import UUID

from django.db import IntegrityError, transaction
from django.db.models import Q, QuerySet

from pandok.common.audit import writing as audit
from pandok.common.jobs.queue import at_work, enqueue, waiting
from pandok.common.models import Account, Job, JobState
from pandok.core.declaration import DECLARED, Declaration
from pandok.core.errors import PandokError, RequestError
from pandok.core.text import Text, counted
from pandok.engines.files.blobs import FolderBlobs
from pandok.fields.designs.acts.photographs import MOST_PHOTOGRAPHS, KeptPhotograph, no_photograph, too_many
from pandok.fields.designs.acts.reading_marks import ask_for_marks
from pandok.fields.designs.acts.readings import keep_signal, read_photographs
from pandok.fields.designs.models import Capture, CaptureState, ReadingRecord, Signal
from pandok.fields.designs.photograph_reader import PhotographReader, ReadingFilters

LETS_GO_AFTER = timedelta(minutes=2)
"""A reading takes seconds; one that has not ended after this was cut off."""


READING_JOB = "capture.read"
"""Kind of the job that reads a capture; pandok.fields.designs.acts.capture_reading_job does it."""


class _Overtaken(Exception):
    """Somebody else has read the capture in the meantime."""


def receive_capture(
    *,
    capture_id: UUID,
    photographs: list[KeptPhotograph],
    declaration: Declaration,
    filters: ReadingFilters,
    actor: Account,
    now: datetime,
) -> tuple[Capture, bool]:
    """Keep a capture with its signal, or find the one that has this number; says whether it is new.

    Raises PhotographError for no photograph, and RequestError for too many and for a number of another account.
    """
    existing = capture_of(actor, capture_id)
    if existing is not None:
        return existing, False
    if not photographs:
        raise no_photograph()
    if len(photographs) > MOST_PHOTOGRAPHS:
        raise too_many_sent(len(photographs))
    # A phone's clock may be wrong; nothing was taken later than it came.
    taken_at = min(declaration.taken_at or now, now)
    try:
        with transaction.atomic():
            capture = Capture.objects.create(
                id=capture_id,
                account=actor,
                signal=keep_signal(photographs, actor=actor, caught_at=taken_at),
                received_at=now,
                taken_at=taken_at,
                filters=filters.model_dump(),
                photographs=[photograph.model_dump(mode="json") for photograph in photographs],
                **declaration.model_dump(exclude={"taken_at"}),
            )
            _record("received", capture, actor, now, {"photographs": len(photographs)})
            # In a rush it takes its place in the queue at once; else a worker reads it only if its own reading stops.
            ask_for_reading(capture, now, after=timedelta(0) if in_rush(now) else 2 * LETS_GO_AFTER)
    except IntegrityError:
        existing = capture_of(actor, capture_id)
        if existing is None:
            raise
        return existing, False
    return capture, True


def read_capture(
    *,
    capture: Capture,
    actor: Account,
    now: datetime,
    desk: Callable[[], PhotographReader],
    blobs: FolderBlobs,
    marks: bool = True,
) -> Capture:
    """Read a capture that has no reading yet; returns it as it stands then. Without `marks` a worker reads text and
    codes later.

    What is expected to fail is kept as the reason and raises nothing. While somebody else reads it, it is left alone.
    """
    if not _begin(capture, now):
        capture.refresh_from_db()
        return capture

    def keep(record: ReadingRecord) -> None:
        unreadable = record.outcome == "unreadable"
        state = CaptureState.UNREADABLE if unreadable else CaptureState.READ
        if not _end(capture, actor, now, state, reading=record):
            raise _Overtaken
        if not marks:
            ask_for_marks(record.id, now)

    let_go = False
    try:
        read_photographs(
            photographs=[KeptPhotograph.model_validate(one) for one in capture.photographs],
            filters=ReadingFilters.model_validate(capture.filters),
            actor=actor,
            now=now,
            desk=desk(),
            blobs=blobs,
            signal=capture.signal,
            then=keep,
            marks=marks,
        )
        let_go = True
    except PandokError as error:
        reason: dict[str, object] = {
            "code": error.error_code,
            "what": error.what.model_dump(),
            "next_step": error.next_step.model_dump(),
        }
        with transaction.atomic():
            _end(capture, actor, now, CaptureState.FAILED, reason=reason)
        let_go = True
    except _Overtaken:
        let_go = True
    finally:
        if not let_go:
            # A fault of the program or of the disk: let go, so that the next try need not wait.
            Capture.objects.filter(id=capture.id, reading_since=now).update(reading_since=None)
    capture.refresh_from_db()
    return capture


def ask_for_reading(capture: Capture, now: datetime, *, after: timedelta = timedelta(0)) -> None:
    """Let a worker read the capture, if nobody has by then."""
    key = _job_key(capture, later=bool(after))
    enqueue(READING_JOB, {"capture": str(capture.id)}, key=key, now=now, run_after=now + after)


def in_rush(now: datetime) -> bool:
    """Whether captures wait for workers that are reading: then a new one takes its place behind them."""
    return at_work(READING_JOB, now=now) and waiting(READING_JOB, now=now) > 0


def captures_before(capture: Capture, now: datetime) -> int | None:
    """How many captures a worker reads before this one; None where it waits for no worker. One that failed is for
    somebody to ask for again, whatever is queued."""
    if capture.state != CaptureState.RECEIVED:
        return None
    job = Job.objects.filter(key=_job_key(capture, later=False), state=JobState.QUEUED).first()
    return None if job is None else waiting(READING_JOB, now=now, before=job.run_after)


def _job_key(capture: Capture, *, later: bool) -> str:
    return f"{READING_JOB}:{capture.id}:{'later' if later else 'now'}"


def capture_of(account: Account, capture_id: UUID) -> Capture | None:
    """The capture with this number. Raises RequestError where it belongs to another account, without saying more."""
    capture = Capture.objects.select_related("signal").filter(id=capture_id).first()
    if capture is not None and capture.account_id != account.pk:
        raise capture_of_another()
    return capture


def unread_captures(account: Account) -> QuerySet[Capture]:
    """The account's captures whose reading failed, was cut off or runs, newest first."""
    states = (CaptureState.RECEIVED, CaptureState.FAILED)
    return Capture.objects.filter(account=account, state__in=states).order_by("-received_at")


def declaration_of(signal: Signal) -> Declaration:
    """What was declared of the goods of this signal, so that nobody types it twice. Empty where nothing was."""
    capture = Capture.objects.filter(signal=signal).first()
    if capture is None:
        return Declaration(taken_at=signal.caught_at)
    values = {one.name: getattr(capture, one.name) for one in DECLARED}
    return Declaration(taken_at=capture.taken_at, **values)


def capture_of_another() -> RequestError:
    return RequestError(
        Text(ko="이 번호의 촬영이 없습니다.", en="There is no capture with this number."),
        Text(ko="다시 촬영하거나 관리자에게 알리십시오.", en="Photograph again, or tell the administrator."),
        code="request.capture_of_another",
    )


def too_many_sent(count: int) -> RequestError:
    return too_many(
        Text(
            ko=f"사진이 {count}장입니다. 한 물품에 {MOST_PHOTOGRAPHS}장까지 보낼 수 있습니다.",
            en=f"{counted(count, 'photograph')} came; at most {MOST_PHOTOGRAPHS} of one article can be sent.",
        ),
        Text(ko="사진을 줄여 다시 보내십시오.", en="Take some out and send again."),
        count=count,
    )


def _begin(capture: Capture, now: datetime) -> bool:
    """Claim the reading; False while another has it or when it has been made."""
    free = Q(reading_since=None) | Q(reading_since__lte=now - LETS_GO_AFTER)
    open_states = (CaptureState.RECEIVED, CaptureState.FAILED)
    return bool(Capture.objects.filter(free, id=capture.id, state__in=open_states).update(reading_since=now))


def _end(
    capture: Capture,
    actor: Account,
    now: datetime,
    state: CaptureState,
    *,
    reading: ReadingRecord | None = None,
    reason: dict[str, object] | None = None,
) -> bool:
    """Write the end of one's own reading; False where the claim was lost."""
    mine = Capture.objects.filter(id=capture.id, reading_since=now)
    if not mine.update(state=state, reading=reading, reason=reason or {}, reading_since=None):
        return False
    _record(state.value, capture, actor, now, {"reason": str((reason or {}).get("code", ""))})
    # Nobody needs to look whether this capture was left unread.
    later = Job.objects.filter(key=_job_key(capture, later=True), state=JobState.QUEUED)
    later.update(state=JobState.DONE, finished_at=now)
    return True


def _record(what: str, capture: Capture, actor: Account, now: datetime, details: dict[str, str | int]) -> None:
    audit.tell(
        actor, f"capture.{what}", f"capture:{capture.pk}", "", now, {"signal": str(capture.signal_id), **details}
    )
