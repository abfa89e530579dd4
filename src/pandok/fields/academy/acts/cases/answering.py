"""What a trainee answers to the lesson of a case. The program's answer is shown only after that."""

from __future__ import annotations

from datetime import datetime
from uuid import UUID

from django.db import transaction

from pandok.common.audit import writing as audit
from pandok.common.models import Account
from pandok.fields.academy.acts.lesson_moves import CASE_LESSONS
from pandok.fields.academy.lesson_refusals import refusal
from pandok.fields.academy.lists.case_lessons import waiting_lessons
from pandok.fields.academy.models import DesignAnswer, DesignLesson


def answer_lesson(
    *,
    lesson_id: UUID,
    chosen: int | None,
    confidence: int | None,
    trainee: Account,
    shown_at: datetime,
    now: datetime,
) -> DesignAnswer:
    """`chosen`: the design among the choices; None: nothing is close. Once for each person.

    Raises RequestError lesson.answered, lesson.not_there, lesson.not_a_choice.
    """
    with transaction.atomic():
        # The trainee is locked: a form that is sent twice is one answer.
        Account.objects.select_for_update().get(pk=trainee.pk)
        if DesignAnswer.objects.filter(lesson_id=lesson_id, trainee=trainee).exists():
            raise refusal("answered")
        lesson: DesignLesson | None = waiting_lessons(trainee).filter(pk=lesson_id).first()
        if lesson is None:
            raise refusal("not_there")
        if chosen is not None and chosen not in lesson.choices:
            raise refusal("not_a_choice")
        kept = DesignAnswer.objects.create(
            lesson=lesson,
            trainee=trainee,
            chosen_id=chosen,
            right=chosen == lesson.answer_id,
            confidence=confidence,
            shown_at=min(shown_at, now),
            answered_at=now,
        )
        # That it was answered, by whom and when; what was answered belongs to the trainee.
        audit.tell(trainee, "design_lesson.answered", f"{CASE_LESSONS.name}:{lesson.pk}", "", now)
    return kept
