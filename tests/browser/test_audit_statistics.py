"""The pages of auditor and administrator as people meet them: readable, touchable, without serious axe finding."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from django.contrib.auth.models import Group
from django.utils import timezone

from pandok.common.audit import writing as audit
from pandok.common.models import Account
from pandok.core.audit import AuditEvent
from pandok.engines.files.blobs import FolderBlobs
from pandok.fields.counterfeit.acts.cases.opening import open_case
from pandok.fields.counterfeit.acts.learning.case_figures import follow_cases
from pandok.fields.counterfeit.acts.learning.tallies import rebuild
from pandok.fields.counterfeit.models import Case, CaseFigure
from pandok.fields.designs.models import ReadingRecord, Signal, SignalPhotograph
from pandok.settings import settings
from tests.browser.conftest import PASSWORD
from tests.browser.test_first_page import big_enough_to_touch, no_sideways_scroll
from tests.browser.waited import expect
from tests.fields.designs.fakes import FakeDesk, photograph, reading
from tests.roles import Role

pytestmark = [
    pytest.mark.browser,
    pytest.mark.parametrize("setting", [("desktop", "ko"), ("phone", "en")], ids="-".join, indirect=True),
]

Keep = Callable[[Any, str], None]
Check = Callable[[Any], None]


def account(role: Role) -> Account:
    made = Account.objects.create_user(role.value, password=PASSWORD)
    made.groups.add(Group.objects.get(name=role.value))
    return made


def read_thing(officer: Account, blobs: FolderBlobs, days_ago: int) -> ReadingRecord:
    at = timezone.now() - timedelta(days=days_ago)
    signal = Signal.objects.create(actor=officer, caught_at=at)
    sha256 = blobs.put(photograph(0))
    SignalPhotograph.objects.create(signal=signal, position=0, sha256=sha256, width_px=900, height_px=1200)
    value = reading([])
    return ReadingRecord.objects.create(
        signal=signal,
        actor=officer,
        read_at=at,
        outcome=value.outcome,
        reader="pandok-design 1" if days_ago > 60 else "pandok-design 2",
        value=value.model_dump(mode="json"),
    )


@pytest.fixture
def busy(desk: FakeDesk) -> list[Case]:  # noqa: ARG001
    """Cases over four months of which the truth is known, and one old reading that became no case."""
    officer, blobs = Account.objects.get(username="officer"), FolderBlobs(settings().home / "blobs")
    cases = []
    for place in range(24):
        record = read_thing(officer, blobs, days_ago=place * 5)
        cases.append(open_case(reading=record, actor=officer, now=record.read_at))
    follow_cases()
    for place, case in enumerate(cases):
        told = {
            "truth": "right_design",
            "rank": (1, 1, 2, 7)[place % 4],
            "judged": True,
            "wrong_notice": place % 9 == 0,
        }
        CaseFigure.objects.filter(case=case).update(**told, minutes_to_holder=20 + 13 * place)
    rebuild()
    read_thing(officer, FolderBlobs(settings().home / "blobs"), days_ago=200)
    for role in (Role.AUDITOR, Role.ADMINISTRATOR):
        account(role)
    now = timezone.now()
    audit.record(AuditEvent("officer", "photograph.viewed", f"picture:{'a' * 64}", "", now, {"in": "case:1"}))
    return cases


def sign_in(page: Any, name: str) -> None:
    page.goto("/sign-in/?next=/statistics/")
    page.fill("#id_username", name)
    page.fill("#id_password", PASSWORD)
    page.press("#id_password", "Enter")
    page.wait_for_selector(".tiles")


def test_auditor_and_administrator(busy: list[Case], page: Any, keep_picture: Keep, accessible: Check) -> None:
    sign_in(page, "auditor")
    expect(page.locator(".chart-drawing")).to_have_count(3)
    page.locator(".chart-table summary").first.focus()
    page.keyboard.press("Enter")
    expect(page.locator(".chart-table[open] tbody tr")).to_have_count(12)
    looked_through(page, accessible)
    keep_picture(page, "statistics")

    page.goto(f"/audit/?about={busy[0].number}")
    expect(page.locator(".audit-row").nth(1)).to_be_attached()
    looked_through(page, accessible)
    keep_picture(page, "audit")
    page.goto("/audit/chain/")
    page.click("button[name=full][value='1']")
    page.wait_for_selector("progress")
    looked_through(page, accessible)

    page.context.clear_cookies(name="pandok_session")
    sign_in(page, "administrator")
    page.goto("/retention/")
    looked_through(page, accessible)
    keep_picture(page, "retention")


def looked_through(page: Any, accessible: Check) -> None:
    no_sideways_scroll(page)
    big_enough_to_touch(page)
    accessible(page)
