"""A shift in a real browser by keyboard alone: thirty bags with help and without, and what help did, on its page."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass
from datetime import timedelta
from typing import Any

import pytest
from django.utils import timezone

from pandok.common.models import AuditEntry
from pandok.common.people.accounts import ensure_role_groups
from pandok.fields.xray.acts.opening import record_opening
from pandok.fields.xray.decisions import Decision, Found
from pandok.fields.xray.marks import Mark
from pandok.fields.xray.models import ImageReading, Inspection, Opening, ScanAhead
from pandok.readers.xray.standard import StandardScan
from tests.browser.conftest import PASSWORD
from tests.browser.scan_page import drawn_view
from tests.browser.test_first_page import no_sideways_scroll
from tests.browser.waited import expect
from tests.chosen import Choose
from tests.fields.xray.hall import Hall
from tests.fields.xray.hall import hall as hall
from tests.roles import Role

pytestmark = pytest.mark.browser
BAGS = 30
THERE = Mark(view="1", box=(40, 20, 90, 60))
ELSEWHERE = Mark(view="1", box=(150, 90, 190, 115))
KEYS = {Decision.CLEAR: ["Space"], Decision.OPEN: ["s", "Enter", "Enter"], Decision.SECOND_LOOK: ["Digit2"]}
FETCHED = "() => performance.getEntriesByType('resource').some(one => one.name.includes('/sealed/') && one.responseEnd)"
SHOWN = """([address, exact]) => document.getElementById('decision')?.getAttribute('action') === address
  && [...document.querySelectorAll('.xv-pane')].length && [...document.querySelectorAll('.xv-pane')].every(
    one => ['gl', 'flat'].includes(one.dataset.exact))"""


@dataclass(frozen=True)
class Bag:
    """What is drawn, what the program says of it, what the reader presses, and what the opening shows."""

    withheld: bool
    pointed: bool
    decision: Decision
    found: Found | None


def bag(number: int) -> Bag:
    """Every fifth without help; the program points at two of three; every second is stopped, every third of these in
    vain; every ninth is for a second look."""
    if number % 9 == 8:
        return Bag(number % 5 == 0, number % 3 != 0, Decision.SECOND_LOOK, None)
    decision = Decision.OPEN if number % 2 else Decision.CLEAR
    found = (Found.NOTHING if number % 3 == 1 else Found.UNDECLARED) if decision is Decision.OPEN else None
    return Bag(number % 5 == 0, number % 3 != 0, decision, found)


@pytest.fixture
def shift(
    transactional_db: None,  # noqa: ARG001
    hall: Hall,
    choose: Choose,
) -> list[Inspection]:
    choose(home=hall.blobs.folder.parent, two_step="off")
    ensure_role_groups()
    image = StandardScan((drawn_view(120, 200, name="1"),), format="DICOS")
    hall.now = timezone.now() - timedelta(
        minutes=2
    )  # a second passes for each bag; help must have come before its reader
    reader = hall.person(Role.SCAN_READER, "reader")
    reader.set_password(PASSWORD)
    reader.save()
    return [
        hall.inspection(withheld=one.withheld, candidates=(THERE,) if one.pointed else (), image=image, goods="오렌지")
        for one in map(bag, range(BAGS))
    ]


@pytest.mark.parametrize("setting", [("desktop", "ko")], indirect=True, ids=["desktop-ko"])
def test_a_reader_works_through_thirty_bags_by_keyboard(
    shift: list[Inspection],
    hall: Hall,
    page: Any,
    live_server: Any,
    accessible: Callable[[Any], None],
    keep_picture: Callable[[Any, str], None],
) -> None:
    page.goto("/sign-in/?next=/xray/")
    page.fill("#id_username", "reader")
    page.fill("#id_password", PASSWORD)
    page.press("#id_password", "Enter")
    page.wait_for_url("**/xray/")
    accessible(page)
    pages: list[str] = []
    page.on("request", lambda one: pages.append(one.url) if one.is_navigation_request() else None)
    page.keyboard.press("Enter")
    for number, inspection in enumerate(shift):
        one = bag(number)
        page.wait_for_function(SHOWN, arg=[f"/xray/read/{inspection.pk}/decide/", True])
        expect(page).to_have_url(f"{live_server.url}/xray/read/{inspection.pk}/")
        expect(page).to_have_title(f"{inspection.number} · 판독")
        expect(page.locator(".candidate")).to_have_count(int(one.pointed and not one.withheld))
        if number == 0:
            nobody_saw_what_was_fetched_ahead(page, shift[1])
        if number < 2:
            accessible(page)
            no_sideways_scroll(page)
            keep_picture(page, "scan-desk-withheld" if one.withheld else "scan-desk-helped")
        for key in KEYS[one.decision]:
            page.keyboard.press(key)
    page.wait_for_url("**/xray/?nothing")
    # One page of the first scan and one of the end: all others came within the page.
    assert len(pages) <= 4, pages
    pressed = [bag(number).decision.value for number in range(BAGS)]
    assert list(ImageReading.objects.order_by("decided_at").values_list("decision", flat=True)) == pressed
    looks = (
        AuditEntry.objects.filter(action="scan.looked", actor="reader")
        .order_by("sequence")
        .values_list("details", flat=True)
    )
    assert {one["in"] for one in looks} == {f"inspection:{one.pk}" for one in shift}

    opened(hall, shift)
    page.goto("/xray/figures/")
    table = page.locator("section", has=page.locator("#real-title")).first
    for words, with_help, without in expected():
        cells = table.locator("tr").filter(has_text=re.compile(f"^{words}")).locator("td")
        expect(cells.nth(0)).to_have_text(re.compile(f"^{with_help}"))
        expect(cells.nth(1)).to_have_text(re.compile(f"^{without}"))
    accessible(page)
    no_sideways_scroll(page)
    keep_picture(page, "scan-figures")
    for address in ("/xray/inspections/", f"/xray/inspections/{shift[1].pk}/", "/xray/", "/xray/figures/"):
        if address == "/xray/figures/":
            page.context.add_cookies([{"name": "pandok_language", "value": "en", "url": live_server.url}])
        page.goto(address)
        accessible(page)
    expect(page.locator("h1")).to_have_text("What reading help does")


def nobody_saw_what_was_fetched_ahead(page: Any, following: Inspection) -> None:
    page.wait_for_function(FETCHED)
    assert ScanAhead.objects.get().inspection == following
    looks = AuditEntry.objects.filter(action="scan.looked").order_by("sequence").values_list("details", flat=True)
    assert f"inspection:{following.pk}" not in [one["in"] for one in looks]
    view = following.scans.get().views.get()
    assert page.request.get(f"/xray/views/{view.pk}/preview/").status == 404


def opened(hall: Hall, shift: list[Inspection]) -> None:
    for number, inspection in enumerate(shift):
        found = bag(number).found
        if found is None:
            continue
        record_opening(
            inspection_id=inspection.pk,
            officer=hall.person(Role.OPENING_OFFICER),
            found=found,
            what="시계 40점" if found.hit else "",
            marks=[(THERE if number % 4 == 1 else ELSEWHERE).model_dump(mode="json")] if found.hit else [],
            now=timezone.now(),
        )
    assert Opening.objects.count() == sum(bag(number).found is not None for number in range(BAGS))


def expected() -> list[tuple[str, str, str]]:
    """Row, with help, without help: counted from what was pressed."""
    rows: list[tuple[str, str, str]] = []
    arms = [[(n, bag(n)) for n in range(BAGS) if bag(n).withheld is alone] for alone in (False, True)]

    def told(words: str, of: Callable[[int, Bag], bool], which: Callable[[Bag], bool]) -> None:
        counted = [[which(one) for n, one in arm if of(n, one)] for arm in arms]
        with_help, without = (f"{sum(one)}/{len(one)} = " if one else "–" for one in counted)
        rows.append((words, with_help, without))

    def stopped(one: Bag) -> bool:
        return one.decision is not Decision.CLEAR

    def hit(one: Bag) -> bool:
        return one.found is not None and one.found.hit

    told("개장 지시 비율", lambda _n, _one: True, stopped)
    told("개장 적중률", lambda _n, one: one.found is not None, hit)
    told("보조가 가리킨 적발 물품의 개장 지시율", lambda n, one: hit(one) and one.pointed and n % 4 == 1, stopped)
    told("보조가 놓친 적발 물품의 개장 지시율", lambda n, one: hit(one) and not (one.pointed and n % 4 == 1), stopped)
    told("보조 표시가 있었으나 통과", lambda _n, one: one.pointed, lambda one: not stopped(one))
    return rows
