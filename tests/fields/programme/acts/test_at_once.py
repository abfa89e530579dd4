"""Real threads of two people at the same moment: marks, votes, signatures under a withdrawal, and an application at the
deadline. One of two that exclude each other happens, the other is told so, and nothing stands half done."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from pathlib import Path
from threading import Barrier, Thread
from typing import Any

import pytest
from django.db import connection

from pandok.common.audit import writing as audit
from pandok.common.models import AuditEntry
from pandok.common.people.accounts import ensure_role_groups
from pandok.core.errors import PandokError
from pandok.fields.programme.acts.applications.applying import (
    begin_application,
    save_application,
    submit_application,
    withdraw_application,
)
from pandok.fields.programme.acts.certificates.issuing import draft_certificate, drop_draft, issue_certificate
from pandok.fields.programme.acts.outcomes.entering import check_outcome
from pandok.fields.programme.acts.reviews.assigning import begin_review
from pandok.fields.programme.acts.reviews.scoring import lock_marks, save_marks
from pandok.fields.programme.acts.selections.selecting import vote_on_selection
from pandok.fields.programme.models import (
    Agreement,
    ApplicationReview,
    Call,
    CallApplication,
    OutcomeCheck,
    SelectionVote,
    TrialCertificate,
)
from tests.chosen import Choose
from tests.fields.programme.bidding import (
    CLOSES,
    DUE_SAID,
    REVIEWED,
    SAID,
    all_scored,
    applicant,
    assigned,
    begun,
    marks,
    offered,
    published_call,
    under_review,
)
from tests.fields.programme.discussing import answered, asked
from tests.fields.programme.ledger import entered_outcome
from tests.fields.programme.office import KEY, OVER, WHY, drafted_certificate, measured, person
from tests.roles import Role

Act = Callable[[], Any]


@pytest.fixture(autouse=True)
def own_home(transactional_db: None, choose: Choose, tmp_path: Path) -> None:  # noqa: ARG001
    choose(home=tmp_path)
    ensure_role_groups()


def at_once(*acts: Act) -> list[str]:
    """Each in a thread with a connection of its own; "done", or the code of what was refused."""
    together, told, refusals = Barrier(len(acts)), [""] * len(acts), list[PandokError]()

    def does(place: int, act: Act) -> None:
        together.wait()
        try:
            act()
            told[place] = "done"
        except PandokError as error:
            refusals.append(error)
            told[place] = str(error.error_code)
        finally:
            connection.close()

    threads = [Thread(target=does, args=one) for one in enumerate(acts)]
    for one in threads:
        one.start()
    for one in threads:
        one.join()
    assert all(text.ko and text.en for one in refusals for text in (one.what, one.next_step))
    assert audit.verify() is None
    return told


def events(action: str) -> int:
    return AuditEntry.objects.filter(action=action).count()


def test_marks_are_locked_once_and_those_of_two_reviewers_do_not_meet() -> None:
    one, other, *_ = assigned(under_review())
    for review in (one, other):
        save_marks(review.pk, marks(80), actor=review.reviewer, now=REVIEWED)

    def locks(review: ApplicationReview) -> Act:
        return lambda: lock_marks(review.pk, no_ties=True, actor=review.reviewer, now=REVIEWED)

    told = at_once(locks(one), locks(one), locks(other))
    assert sorted(told) == ["done", "done", "review.no_such_way"]
    assert told[2] == "done"
    assert ApplicationReview.objects.filter(state="locked", total=80).count() == 2
    assert events("application-review.locked") == 2


def test_marks_that_are_kept_while_they_are_locked_change_nothing_that_is_locked() -> None:
    one, *_ = assigned(under_review())
    save_marks(one.pk, marks(80), actor=one.reviewer, now=REVIEWED)
    told = at_once(
        lambda: save_marks(one.pk, marks(40), actor=one.reviewer, now=REVIEWED),
        lambda: lock_marks(one.pk, no_ties=True, actor=one.reviewer, now=REVIEWED),
    )
    one.refresh_from_db()
    assert told[1] == "done"
    kept = {mark["points"] for mark in one.marks.values()}
    assert (kept, one.total) in (({"80"}, 80), ({"40"}, 40)), "the sum is of the marks that are there"


def test_two_votes_decide_once_and_one_person_votes_once() -> None:
    call = all_scored(under_review())
    offered(call)
    members = [person(Role.COMMITTEE_MEMBER, name) for name in ("member one", "member two")]

    def votes(member: Any) -> Act:
        return lambda: vote_on_selection(call.pk, agrees=True, reason=WHY, actor=member, now=REVIEWED)

    told = at_once(votes(members[0]), votes(members[1]), votes(members[0]))
    call.refresh_from_db()
    assert told.count("done") == 2
    [refused] = set(told) - {"done"}
    assert refused in ("selection.voted_already", "call.no_such_way")
    assert (call.state, SelectionVote.objects.count(), events("selection.decided")) == ("decided", 2, 1)
    assert Agreement.objects.count() == CallApplication.objects.filter(state="selected").count() == 1


def test_two_of_a_firm_begin_one_application_and_submit_it_once() -> None:
    call = published_call()
    two = [applicant(name=name) for name in ("first of the firm", "second of the firm")]
    begins = [lambda one=one: begin_application(call.pk, actor=one, now=CLOSES - timedelta(days=1)) for one in two]
    assert at_once(*begins) == ["done", "done"]
    made = CallApplication.objects.get()
    save_application(made.pk, SAID, actor=two[0], now=CLOSES - timedelta(days=1))
    submits = [lambda one=one: submit_application(made.pk, actor=one, now=CLOSES) for one in two]
    assert sorted(at_once(*submits)) == ["application.no_such_way", "done"]
    assert events("call-application.submitted") == 1


def test_an_application_at_the_deadline_is_in_or_told_that_it_is_late() -> None:
    """The last moment counts. The office begins the review in the moment after: what was submitted is in it."""
    call = published_call()
    for name in ("가온센서", "나래전자"):
        made = begun(name, call=call)
        save_application(made.pk, SAID, actor=made.made_by, now=CLOSES)
    first, second = CallApplication.objects.order_by("number")
    submit_application(first.pk, actor=first.made_by, now=CLOSES)
    office, late = person(Role.PROGRAMME_OFFICE), CLOSES + timedelta(microseconds=1)
    told = at_once(
        lambda: submit_application(second.pk, actor=second.made_by, now=CLOSES),
        lambda: submit_application(second.pk, actor=second.made_by, now=late),
        lambda: begin_review(call.pk, due_at=DUE_SAID, reason=WHY, actor=office, now=REVIEWED),
    )
    assert told[1] == "application.not_open"
    assert told[2] == "done"
    assert told[0] in ("done", "application.not_open")
    call, second = Call.objects.get(), CallApplication.objects.get(pk=second.pk)
    assert (call.state, second.state) == ("under_review", "submitted" if told[0] == "done" else "draft")
    assert bool(second.sha256) is bool(second.submitted_at) is (told[0] == "done")


def test_submitted_and_withdrawn_at_once_stands_where_the_trail_says() -> None:
    made = begun()
    save_application(made.pk, SAID, actor=made.made_by, now=CLOSES)
    told = at_once(
        lambda: submit_application(made.pk, actor=made.made_by, now=CLOSES),
        lambda: withdraw_application(made.pk, reason=WHY, actor=made.made_by, now=CLOSES),
    )
    made.refresh_from_db()
    last = AuditEntry.objects.filter(object=f"call-application:{made.pk}").order_by("sequence").last()
    assert last is not None
    assert last.action == f"call-application.{made.state}"
    assert told[1] == "done"
    assert made.state == "withdrawn"


def test_two_check_one_outcome_at_once_and_one_of_them_is_told() -> None:
    made = entered_outcome()
    both = [person(Role.PROGRAMME_MANAGER, name) for name in ("first manager", "second manager")]
    checks = [
        lambda one=one, holds=holds: check_outcome(made.pk, holds=holds, reason=WHY, actor=one, now=OVER)
        for one, holds in zip(both, (True, False), strict=True)
    ]
    told = at_once(*checks)
    assert sorted(told) == ["done", "outcome.checked"]
    assert OutcomeCheck.objects.get().holds is (told[0] == "done")
    assert events("outcome.checked") + events("outcome.refused") == 1


def test_two_answer_one_question_at_once_and_one_of_them_is_told() -> None:
    question = asked()
    both = [person(Role.PROGRAMME_OFFICE, name) for name in ("first of the office", "second of the office")]
    told = at_once(*(lambda one=one: answered(question, f"답은 {one.username}", by=one) for one in both))
    assert sorted(told) == ["done", "post.answered_already"]
    assert question.answers.get().made_by == both[told.index("done")]


def test_two_draft_issue_and_drop_a_certificate_at_once() -> None:
    kept, office = measured(), person(Role.PROGRAMME_OFFICE)
    drafts = [lambda: draft_certificate(kept.pk, "trial", actor=office, now=OVER)] * 2
    assert sorted(at_once(*drafts)) == ["done", "evidence.certified_already"]
    made = TrialCertificate.objects.get()
    said = {"reason": WHY, "key": KEY, "issuer": "", "check_at": "/verify/", "now": OVER}
    managers = [person(Role.PROGRAMME_MANAGER, name) for name in ("first manager", "second manager")]
    issues = [lambda one=one: issue_certificate(made.pk, actor=one, **said) for one in managers]
    told = at_once(*issues, lambda: drop_draft(made.pk, reason=WHY, actor=office, now=OVER))
    made.refresh_from_db()
    assert sorted(told) == ["certificate.no_such_way", "certificate.no_such_way", "done"]
    assert made.state == ("dropped" if told[2] == "done" else "issued")
    assert bool(made.code) is bool(made.sha256) is (made.state == "issued")
    assert events("trial-certificate.issued") + events("trial-certificate.dropped") == 1


def test_numbers_drawn_at_once_are_two() -> None:
    kept = [drafted_certificate().measurement, measured(title="다른 실증")]
    office = person(Role.PROGRAMME_OFFICE)
    drafts = [
        lambda one=one, kind=kind: draft_certificate(one.pk, kind, actor=office, now=OVER)
        for one, kind in zip(kept, ("honest", "trial"), strict=True)
    ]
    assert at_once(*drafts) == ["done", "done"]
    assert len(set(TrialCertificate.objects.values_list("number", flat=True))) == 3
