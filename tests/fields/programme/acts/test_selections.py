"""A selection: offered when every score is locked, decided by two others, drafted as an agreement, told by rules."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest

from pandok.common.models import AuditEntry
from pandok.core.errors import RequestError
from pandok.fields.programme.acts.reviews.ties import TieSaid, declare_tie
from pandok.fields.programme.acts.selections.selecting import (
    RowSaid,
    offer_selection,
    take_selection_back,
    vote_on_selection,
)
from pandok.fields.programme.lists.public_selections import public_selection
from pandok.fields.programme.models import Agreement, Call
from tests.fields.programme.bidding import (
    CLOSES,
    DUE,
    REVIEWED,
    SAID,
    advisor,
    all_scored,
    assigned,
    decided,
    offered,
    rows_of,
    scored,
    under_review,
)
from tests.fields.programme.office import WHY, person
from tests.roles import Role

pytestmark = pytest.mark.django_db


def refused(act: Any, *args: Any, **said: Any) -> str:
    with pytest.raises(RequestError) as error:
        act(*args, **said)
    return str(error.value.error_code)


def offers(**other: Any) -> dict[str, Any]:
    return {"reason": WHY, "actor": person(Role.PROGRAMME_OFFICE), "now": REVIEWED} | other


def votes(name: str, **other: Any) -> dict[str, Any]:
    return {"agrees": True, "reason": WHY, "actor": person(Role.COMMITTEE_MEMBER, name), "now": REVIEWED} | other


def test_nothing_is_offered_before_the_last_lock_or_with_too_few_scores() -> None:
    call = under_review()
    reviews = assigned(call)
    for review in reviews[:-1]:
        assert refused(offer_selection, call.pk, rows_of(call), **offers()) == "selection.hidden"
        scored(review, 80)
    late = offers(now=DUE.replace(year=2027))
    assert refused(offer_selection, call.pk, rows_of(call), **late) == "selection.too_few"
    scored(reviews[-1], 80)
    assert offer_selection(call.pk, rows_of(call), **offers())
    assert refused(offer_selection, call.pk, rows_of(call), **offers()) == "selection.offered_already"
    assert refused(vote_on_selection, call.pk, **votes("one", reason="")) == "request.reason"


def test_every_application_has_its_reason_and_places_are_kept() -> None:
    call = all_scored(under_review())
    rows = rows_of(call)
    for wrong in (rows[:1], [replace(rows[0], reason=" "), rows[1]], [replace(rows[0], number="x"), rows[1]]):
        assert refused(offer_selection, call.pk, wrong, **offers()) == "selection.reasons"
    both = [RowSaid(one.number, True, one.reason) for one in rows]
    assert refused(offer_selection, call.pk, both, **offers()) == "selection.places"
    assert refused(vote_on_selection, call.pk, **votes("one")) == "selection.nothing_offered"


def test_two_others_decide_and_the_draft_of_an_agreement_is_there() -> None:
    call = all_scored(under_review())
    office = person(Role.PROGRAMME_OFFICE)
    made = offered(call)
    office.groups.add(*person(Role.COMMITTEE_MEMBER).groups.all())
    assert refused(vote_on_selection, call.pk, **votes(office.username)) == "selection.own"
    vote_on_selection(call.pk, **votes("one"))
    assert refused(vote_on_selection, call.pk, **votes("one")) == "selection.voted_already"
    call.refresh_from_db()
    assert (call.state, Agreement.objects.count()) == ("under_review", 0)
    vote_on_selection(call.pk, **votes("two"))
    call.refresh_from_db()
    first, second = call.applications.order_by("number")
    assert (call.state, first.state, second.state) == ("decided", "selected", "not_selected")
    assert second.reason == f"{second.number}의 점수와 근거에 따름"
    agreement = Agreement.objects.get()
    assert (agreement.lead, agreement.members, agreement.title) == ("가온센서", "가온센서 동료 (30 %)", first.title)
    assert (agreement.problem, agreement.state) == (call.problems.get(), "draft")
    assert (first.agreement, second.agreement) == (agreement, None)
    told = AuditEntry.objects.get(action="programme-call.decided")
    assert told.details["sha256"] == made.sha256
    assert {one.content for one in made.votes.all()} == {made.sha256}
    assert refused(take_selection_back, call.pk, **offers()) == "call.no_such_way"


def test_a_kind_without_a_trial_drafts_no_agreement() -> None:
    answers = {"people": "다섯 명, 40제곱미터", "business": "수위계를 만듭니다", "stay": "두 해"}
    said = {name: replace(SAID, answers=answers) for name in ("가온센서", "나래전자")}
    call = decided(all_scored(under_review(kind="incubation", said=said)))
    assert call.state == "decided"
    assert Agreement.objects.count() == 0


def test_a_member_who_is_bound_does_not_vote_and_two_against_reject() -> None:
    call = all_scored(under_review())
    offered(call)
    tied = person(Role.COMMITTEE_MEMBER, "tied member")
    declare_tie(TieSaid("나래전자", "family", "2024-01-01"), actor=tied, now=REVIEWED)
    assert refused(vote_on_selection, call.pk, **votes("tied member")) == "selection.tied"
    for name in ("one", "two"):
        vote_on_selection(call.pk, **votes(name, agrees=False))
    assert [one.state for one in call.selections.all()] == ["rejected"]
    offered(call)
    take_selection_back(call.pk, **offers())
    assert [one.state for one in call.selections.all()] == ["rejected", "taken_back"]


def test_a_score_that_is_voided_meanwhile_stops_the_vote_and_afterwards_is_told() -> None:
    call = all_scored(under_review())
    offered(call)
    vote_on_selection(call.pk, **votes("one"))
    declare_tie(TieSaid("가온센서", "contract", "2025-01-01"), actor=advisor(), now=REVIEWED)
    assert refused(vote_on_selection, call.pk, **votes("two")) == "selection.changed"
    later = decided(all_scored(under_review("다솜기술", "라온기계")))
    declare_tie(TieSaid("라온기계", "owner", "2020-01-01"), actor=advisor(), now=REVIEWED)
    told = public_selection(later)
    assert told is not None
    assert (told.voided, later.state) == (1, "decided")


@pytest.mark.parametrize(
    ("shown", "names"),
    [("none", ["", ""]), ("selected", ["가온센서", ""]), ("every", ["가온센서", "나래전자"])],
)
def test_names_in_public_are_those_that_the_call_says(shown: str, names: list[str]) -> None:
    call = all_scored(under_review(names_shown=shown))
    assert public_selection(call) is None
    told = public_selection(decided(call))
    assert told is not None
    assert [one.name for one in told.rows] == names
    assert [bool(one.reason) for one in told.rows] == [True, False]
    assert (told.reviewers, told.voided) == (2, 0)
    assert Call.objects.get().closes_at == CLOSES
