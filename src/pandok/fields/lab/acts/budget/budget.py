"""How many sealed runs an organisation has left under a registration. Every answer of sealed data is paid for.

One company, one budget: its people's earlier runs count whatever key they ran under; so do runs on other packs'
sealed parts that hold the same cases; and runs of a model that somebody else had handed in before and this organisation
handed in too.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import TypeVar
from uuid import UUID

from django.db.models import Exists, OuterRef, Q, QuerySet

from pandok.core.errors import PandokError, RequestError
from pandok.core.lab.problem import Part
from pandok.core.text import Text, counted
from pandok.fields.lab.acts.budget.disclosed_runs import UNTOLD, last_edge
from pandok.fields.lab.acts.budget.earlier_openings import runs_on, sharing
from pandok.fields.lab.acts.budget.organisations import one_budget
from pandok.fields.lab.models import LockedRegistration, ProblemPack, Run, Submission

E = TypeVar("E", bound=PandokError)


@dataclass(frozen=True)
class BudgetLeft:
    """`elsewhere`: so many of the used ones were not under this registration, or of an equal model of another."""

    used: int
    most: int
    elsewhere: int = 0

    @property
    def left(self) -> int:
        return max(0, self.most - self.used)


def budget_left(
    *, registration: LockedRegistration, submitter: str, part: Part, now: datetime | None = None
) -> BudgetLeft:
    """Runs that wait or are under way count; those that the lab failed, cancelled or refused before sealed data were
    opened do not. `now`: for a submitter, to whom an end counts from when it is told
    (pandok.fields.lab.acts.budget.disclosed_runs)."""
    budget = registration.registration.problem.budget
    used = charged_runs(registration=registration, submitter=submitter, part=part, now=now)
    here = used.filter(registration=registration, submitter=submitter).count()
    count = used.count()
    most = budget.confirmations if part is Part.CONFIRM else budget.submissions
    return BudgetLeft(count, most, count - here)


def charged_runs(
    *, registration: LockedRegistration, submitter: str, part: Part, now: datetime | None = None
) -> QuerySet[Run]:
    """All runs that count against this organisation on this part, with `now` those whose end was not told yet."""
    keys = one_budget(submitter)
    places = {(str(registration.pack_id), part.value)} | sharing(registration.pack, part)
    own = Submission.objects.filter(submitter__in=keys).exclude(canonical_sha256="")
    equal = own.filter(canonical_sha256=OuterRef("submission__canonical_sha256"))
    # Who handed the model in first is not charged for those who came after.
    before = equal.filter(received_at__lte=OuterRef("submission__received_at"))
    counted = Q(submitter__in=keys) | (Exists(equal) & ~Exists(before))
    charged = Q(charged=True)
    if now is not None:
        charged |= Q(state__in=[state.value for state in UNTOLD], ended_at__gte=last_edge(now))
    return Run.objects.filter(runs_on(places)).filter(charged).filter(counted)


def same_model_elsewhere(submission: Submission) -> list[str]:
    """Names of other organisations that handed in the same model to the same data before. For the lab's people."""
    if not submission.canonical_sha256:
        return []
    packs = {UUID(pack) for pack, _ in _places(submission.pack)}
    others = Submission.objects.filter(pack__in=packs, canonical_sha256=submission.canonical_sha256, refusals=[])
    others = others.filter(received_at__lte=submission.received_at).exclude(
        submitter__in=one_budget(submission.submitter)
    )
    return sorted(set(others.values_list("submitter_name", flat=True)))


def check_budget(*, registration: LockedRegistration, submitter: str, part: Part, now: datetime | None = None) -> None:
    """Raises RequestError where nothing is left. Call it in the transaction that queues the run, with the registration
    locked."""
    budget = budget_left(registration=registration, submitter=submitter, part=part, now=now)
    if budget.left:
        return
    if part is Part.CONFIRM:
        other = Text(
            ko="확인 세트는 등록마다 정해진 횟수만 엽니다. 새 등록을 기다리십시오.",
            en="The number of openings under one registration is fixed; wait for a new one.",
        )
        raise confirm_spent(RequestError, _ELSEWHERE if budget.elsewhere else other)
    raise RequestError(
        Text(
            ko=f"이 등록에서 쓸 수 있는 제출 {budget.most}회를 모두 썼습니다.",
            en=f"{counted(budget.most, 'submission')} under this registration: none is left.",
        ),
        _ELSEWHERE
        if budget.elsewhere
        else Text(
            ko="가장 나은 모델로 확인 세트 실행을 요청하거나, 새 등록을 기다리십시오.",
            en="Ask for the confirm run of your best model, or wait for a new registration.",
        ),
        code="lab.budget_spent",
        used=budget.used,
        most=budget.most,
    )


def _places(pack: ProblemPack) -> set[tuple[str, str]]:
    found = {(str(pack.pk), part.value) for part in (Part.FEEDBACK, Part.CONFIRM)}
    return found | sharing(pack, Part.FEEDBACK) | sharing(pack, Part.CONFIRM)


_ELSEWHERE = Text(
    ko="같은 회사의 다른 계정, 같은 사례가 든 다른 과제, 먼저 제출된 같은 모델의 실행도 횟수에 듭니다. "
    "사정이 다르면 실증랩 운영기관에 알리십시오.",
    en="Runs of the company's other accounts, on other problems with the same cases, and of an identical model that "
    "was submitted before count too. Tell the lab's operator where that is not so.",
)


def confirm_spent(kind: type[E], next_step: Text) -> E:
    """The confirm set was opened as often as may be: a RequestError to who asks for it, a StoreError once it ran."""
    return kind(
        Text(ko="확인 세트를 이미 열었습니다.", en="The confirm set was opened already."),
        next_step,
        code="lab.confirm_spent",
    )
