"""A closer look: two fingers, a double tap and big buttons on a phone; wheel and keys at a desk; no scripts at all."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from time import time
from typing import Any

import pytest

from pandok.engines.files.blobs import FolderBlobs
from pandok.fields.designs.models import ReadingRecord
from pandok.fields.register.models import Design, View
from tests.browser.conftest import PASSWORD
from tests.browser.test_cases import record as record
from tests.browser.test_first_page import no_sideways_scroll, sign_in
from tests.browser.waited import expect
from tests.fields.designs.fakes import NOON, drawing

pytestmark = pytest.mark.browser

LEAST_TOUCH_PX = 44
ROOM = "[data-zoom-room]"
ALL_LOADED = "() => [...document.querySelectorAll('.look-room img')].every(one => one.naturalWidth > 0)"


def width(page: Any, pane: int = 0) -> float:
    return float(page.evaluate(f"document.querySelectorAll('.look-room img')[{pane}].getBoundingClientRect().width"))


def fits(page: Any, pane: int) -> bool:
    return bool(
        page.evaluate(
            f"""() => {{
              const room = document.querySelectorAll('{ROOM}')[{pane}];
              return room.scrollWidth <= room.clientWidth + 1 && room.scrollHeight <= room.clientHeight + 1;
            }}"""
        )
    )


def middle(page: Any, pane: int = 0) -> tuple[float, float]:
    box = page.locator(ROOM).nth(pane).bounding_box()
    return box["x"] + box["width"] / 2, box["y"] + box["height"] / 2


def touch(session: Any, kind: str, *points: tuple[float, float], at: float | None = None) -> None:
    """at: seconds; else now, which on a busy machine tells nothing of how fast two taps follow each other."""
    given = [{"x": x, "y": y, "id": number} for number, (x, y) in enumerate(points)]
    moment = {} if at is None else {"timestamp": at}
    session.send("Input.dispatchTouchEvent", {"type": kind, "touchPoints": given, **moment})


def open_from_the_reading(page: Any, record: ReadingRecord) -> None:
    sign_in(page)
    page.goto(f"/readings/{record.id}/")
    page.click(".pair-ways a >> nth=0")
    page.wait_for_selector("[data-zoom-tools]")
    page.wait_for_function(ALL_LOADED)


def by_touch(page: Any) -> None:
    session = page.context.new_cdp_session(page)
    whole, (x, y) = width(page), middle(page)
    touch(session, "touchStart", (x - 20, y), (x + 20, y))
    for apart in (40, 60, 80):
        touch(session, "touchMove", (x - apart, y), (x + apart, y))
    touch(session, "touchEnd")
    page.wait_for_function(f"() => document.querySelector('.look-room img').clientWidth > {whole * 3.5}")
    assert fits(page, 1), "the other picture stays as it is"
    before = page.evaluate(f"document.querySelector('{ROOM}').scrollTop")
    touch(session, "touchStart", (x, y))
    for down in range(10, 90, 10):
        touch(session, "touchMove", (x, y + down))
    touch(session, "touchEnd")
    page.wait_for_function(f"() => document.querySelector('{ROOM}').scrollTop < {before}")
    assert page.evaluate("visualViewport.scale") == 1, "the page itself is not zoomed"
    for expected in ("<", ">"):
        # The second finger of a glove comes down a little aside.
        at = time()
        touch(session, "touchStart", (x, y), at=at)
        touch(session, "touchEnd", at=at + 0.05)
        touch(session, "touchStart", (x + 15, y - 12), at=at + 0.15)
        touch(session, "touchEnd", at=at + 0.2)
        goal = whole * 2 if expected == ">" else whole * 1.01
        page.wait_for_function(f"() => document.querySelector('.look-room img').clientWidth {expected} {goal}")
        page.wait_for_timeout(500)


def by_wheel_and_keys(page: Any) -> None:
    whole, (x, y) = width(page), middle(page)
    page.mouse.move(x, y)
    page.mouse.wheel(0, -400)
    page.wait_for_function(f"() => document.querySelector('.look-room img').clientWidth > {whole * 2}")
    page.focus(ROOM)
    page.keyboard.press("0")
    assert width(page) == whole
    page.keyboard.press("+")
    page.keyboard.press("+")
    page.keyboard.press("+")
    assert width(page) > whole * 3
    assert page.locator("[data-zoom-said]").first.inner_text() == "338 %"
    for key, way in (("ArrowDown", "scrollTop"), ("ArrowRight", "scrollLeft")):
        before = page.evaluate(f"document.querySelector('{ROOM}').{way}")
        page.keyboard.press(key)
        page.wait_for_function(f"() => document.querySelector('{ROOM}').{way} > {before}")
    before = page.evaluate(f"document.querySelector('{ROOM}').scrollLeft")
    page.mouse.down()
    page.mouse.move(x + 60, y)
    page.mouse.up()
    assert page.evaluate(f"document.querySelector('{ROOM}').scrollLeft") < before
    page.keyboard.press("-")
    assert width(page) < whole * 3
    page.dblclick(ROOM)
    assert width(page) == whole


def test_photograph_and_view_are_looked_at_closely(
    record: ReadingRecord,
    page: Any,
    screen: str,
    accessible: Callable[[Any], None],
    keep_picture: Callable[[Any, str], None],
) -> None:
    open_from_the_reading(page, record)
    expect(page.locator(ROOM)).to_have_count(2)
    assert fits(page, 0)
    assert fits(page, 1)
    tools = page.evaluate(
        """[...document.querySelectorAll('.look-tools button, .look-bar > *, .look-choices a')]
            .map(one => one.getBoundingClientRect()).map(one => Math.min(one.width, one.height))"""
    )
    assert min(tools) >= LEAST_TOUCH_PX
    for place in (0, 1):
        box = page.locator(ROOM).nth(place).bounding_box()
        assert box["y"] + box["height"] <= page.viewport_size["height"], "both are in sight at once"
    by_touch(page) if screen == "phone" else by_wheel_and_keys(page)
    page.locator("[data-zoom=whole]").first.click(force=True)  # it may be whole already
    whole = [width(page, 0), width(page, 1)]
    page.locator("[data-zoom=in]").nth(1).click()
    assert [width(page, 0), width(page, 1) > whole[1]] == [whole[0], True]
    page.locator("[data-zoom=whole]").nth(1).click()
    page.click("[data-zoom-together]")
    page.locator("[data-zoom=in]").nth(1).click()
    page.wait_for_function(f"() => document.querySelector('.look-room img').clientWidth > {whole[0] * 1.4}")
    accessible(page)
    no_sideways_scroll(page)
    keep_picture(page, "zoom")
    page.click(".look-bar a")
    page.wait_for_selector(".candidates")


@pytest.mark.parametrize("setting", [("desktop", "en")], ids="-".join, indirect=True)
def test_a_picture_that_comes_late_leaves_the_closer_look_as_it_is(record: ReadingRecord, page: Any) -> None:
    open_from_the_reading(page, record)
    page.locator("[data-zoom=in]").first.click()
    grown = width(page)
    page.evaluate("document.querySelector('.look-room img').dispatchEvent(new Event('load'))")
    assert width(page) == grown


def test_without_scripts_a_link_opens_the_full_picture(record: ReadingRecord, browser: Any, live_server: Any) -> None:
    context = browser.new_context(
        java_script_enabled=False, base_url=live_server.url, viewport={"width": 390, "height": 844}
    )
    page = context.new_page()
    sign_in_plain(page)
    page.goto(f"/readings/{record.id}/")
    page.locator(".pair-ways a").first.click()
    expect(page.locator(".look-room img")).to_have_count(2)
    expect(page.locator("[data-zoom-tools]").first).to_be_hidden()
    expect(page.locator("[data-zoom-together]")).to_be_hidden()
    with page.expect_response(lambda answer: "/pictures/" in answer.url and "small" not in answer.url) as answer:
        page.locator("[data-zoom-file]").nth(1).click()
    assert answer.value.headers["content-type"].startswith("image/")
    context.close()


def sign_in_plain(page: Any) -> None:
    page.goto("/sign-in/")
    page.fill("#id_username", "officer")
    page.fill("#id_password", PASSWORD)
    page.press("#id_password", "Enter")


@pytest.mark.parametrize("setting", [("desktop", "en")], ids="-".join, indirect=True)
def test_another_view_leaves_the_photograph_as_it_is_looked_at(
    record: ReadingRecord, page: Any, tmp_path: Path
) -> None:
    sha256 = FolderBlobs(tmp_path / "blobs").put(drawing(40))
    View.objects.create(
        design=Design.objects.get(design_id="30-0001"), name="back", sha256=sha256, media_type="image/png",
        width=300, height=400, order=9, added_at=NOON,
    )  # fmt: skip
    open_from_the_reading(page, record)
    page.locator("[data-zoom=in]").first.click()
    grown = width(page)
    page.locator("[data-zoom-choice]").nth(1).click()
    page.wait_for_function(f"() => document.querySelectorAll('.look-room img')[1].src.endsWith('{sha256}')")
    assert width(page) == grown
    assert sha256 in page.url
    page.reload()
    assert sha256 in page.locator(".look-room img").nth(1).get_attribute("src")


def test_the_regions_lie_on_the_pictures_grow_with_them_and_can_be_taken_off(
    page: Any, record: ReadingRecord, keep_picture: Callable[[Any, str], None]
) -> None:
    open_from_the_reading(page, record)
    together = """() => [...document.querySelectorAll(".look-picture")].every(one => {
        const [image, boxes] = [...one.children].map(part => part.getBoundingClientRect());
        return Math.abs(image.width - boxes.width) < 1 && Math.abs(image.left - boxes.left) < 1
          && Math.abs(image.height - boxes.height) < 1 && Math.abs(image.top - boxes.top) < 1;
    })"""
    expect(page.locator(".look-picture .overlay:visible")).to_have_count(2)
    assert page.evaluate(together)
    keep_picture(page, "look-regions")
    for _ in range(3):
        page.locator('[data-zoom="in"]').first.click()
    assert page.evaluate(together)
    button = page.locator("[data-zoom-show-boxes]")
    button.click()
    assert button.get_attribute("aria-pressed") == "false"
    expect(page.locator(".look-picture .overlay:visible")).to_have_count(0)
    button.click()
    expect(page.locator(".look-picture .overlay:visible")).to_have_count(2)
