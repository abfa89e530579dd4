"""Agreements in pages: begun from a problem, filled in, signed in turn, and a change after the lock stands on top."""

from __future__ import annotations

import re
from typing import Any

from pandok.fields.programme.models import Agreement
from tests.fields.programme.office import AGREED, LINE, WHY, accepted_problem, drafted, person, signed
from tests.roles import Role
from tests.world import Site

SENT: dict[str, Any] = {name: str(value) for name, value in LINE.items() if name != "baseline"} | {
    "baseline_value": "0.4", "baseline_low": "0.3", "baseline_high": "0.5", "baseline_on": "2026-01-15",
    "baseline_how": "지난해 경보 90건을 사람이 확인함",
}  # fmt: skip


def test_an_agreement_goes_from_problem_to_lock_by_its_pages(site: Site) -> None:
    problem, owner = accepted_problem(), person(Role.FIELD_OWNER)
    office = site.client(Role.PROGRAMME_OFFICE)
    assert (
        f"/programme/problems/{problem.pk}/agreement/"
        in office.get(f"/programme/problems/{problem.pk}/").content.decode()
    )
    answer = office.post(f"/programme/problems/{problem.pk}/agreement/", AGREED)
    made = Agreement.objects.get()
    page = f"/programme/agreements/{made.pk}/"
    assert answer.headers["Location"] == page
    refused = office.post(f"{page}line/", SENT | {"target": "매우 낮게"})
    assert refused.status_code == 422
    assert "매우 낮게" in refused.content.decode()
    assert office.post(f"{page}line/", SENT).status_code == 302
    assert office.post(f"{page}step/", {"act": "offer", "reason": WHY}).status_code == 302
    manager = site.client(Role.PROGRAMME_MANAGER)
    assert manager.post(f"{page}sign/", {"agrees": "yes", "reason": ""}).status_code == 422
    for client in (manager, site.client(Role.FIELD_OWNER, owner.username)):
        assert client.post(f"{page}sign/", {"agrees": "yes", "reason": WHY}).status_code == 302
    shown = office.get(page).content.decode()
    assert "서명한 그대로입니다" in shown
    Agreement.objects.update(operation_payer="미정")
    shown = manager.get(page).content.decode()
    assert "서명한 것과 다름" in shown
    assert "북구청 안전총괄과" in shown
    listed = manager.get("/programme/agreements/?state=running&words=지하차도").content.decode()
    assert made.number in listed
    assert made.number not in manager.get("/programme/agreements/?state=draft").content.decode()


def test_a_field_owner_sees_the_own_agreements_alone(site: Site) -> None:
    made = signed()
    own = site.client(Role.FIELD_OWNER, made.field_owner.username if made.field_owner else "")
    other = site.client(Role.FIELD_OWNER, "owner of something else")
    page = f"/programme/agreements/{made.pk}/"
    assert (own.get(page).status_code, other.get(page).status_code) == (200, 404)
    assert made.number not in other.get("/programme/agreements/").content.decode()


def test_amendments_and_milestones_by_their_forms(site: Site) -> None:
    made = signed()
    page, office = f"/programme/agreements/{made.pk}/", site.client(Role.PROGRAMME_OFFICE)
    assert office.post(f"{page}milestones/", {"title": "", "due_on": "2026-06-30"}).status_code == 422
    assert office.post(f"{page}milestones/", {"title": "설치", "due_on": "2026-06-30"}).status_code == 302
    one = made.milestones.get()
    assert office.post(f"{page}milestones/{one.pk}/", {"evidence": "확인서 3호"}).status_code == 302
    changed = SENT | {"key": "false_share_0", "least_rows": "80", "reason": "표본을 늘림"}
    assert office.post(f"{page}amend/", changed).status_code == 302
    member = site.client(Role.COMMITTEE_MEMBER)
    assert "변경안 의결" in member.get(page).content.decode()
    assert member.post(f"{page}sign/", {"agrees": "no", "reason": "근거가 없음"}).status_code == 302
    assert "근거가 없음" in office.get(page).content.decode()
    draft = drafted()
    assert office.post(f"/programme/agreements/{draft.pk}/line/false_share_0/drop/").status_code == 302
    draft.refresh_from_db()
    assert draft.lines == []


def test_a_draft_begins_with_title_and_lead_alone(site: Site) -> None:
    """No browser asks for what may be said later; the rest is asked for before it is offered."""
    at = f"/programme/problems/{accepted_problem().pk}/agreement/"
    office = site.client(Role.PROGRAMME_OFFICE)
    form = office.get(at).content.decode().split("<main")[1]
    must = set(re.findall(r'<(?:input|select|textarea)[^>]*name="(\w+)"[^>]* required', form))
    assert must == {"title", "lead"}
    assert office.post(at, {"title": "늦은 통제", "lead": "북구"}).status_code == 302
