"""A closed case becomes a lesson: prepared by one, released by another, both of whom look that it tells of nobody."""

from __future__ import annotations

from datetime import datetime
from uuid import UUID

import numpy as np
from django.db import IntegrityError, transaction

from pandok.common.models import Account
from pandok.common.people.two_persons import must_be_another
from pandok.common.reasons import checked_reason
from pandok.engines.files.blobs import FolderBlobs
from pandok.fields.academy.acts.lesson_moves import CASE_LESSONS
from pandok.fields.academy.lesson_refusals import refusal
from pandok.fields.academy.lists.case_lessons import cases_to_teach, lessons_for
from pandok.fields.academy.models import DesignLesson
from pandok.fields.academy.states import LessonMover, LessonState
from pandok.fields.counterfeit.models import Case
from pandok.fields.register.models import Design

CHOICES = 5


def prepare_lesson(
    *,
    case_id: UUID,
    photograph: int,
    note_ko: str,
    note_en: str,
    actor: Account,
    now: datetime,
    seed: int,
    blobs: FolderBlobs,
) -> DesignLesson:
    """It waits for another person. `photograph`: its place among those of the case, from 0. `seed`: of the order of the
    choices.

    Raises RequestError lesson.case_not_closed, lesson.no_photograph, lesson.few_choices.
    """
    case = cases_to_teach(actor).filter(pk=case_id).first()
    if case is None:
        raise refusal("case_not_closed")
    photographs = list(case.signal.photographs.all())
    if not 0 <= photograph < len(photographs) or photographs[photograph].sha256 not in blobs:
        raise refusal("no_photograph")
    choices = _choices(case, seed)
    try:
        with transaction.atomic():
            lesson = DesignLesson.objects.create(
                case=case,
                photograph_sha256=photographs[photograph].sha256,
                choices=choices,
                answer=case.figure.design,
                program_said=_program(case),
                note_ko=note_ko.strip(),
                note_en=note_en.strip(),
                state_since=now,
                made_at=now,
                made_by=actor,
            )
            CASE_LESSONS.begin(lesson, actor=actor, reason="", now=now, details={"choices": len(choices)})
            CASE_LESSONS.move(lesson, LessonState.IN_REVIEW, by=LessonMover.MAKER, actor=actor, reason="", now=now)
    except IntegrityError as error:
        raise refusal("case_not_closed") from error
    return lesson


def release_lesson(*, lesson_id: UUID, actor: Account, now: datetime) -> DesignLesson:
    """Another person looked at it: nothing of it tells who imported or holds. Raises RequestError lesson.own_work,
    lesson.not_there, lesson.no_such_way."""
    with transaction.atomic():
        lesson = _others(lesson_id, actor)
        changes = {"released_by": actor}
        CASE_LESSONS.move(
            lesson, LessonState.IN_USE, by=LessonMover.REVIEWER, actor=actor, reason="", now=now, changes=changes
        )
    return lesson


def take_lesson_away(*, lesson_id: UUID, reason: str, actor: Account, now: datetime) -> DesignLesson:
    """From review or from use, by anybody whose case it may be. Raises RequestError request.reason, lesson.not_there,
    lesson.no_such_way."""
    reason = checked_reason(reason)
    with transaction.atomic():
        lesson = _locked(lesson_id, actor)
        by = LessonMover.MAKER if lesson.made_by_id == actor.pk else LessonMover.REVIEWER
        CASE_LESSONS.move(lesson, LessonState.RETIRED, by=by, actor=actor, reason=reason, now=now)
    return lesson


def _choices(case: Case, seed: int) -> list[int]:
    """Five register entries, the true one among them where there is one: what the reader program named first, then
    others of the class."""
    true = case.figure.design
    wanted: list[int] = [true.pk] if true else []
    reading = case.reading.reading if case.reading else None
    named = [one.design.design_id for one in reading.candidates] if reading else []
    known = dict(Design.objects.filter(design_id__in=named).values_list("design_id", "pk"))
    wanted += [known[one] for one in named if one in known and known[one] not in wanted]
    if len(wanted) < CHOICES:
        alike = Design.objects.exclude(pk__in=wanted).order_by("design_id")
        near = [*alike.filter(locarno_class=case.locarno_class)[:CHOICES]] if case.locarno_class else []
        near += [one for one in alike[: 2 * CHOICES] if one not in near]
        wanted += [one.pk for one in near]
    if len(wanted) < CHOICES:
        raise refusal("few_choices")
    order = np.random.default_rng([seed, 43]).permutation(CHOICES)
    return [wanted[int(at)] for at in order]


def _program(case: Case) -> dict[str, object]:
    """What the reader program answered: which entries it named, or that nothing was close."""
    if case.reading is None:
        return {}
    reading = case.reading.reading
    by_rank = {one.rank: one for one in reading.candidates}
    named = [by_rank[rank] for rank in reading.named if rank in by_rank]
    return {
        "outcome": reading.outcome,
        "named": [one.design.design_id for one in named],
        "probability": round(reading.named_probability, 3) if named else None,
        "reader": case.reading.reader,
    }


def _others(lesson_id: UUID, actor: Account) -> DesignLesson:
    lesson = _locked(lesson_id, actor)
    must_be_another(actor, lesson.made_by_id, refused=refusal("own_work"))
    return lesson


def _locked(lesson_id: UUID, actor: Account) -> DesignLesson:
    if not lessons_for(actor).filter(pk=lesson_id).exists():
        raise refusal("not_there")
    return CASE_LESSONS.locked(lesson_id, "case")
