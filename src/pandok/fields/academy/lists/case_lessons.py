"""Closed cases that can be taught, lessons that wait or are in use, and a trainee's own answers.

A lesson shows the photograph and what the register publishes: no number, no holder, no importer.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from uuid import UUID

from django.db.models import Exists, OuterRef, QuerySet

from pandok.common.models import Account
from pandok.engines.files.blobs import FolderBlobs
from pandok.fields.academy.lesson_refusals import refusal
from pandok.fields.academy.models import DesignAnswer, DesignLesson
from pandok.fields.academy.roles import Action
from pandok.fields.academy.states import LessonState
from pandok.fields.counterfeit.acts.learning.labels import LABELLED
from pandok.fields.counterfeit.lists.visible import cases_of_customs
from pandok.fields.counterfeit.models import Case
from pandok.fields.counterfeit.states import State
from pandok.fields.register.models import Design, View


@dataclass(frozen=True)
class Choice:
    """A register entry as a lesson shows it."""

    design: Design
    view: View | None


def cases_to_teach(account: Account) -> QuerySet[Case]:
    """Closed, with a known truth, in this person's hands, and no lesson yet; the newest first."""
    taught = DesignLesson.objects.exclude(state=LessonState.RETIRED.value).filter(case=OuterRef("pk"))
    found = cases_of_customs(account).filter(state=State.CLOSED.value, figure__truth__in=LABELLED)
    return found.filter(~Exists(taught)).select_related("figure__design").order_by("-closed_at", "-serial")


def lessons_for(account: Account) -> QuerySet[DesignLesson]:
    """Of cases in this person's hands: those who make and release lessons see them all, with their cases."""
    return (
        DesignLesson.objects.filter(case__in=cases_of_customs(account).values("pk"))
        .select_related("case", "answer", "made_by", "released_by")
        .order_by("state", "-state_since")
    )


def lesson_to_show(account: Account, lesson_id: UUID) -> DesignLesson:
    """In use for who trains; at any stage for who makes lessons of this case. Raises RequestError lesson.not_there."""
    found = DesignLesson.objects.select_related("case", "answer").filter(pk=lesson_id).first()
    if found is not None and account.may(Action.TRAIN) and found.stands is LessonState.IN_USE:
        return found
    if account.may(Action.MAKE_DESIGN_LESSONS):
        own = lessons_for(account).filter(pk=lesson_id).first()
        if own is not None:
            return own
    raise refusal("not_there")


def waiting_lessons(account: Account) -> QuerySet[DesignLesson]:
    """In use and not answered by this person; not those that they made or released, or whose case was theirs."""
    answered = DesignAnswer.objects.filter(lesson=OuterRef("pk"), trainee=account)
    found = DesignLesson.objects.filter(~Exists(answered), state=LessonState.IN_USE.value)
    found = found.exclude(made_by=account).exclude(released_by=account).exclude(case__officer=account)
    return found.order_by("state_since", "id")


def next_lesson(account: Account, blobs: FolderBlobs) -> DesignLesson | None:
    """Whose photograph is still there: at the end of its term a lesson ends by itself."""
    for one in waiting_lessons(account).select_related("answer"):
        if one.photograph_sha256 in blobs:
            found: DesignLesson = one
            return found
    return None


def choices_of(lesson: DesignLesson) -> list[Choice]:
    """In the order in which the lesson shows them."""
    return choices_in(lesson.choices)


def choices_in(ids: Sequence[int]) -> list[Choice]:
    known = {one.pk: one for one in Design.objects.filter(pk__in=ids)}
    return [Choice(known[at], known[at].views.filter(withdrawn_at=None).first()) for at in ids if at in known]


def answers_of(account: Account) -> QuerySet[DesignAnswer]:
    return DesignAnswer.objects.filter(trainee=account).select_related("lesson__answer", "chosen")


def answer_of(account: Account, answer_id: UUID) -> DesignAnswer:
    """One's own. Raises RequestError lesson.not_there."""
    found: DesignAnswer | None = answers_of(account).filter(pk=answer_id).first()
    if found is None:
        raise refusal("not_there")
    return found
