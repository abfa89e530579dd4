"""The register in pages: proposing with problems alike in view, examining, what the public sees and what never."""

from __future__ import annotations

import re

import pytest
from django.test import Client

from pandok.fields.programme.models import FieldProblem
from tests.fields.programme.office import SAID, WHY, accepted_problem, person, problem_under_review
from tests.roles import Role
from tests.world import Site

SENT = {name: str(value) for name, value in SAID.items()}


def test_problems_alike_are_offered_once_and_nothing_is_lost(site: Site) -> None:
    first = accepted_problem()
    client = site.client(Role.OFFICER)
    sent = SENT | {"title": "폭우 때마다 지하차도에 물이 찬다"}
    page = client.post("/programme/problems/new/", sent).content.decode()
    assert first.number in page
    assert "폭우 때마다 지하차도에 물이 찬다" in page
    assert "라이브러리가 이 서버에 없습니다" in page or "뜻으로 찾았습니다" in page
    assert re.search('name="looked" value="yes"', page)
    answer = client.post("/programme/problems/new/", sent | {"looked": "yes"})
    made = FieldProblem.objects.get(title=sent["title"])
    assert answer.headers["Location"] == f"/programme/problems/{made.pk}/"
    assert made.today_value == 24


@pytest.mark.parametrize("wrong", [{"today_value": "스물"}, {"counted_on": "어제"}, {"decision": ""}])
def test_what_is_refused_comes_back_as_it_was_entered(site: Site, wrong: dict[str, str]) -> None:
    answer = site.client(Role.OFFICER).post("/programme/problems/new/", SENT | wrong)
    assert answer.status_code == 422
    for value in (SENT | wrong).values():
        if value and value not in ("disasters", "honam"):
            assert value.replace("'", "&#x27;") in answer.content.decode(), value


def test_the_office_examines_and_a_refused_step_keeps_its_words(site: Site) -> None:
    made = problem_under_review(counted_how="")
    page = f"/programme/problems/{made.pk}/"
    member = site.client(Role.COMMITTEE_MEMBER)
    answer = member.post(f"{page}act/", {"act": "accept", "reason": "현장의 큰 문제", "publish": "on"})
    assert answer.status_code == 422
    assert "어떻게 셌는가" in answer.content.decode()
    assert "현장의 큰 문제" in answer.content.decode()
    office = site.client(Role.PROGRAMME_OFFICE)
    changed = SENT | {"counted_how": "신고 11건의 중앙값", "reason": "119와 함께 셈"}
    assert office.post(f"{page}reword/", changed).status_code == 302
    assert member.post(f"{page}act/", {"act": "accept", "reason": "현장의 큰 문제"}).status_code == 302
    made.refresh_from_db()
    assert (made.state, made.published) == ("accepted", False)
    shown = office.get(page).content.decode()
    assert "119와 함께 셈" in shown
    assert office.post(f"{page}act/", {"act": "nothing"}).status_code == 302


def test_what_is_public_names_no_person_reason_or_note(site: Site) -> None:
    made = accepted_problem()
    hidden = accepted_problem(publish=False, title="공개하지 않은 문제")
    client = site.client(Role.OFFICER, "far officer")
    note = "우리 구의 사정은 밝힐 수 없음"
    assert client.post(f"/programme/problems/{made.pk}/share/", {"region": "jeju", "note": note}).status_code == 302
    stranger = Client()
    pages = [stranger.get(at).content.decode() for at in ("/problems/", f"/problems/{made.number}/")]
    assert made.title in pages[0]
    assert "제주권" in pages[1]
    told = (made.proposed_by.username, WHY, note, hidden.title, hidden.number, "far officer")
    assert [word for word in told for page in pages if word in page] == []
    assert stranger.get(f"/problems/{hidden.number}/").status_code == 404
    holder = site.client(Role.HOLDER).get(f"/programme/problems/{made.pk}/").content.decode()
    assert [word for word in told if word in holder] == []


def test_the_public_side_sees_its_own_reasons_alone(site: Site) -> None:
    client = site.client(Role.IMPORTER)
    client.post("/programme/problems/new/", SENT | {"looked": "yes"})
    made = FieldProblem.objects.get()
    office = site.client(Role.PROGRAMME_OFFICE)
    for act in ("examine", "return"):
        office.post(f"/programme/problems/{made.pk}/act/", {"act": act, "reason": "수치의 기간을 밝혀 주십시오"})
    assert "수치의 기간을 밝혀 주십시오" in client.get(f"/programme/problems/{made.pk}/").content.decode()
    assert client.get(f"/programme/problems/{made.pk}/reword/").status_code == 200
    assert site.client(Role.HOLDER).get(f"/programme/problems/{made.pk}/").status_code == 404


def test_lists_are_narrowed_by_every_filter(site: Site) -> None:
    accepted_problem()
    problem_under_review(title="야간에 위조품을 가려내지 못한다", topic="counterfeits", region="jeju")
    client = site.client(Role.PROGRAMME_MANAGER)
    for query, count in (
        ("", 2), ("words=위조품", 1), ("state=accepted", 1), ("topic=counterfeits", 1), ("region=honam", 1),
        ("own=on", 0), ("most_shared=on", 2), ("state=nothing", 2), ("words=2026-FP-000002", 1), ("page=99", 2),
    ):  # fmt: skip
        page = client.get(f"/programme/problems/?{query}").content.decode()
        assert page.count('class="row card"') == count, query
    assert person(Role.OFFICER, "who has a problem").username not in page
