"""How far somebody got in the open courses: their own, never another's."""

from __future__ import annotations

from dataclasses import dataclass

from pandok.common.models import Account
from pandok.fields.academy.models import CourseAnswer, CourseCompletion
from pandok.fields.academy.open_courses.course_text import CourseText
from pandok.fields.academy.open_courses.shelf import courses
from pandok.fields.lab.models import ProblemPack, Submission


@dataclass(frozen=True)
class Progress:
    """`answered`: questions with a right answer → the answer. `submission`: the first accepted one of this person.
    `open_here`: this site has the course's problem."""

    course: CourseText
    answered: dict[str, float]
    submission: Submission | None
    completion: CourseCompletion | None
    open_here: bool

    @property
    def steps(self) -> int:
        return len(self.course.questions) + 1

    @property
    def done(self) -> int:
        return len(self.answered) + (self.submission is not None)

    @property
    def whole(self) -> bool:
        return self.done == self.steps


def progress_of(account: Account, course: CourseText) -> Progress:
    right = CourseAnswer.objects.filter(account=account, course=course.name, right=True)
    answered = dict(right.order_by("answered_at").values_list("question", "given"))
    of_problem = ProblemPack.objects.filter(problem_id=course.problem)
    handed_in = Submission.objects.filter(by=account, pack__in=of_problem, refusals=[]).order_by("received_at").first()
    kept = CourseCompletion.objects.filter(account=account, course=course.name).first()
    names = {one.name for one in course.questions}
    return Progress(
        course,
        {name: given for name, given in answered.items() if name in names},
        handed_in,
        kept,
        of_problem.exists(),
    )


def own_progress(account: Account) -> list[Progress]:
    return [progress_of(account, course) for course in courses().values()]
