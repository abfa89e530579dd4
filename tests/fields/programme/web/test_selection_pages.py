"""Review and selection in pages; and a public page of a decided call that tells no secret."""

from __future__ import annotations

import html
import re

from django.test import Client

from pandok.common.models import Account
from pandok.fields.programme.acts.reviews.ties import TieSaid, declare_tie
from pandok.fields.programme.models import ApplicationReview, Call, Selection
from tests.fields.programme.bidding import (
    ANSWERS,
    NUMBERS,
    REVIEWED,
    all_scored,
    applicant,
    assigned,
    closes_in,
    decided,
    scored,
    submitted,
    under_review,
)
from tests.fields.programme.office import WHY, person
from tests.roles import Role
from tests.world import Site

REASON = "시험 기록이 뚜렷함"


def test_a_call_goes_from_deadline_to_decision_by_its_pages(site: Site) -> None:
    made = submitted()
    call = closes_in(made.call, -1)
    office, page = site.client(Role.PROGRAMME_OFFICE), f"/programme/calls/{call.pk}/review/"
    step = f"{page}step/"
    assert office.post(step, {"act": "begin", "due_at": "봄", "reason": WHY}).status_code == 422
    assert office.post(step, {"act": "begin", "due_at": "2199-01-01T09:00", "reason": WHY}).status_code == 302
    assert office.post(step, {"act": "nothing"}).status_code == 302
    advisors = [site.account(Role.ADVISOR, name) for name in ("first advisor", "second advisor", "tied advisor")]
    tied = site.client(Role.ADVISOR, "tied advisor")
    sent = {"firm": "가온센서", "firm_number": "", "bond": "contract", "since": "2025-01-01", "until": ""}
    answer = tied.post("/programme/ties/", sent | {"since": "언젠가"})
    assert answer.status_code == 422
    assert "언젠가" in answer.content.decode()
    assert tied.post("/programme/ties/", sent).status_code == 302
    refused = office.post(step, {"act": "assign", "reviewer": "tied advisor", "number": ""})
    assert refused.status_code == 422
    assert "자문·용역 계약" in refused.content.decode()
    assert "tied advisor" in refused.content.decode()
    for who in advisors[:2]:
        assert office.post(step, {"act": "assign", "reviewer": who.username, "number": ""}).status_code == 302
    assert "pg-wide" in office.get(page).content.decode()
    for who, points in zip(advisors[:2], ("90", "70"), strict=True):
        client = site.client(Role.ADVISOR, who.username)
        review = ApplicationReview.objects.get(reviewer=who)
        at = f"/programme/reviews/{review.pk}/"
        assert at in client.get("/programme/reviews/").content.decode()
        assert ANSWERS["solution"] in client.get(at).content.decode()
        marks = {f"points_{key}": points for key in ("c1", "c2", "c3")} | {
            f"reason_{key}": f"{REASON} {who.username}" for key in ("c1", "c2", "c3")
        }
        wrong = client.post(f"{at}mark/", marks | {"points_c2": "아주 많이", "act": "lock", "no_ties": "on"})
        assert wrong.status_code == 422
        assert "아주 많이" in wrong.content.decode()
        assert client.post(f"{at}mark/", marks | {"act": "lock"}).status_code == 422
        assert "순위" not in re.sub("<nav.*?</nav>", "", client.get(at).content.decode(), flags=re.DOTALL)
        assert client.post(f"{at}mark/", marks | {"act": "lock", "no_ties": "on"}).status_code == 302
        other = site.client(Role.ADVISOR, "tied advisor")
        assert other.get(at).status_code == 404
        assert other.get(f"/programme/applications/{made.pk}/").status_code == 404
    assert "80.0" in office.get(page).content.decode()
    offer = {"act": "offer", "selected_0": "on", "why_0": "두 평가의 근거에 따름", "reason": WHY}
    assert office.post(step, offer | {"why_0": ""}).status_code == 422
    assert office.post(step, offer).status_code == 302
    assert office.post(f"{page}vote/", {"agrees": "yes", "reason": WHY}).status_code == 403
    for name in ("one", "two"):
        member = site.client(Role.COMMITTEE_MEMBER, name)
        assert member.post(f"{page}vote/", {"agrees": "yes", "reason": ""}).status_code == 422
        assert member.post(f"{page}vote/", {"agrees": "yes", "reason": WHY}).status_code == 302
    assert Selection.objects.get().state == "decided"
    assert "가온센서" in Client().get(f"/calls/{call.number}/").content.decode()


