"""Calls in pages: drafted without losing a word, published by another, seen by everybody without what is not public."""

from __future__ import annotations

import html

import pytest
from django.test import Client

from pandok.fields.programme.models import Call
from tests.fields.programme.bidding import CALLED, called, drafted_call, published_call
from tests.fields.programme.office import WHY, accepted_problem
from tests.roles import Role
from tests.world import Site

SENT = dict(vars(CALLED))


@pytest.mark.parametrize(
    "wrong",
    [{"criteria": "기술성 | 아주 많이"}, {"money_krw": "많이"}, {"closes_at": "2026-01-01T00:00"}, {"tie_years": "x"}],
)
def test_a_refused_draft_comes_back_as_it_was_entered(site: Site, wrong: dict[str, str]) -> None:
    sent = SENT | {"problems": accepted_problem().number} | wrong
    answer = site.client(Role.PROGRAMME_OFFICE).post("/programme/calls/new/", sent)
    assert answer.status_code == 422
    page = html.unescape(answer.content.decode())
    assert [value for value in sent.values() if value not in page] == []
    assert Call.objects.count() == 0


def test_a_call_goes_from_draft_to_everybody(site: Site) -> None:
    office, manager = site.client(Role.PROGRAMME_OFFICE), site.client(Role.PROGRAMME_MANAGER)
    answer = office.post("/programme/calls/new/", vars(called()))
    made = Call.objects.get()
    page = f"/programme/calls/{made.pk}/"
    assert answer.headers["Location"] == page
    assert made.number not in Client().get("/calls/").content.decode()
    assert Client().get(f"/calls/{made.number}/").status_code == 404
    changed = vars(called(title="고친 이름"))
    assert office.post(f"{page}draft/", changed | {"places": "없음"}).status_code == 422
    assert office.post(f"{page}draft/", changed).status_code == 302
    assert office.post(f"{page}step/", {"act": "publish", "reason": WHY}).status_code == 404
    assert manager.post(f"{page}step/", {"act": "publish", "reason": ""}).status_code == 422
    Call.objects.update(closes_at="2100-03-31T09:00:00Z")
    assert manager.post(f"{page}step/", {"act": "publish", "reason": WHY}).status_code == 302
    assert manager.post(f"{page}step/", {"act": "nothing"}).status_code == 302
    shown = Client().get(f"/calls/{made.number}/").content.decode()
    for words in ("고친 이름", "150,000,000원", "2026년 사업 예산서", "확산 가능성", "접수 중"):
        assert words in shown
    assert manager.post(f"{page}step/", {"act": "cancel", "reason": "예산이 줄어 다시 공고함"}).status_code == 302
    assert "예산이 줄어 다시 공고함" in Client().get(f"/calls/{made.number}/").content.decode()
    assert "예산이 줄어 다시 공고함" in office.get(page).content.decode()


def test_public_pages_show_no_hidden_problem_no_person_and_no_reason_of_publishing(site: Site) -> None:
    hidden = accepted_problem(publish=False, title="공개하지 않은 문제의 이름")
    made = published_call(problems=hidden.number)
    drafted_call(title="아직 공고하지 않은 공모")
    pages = [Client().get(at).content.decode() for at in ("/calls/", f"/calls/{made.number}/")]
    assert made.title in pages[0]
    told = (hidden.title, hidden.number, WHY, "아직 공고하지 않은 공모", made.made_by.username, "programme-manager of")
    assert [word for word in told for page in pages if word in page] == []
    outside = site.client(Role.SUBMITTER).get(f"/programme/calls/{made.pk}/").content.decode()
    assert [word for word in told if word in outside] == []


def test_lists_of_calls_are_narrowed(site: Site) -> None:
    published_call(title="하나뿐인 이름의 공모")
    drafted_call(kind="incubation")
    client = site.client(Role.COMMITTEE_MEMBER)
    for query, count in (
        ("", 2), ("words=하나뿐인", 1), ("phase=draft", 1), ("phase=nothing", 2), ("kind=incubation", 1),
        ("kind=prototype", 0), ("page=99", 2), ("words=2026-CA-000001", 1),
    ):  # fmt: skip
        page = client.get(f"/programme/calls/?{query}").content.decode()
        assert page.count('class="row card"') == count, query
