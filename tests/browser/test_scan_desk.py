"""A reader's session at the desk in a real browser, by keyboard alone: begin, look, mark, decide, take back."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from django.utils import timezone

from pandok.common.people.accounts import ensure_role_groups
from pandok.fields.xray.acts.opening import record_opening
from pandok.fields.xray.decisions import Decision, Found
from pandok.fields.xray.marks import Mark
from pandok.fields.xray.models import ImageReading, Inspection
from pandok.readers.xray.standard import StandardScan
from tests.browser.conftest import PASSWORD
from tests.browser.scan_page import drawn_view
from tests.browser.test_first_page import no_sideways_scroll
from tests.browser.waited import expect
from tests.chosen import Choose
from tests.fields.xray.acts.test_similar import work_done
from tests.fields.xray.hall import Hall
from tests.fields.xray.hall import hall as hall
from tests.roles import Role

pytestmark = pytest.mark.browser
EXACT = "() => [...document.querySelectorAll('.xv-pane')].every(one => ['gl', 'flat'].includes(one.dataset.exact))"


@pytest.fixture
def waiting(
    transactional_db: None,  # noqa: ARG001
    hall: Hall,
    choose: Choose,
    monkeypatch: pytest.MonkeyPatch,
) -> list[Inspection]:
    """Three scans of two views: with help, with help withheld, without a word."""
    choose(home=hall.blobs.folder.parent, two_step="off")
    ensure_role_groups()
    views = tuple(drawn_view(240, 320, name=name) for name in ("1", "2"))
    monkeypatch.setattr("tests.fields.xray.hall.standard_scan", lambda: StandardScan(views, format="DICOS"))
    hall.now = timezone.now()
    place = (Mark(view="1", box=(40, 60, 120, 160)),)
    found = [
        hall.inspection(candidates=place, goods="오렌지", mass_g=1500, hs_code="0805"),
        hall.inspection(candidates=place, withheld=True),
        hall.inspection(),
    ]
    reader = hall.person(Role.SCAN_READER, "reader")
    reader.set_password(PASSWORD)
    reader.save()
    return found


def on_screen(page: Any, inspection: Inspection) -> None:
    page.wait_for_url(f"**/xray/read/{inspection.pk}/")
    page.wait_for_selector(".xv-pane")
    page.wait_for_function(EXACT)


def test_a_session_by_keyboard(
    waiting: list[Inspection],
    page: Any,
    accessible: Callable[[Any], None],
    keep_picture: Callable[[Any, str], None],
) -> None:
    first, second, third = waiting
    press = page.keyboard.press
    page.goto("/sign-in/?next=/xray/")
    page.fill("#id_username", "reader")
    page.fill("#id_password", PASSWORD)
    page.press("#id_password", "Enter")
    page.wait_for_url("**/xray/")  # with its scripts
    press("Enter")

    on_screen(page, first)
    expect(page.locator(".candidate")).to_have_count(1)
    accessible(page)
    no_sideways_scroll(page)
    keep_picture(page, "scan-desk")
    press("i")
    press("s")
    press("ArrowLeft")
    press("Enter")
    press("Enter")

    on_screen(page, second)
    expect(page.locator(".candidate")).to_have_count(0)
    assert "dense" not in page.content()
    reading = ImageReading.objects.get(inspection=first)
    assert (reading.decision, reading.functions) == ("open", ["inverse"])
    assert [one["view"] for one in reading.marks] == ["1"]
    press("Space")

    on_screen(page, third)
    assert ImageReading.objects.get(inspection=second).decision == "clear"
    press("Digit9")
    on_screen(page, second)
    press("Digit2")
    on_screen(page, third)
    press("Space")
    page.wait_for_url("**/xray/?nothing")
    assert [one.decision for one in ImageReading.objects.filter(inspection=second).order_by("decided_at")][-1] == (
        "second_look"
    )


@pytest.mark.usefixtures("waiting")
def test_the_head_never_lies_over_itself(hall: Hall, page: Any) -> None:
    """A supervisor has two links with counts: on a phone the language and the way out go below them."""
    for _ in range(10):
        hall.inspection()
    hall.read("another", Decision.OPEN, marks=[{"view": "1", "box": [40, 60, 120, 160]}])
    supervisor = hall.person(Role.SCAN_SUPERVISOR, "supervisor")
    supervisor.set_password(PASSWORD)
    supervisor.save()
    page.goto("/sign-in/?next=/xray/")
    page.fill("#id_username", "supervisor")
    page.fill("#id_password", PASSWORD)
    page.press("#id_password", "Enter")
    page.wait_for_url("**/xray/")
    expect(page.locator(".top-links .count:visible")).to_have_count(2)
    end = page.locator(".top-end").bounding_box()
    for link in page.locator(".top-links > *:visible").all():
        box = link.bounding_box()
        beside = box["x"] + box["width"] <= end["x"] + 1 or end["x"] + end["width"] <= box["x"] + 1
        assert beside or box["y"] + box["height"] <= end["y"] + 1
    no_sideways_scroll(page)


def test_past_images_are_put_beside_by_key_and_by_button(
    waiting: list[Inspection],
    hall: Hall,
    page: Any,
    accessible: Callable[[Any], None],
    keep_picture: Callable[[Any, str], None],
) -> None:
    first, second, third = waiting
    hall.now = timezone.now() - timedelta(minutes=5)  # work is due from when it was asked for
    hall.read("another", Decision.OPEN, marks=[{"view": "1", "box": [40, 60, 120, 160]}])
    hall.now += timedelta(minutes=1)
    record_opening(
        inspection_id=first.pk,
        officer=hall.person(Role.OPENING_OFFICER),
        found=Found.UNDECLARED,
        what="신고하지 않은 시계 40점",
        marks=[],
        now=hall.now,
    )
    work_done()
    page.goto("/sign-in/?next=/xray/")
    page.fill("#id_username", "reader")
    page.fill("#id_password", PASSWORD)
    page.press("#id_password", "Enter")
    page.wait_for_url("**/xray/")
    page.keyboard.press("Enter")
    on_screen(page, second)
    expect(page.locator("[data-xray-past]")).to_have_count(0)
    page.keyboard.press("Space")
    on_screen(page, third)
    beside = page.locator("[data-xray-past]")
    expect(beside.nth(0)).to_be_attached()
    assert "신고하지 않은 시계" in page.content()
    page.keyboard.press("p")
    page.wait_for_function(EXACT)
    assert beside.first.get_attribute("aria-pressed") == "true"
    expect(page.locator(".xv-pane").nth(1)).to_be_attached()
    accessible(page)
    no_sideways_scroll(page)
    keep_picture(page, "scan-desk-past")
    page.keyboard.press("Shift+P")
    assert beside.first.get_attribute("aria-pressed") == "false"
    beside.first.click()
    assert beside.first.get_attribute("aria-pressed") == "true"
    page.keyboard.press("Space")
    page.wait_for_url("**/xray/?nothing")
    reading = ImageReading.objects.get(inspection=third)
    assert first.number in reading.similar
    assert "past" in reading.functions