def test_an_applicant_reads_the_reasons_without_names_after_the_decision(site: Site) -> None:
    call = all_scored(under_review())
    losing = call.applications.order_by("number").last()
    assert losing is not None
    site.accounts["account of 나래전자"] = Account.objects.get(username="account of 나래전자")
    client, page = site.client(Role.SUBMITTER, "account of 나래전자"), f"/programme/applications/{losing.pk}/"
    assert REASON not in client.get(page).content.decode()
    decided(call)
    shown = client.get(page).content.decode()
    assert REASON in shown
    assert losing.number in shown
    assert [name for name in ("advisor one", "advisor two", "member one") if name in shown] == []


def test_the_public_pages_of_a_decided_call_tell_no_secret(site: Site) -> None:
    call = decided(all_scored(under_review()))
    declare_tie(TieSaid("나래전자", "owner", "2020-01-01"), actor=person(Role.ADVISOR, "advisor two"), now=REVIEWED)
    winner, loser = call.applications.order_by("number")
    shown = [html.unescape(Client().get(at).content.decode()) for at in ("/calls/", f"/calls/{call.number}/")]
    assert "가온센서" in shown[1]
    assert loser.number in shown[1]
    secrets = [
        "나래전자", "동료", REASON, loser.reason, *ANSWERS.values(), *NUMBERS, winner.title, winner.sha256,
        *Account.objects.values_list("username", flat=True), WHY, "지분", "소유",
    ]  # fmt: skip
    allowed = {WHY}  # the reason of the selection is public
    assert [one for page in shown for one in secrets if one and one in page and one not in allowed] == []
    for at in (f"/programme/calls/{call.pk}/review/", f"/programme/applications/{winner.pk}/", "/programme/reviews/"):
        assert Client().get(at).status_code == 302
    inside = site.client(Role.SUBMITTER, "account of somebody").get(f"/programme/calls/{call.pk}/").content.decode()
    assert "나래전자" not in inside


def test_the_office_keeps_ties_and_releases_reviewers(site: Site) -> None:
    call = under_review()
    review = assigned(call, "advisor one")[0]
    Call.objects.filter(pk=call.pk).update(scores_due_at="2199-01-01T00:00:00Z")
    office = site.client(Role.PROGRAMME_OFFICE)
    sent = {"firm": "다른기업", "bond": "owner", "since": "2020-01-01", "until": "", "firm_number": ""}
    assert office.post("/programme/ties/of/", sent | {"person": ""}).status_code == 422
    assert office.post("/programme/ties/of/", sent | {"person": "advisor one"}).status_code == 302
    owner = sent | {"owner": "가온지주", "owner_number": "1", "source": "사업보고서"}
    assert office.post("/programme/ties/owners/", owner).status_code == 422
    assert (
        office.post(
            "/programme/ties/owners/", owner | {"owner_number": "", "source": "사업보고서에서 확인"}
        ).status_code
        == 302
    )
    page = office.get("/programme/ties/").content.decode()
    assert "다른기업" in page
    assert "가온지주" in page
    tie = review.reviewer.firm_ties.get()
    assert office.post(f"/programme/ties/{tie.pk}/back/", {"reason": "다른 사람의 것"}).status_code == 302
    release = f"/programme/calls/{call.pk}/review/{review.pk}/release/"
    assert office.post(release, {"reason": ""}).status_code == 422
    assert office.post(release, {"reason": "기한 안에 평가하지 못함"}).status_code == 302
    own = site.client(Role.ADVISOR, "somebody else").get("/programme/ties/").content.decode()
    assert "다른기업" not in own
    for other in ApplicationReview.objects.filter(state="assigned"):
        scored(other, 70)
    assert applicant("가온센서").username
