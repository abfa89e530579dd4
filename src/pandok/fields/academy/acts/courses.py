"""Courses are made and closed by trainers."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.db import transaction

from pandok.common.audit import writing as audit
from pandok.common.models import Account
from pandok.common.models.locking import locked
from pandok.common.reasons import checked_reason
from pandok.core.audit import Detail
from pandok.fields.academy.kinds import CourseKind
from pandok.fields.academy.models import Course
from pandok.fields.academy.refusals import refusal

MOST_TITLE = 120


@dataclass(frozen=True)
class CourseAsked:
    """`pass_d_a` None: no certificate."""

    title_ko: str
    title_en: str
    kind: CourseKind = CourseKind.XRAY
    machine_class: str = ""
    seconds: int = 10
    minutes: int = 20
    threat_share: float = 0.5
    test_pictures: int = 120
    pass_d_a: float | None = None
    valid_months: int = 12


def make_course(*, asked: CourseAsked, actor: Account | None, now: datetime) -> Course:
    """Raises RequestError academy.bad_course."""
    titles = (asked.title_ko.strip(), asked.title_en.strip())
    sound = (
        all(0 < len(one) <= MOST_TITLE for one in titles)
        and 3 <= asked.seconds <= 60
        and 5 <= asked.minutes <= 60
        and 0.2 <= asked.threat_share <= 0.8
        and 20 <= asked.test_pictures <= 400
        and 1 <= asked.valid_months <= 60
        and (asked.pass_d_a is None or 0 <= asked.pass_d_a <= 5)
    )
    if not sound:
        raise refusal("bad_course")
    with transaction.atomic():
        course = Course.objects.create(
            title_ko=titles[0],
            title_en=titles[1],
            kind=asked.kind.value,
            machine_class=asked.machine_class,
            seconds=asked.seconds,
            minutes=asked.minutes,
            threat_share=asked.threat_share,
            test_pictures=asked.test_pictures,
            pass_d_a=asked.pass_d_a,
            valid_months=asked.valid_months,
            made_at=now,
            made_by=actor,
        )
        details: dict[str, Detail] = {"title": titles[0], "seconds": course.seconds, "minutes": course.minutes}
        audit.tell(actor, "course.made", f"course:{course.pk}", "", now, details)
    return course


def close_course(*, course_id: UUID, actor: Account, reason: str, now: datetime) -> Course:
    """Open sittings go on; nobody begins another. Raises RequestError: request.reason, academy.course_closed."""
    reason = checked_reason(reason)
    with transaction.atomic():
        if not Course.objects.filter(pk=course_id, closed_at=None).exists():
            raise refusal("course_closed")
        course = locked(Course, course_id)
        course.closed_at = now
        course.save(update_fields=["closed_at"])
        audit.tell(actor, "course.closed", f"course:{course.pk}", reason, now, {"title": course.title_ko})
    return course
