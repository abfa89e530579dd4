"""A call on its way, with those who apply to it and those who review it."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta

from django.utils import timezone

from pandok.common.models import Account, Party, PartyMember
from pandok.core.programme.consortium import MemberSaid
from pandok.fields.programme.acts.applications.applying import begin_application, save_application, submit_application
from pandok.fields.programme.acts.calls.announcing import draft_call, publish_call
from pandok.fields.programme.acts.reviews.assigning import assign_reviewer, begin_review
from pandok.fields.programme.acts.reviews.scoring import lock_marks, save_marks
from pandok.fields.programme.acts.reviews.ties import TieSaid, declare_tie
from pandok.fields.programme.acts.selections.selecting import RowSaid, offer_selection, vote_on_selection
from pandok.fields.programme.application_text import ApplicationSaid
from pandok.fields.programme.call_text import CallSaid
from pandok.fields.programme.lists.applications import handed_in
from pandok.fields.programme.models import ApplicationReview, Call, CallApplication, ReviewerTie, Selection
from tests.fields.programme.office import NOON, WHY, accepted_problem, person
from tests.roles import Role

OPENS, CLOSES = datetime(2026, 3, 2, 0, 0, tzinfo=UTC), datetime(2026, 3, 31, 9, 0, tzinfo=UTC)
CALLED = CallSaid(
    title="지하차도 침수를 먼저 알리는 기술",
    kind="public_demand",
    body="지하차도에 물이 차기 전에 알리는 방법을 현장에서 실증합니다.",
    eligible="국내에 사업자등록이 있는 기업과 연구기관",
    opens_at="2026-03-02T09:00",
    closes_at="2026-03-31T18:00",
    money_krw="150,000,000",
    money_on="2026-01-19",
    money_source="2026년 사업 예산서",
    criteria="기술성 | 50 | 지금까지 확인한 것\n확산 가능성 | 30\n경제성 | 20 | 운영비",
    tie_years="3",
    least_reviewers="2",
    places="1",
    names_shown="selected",
)


def called(**other: str) -> CallSaid:
    if CALLED.problems or "problems" in other or other.get("kind") in ("incubation", "investment", "early_stage"):
        return replace(CALLED, **other)
    return replace(CALLED, problems=accepted_problem().number, **other)


def drafted_call(*, now: datetime = NOON, **other: str) -> Call:
    return draft_call(called(**other), actor=person(Role.PROGRAMME_OFFICE), now=now)


def published_call(*, now: datetime = NOON, **other: str) -> Call:
    made = drafted_call(now=now, **other)
    return publish_call(made.pk, reason=WHY, actor=person(Role.PROGRAMME_MANAGER), now=now)


NUMBERS = ("000-00-00015", "000-00-00029", "000-00-00034", "000-00-00048", "000-00-00053")
"""Of the right form."""
PDF = b"%PDF-1.4\n1 0 obj<</Type/Catalog>>endobj\ntrailer<</Root 1 0 R>>\n%%EOF\n"
ANSWERS = {
    "solution": "수위계와 영상을 함께 읽어 물이 차기 20분 전에 알립니다.",
    "standing": "시험 차도 한 곳에서 여덟 번의 비를 기록했습니다.",
    "plan": "석 달 설치, 여섯 달 실증",
    "measure": "잠긴 뒤 막을 때까지의 시간을 지금의 24분과 비교",
    "data": "수위계 자료와 119 신고 기록",
    "spread": "",
}
SAID = ApplicationSaid(
    "물이 차기 전에 알리는 수위 읽기",
    (MemberSaid("가온센서", NUMBERS[0], "60"), MemberSaid("나래연구소", NUMBERS[1], "40")),
    ANSWERS,
)


def firm(name: str = "가온센서") -> Party:
    found: Party | None = Party.objects.filter(name=name).first()
    return found or Party.objects.create(kind=Party.COMPANY, name=name, added_at=NOON)


def applicant(of: str = "가온센서", *, name: str = "") -> Account:
    found = person(Role.SUBMITTER, name or f"account of {of}")
    PartyMember.objects.get_or_create(party=firm(of), account=found)
    return found


def begun(of: str = "가온센서", *, call: Call | None = None, now: datetime = NOON) -> CallApplication:
    return begin_application((call or published_call()).pk, actor=applicant(of), now=now)


def submitted(
    of: str = "가온센서", *, call: Call | None = None, now: datetime = NOON, said: ApplicationSaid = SAID
) -> CallApplication:
    made = begun(of, call=call, now=now)
    save_application(made.pk, said, actor=made.made_by, now=now)
    return submit_application(made.pk, actor=made.made_by, now=now)


def closes_in(made: Call, days: int) -> Call:
    """By the clock of the server, whatever day it is."""
    closes_at = timezone.now() + timedelta(days=days)
    Call.objects.filter(pk=made.pk).update(opens_at=closes_at - timedelta(days=30), closes_at=closes_at)
    made.refresh_from_db()
    return made


def submitted_and_closed(of: str = "가온센서") -> CallApplication:
    made = submitted(of)
    closes_in(made.call, -1)
    return made


REVIEWED = CLOSES + timedelta(hours=1)
DUE, DUE_SAID = CLOSES + timedelta(days=20), "2026-04-20T18:00"
EXTRA = NUMBERS[:2]
MARKS = {one: {"points": "80", "reason": "시험 기록이 뚜렷함"} for one in ("c1", "c2", "c3")}


def advisor(name: str = "advisor one") -> Account:
    return person(Role.ADVISOR, name)


def marks(points: int) -> dict[str, dict[str, str]]:
    return {key: one | {"points": str(points)} for key, one in MARKS.items()}


def under_review(*firms: str, said: dict[str, ApplicationSaid] | None = None, **other: str) -> Call:
    """A call to which these firms applied, and of which the review has begun."""
    made = published_call(**other)
    for place, name in enumerate(firms or ("가온센서", "나래전자")):
        members = (MemberSaid(name, NUMBERS[2 + place], "70"), MemberSaid(f"{name} 동료", EXTRA[place], "30"))
        own = replace(SAID, members=members)
        submitted(name, call=made, said=(said or {}).get(name, own))
    return begin_review(made.pk, due_at=DUE_SAID, reason=WHY, actor=person(Role.PROGRAMME_OFFICE), now=REVIEWED)


def assigned(call: Call, *names: str) -> list[ApplicationReview]:
    for name in names or ("advisor one", "advisor two"):
        advisor(name)
        assign_reviewer(call.pk, reviewer=name, number="", actor=person(Role.PROGRAMME_OFFICE), now=REVIEWED)
    return list(ApplicationReview.objects.filter(application__call=call).order_by("application__number", "reviewer"))


def scored(review: ApplicationReview, points: int, *, now: datetime = REVIEWED) -> ApplicationReview:
    save_marks(review.pk, marks(points), actor=review.reviewer, now=now)
    return lock_marks(review.pk, no_ties=True, actor=review.reviewer, now=now)


def all_scored(call: Call, points: tuple[int, ...] = (90, 84, 60, 66)) -> Call:
    """The first application is better."""
    for review, given in zip(assigned(call), points, strict=True):
        scored(review, given)
    return call


def rows_of(call: Call, *selected: str) -> list[RowSaid]:
    numbers = [one.number for one in handed_in(call)]
    chosen = selected or (numbers[0],)
    return [RowSaid(one, one in chosen, f"{one}의 점수와 근거에 따름") for one in numbers]


def offered(call: Call) -> Selection:
    return offer_selection(call.pk, rows_of(call), reason=WHY, actor=person(Role.PROGRAMME_OFFICE), now=REVIEWED)


def decided(call: Call) -> Call:
    offered(call)
    for name in ("member one", "member two"):
        vote_on_selection(call.pk, agrees=True, reason=WHY, actor=person(Role.COMMITTEE_MEMBER, name), now=REVIEWED)
    call.refresh_from_db()
    return call


def tied(name: str = "advisor one", firm_name: str = "가온센서") -> ReviewerTie:
    return declare_tie(TieSaid(firm_name, "contract", "2025-01-01"), actor=advisor(name), now=REVIEWED)
