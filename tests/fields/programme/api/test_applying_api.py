"""Programs of firms apply, advisors' score, the committee's vote: by the same acts as the pages, each once."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from django.utils import timezone

from pandok.common.models import Account, AuditEntry
from pandok.fields.programme.models import ApplicationFile, ApplicationReview, Call, CallApplication, SelectionVote
from tests.api.world import ApiSite, Form
from tests.fields.programme.bidding import (
    ANSWERS,
    NUMBERS,
    PDF,
    advisor,
    all_scored,
    applicant,
    assigned,
    closes_in,
    offered,
    published_call,
    under_review,
)
from tests.fields.programme.office import WHY, person
from tests.roles import Role

pytestmark = pytest.mark.django_db
SAID = {
    "title": "물이 차기 전에 알리는 수위 읽기",
    "members": [
        {"name": "가온센서", "number": NUMBERS[0], "share": "60"},
        {"name": "나래연구소", "number": NUMBERS[1], "share": "40"},
    ],
    "answers": ANSWERS,
}
MARKS = {"marks": {key: {"points": 80, "reason": "시험 기록이 뚜렷함"} for key in ("c1", "c2", "c3")}}


def asked(site: ApiSite, who: Account, path: str, body: Any = None, *, key: str = "") -> tuple[int, Any]:
    headers = {"Idempotency-Key": key} if key else {}
    sent = {} if body is None else body
    answer = site.ask(who, "post", f"/programme{path}", sent, headers=headers)
    return answer.status_code, answer.json()


def refused(site: ApiSite, who: Account, path: str, body: Any = None) -> str:
    status, told = asked(site, who, path, body)
    assert status >= 400, told
    return str(told["code"])


def open_call() -> Call:
    return closes_in(published_call(), 5)


def test_a_firm_applies_with_a_file_and_submits_once(site: ApiSite) -> None:
    call, firm = open_call(), applicant()
    status, draft = asked(site, firm, f"/calls/{call.pk}/applications", key="begin")
    assert (status, draft["state"]) == (200, "draft")
    assert asked(site, firm, f"/calls/{call.pk}/applications", key="begin")[1] == draft
    assert asked(site, firm, f"/calls/{call.pk}/applications")[1]["id"] == draft["id"], "one of a firm"
    own = f"/applications/{draft['id']}"
    assert refused(site, firm, f"{own}/submit") == "application.lacking"
    assert asked(site, firm, f"{own}/draft", SAID, key="save")[1]["answers"]["plan"] == ANSWERS["plan"]
    paper = Form({}, {"file": ("계획.pdf", PDF, "application/pdf")})
    status, file = asked(site, firm, f"{own}/files", paper, key="file")
    assert (status, file["size_bytes"]) == (200, len(PDF))
    assert asked(site, firm, f"{own}/files", paper, key="file")[1] == file
    assert ApplicationFile.objects.count() == 1
    assert refused(site, firm, f"{own}/files", Form({}, {"file": ("a.pdf", b"no paper", "application/pdf")}))
    assert refused(site, firm, f"{own}/files/999/drop") == "application.no_file"
    status, done = asked(site, firm, f"{own}/submit", key="submit")
    assert (status, done["state"], done["as_submitted"], len(done["sha256"])) == (200, "submitted", True, 64)
    assert asked(site, firm, f"{own}/submit", key="submit") == (200, done), "asked again, done once"
    assert refused(site, firm, f"{own}/submit") == "application.no_such_way"
    assert refused(site, firm, f"{own}/draft", SAID) == "application.no_such_way"
    assert refused(site, firm, f"{own}/files/{file['id']}/drop") == "application.no_such_way"
    assert AuditEntry.objects.filter(action="call-application.submitted").count() == 1


def test_a_draft_lets_a_file_go_and_is_withdrawn_with_a_reason(site: ApiSite) -> None:
    call, firm = open_call(), applicant()
    own = f"/applications/{asked(site, firm, f'/calls/{call.pk}/applications')[1]['id']}"
    paper = Form({}, {"file": ("계획.pdf", PDF, "application/pdf")})
    file = asked(site, firm, f"{own}/files", paper)[1]
    assert asked(site, firm, f"{own}/files/{file['id']}/drop")[1]["files"] == []
    assert refused(site, firm, f"{own}/withdraw", {"reason": ""}) == "api.invalid"
    assert asked(site, firm, f"{own}/withdraw", {"reason": WHY})[1]["state"] == "withdrawn"


def test_nobody_applies_late_or_without_a_firm_or_for_another(site: ApiSite) -> None:
    call, firm, other = open_call(), applicant(), applicant("나래전자")
    own = f"/applications/{asked(site, firm, f'/calls/{call.pk}/applications')[1]['id']}"
    for path, body in ((f"{own}/draft", SAID), (f"{own}/submit", {}), (f"{own}/withdraw", {"reason": WHY})):
        assert refused(site, other, path, body) == "api.not_found"
        assert refused(site, person(Role.PROGRAMME_OFFICE), path, body) == "api.not_allowed"
    alone = person(Role.SUBMITTER, "of no firm")
    assert refused(site, alone, f"/calls/{call.pk}/applications") == "application.no_firm"
    closes_in(call, -1)
    assert refused(site, other, f"/calls/{call.pk}/applications") == "application.not_open"
    assert refused(site, firm, f"{own}/draft", SAID) == "application.not_open"
    assert CallApplication.objects.get().state == "draft"


def test_a_token_without_the_scope_does_not_apply(site: ApiSite) -> None:
    call, firm = open_call(), applicant()
    token = site.token(firm, ["see_calls", "see_applications"])
    answer = site.ask(token, "post", f"/programme/calls/{call.pk}/applications", {})
    assert (answer.status_code, answer.json()["fields"]) == (403, {"one_of_scopes": ["apply"]})


def test_marks_are_kept_and_locked_once_by_who_was_assigned(site: ApiSite) -> None:
    review = assigned(under_review())[0]
    path, own = f"/reviews/{review.pk}", review.reviewer
    assert refused(site, own, f"{path}/marks", MARKS) == "review.over"
    Call.objects.update(scores_due_at=timezone.now() + timedelta(days=1))
    assert refused(site, own, f"{path}/lock", {"no_ties": True}) == "review.marks"
    assert asked(site, own, f"{path}/marks", MARKS, key="m")[1]["marks"]["c1"]["points"] == "80"
    assert refused(site, own, f"{path}/lock", {"no_ties": False}) == "review.no_ties_said"
    status, locked = asked(site, own, f"{path}/lock", {"no_ties": True}, key="l")
    assert (status, locked["state"], locked["total"]) == (200, "locked", 80.0)
    assert asked(site, own, f"{path}/lock", {"no_ties": True}, key="l") == (200, locked)
    assert refused(site, own, f"{path}/marks", MARKS) == "review.no_such_way"
    other = advisor("advisor three")
    assert refused(site, other, f"{path}/marks", MARKS) == "api.not_found"
    assert refused(site, applicant(), f"{path}/marks", MARKS) == "api.not_allowed"
    seen = site.ask(other, "get", "/programme/reviews").json()["items"]
    assert seen == []
    assert len(site.ask(own, "get", "/programme/reviews").json()["items"]) == 2
    assert ApplicationReview.objects.get(pk=review.pk).marks["c1"] == {"points": "80", "reason": "시험 기록이 뚜렷함"}


@pytest.mark.parametrize("points", [101, -1, 8.5, "여든"])
def test_marks_that_are_none_are_not_taken(site: ApiSite, points: Any) -> None:
    review = assigned(under_review())[0]
    sent = {"marks": {"c1": {"points": points, "reason": WHY}}}
    assert refused(site, review.reviewer, f"/reviews/{review.pk}/marks", sent) == "api.invalid"


def test_two_members_decide_and_nobody_votes_twice(site: ApiSite) -> None:
    call = under_review()
    path = f"/calls/{call.pk}/selection"
    one, two = (person(Role.COMMITTEE_MEMBER, f"member {name}") for name in ("one", "two"))
    assert site.ask(one, "get", f"/programme{path}").status_code == 404
    offered(all_scored(call))
    yes = {"agrees": True, "reason": WHY}
    assert refused(site, person(Role.PROGRAMME_OFFICE), f"{path}/votes", yes) == "api.not_allowed"
    status, first = asked(site, one, f"{path}/votes", yes, key="v")
    assert (status, first["state"], first["votes_for"], first["own_vote"]) == (200, "offered", 1, True)
    assert asked(site, one, f"{path}/votes", yes, key="v") == (200, first)
    assert refused(site, one, f"{path}/votes", yes) == "selection.voted_already"
    assert site.ask(two, "get", f"/programme{path}").json()["own_vote"] is None
    assert asked(site, two, f"{path}/votes", yes, key="v")[1]["state"] == "decided"
    assert refused(site, two, f"{path}/votes", yes) == "call.no_such_way"
    assert SelectionVote.objects.count() == 2
    selected = CallApplication.objects.get(state="selected")
    assert selected.agreement is not None, "the draft follows, as on the page"
