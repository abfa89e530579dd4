"""The one way to change where a sitting stands: pandok.common.records.lifecycle."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

from django.db.models import F

from pandok.common.audit import writing as audit
from pandok.common.models import Account
from pandok.common.records.lifecycle import Lifecycle
from pandok.core.audit import Detail
from pandok.core.errors import RequestError
from pandok.core.text import Text
from pandok.fields.academy.models import Shown, Sitting
from pandok.fields.academy.refusals import refusal
from pandok.fields.academy.states import OPEN, SittingMover, SittingState
from pandok.fields.academy.states import SITTINGS as TABLE

MOST_IDLE_S = 60.0
"""Of the minutes of a sitting: whoever went away finds most of them left."""


LEAST_BACK = timedelta(seconds=2)
"""A clock that is kept in step moves by less."""


def own_locked(sitting_id: UUID, trainee: Account, now: datetime) -> Sitting:
    """Locked until the end of the transaction; on the clock as it goes now. Raises RequestError academy.not_there where
    it is not theirs."""
    sitting = SITTINGS.locked_in(sitting_id, "course", "trainee", missing=lambda: refusal("not_there"))
    if sitting.trainee != trainee:
        raise refusal("not_there")
    if sitting.stands in OPEN and sitting.touched_at - now > LEAST_BACK:
        _set_back(sitting, sitting.touched_at - now, now)
    return sitting


def _set_back(sitting: Sitting, back: timedelta, now: datetime) -> None:
    """The server's clock was set back: what the sitting measures from moves with it, so that a test becomes no longer
    by it, and no answer takes less than no time. What passed since the last step is not known, and counts for nothing.
    """
    sitting.begun_at -= back
    sitting.touched_at = now
    sitting.save(update_fields=["begun_at", "touched_at"])
    on_screen = Shown.objects.filter(sitting=sitting)
    on_screen.update(shown_at=F("shown_at") - back, said_at=F("said_at") - back)
    details: dict[str, Detail] = {"clock_back_s": round(back.total_seconds())}
    audit.tell(sitting.trainee, "sitting.clock_back", f"sitting:{sitting.pk}", "", now, details)


def touch(sitting: Sitting, now: datetime) -> None:
    """Something was done: what passed since counts, at most a minute of it. Saved by the caller."""
    passed = (now - sitting.touched_at).total_seconds()
    sitting.spent_s += min(max(passed, 0.0), MOST_IDLE_S)
    sitting.touched_at = max(now, sitting.touched_at)


def move(
    sitting: Sitting,
    to: SittingState,
    *,
    by: SittingMover,
    now: datetime,
    details: Mapping[str, Detail] | None = None,
) -> None:
    """Lead a locked sitting on, inside the caller's transaction."""
    actor = sitting.trainee if by is SittingMover.TRAINEE else None
    SITTINGS.move(sitting, to, by=by, actor=actor, reason="", now=now, details=details)


def _facts(sitting: Sitting, _: Any) -> dict[str, Detail]:
    return {"sitting_mode": sitting.mode}


def _no_such_way(_: Sitting, start: SittingState, to: SittingState) -> RequestError:
    return RequestError(
        Text(
            ko=f"'{start.words.ko}' 상태라 '{to.words.ko}'(으)로 바꿀 수 없습니다.",
            en=f"It is '{start.words.en.lower()}' and cannot become '{to.words.en.lower()}'.",
        ),
        Text(ko="아카데미 첫 화면에서 다시 고르십시오.", en="Begin again on the first page of the academy."),
        code="academy.no_such_way",
    )


SITTINGS = Lifecycle(model=Sitting, table=TABLE, name="sitting", action="sitting", no_way=_no_such_way, facts=_facts)
