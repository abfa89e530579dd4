"""One picture: it is shown, something is said of it in time, how sure that is, and the answer is kept.

The time runs on the server's clock, from the moment at which the picture was given. Each step names the number of its
picture: what is pressed twice, or comes late, acts on nothing else.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import Any
from uuid import UUID

from django.db import transaction

from pandok.common.models import Account
from pandok.fields.academy.acts.sittings.choosing import choose_next
from pandok.fields.academy.acts.sittings.ending import end_now
from pandok.fields.academy.acts.sittings.limit import is_over
from pandok.fields.academy.acts.sittings.sitting_moves import own_locked, touch
from pandok.fields.academy.kinds import Said
from pandok.fields.academy.models import Picture, Shown, Sitting, TrialAnswer
from pandok.fields.academy.refusals import refusal
from pandok.fields.academy.states import OPEN, SittingState
from pandok.fields.xray.acts.deciding import checked_marks
from pandok.fields.xray.marks import MOST_MARKS, Mark, hit

LINE_S = 2.0
"""An answer may be so long on its way: the time is counted here, and pressed there."""
MOST_FUNCTIONS = 200
CONFIDENCES = range(1, 6)


def show(*, sitting_id: UUID, trainee: Account, number: int, now: datetime) -> Shown | None:
    """The picture of this number, on the screen from now on; from when it first was, where it stood there already.
    None: there is no such picture any more, or the whole test is over, and ends here. Raises RequestError:
    academy.not_there, academy.paused."""
    with transaction.atomic():
        sitting = _going_on(sitting_id, trainee, now)
        shown = _at(sitting, number)
        if shown is None:
            return None
        if shown.shown_at is None:
            if is_over(sitting, now):
                end_now(sitting, now)
                return None
            shown.shown_at = now
            shown.save(update_fields=["shown_at"])
            touch(sitting, now)
            sitting.save(update_fields=["touched_at", "spent_s"])
    return shown


def say(
    *,
    sitting_id: UUID,
    trainee: Account,
    number: int,
    said: Said,
    marks: Sequence[Any],
    functions: Sequence[str],
    now: datetime,
    pressed_at: datetime | None = None,
) -> None:
    """What the trainee says of the picture on the screen. What comes after its time is a time-out, whatever it says.
    `pressed_at`: when the same was sent before, and could not be kept: that moment counts.
    Raises RequestError: academy.not_there, academy.paused, xray.bad_mark."""
    with transaction.atomic():
        sitting = _going_on(sitting_id, trainee, now)
        shown = _at(sitting, number)
        if shown is None or shown.shown_at is None or shown.said:
            return
        said_at = now if pressed_at is None or not shown.shown_at <= pressed_at <= now else pressed_at
        late = (said_at - shown.shown_at).total_seconds() > sitting.course.seconds + LINE_S
        if late or said is Said.TIMED_OUT:
            said, marks = Said.TIMED_OUT, []
        places = checked_marks(list(marks)[:MOST_MARKS], sizes_of(shown.picture))
        shown.said, shown.said_at = said.value, said_at
        shown.marks = [one.model_dump(mode="json") for one in places]
        shown.functions = [one[:40] for one in functions[:MOST_FUNCTIONS]]
        shown.save()
        touch(sitting, now)
        sitting.save(update_fields=["touched_at", "spent_s"])
        if said is Said.TIMED_OUT:
            _keep(sitting, shown, None, now)


def confide(*, sitting_id: UUID, trainee: Account, number: int, confidence: int, now: datetime) -> None:
    """How sure that was: the answer is kept, and only then the next picture is chosen; the sitting ends where there is
    none. Raises RequestError: academy.not_there, academy.paused, academy.bad_confidence."""
    if confidence not in CONFIDENCES:
        raise refusal("bad_confidence")
    with transaction.atomic():
        sitting = _going_on(sitting_id, trainee, now)
        shown = _at(sitting, number)
        if shown is None or not shown.said:
            return
        touch(sitting, now)
        sitting.save(update_fields=["touched_at", "spent_s"])
        _keep(sitting, shown, confidence, now)


def sizes_of(picture: Picture) -> dict[str, tuple[int, int]]:
    """Rows and columns of each view, by its name."""
    return {view.name: (view.rows, view.columns) for view in picture.views.all()}


def _going_on(sitting_id: UUID, trainee: Account, now: datetime) -> Sitting:
    sitting = own_locked(sitting_id, trainee, now)
    if sitting.stands not in OPEN:
        raise refusal("not_there")
    if sitting.stands is SittingState.PAUSED:
        raise refusal("paused")
    return sitting


def _at(sitting: Sitting, number: int) -> Shown | None:
    return Shown.objects.filter(sitting=sitting, number=number).select_related("picture").first()


def _keep(sitting: Sitting, shown: Shown, confidence: int | None, now: datetime) -> None:
    assert shown.shown_at is not None
    assert shown.said_at is not None
    picture = shown.picture
    truth = [Mark.model_validate(one) for one in picture.truth]
    marks = [Mark.model_validate(one) for one in shown.marks]
    TrialAnswer.objects.create(
        sitting=sitting,
        number=shown.number,
        trainee=sitting.trainee,
        picture=picture,
        article_id=picture.article_id,
        threat=picture.threat,
        shown_at=shown.shown_at,
        said_at=shown.said_at,
        answered_at=now,
        said=shown.said,
        marks=shown.marks,
        located=picture.threat and hit(marks, truth),
        confidence=confidence,
        functions=shown.functions,
        returns=shown.returns,
    )
    shown.delete()
    if choose_next(sitting, now) is None:
        end_now(sitting, now)
