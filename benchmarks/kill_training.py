"""Sittings of the academy that are written while processes are killed: begun, one picture answered, ended."""

from __future__ import annotations

from datetime import UTC, datetime

from django.db import transaction

from pandok.common.models import Account
from pandok.fields.academy.acts.courses import CourseAsked, make_course
from pandok.fields.academy.acts.sittings.answering import confide, say, show
from pandok.fields.academy.acts.sittings.beginning import begin_sitting
from pandok.fields.academy.acts.sittings.ending import end
from pandok.fields.academy.kinds import Said, SittingMode
from pandok.fields.academy.lists.ledger import ledger_of
from pandok.fields.academy.models import Course, Picture, Shown, Sitting, TrialAnswer
from pandok.fields.academy.states import SittingState

PICTURES = 6
_BAG = "kill test"


def write_answer(number: int) -> None:
    """A trainee of their own for each number."""
    course, now = _course(), datetime.now(UTC)
    trainee = Account.objects.create_user(_name(number))
    sitting = begin_sitting(trainee=trainee, course_id=course.pk, mode=SittingMode.TRAIN, seed=number, now=now)
    step = {"sitting_id": sitting.pk, "trainee": trainee, "number": 1}
    show(**step, now=now)
    say(**step, said=Said.CLEAR, marks=[], functions=[str(number)], now=now)
    confide(**step, confidence=3, now=now)
    end(sitting_id=sitting.pk, trainee=trainee, now=now)


def check_answers(acknowledged: frozenset[int]) -> list[str]:
    """Lost or doubled answers, a picture that was chosen before the answer to the one before was kept, and ledgers that
    do not hold."""
    wrong = []
    for number in sorted(acknowledged):
        person = Account.objects.filter(username=_name(number)).first()
        answers = list(TrialAnswer.objects.filter(trainee=person)) if person else []
        if [one.functions for one in answers] != [[str(number)]]:
            wrong.append(f"answer {number} is there {len(answers)} times")
    for sitting in Sitting.objects.select_related("trainee"):
        answered = sitting.answers.count()
        shown = Shown.objects.filter(sitting=sitting).first()
        if shown is not None and shown.number != answered + 1:
            wrong.append(f"{sitting.trainee}: picture {shown.number} after {answered} answers")
        found = ledger_of(sitting.trainee)
        if found.broken is not None:
            wrong.append(f"{sitting.trainee}: ledger broken from row {found.broken.sequence}")
        if sitting.stands is SittingState.ENDED and found.pictures != answered:
            wrong.append(f"{sitting.trainee}: {found.pictures} of {answered} pictures in the ledger")
    return wrong


def _name(number: int) -> str:
    return f"trainee {number}"


def _course() -> Course:
    with transaction.atomic():
        found = Course.objects.filter(title_en=_BAG).first()
        if found is not None:
            return found
        now = datetime.now(UTC)
        for _ in range(PICTURES):
            Picture.objects.create(
                threat=False, set="training", bag=_BAG, machine_class="cabinet", from_generator=True, made_at=now
            )
        return make_course(asked=CourseAsked(_BAG, _BAG), actor=None, now=now)
