"""Answer a question of an open course, and take its certificate of completion."""

from __future__ import annotations

import math
from datetime import datetime

from django.db import transaction

from pandok.common.audit import writing as audit
from pandok.common.models import Account
from pandok.common.records.numbering import next_of_year
from pandok.core.errors import InputError, RequestError
from pandok.core.text import Text
from pandok.fields.academy.lists.open_progress import progress_of
from pandok.fields.academy.models import CourseAnswer, CourseCompletion
from pandok.fields.academy.open_courses.course_text import CourseText
from pandok.fields.academy.open_courses.shelf import answers, courses

_NO_NUMBER = InputError(
    Text(ko="숫자가 아닙니다.", en="This is no number."),
    Text(ko="노트북이 보인 값을 숫자로 적으십시오.", en="Write the value that the notebook showed, in digits."),
    code="academy.no_number",
)


def course_named(name: str) -> CourseText | None:
    return courses().get(name)


def number_of(written: str) -> float:
    """As people write it: a comma or a point, with or without %. Raises InputError."""
    try:
        value = float(written.strip().rstrip("%").strip().replace(",", ".").replace("−", "-"))
    except ValueError:
        raise _NO_NUMBER from None
    if not math.isfinite(value) or abs(value) > 1e12:
        raise _NO_NUMBER
    return value


def answer_question(
    course: CourseText, question: str, written: str, *, account: Account, now: datetime
) -> CourseAnswer:
    """Keep an answer and whether it is right. Raises InputError where it is no number, RequestError for a question
    that the course does not ask."""
    asked = next((one for one in course.questions if one.name == question), None)
    if asked is None:
        raise RequestError(
            Text(ko="이 과정에 없는 물음입니다.", en="The course does not ask this."),
            Text(ko="과정 화면을 다시 여십시오.", en="Open the page of the course again."),
            code="academy.no_such_question",
        )
    given = number_of(written)
    right = asked.accepts(given, answers()[course.name][question])
    with transaction.atomic():
        kept = CourseAnswer.objects.create(
            account=account, course=course.name, question=question, given=given, right=right, answered_at=now
        )
        told: dict[str, str | bool] = {"question": question, "right": right}
        audit.tell(account, "open_course.answered", f"open_course:{course.name}", "", now, told)
    return kept


def complete(course: CourseText, *, account: Account, now: datetime) -> CourseCompletion:
    """The certificate of completion; asked for again, the same one. Raises RequestError while something is missing."""
    with transaction.atomic():
        Account.objects.select_for_update(no_key=True).get(pk=account.pk)
        found = progress_of(account, course)
        if found.completion:
            return found.completion
        if not found.whole or found.submission is None:
            raise RequestError(
                Text(
                    ko=f"아직 {found.steps}단계 가운데 {found.done}단계를 마쳤습니다.",
                    en=f"Steps done so far: {found.done} of {found.steps}.",
                ),
                Text(ko="남은 단계를 마친 뒤 다시 누르십시오.", en="Finish what is left, then press again."),
                code="academy.course_unfinished",
            )
        kept = CourseCompletion.objects.create(
            number=next_of_year("C", width=6, given=CourseCompletion.objects.all(), now=now),
            account=account,
            name=account.shown_name,
            course=course.name,
            title_ko=course.title.ko,
            title_en=course.title.en,
            answers=[
                {"ko": one.words.ko, "en": one.words.en, "answer": found.answered[one.name], "unit": one.unit}
                for one in course.questions
            ],
            submission=found.submission,
            completed_at=now,
        )
        details = {"number": kept.number, "submission": str(found.submission.pk)}
        audit.tell(account, "open_course.completed", f"open_course:{course.name}", "", now, details)
    return kept
