"""Who may score what, row by row; a tie that is known later voids the score openly; totals wait for the last lock."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest

from pandok.common.models import AuditEntry, Party
from pandok.core.errors import RequestError
from pandok.core.programme.conflicts import Bond
from pandok.fields.programme.acts.reviews.assigning import (
    assign_reviewer,
    begin_review,
    give_more_time,
    release_reviewer,
    totals_of_call_show,
)
from pandok.fields.programme.acts.reviews.scoring import lock_marks, save_marks
from pandok.fields.programme.acts.reviews.ties import TieSaid, add_owner, declare_tie, take_tie_back
from pandok.fields.programme.lists.applications import applications_visible_to
from pandok.fields.programme.lists.rankings import as_kept, ranking_of
from pandok.fields.programme.lists.reviews import matrix_of, reviews_of, scores_of, ties_shown_to, voided_scores
from pandok.fields.programme.models import ApplicationReview
from tests.fields.programme.bidding import (
    CLOSES,
    DUE,
    DUE_SAID,
    EXTRA,
    MARKS,
    NUMBERS,
    REVIEWED,
    advisor,
    all_scored,
    applicant,
    assigned,
    marks,
    published_call,
    scored,
    submitted,
    under_review,
)
from tests.fields.programme.office import WHY, person
from tests.roles import Role

pytestmark = pytest.mark.django_db
TICK = timedelta(microseconds=1)


def refused(act: Any, *args: Any, **said: Any) -> str:
    with pytest.raises(RequestError) as error:
        act(*args, **said)
    return str(error.value.error_code)


OFFICE: Any = {"now": REVIEWED}
TIES = [
    # how the advisor is bound (firm, number, bond, since, until), years that count, may score the bid of 가온센서
    ("nothing", ("무관한 기업", "", "employed", "2020-01-01", ""), "3", True),
    ("the lead by name", ("(주)가온센서", "", "employed", "2020-01-01", ""), "3", False),
    ("the lead by number, renamed", ("옛이름", NUMBERS[2], "owner", "2020-01-01", ""), "3", False),
    ("a member by name", ("가온센서 동료", "", "officer", "2020-01-01", ""), "3", False),
    ("a member by number", ("다르게 적은 이름", EXTRA[0], "contract", "2020-01-01", ""), "3", False),
    ("family at the lead", ("가온센서", "", "family", "2025-01-01", ""), "3", False),
    ("stands back", ("가온센서", "", "declared", "2026-03-31", ""), "3", False),
    ("joint work, within the years", ("가온센서", "", "joint_work", "2020-01-01", "2023-04-01"), "3", False),
    ("joint work, a day too long ago", ("가온센서", "", "joint_work", "2020-01-01", "2023-03-31"), "3", True),
    ("ended, no years count", ("가온센서", "", "employed", "2020-01-01", "2026-03-30"), "0", True),
    ("of the other bid", ("나래전자", "", "employed", "2020-01-01", ""), "3", True),
    ("the parent of the lead", ("가온지주", "", "employed", "2020-01-01", ""), "3", False),
    ("a sister of the lead", ("가온부품", "", "employed", "2020-01-01", ""), "3", False),
    ("the parent of a member", ("동료지주", "", "owner", "2020-01-01", ""), "3", False),
    ("a parent of former days", ("옛지주", "", "employed", "2020-01-01", ""), "3", True),
]
BEHIND = [
    ("가온센서", "가온지주", ""), ("가온부품", "가온지주", ""), ("가온센서 동료", "동료지주", ""),
    ("가온센서", "옛지주", "2025-12-31"),
]  # fmt: skip


def office() -> dict[str, Any]:
    return {"actor": person(Role.PROGRAMME_OFFICE), "now": REVIEWED}


@pytest.mark.parametrize(("how", "tie", "years", "may"), TIES, ids=[one[0] for one in TIES])
def test_who_may_score_row_by_row(how: str, tie: tuple[str, ...], years: str, may: bool) -> None:
    del how
    call, who = under_review(tie_years=years), advisor()
    for firm, owner, until in BEHIND:
        add_owner(TieSaid(firm, "", "2019-01-01", until=until), owner=owner, source=WHY, **office())
    firm, number, bond, since, until = tie
    declare_tie(TieSaid(firm, bond, since, number, until), actor=who, now=REVIEWED)
    first = call.applications.order_by("number").first()
    assert first is not None
    said = {"reviewer": who.username, "number": first.number, **office()}
    if may:
        assert len(assign_reviewer(call.pk, **said).made) == 1
    else:
        with pytest.raises(RequestError) as error:
            assign_reviewer(call.pk, **said)
        assert error.value.error_code == "review.conflict"
        assert Bond(bond).words.ko in error.value.what.ko
    row = next(cells for reviewer, cells in matrix_of(call, REVIEWED) if reviewer == who)
    assert (row[0].why is None) is may


def test_nobody_scores_an_own_bid() -> None:
    call = under_review()
    own = applicant("가온센서")
    own.groups.add(*advisor().groups.all())
    first, second = call.applications.order_by("number")
    told = assign_reviewer(call.pk, reviewer=own.username, number="", **office())
    assert [one.application for one in told.made] == [second]
    assert [number for number, _ in told.refused] == [first.number]
    Party.objects.filter(pk=first.party_id).update(name="새이름")
    assert (
        refused(assign_reviewer, call.pk, reviewer=own.username, number=first.number, **office()) == "review.conflict"
    )


@pytest.mark.parametrize("locked", [True, False])
def test_a_tie_declared_later_voids_the_score_openly(locked: bool) -> None:
    call = under_review()
    review, *others = assigned(call)
    if locked:
        scored(review, 90)
    declare_tie(TieSaid("가온센서", "contract", "2025-01-01"), actor=review.reviewer, now=REVIEWED)
    review.refresh_from_db()
    assert (review.state, "가온센서" in review.why_void) == ("voided", True)
    assert voided_scores(call) == int(locked)
    told = AuditEntry.objects.get(action="application-review.voided")
    assert (told.reason, told.details["reviewer"]) == (review.why_void, review.reviewer.username)
    assert {one.state for one in ApplicationReview.objects.filter(pk__in=[one.pk for one in others])} == {"assigned"}
    assert refused(lock_marks, review.pk, no_ties=True, actor=review.reviewer, now=REVIEWED) == "review.no_such_way"
    again = {"reviewer": review.reviewer.username, "number": review.application.number, **office()}
    assert refused(assign_reviewer, call.pk, **again) == "review.conflict"


def test_what_the_office_adds_voids_too_and_a_tie_of_later_days_does_not() -> None:
    call = under_review()
    review = assigned(call)[0]
    scored(review, 90)
    office_ = office() | {"now": REVIEWED + timedelta(days=40)}
    declare_tie(TieSaid("가온센서", "employed", "2026-05-01"), person=review.reviewer.username, **office_)
    review.refresh_from_db()
    assert review.state == "locked"
    declare_tie(TieSaid("가온지주", "owner", "2020-01-01"), person=review.reviewer.username, **office_)
    review.refresh_from_db()
    assert review.state == "locked"
    add_owner(TieSaid("가온센서", "", "2019-01-01"), owner="가온지주", source="사업보고서에서 확인함", **office_)
    review.refresh_from_db()
    assert review.state == "voided"
    tie = review.reviewer.firm_ties.first()
    assert tie is not None
    take_tie_back(tie.pk, reason="다른 사람의 것이었음", **office_)
    assert refused(take_tie_back, tie.pk, reason="다른 사람의 것이었음", **office_) == "review.no_tie"
    review.refresh_from_db()
    assert review.state == "voided"


@pytest.mark.parametrize(
    ("changed", "code"),
    [
        ({"firm": " "}, "review.tie"), ({"bond": "friend"}, "review.tie"), ({"until": "2019-01-01"}, "review.tie"),
        ({"since": "봄"}, "request.day"), ({"firm_number": "1"}, "review.firm_number"),
    ],
)  # fmt: skip
def test_a_tie_says_firm_bond_and_days(changed: dict[str, str], code: str) -> None:
    said = TieSaid(**{"firm": "가온", "bond": "owner", "since": "2020-01-01"} | changed)
    assert refused(declare_tie, said, actor=advisor(), now=REVIEWED) == code
    assert refused(declare_tie, said, person="nobody", **office()) in (code, "review.no_reviewer")


def test_the_review_begins_after_the_deadline_alone() -> None:
    call = published_call()
    submitted(call=call)
    who = person(Role.PROGRAMME_OFFICE)
    said = {"due_at": DUE_SAID, "reason": WHY, "actor": who}
    assert refused(begin_review, call.pk, now=CLOSES, **said) == "call.still_open"
    assert refused(begin_review, call.pk, now=CLOSES + TICK, **said | {"due_at": "2026-03-31T18:00"}) == "review.due"
    begin_review(call.pk, now=CLOSES + TICK, **said)
    assert refused(begin_review, call.pk, now=CLOSES + TICK, **said) == "call.no_such_way"
    assert refused(give_more_time, call.pk, now=REVIEWED, **said) == "review.due"
    give_more_time(call.pk, now=REVIEWED, **said | {"due_at": "2026-05-20T18:00"})
    nobody = {"number": "", **office()}
    assert refused(assign_reviewer, call.pk, reviewer="nobody", **nobody) == "review.no_reviewer"
    assert refused(assign_reviewer, call.pk, reviewer=who.username, **nobody) == "review.no_reviewer"


def test_marks_are_whole_locked_once_and_in_time() -> None:
    call = under_review()
    review = assigned(call)[0]
    who = {"actor": review.reviewer, "now": REVIEWED}
    lock = {"no_ties": True, **who}
    assert refused(lock_marks, review.pk, **lock) == "review.marks"
    for wrong in ({"points": "101"}, {"points": "8.5"}, {"points": ""}, {"reason": "좋음"}):
        save_marks(review.pk, MARKS | {"c2": MARKS["c2"] | wrong}, **who)
        assert refused(lock_marks, review.pk, **lock) == "review.marks"
    assert refused(save_marks, review.pk, MARKS | {"c2": {"reason": "가" * 2001}}, **who) == "review.marks"
    save_marks(review.pk, MARKS | {"c9": MARKS["c1"]}, **who)
    assert refused(lock_marks, review.pk, **lock | {"no_ties": False}) == "review.no_ties_said"
    other = advisor("another advisor")
    assert refused(save_marks, review.pk, MARKS, actor=other, now=REVIEWED) == "review.not_there"
    late = {"actor": review.reviewer, "now": DUE + TICK}
    assert refused(save_marks, review.pk, MARKS, **late) == "review.over"
    assert refused(lock_marks, review.pk, no_ties=True, **late) == "review.over"
    done = lock_marks(review.pk, no_ties=True, actor=review.reviewer, now=DUE)
    assert (done.total, sorted(done.marks), len(done.sha256)) == (80.0, ["c1", "c2", "c3"], 64)
    assert refused(save_marks, review.pk, MARKS, **who) == "review.no_such_way"
    assert refused(lock_marks, review.pk, **lock) == "review.no_such_way"


def test_totals_follow_the_weights() -> None:
    call = under_review()
    review = assigned(call)[0]
    given = {
        "c1": MARKS["c1"] | {"points": "100"},
        "c2": MARKS["c2"] | {"points": "50"},
        "c3": MARKS["c3"] | {"points": "0"},
    }
    save_marks(review.pk, given, actor=review.reviewer, now=REVIEWED)
    assert lock_marks(review.pk, no_ties=True, actor=review.reviewer, now=REVIEWED).total == 65.0


def test_nobody_sees_a_total_before_the_last_lock() -> None:
    call = under_review()
    reviews = assigned(call)
    first = call.applications.order_by("number").first()
    assert first is not None
    for review in reviews:
        assert not totals_of_call_show(call, REVIEWED)
        assert scores_of(first, REVIEWED) == []
        scored(review, 80)
    assert totals_of_call_show(call, REVIEWED)
    assert len(scores_of(first, REVIEWED)) == 2
    late = {"number": "", "reviewer": advisor("too late").username, **office()}
    assert refused(assign_reviewer, call.pk, **late) == "review.totals_shown"


def test_the_end_of_the_time_shows_what_there_is() -> None:
    call = under_review()
    review, *rest = assigned(call)
    scored(review, 80)
    assert not totals_of_call_show(call, DUE)
    assert totals_of_call_show(call, DUE + TICK)
    assert [one.key for one in ranking_of(call)] == [review.application.number]
    release_reviewer(rest[0].pk, reason="기한 안에 평가하지 못함", **office())
    locked = refused(release_reviewer, review.pk, reason="기한 안에 평가하지 못함", **office())
    assert locked == "review.no_such_way"


def test_a_reviewer_sees_what_was_assigned_and_no_other_marks() -> None:
    call = under_review()
    reviews = assigned(call, "advisor one")
    one, other = advisor("advisor one"), advisor("advisor two")
    assert set(reviews_of(one)) == set(reviews)
    assert list(reviews_of(other)) == []
    assert set(applications_visible_to(one, REVIEWED)) == {review.application for review in reviews}
    assert list(applications_visible_to(other, REVIEWED)) == []
    declare_tie(TieSaid("가온센서", "contract", "2025-01-01"), actor=one, now=REVIEWED)
    assert [found.party_name for found in applications_visible_to(one, REVIEWED)] == ["나래전자"]
    assert list(ties_shown_to(other)) == []
    assert ties_shown_to(person(Role.PROGRAMME_OFFICE)).count() == 1


def test_the_ranking_is_the_same_on_every_day_and_says_how_sure_it_is() -> None:
    call = all_scored(under_review())
    told = as_kept(ranking_of(call))
    assert told == as_kept(ranking_of(call))
    assert [(one["mean"], one["rank"], one["between"], one["in_first"]) for one in told] == [
        (87.0, 1, [1, 1], 1.0), (63.0, 2, [2, 2], 0.0),
    ]  # fmt: skip
    close = all_scored(under_review("다솜기술", "라온기계"), (90, 60, 61, 91))
    near = as_kept(ranking_of(close))
    assert [one["between"] for one in near] == [[1, 2], [1, 2]]
    assert marks(1)["c1"]["points"] == "1"
