"""Case pages in a real browser: from a reading to the closed case by keyboard alone, without findings of axe."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any
from uuid import uuid4

import pytest

from pandok.common.models import Account, Party, Site, SiteMember
from pandok.fields.counterfeit.acts.cases.opening import open_case
from pandok.fields.counterfeit.models import Case
from pandok.fields.designs.models import Capture, Signal, SignalPhotograph
from pandok.fields.designs.models import ReadingRecord as Record
from pandok.fields.register.models import Design, Holder, PartyHolder, View
from tests.browser.test_first_page import big_enough_to_touch, no_sideways_scroll, sign_in, take
from tests.browser.waited import expect
from tests.fields.counterfeit.cases_fixtures import agrees
from tests.fields.designs.fakes import NOON, PHOTO_SIZE, VIEW_SIZE, FakeDesk, candidate, photograph, reading

pytestmark = pytest.mark.browser
CONTRAST = """selector => {
  const light = colour => {
    const [r, g, b] = colour.match(/[\\d.]+/g).slice(0, 3).map(Number)
      .map(one => one / 255).map(one => one <= 0.03928 ? one / 12.92 : ((one + 0.055) / 1.055) ** 2.4);
    return 0.2126 * r + 0.7152 * g + 0.0722 * b;
  };
  const style = getComputedStyle(document.querySelector(selector));
  const [a, b] = [light(style.color), light(style.backgroundColor)];
  return (Math.max(a, b) + 0.05) / (Math.min(a, b) + 0.05);
}"""
SAYS = {"ko": "권리자의 회신을 기다리고 있습니다.", "en": "The holder's answer is awaited."}


@pytest.fixture
def record(desk: FakeDesk, tmp_path: Any) -> Record:  # noqa: ARG001
    """A reading of the officer, whose first candidate belongs to a holder with an address."""
    from pandok.engines.files.blobs import FolderBlobs

    officer = Account.objects.get(username="officer")
    site = Site.objects.create(code="ICN", name_ko="인천공항국제우편세관", name_en="Incheon mail customs")
    SiteMember.objects.create(account=officer, site=site)
    holder = Holder.objects.create(name="한빛용기 주식회사")
    Design.objects.filter(design_id="30-0001").update(
        holder=holder, status="in force", article="포장용 병", recorded_with_customs=True
    )
    party = Party.objects.create(kind=Party.HOLDER, name="한빛용기", email="ip@hanbit.example", added_at=NOON)
    PartyHolder.objects.create(party=party, holder=holder)
    agrees(party)
    sha256 = FolderBlobs(tmp_path / "blobs").put(photograph())
    signal = Signal.objects.create(actor=officer, caught_at=NOON)
    width, height = PHOTO_SIZE
    SignalPhotograph.objects.create(signal=signal, position=0, sha256=sha256, width_px=width, height_px=height)
    view = View.objects.get(design__design_id="30-0001").sha256
    value = reading([]).model_copy(update={"candidates": (candidate(1, 0.83, view, design_id="30-0001"),)})
    return Record.objects.create(
        signal=signal,
        actor=officer,
        read_at=NOON,
        outcome=value.outcome,
        reader=value.reader,
        value=value.model_dump(mode="json"),
        picture_sizes={view: VIEW_SIZE},
    )


def press(page: Any, selector: str) -> None:
    """As a person without a mouse: what has the focus is pressed with Enter."""
    page.focus(selector)
    page.keyboard.press("Enter")


def looked_at(page: Any, accessible: Callable[[Any], None]) -> None:
    page.wait_for_load_state("networkidle")
    accessible(page)
    no_sideways_scroll(page)
    big_enough_to_touch(page)


def test_from_a_reading_to_a_notice_and_on_by_keyboard(
    record: Record,
    page: Any,
    language: str,
    accessible: Callable[[Any], None],
    keep_picture: Callable[[Any, str], None],
) -> None:
    theirs = SAYS[language]
    sign_in(page)
    page.goto(f"/readings/{record.id}/")
    looked_at(page, accessible)
    press(page, ".verdict .choose-one a")
    page.wait_for_url("**/notify/?design_id=*")
    looked_at(page, accessible)
    keep_picture(page, "case-notify")
    assert not Case.objects.exists()
    page.focus("#phrase-notify-0")
    page.keyboard.press("Space")
    press(page, "main form button.huge")
    page.wait_for_url("**/cases/*-*/*")
    expect(page.locator(".case-head").first).to_contain_text(theirs, use_inner_text=True)
    assert page.get_attribute(".stage-now", "aria-current") == "step"
    looked_at(page, accessible)
    keep_picture(page, "case")
    press(page, "#step-withdraw > summary")
    page.focus("#phrase-withdraw-1")
    page.keyboard.press("Space")
    press(page, "#step-withdraw button")
    page.wait_for_selector(".ask-again")
    looked_at(page, accessible)
    press(page, "main form button.huge")
    page.wait_for_selector("text=/오접수로 취소한 사건입니다|withdrawn as opened by mistake/")
    page.goto("/cases/?tab=all&text=포장용")
    looked_at(page, accessible)
    keep_picture(page, "cases")
    assert Case.objects.get().state == "withdrawn"


def test_a_known_importer_and_holder_are_told_with_three_taps(record: Record, page: Any) -> None:
    """From the photograph that was read: this holder, this reason, notify. The importer is of the same shipment."""
    importer = Party.objects.create(kind=Party.IMPORTER, name="도담상사", email="in@dodam.example", added_at=NOON)
    officer = record.actor
    Capture.objects.create(
        id=uuid4(), account=officer, signal=record.signal, received_at=NOON, taken_at=NOON, bl_number="HLCU1234567"
    )
    earlier = Record.objects.create(
        signal=Signal.objects.create(actor=officer, caught_at=NOON),
        actor=officer,
        read_at=NOON,
        outcome=record.outcome,
        reader=record.reader,
        value=record.value,
    )
    shipment = open_case(reading=earlier, actor=officer, now=NOON, bl_number="HLCU1234567")
    Case.objects.filter(id=shipment.id).update(importer=importer)
    sign_in(page)
    page.goto(f"/readings/{record.id}/")
    counting = "addEventListener('pointerdown', () => sessionStorage.taps = Number(sessionStorage.taps || 0) + 1, true)"
    page.add_init_script(counting)
    page.evaluate(counting)
    page.click(".verdict .choose-one a")
    page.click("label[for=phrase-notify-0]")
    page.click("main form button.huge")
    page.wait_for_selector(".case-head")
    case = Case.objects.get(signal=record.signal)
    assert sorted(case.notices.values_list("party__kind", flat=True)) == ["holder", "importer"]
    assert int(page.evaluate("sessionStorage.taps")) <= 3


def test_a_page_that_came_by_htmx_has_its_styles(desk: FakeDesk, page: Any, shots: list[str]) -> None:  # noqa: ARG001
    sign_in(page)
    take(page, shots)
    page.click("#read")
    page.wait_for_selector(".verdict .step > summary")
    page.wait_for_load_state("networkidle")
    sheets = page.evaluate("[...document.styleSheets].map(one => one.href || '').filter(one => one.includes('cases'))")
    assert len(sheets) == 1
    swapped = page.evaluate("getComputedStyle(document.querySelector('.verdict .step > summary')).minHeight")
    page.reload()
    page.wait_for_selector(".verdict .step > summary")
    assert page.evaluate("getComputedStyle(document.querySelector('.verdict .step > summary')).minHeight") == swapped


def test_a_busy_button_can_be_read(desk: FakeDesk, page: Any) -> None:  # noqa: ARG001
    sign_in(page)
    page.evaluate("document.querySelector('#read').disabled = true")
    for kind in ("primary", "secondary"):
        page.evaluate(f"document.querySelector('#read').className = 'button {kind} wide'")
        page.hover("#read", force=True)
        page.wait_for_timeout(300)
        assert page.evaluate(CONTRAST, "#read") >= 4.5
