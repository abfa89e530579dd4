"""The whole way in a real browser, each person in turn: photograph, notice, answer, decision, end, proof."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from django.contrib.auth.models import Group

from pandok.common.audit import writing as audit
from pandok.common.models import Account, AuditEntry, Party, PartyMember, Site, SiteMember
from pandok.fields.counterfeit.models import Case, HolderAnswer, NoticeOpening
from pandok.fields.register.models import Design, Holder, PartyHolder
from tests.browser.conftest import PASSWORD
from tests.browser.test_first_page import no_sideways_scroll, read, sign_in, take
from tests.browser.waited import expect
from tests.fields.counterfeit.cases_fixtures import agrees
from tests.fields.counterfeit.notices_fixtures import PDF
from tests.fields.designs.fakes import NOON, FakeDesk
from tests.roles import Role

pytestmark = pytest.mark.browser


@pytest.fixture
def parties(desk: FakeDesk) -> FakeDesk:
    """The holder of the first candidate, with an address and a person; a site; an auditor."""
    site = Site.objects.create(code="ICN", name_ko="인천공항국제우편세관", name_en="Incheon mail customs")
    SiteMember.objects.create(account=Account.objects.get(username="officer"), site=site)
    registered = Holder.objects.create(name="한빛용기 주식회사")
    Design.objects.filter(design_id="30-0001").update(
        holder=registered, status="in force", article="포장용 병", recorded_with_customs=True
    )
    party = Party.objects.create(kind=Party.HOLDER, name="한빛용기", email="ip@hanbit.example", added_at=NOON)
    PartyHolder.objects.create(party=party, holder=registered)
    agrees(party)
    for role in (Role.HOLDER, Role.AUDITOR):
        account = Account.objects.create_user(role.value, password=PASSWORD)
        account.groups.add(Group.objects.get(name=role.value))
    PartyMember.objects.create(party=party, account=Account.objects.get(username="holder"))
    return desk


def change_person(page: Any, name: str) -> None:
    page.context.clear_cookies(name="pandok_session")
    page.goto("/sign-in/")
    page.fill("#id_username", name)
    page.fill("#id_password", PASSWORD)
    page.press("#id_password", "Enter")
    page.wait_for_selector(".top-links")


def test_from_a_photograph_to_the_closed_case_and_its_proof(
    parties: FakeDesk,  # noqa: ARG001
    page: Any,
    shots: list[str],
    screen: str,
    tmp_path: Path,
) -> None:
    sign_in(page)
    take(page, shots)
    read(page)
    page.locator(".verdict .choose-one a").click()
    page.wait_for_url("**/notify/?design_id=*")
    page.check("#importer-none")
    page.fill("#reason-notify", "전체 형태가 유사함")
    page.locator("main form button.huge").click()
    page.wait_for_url("**/cases/*-*/*")
    case = Case.objects.get()
    assert case.state == "notified"

    change_person(page, "holder")
    assert "/notices/" in page.url
    page.locator(".notice-row").first.click()
    page.wait_for_selector("#answer-title")
    page.check("input[name=answer][value=not_genuine]")
    page.fill("textarea[name=reason] >> nth=0", "각인이 다릅니다")
    page.locator("#answer-title").locator("xpath=ancestor::section[1]").locator("button.primary").click()
    page.wait_for_selector(".notice-good")
    if not page.is_visible("#suspension-value_krw"):
        page.locator("details:has(#suspension-value_krw) summary").click()
    page.fill("#suspension-value_krw", "50000")
    page.check("#suspension-undertakes")
    page.fill("#suspension-reason", "통관보류를 요청합니다")
    page.locator("details:has(#suspension-value_krw) button").click()
    page.wait_for_selector("text=/요청을 접수|request for suspension was received/")
    report = tmp_path / "감정서.pdf"
    report.write_bytes(PDF)
    page.click("#appraisal summary")
    page.check("input[name=finding][value=infringes]")
    page.fill("#appraisal-reason", "등록디자인과 같은 형태입니다")
    page.set_input_files("#appraisal-file", str(report))
    page.click("#appraisal button")
    page.wait_for_selector(".notice-good")
    assert HolderAnswer.objects.get().answer == "not_genuine"
    assert NoticeOpening.objects.filter(account__username="holder").exists()

    change_person(page, "officer")
    page.goto(f"/cases/{case.id}/")
    expect(page.locator("main").first).to_contain_text("감정서.pdf", use_inner_text=True)
    if page.get_attribute("#step-suspend", "open") is None:
        page.locator("#step-suspend summary").click()
    page.fill("#reason-suspend", "담보를 확인하고 보류함")
    page.locator("#step-suspend button").click()
    page.locator("button[name=confirmed]").click()
    page.wait_for_selector("#step-decide")
    if page.get_attribute("#step-decide", "open") is None:
        page.locator("#step-decide summary").click()
    page.select_option("#step-decide select[name=disposition]", "destroyed")
    page.fill("#reason-decide", "감정 결과에 따라 폐기함")
    page.locator("#step-decide button").click()
    page.locator("button[name=confirmed]").click()
    page.wait_for_selector("#step-close[open]")
    page.fill("#reason-close", "폐기를 마쳤음")
    page.locator("#step-close button").click()
    page.locator("button[name=confirmed]").click()
    page.wait_for_selector("text=/종결|Closed/")
    if screen == "phone":
        no_sideways_scroll(page)
    case.refresh_from_db()
    assert (case.state, case.disposition, case.finding) == ("closed", "destroyed", "infringes")

    change_person(page, "auditor")
    page.goto(f"/audit/?object=case:{case.id}")
    said = page.inner_text("main")
    assert "officer" in said
    assert "holder" in said
    assert audit.verify() is None
    seen = AuditEntry.objects.filter(action="photograph.viewed").order_by("sequence").values_list("actor", flat=True)
    assert {"officer", "holder"} <= set(seen)
