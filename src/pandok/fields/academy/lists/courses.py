"""Courses that can be taken, and when they have to be."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime

from django.db.models import QuerySet

from pandok.common.models import Account
from pandok.fields.academy.kinds import SittingMode
from pandok.fields.academy.models import Certificate, Course, CourseAssigned, Sitting
from pandok.fields.academy.states import SittingState


@dataclass(frozen=True)
class OwnCourse:
    """`due_on`: where a group of the person has it. `modes`: what can be begun now. `certificate`: one that holds."""

    course: Course
    due_on: date | None
    modes: tuple[SittingMode, ...]
    certificate: Certificate | None


def open_courses() -> QuerySet[Course]:
    return Course.objects.filter(closed_at=None).order_by("made_at", "title_ko")


def courses_for(person: Account, now: datetime) -> list[OwnCourse]:
    """Those that a group has first, by their day."""
    given = CourseAssigned.objects.filter(
        group__closed_at=None, group__members__member=person, group__members__until=None
    ).order_by("-due_on")
    due = {one.course_id: one.due_on for one in given}
    holding = {
        one.sitting.course_id: one
        for one in Certificate.objects.filter(trainee=person, expires_on__gte=now.date()).select_related("sitting")
    }
    done: dict[object, set[str]] = {}
    tests = Sitting.objects.filter(trainee=person).exclude(state=SittingState.ABANDONED.value)
    for course, mode in tests.values_list("course_id", "mode"):
        done.setdefault(course, set()).add(mode)
    found = [
        OwnCourse(one, due.get(one.pk), _modes(one, done.get(one.pk, set())), holding.get(one.pk))
        for one in open_courses()
    ]
    return sorted(found, key=lambda one: (one.due_on is None, one.due_on or date.max))


def _modes(course: Course, done: set[str]) -> tuple[SittingMode, ...]:
    modes = [SittingMode.TRAIN, SittingMode.MEASURE]
    if SittingMode.PRETEST.value not in done:
        modes.append(SittingMode.PRETEST)
    elif SittingMode.POSTTEST.value not in done:
        modes.append(SittingMode.POSTTEST)
    if course.pass_d_a is not None:
        modes.append(SittingMode.CERTIFY)
    return tuple(modes)
