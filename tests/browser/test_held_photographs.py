"""A photograph is held when it is chosen, travels as it was taken, and is never promised where it cannot be read."""

from __future__ import annotations

import hashlib
import io
from pathlib import Path
from typing import Any

import pytest
from PIL import Image

from pandok.fields.designs.models import Capture, ReadingRecord, SignalPhotograph
from tests.browser.test_first_page import sign_in
from tests.browser.test_offline_capture import ONE_SCREEN, ready_for_offline, rows, stored, take
from tests.browser.waited import expect
from tests.fields.designs.fakes import FakeDesk, encoded, photograph

pytestmark = pytest.mark.browser

CANNOT = "읽을 수 없습니다"
UNREADABLE = """
  const lost = () => Promise.reject(new DOMException('gone', 'NotReadableError'));
  const whole = File.prototype.arrayBuffer;
  File.prototype.arrayBuffer = function () { return this.name.startsWith('gone') ? lost() : whole.call(this); };
"""
SLOW = """
  Object.defineProperty(navigator, 'connection', { get: () => ({ effectiveType: '3g', saveData: false }) });
"""


@pytest.fixture
def large() -> bytes:
    """As a phone takes it: 3000 × 4000 pixels, with detail, more than a megabyte."""
    rng = Image.effect_noise((3000, 4000), 24).convert("RGB")
    goods = Image.open(io.BytesIO(photograph())).resize((3000, 4000))
    return encoded(Image.blend(goods, rng, 0.25), quality=90)


@ONE_SCREEN
@pytest.mark.parametrize("what", ["changed", "gone", "emptied"])
def test_what_was_chosen_is_sent_whatever_becomes_of_the_file(
    desk: FakeDesk, page: Any, tmp_path: Path, what: str
) -> None:
    chosen = tmp_path / "chosen.jpg"
    chosen.write_bytes(photograph(3))
    sign_in(page)
    take(page, str(chosen))
    if what == "gone":
        chosen.unlink()
    else:
        chosen.write_bytes(photograph(40) if what == "changed" else b"")
    page.click("#read")
    page.wait_for_selector(".verdict")
    assert [call["photos"] for call in desk.calls] == [[photograph(3)]]


@ONE_SCREEN
def test_a_file_that_cannot_be_read_is_told_at_once_and_nothing_is_promised(
    desk: FakeDesk,
    page: Any,
    tmp_path: Path,
) -> None:
    gone, whole = tmp_path / "gone.jpg", tmp_path / "whole.jpg"
    for path in (gone, whole):
        path.write_bytes(photograph())
    page.add_init_script(UNREADABLE)
    sign_in(page)
    page.set_input_files("input[multiple][data-take]", [str(gone)])
    page.wait_for_selector("[data-faults]:not([hidden])")
    expect(page.locator("[data-faults]").first).to_contain_text("gone.jpg", use_inner_text=True)
    expect(page.locator("[data-faults]").first).to_contain_text(CANNOT, use_inner_text=True)
    expect(page.locator(".thumb")).to_have_count(0)
    page.click("#read")
    assert page.inner_text("[data-say]")
    assert stored(page) == []
    # The good one beside it goes its way.
    page.set_input_files("input[multiple][data-take]", [str(gone), str(whole)])
    page.wait_for_selector(".thumb")
    page.wait_for_selector("[data-faults]:not([hidden])")
    page.click("#read")
    page.wait_for_selector(".verdict")
    assert [call["photos"] for call in desk.calls] == [[photograph()]]


@ONE_SCREEN
def test_a_kept_photograph_that_the_device_lost_is_not_called_waiting(
    desk: FakeDesk,  # noqa: ARG001
    page: Any,
    tmp_path: Path,
) -> None:
    shot = tmp_path / "goods.jpg"
    shot.write_bytes(photograph())
    sign_in(page)
    ready_for_offline(page)
    page.context.set_offline(True)
    take(page, str(shot))
    page.click("#read")
    rows(page, "waiting", 1)
    page.evaluate(
        "() => { Blob.prototype.arrayBuffer = () => Promise.reject(new DOMException('gone', 'NotReadableError')) }"
    )
    # Only the page sends here: in a worker of its own the photograph would still be whole.
    page.evaluate("() => { navigator.locks.request = (name, options, work) => work({}) }")
    page.context.set_offline(False)
    page.wait_for_function(
        "() => ['refused', 'sent'].includes(document.querySelector('.queue-row')?.className.split('queue-').at(-1))"
    )
    page.wait_for_timeout(1500)  # the row says it before it is written down, and the worker may still send it whole
    (entry,) = stored(page)
    if entry["state"] == "sent":
        sent = [one.original_sha256 for one in SignalPhotograph.objects.all()]
        assert sent == [hashlib.sha256(photograph()).hexdigest()]
        return
    # Not sent: it says why, and nobody has thrown away what the device may give back.
    expect(page.locator(".queue-row").first).to_contain_text(CANNOT, use_inner_text=True)
    assert (entry["state"], entry["photographs"]) == ("refused", 1)
    assert Capture.objects.count() == 0


@ONE_SCREEN
def test_a_photograph_travels_as_it_was_taken(desk: FakeDesk, page: Any, tmp_path: Path, large: bytes) -> None:
    shot = tmp_path / "goods.jpg"
    shot.write_bytes(large)
    sign_in(page)
    take(page, str(shot))
    page.click("#read")
    page.wait_for_selector(".verdict")
    assert desk.calls, page.inner_text("main")
    assert desk.calls[0]["photos"] == [large]
    expect(page.locator("main").first).not_to_contain_text("줄여", use_inner_text=True)


@ONE_SCREEN
def test_over_a_slow_network_a_smaller_one_is_sent_and_the_reading_says_so(
    desk: FakeDesk, page: Any, tmp_path: Path, large: bytes
) -> None:
    shot = tmp_path / "goods.jpg"
    shot.write_bytes(large)
    page.add_init_script(SLOW)
    sign_in(page)
    take(page, str(shot))
    page.click("#read")
    page.wait_for_selector(".verdict")
    (sent,) = desk.calls[0]["photos"]
    assert len(sent) < len(large) / 2
    assert max(Image.open(io.BytesIO(sent)).size) == 1600
    assert [one.code for one in ReadingRecord.objects.get().reading.remarks] == ["photograph.reduced"]
    expect(page.locator("main").first).to_contain_text("줄여 보낸 사진", use_inner_text=True)
    assert Capture.objects.count() == 1
