"""Case pages in a real browser: from a reading to the closed case by keyboard alone, without findings of axe."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

from pandok.desk.models import Account, Case, Party, PartyHolder, Signal, SignalPhotograph, Site, SiteMember
from pandok.desk.models import ReadingRecord as Record
from pandok.register.models import Design, Holder, View
from tests.browser.test_first_page import big_enough_to_touch, no_sideways_scroll, sign_in
from tests.desk.fakes import NOON, PHOTO_SIZE, VIEW_SIZE, FakeDesk, candidate, photograph, reading

pytestmark = pytest.mark.browser
SAYS = {
    "ko": ("감정 결과를 확인하고 처분을 결정하십시오.", "권리자의 회신을 기다리고 있습니다."),
    "en": ("Look at the appraisal and decide on the goods.", "The holder's answer is awaited."),
}


@pytest.fixture
def record(desk: FakeDesk, tmp_path: Any) -> Record:  # noqa: ARG001
    """A reading of the officer, whose first candidate belongs to a holder with an address."""
    from pandok.engines.blobs import FolderBlobs

    officer = Account.objects.get(username="officer")
    site = Site.objects.create(code="ICN", name_ko="인천공항국제우편세관", name_en="Incheon mail customs")
    SiteMember.objects.create(account=officer, site=site)
    holder = Holder.objects.create(name="한빛용기 주식회사")
    Design.objects.filter(design_id="30-0001").update(
        holder=holder, status="in force", article="포장용 병", recorded_with_customs=True
    )
    party = Party.objects.create(kind=Party.HOLDER, name="한빛용기", email="ip@hanbit.example", added_at=NOON)
    PartyHolder.objects.create(party=party, holder=holder)
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
    mine, theirs = SAYS[language]
    sign_in(page)
    page.goto(f"/readings/{record.id}/")
    looked_at(page, accessible)
    press(page, ".verdict .choose-one button")
    page.wait_for_url("**/notify/")
    looked_at(page, accessible)
    keep_picture(page, "case-notify")
    press(page, "main form button.huge")
    page.wait_for_url("**/cases/*-*/")
    assert theirs in page.inner_text(".case-head")
    looked_at(page, accessible)
    keep_picture(page, "case")
    page.focus("#step-appraise > summary")
    page.keyboard.press("Enter")
    page.select_option("#appraise-finding", "infringes")
    press(page, "#step-appraise button")
    page.wait_for_selector("#step-decide[open]")
    assert mine in page.inner_text(".case-head")
    page.select_option("#decide-disposition", "destroyed")
    press(page, "#step-decide button")
    page.wait_for_selector("#step-close[open]")
    press(page, "#step-close button")
    page.wait_for_selector("text=/종결|Closed/")
    page.goto("/cases/?tab=all&text=포장용")
    looked_at(page, accessible)
    keep_picture(page, "cases")
    assert Case.objects.get().state == "closed"
