"""A reviewer's marks: points from 0 to 100 and a reason for each criterion; the total follows the call's weights."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from pandok.common.reasons import LEAST_REASON, MOST_REASON
from pandok.core.errors import RequestError
from pandok.core.text import Text
from pandok.core.whole_number import whole_number
from pandok.fields.programme.call_text import WHOLE

MOST_POINTS = 100
Marks = Mapping[str, Mapping[str, str]]
"""By the key of the criterion: `points` and `reason` as they were written."""


def points_of(written: str) -> int | None:
    """
    >>> points_of("85"), points_of("101"), points_of("8.5"), points_of("")
    (85, None, None, None)
    """
    return whole_number(written.strip(), most=MOST_POINTS)


def total_of(criteria: Sequence[Mapping[str, Any]], marks: Marks) -> float:
    """Of whole marks: points by weight, from 0 to 100."""
    points = ((one["weight"], points_of(marks[one["key"]]["points"]) or 0) for one in criteria)
    return float(sum(weight * given for weight, given in points) / WHOLE)


def kept_marks(criteria: Sequence[Mapping[str, Any]], marks: Marks) -> dict[str, dict[str, str]]:
    """What a draft keeps: whatever was written for a criterion of the call. Raises RequestError: review.marks."""
    found = {
        one["key"]: {name: str(marks.get(one["key"], {}).get(name, "")).strip() for name in ("points", "reason")}
        for one in criteria
    }
    for one in criteria:
        if len(found[one["key"]]["reason"]) > MOST_REASON or len(found[one["key"]]["points"]) > 20:
            raise _refused([Text(ko=f"{one['name']}: 너무 깁니다", en=f"{one['name']}: too long")])
    return found


def must_be_whole(criteria: Sequence[Mapping[str, Any]], marks: Marks) -> None:
    """Raises RequestError: review.marks, with every criterion that lacks points or a reason."""
    wrong = []
    for one in criteria:
        mark = marks.get(one["key"], {})
        if points_of(mark.get("points", "")) is None:
            wrong.append(Text(ko=f"{one['name']}: 0~100점의 정수", en=f"{one['name']}: whole points from 0 to 100"))
        if len(mark.get("reason", "").strip()) < LEAST_REASON:
            wrong.append(Text(ko=f"{one['name']}: 사유 {LEAST_REASON}자 이상", en=f"{one['name']}: a reason in words"))
    if wrong:
        raise _refused(wrong)


def _refused(wrong: list[Text]) -> RequestError:
    return RequestError(
        Text(ko=f"{'. '.join(one.ko for one in wrong)}.", en=f"{'. '.join(one.en for one in wrong)}."),
        Text(ko="고쳐서 다시 보내십시오.", en="Correct it, and send it again."),
        code="review.marks",
    )
