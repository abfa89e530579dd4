"""From signing in to candidates with evidence, on a phone and on a desktop, in both languages."""

from __future__ import annotations

from collections.abc import Callable
from itertools import product
from pathlib import Path
from typing import Any

import pytest

from pandok.core.reading import Box
from pandok.core.text import Text
from tests.browser.conftest import PASSWORD, SCREENS
from tests.browser.waited import expect
from tests.fields.designs.fakes import FakeDesk, photograph, remark

pytestmark = pytest.mark.browser

Keep = Callable[[Any, str], None]
Check = Callable[[Any], None]

SAYS = {
    "ko": {"candidates": "유사한 등록디자인 후보가 있습니다", "nothing": "유사한 등록디자인이 없습니다"},
    "en": {"candidates": "Close registered designs were found", "nothing": "Nothing close was found"},
}
LEAST_TOUCH_PX = 44


def sign_in(page: Any) -> None:
    page.goto("/sign-in/")
    page.fill("#id_username", "officer")
    page.fill("#id_password", PASSWORD)
    page.press("#id_password", "Enter")
    page.wait_for_selector("#capture")


def take(page: Any, shots: list[str]) -> None:
    page.set_input_files("input[capture]", shots[0])
    page.wait_for_selector(".thumb:nth-child(1) img")
    page.set_input_files("input[multiple][data-take]", shots[1])
    page.wait_for_selector(".thumb:nth-child(2) img")


def read(page: Any) -> None:
    page.click("#read")
    page.wait_for_selector(".verdict")


def no_sideways_scroll(page: Any) -> None:
    """Nothing stands out to the right of the screen; what does is named."""
    wide = page.evaluate(
        """() => document.documentElement.scrollWidth <= window.innerWidth ? [] :
           [...document.querySelectorAll('body *')].filter(one => one.getBoundingClientRect().right > window.innerWidth)
           .map(one => one.tagName + '.' + one.className + ' ' + Math.round(one.getBoundingClientRect().right))"""
    )
    assert wide == []


def big_enough_to_touch(page: Any) -> None:
    small = page.evaluate(
        """least => [...document.querySelectorAll('button, select, .button, summary, .top a, label.tick')]
          .filter(one => one.offsetParent !== null && one.getBoundingClientRect().height < least)
          .map(one => one.outerHTML.slice(0, 120))""",
        LEAST_TOUCH_PX,
    )
    assert small == []


def test_a_photograph_taken_before_the_script_has_come_is_kept(desk: FakeDesk, page: Any, shots: list[str]) -> None:  # noqa: ARG001
    held: list[Any] = []
    page.route("**/capture*.js", lambda route: held.append(route))
    page.goto("/sign-in/", wait_until="commit")
    page.fill("#id_username", "officer")
    page.fill("#id_password", PASSWORD)
    page.press("#id_password", "Enter", no_wait_after=True)
    page.wait_for_selector("#capture")
    page.set_input_files("input[capture]", shots[0])
    page.wait_for_timeout(200)
    assert held
    for route in held:
        route.continue_()
    page.wait_for_selector(".thumb:nth-child(1) img")


@pytest.mark.parametrize("setting", list(product(SCREENS, ("ko", "en"))), ids="-".join, indirect=True)
def test_from_photograph_to_candidates(
    desk: FakeDesk,
    page: Any,
    language: str,
    screen: str,
    shots: list[str],
    keep_picture: Keep,
    accessible: Check,
) -> None:
    page.goto("/")
    accessible(page)
    keep_picture(page, "front-door")
    page.click(".front-ways a[href='/sign-in/']")
    accessible(page)
    keep_picture(page, "sign-in")
    sign_in(page)
    keep_picture(page, "capture-empty")
    take(page, shots)
    expect(page.locator("#read").first).to_contain_text("(2)", use_inner_text=True)
    accessible(page)
    no_sideways_scroll(page)
    big_enough_to_touch(page)
    keep_picture(page, "capture")
    read(page)
    expect(page.locator(".verdict h1").first).to_have_text(SAYS[language]["candidates"], use_inner_text=True)
    assert "/readings/" in page.url
    assert len(desk.calls[0]["photos"]) == 2
    assert page.evaluate("document.activeElement.tagName") == "H1"
    for place in range(3):  # rejects where the picture does not come
        page.locator("img").nth(place).evaluate("one => one.decode()")
    # The same regions, with the same numbers, over both pictures.
    first = page.locator(".candidate").first
    left, right = (first.locator("figure").nth(side) for side in (0, 1))
    assert left.locator("text").all_text_contents() == right.locator("text").all_text_contents() == ["1", "2", "3"]
    picture, box = left.locator("img").bounding_box(), left.locator("rect.edge").first.bounding_box()
    assert box["x"] == pytest.approx(picture["x"] + picture["width"] * 390 / 900, abs=4)
    assert box["y"] == pytest.approx(picture["y"] + picture["height"] * 130 / 1200, abs=4)
    if screen == "phone":
        assert left.bounding_box()["y"] == right.bounding_box()["y"], "photograph and view stand side by side"
    first.locator(".why summary").click()
    page.locator(".folded summary").first.click()
    accessible(page)
    no_sideways_scroll(page)
    big_enough_to_touch(page)
    keep_picture(page, "reading")
    page.goto("/readings/")
    accessible(page)
    keep_picture(page, "readings")


def test_nothing_close_still_shows_the_nearest(
    desk: FakeDesk, page: Any, language: str, shots: list[str], keep_picture: Keep, accessible: Check
) -> None:
    answer = desk.answer
    low = tuple(one.model_copy(update={"probability": 0.06 / one.rank}) for one in answer.candidates)
    desk.answer = answer.model_copy(
        update={"outcome": "nothing_close", "candidates": low, "probability_in_register": 0.12, "remarks": (remark(),)}
    )
    sign_in(page)
    take(page, shots)
    read(page)
    expect(page.locator(".verdict h1").first).to_have_text(SAYS[language]["nothing"], use_inner_text=True)
    expect(page.locator(".below-line .folded")).to_have_count(5)
    expect(page.locator(".candidate")).to_have_count(0)
    accessible(page)
    keep_picture(page, "nothing-close")


def test_another_article_is_read_by_its_box(
    desk: FakeDesk, page: Any, tmp_path: Path, keep_picture: Keep, accessible: Check
) -> None:
    goods = (Box(x1=150, y1=130, x2=430, y2=1070), Box(x1=600, y1=430, x2=810, y2=1080))
    desk.answer = desk.answer.model_copy(update={"goods": (goods,)})
    shot = tmp_path / "two.jpg"
    shot.write_bytes(photograph(two=True))
    sign_in(page)
    page.set_input_files("input[capture]", str(shot))
    page.wait_for_selector(".thumb img")
    read(page)
    accessible(page)
    keep_picture(page, "several-articles")
    with page.expect_navigation():  # this page has a verdict too, until the next one is there
        page.locator(".choose button[name=box]").nth(1).click()
    page.wait_for_selector(".verdict")
    assert desk.calls[1]["boxes"] == [goods[1]]
    # And a box of one's own, drawn with the finger or the mouse.
    page.locator(".draw").click()
    area = page.locator(".photograph .picture").bounding_box()
    page.mouse.move(area["x"] + area["width"] * 0.1, area["y"] + area["height"] * 0.1)
    page.mouse.down()
    page.mouse.move(area["x"] + area["width"] * 0.5, area["y"] + area["height"] * 0.9, steps=4)
    page.mouse.up()
    with page.expect_navigation():
        page.locator(".photograph button.primary").click()
    page.wait_for_selector(".draw[aria-pressed=false]")
    drawn = desk.calls[2]["boxes"][0]
    assert drawn.as_tuple() == pytest.approx((90, 120, 450, 1080), abs=12)


def test_a_bad_file_costs_only_itself(
    desk: FakeDesk, page: Any, tmp_path: Path, shots: list[str], keep_picture: Keep, accessible: Check
) -> None:
    bad = tmp_path / "broken.jpg"
    bad.write_bytes(b"\xff\xd8\xff\xe0 not a picture")
    sign_in(page)
    page.set_input_files("input[multiple][data-take]", [shots[0], str(bad)])
    page.wait_for_selector(".thumb:nth-child(2)")
    page.click("#read")
    page.wait_for_selector(".notice-bad")
    expect(page.locator(".notice-bad").first).to_contain_text("broken.jpg", use_inner_text=True)
    expect(page.locator(".thumb img")).to_have_count(1)
    accessible(page)
    keep_picture(page, "bad-file")
    read(page)
    assert len(desk.calls[0]["photos"]) == 1


def test_unreadable_says_why(
    desk: FakeDesk, page: Any, shots: list[str], keep_picture: Keep, accessible: Check
) -> None:
    why = Text(
        ko="사진이 흐려 비교할 수 없습니다. 물품을 고정하고 다시 찍어 주십시오.",
        en="The photograph is too blurred to compare. Hold the article still and photograph it again.",
    )
    desk.answer = desk.answer.model_copy(
        update={"outcome": "unreadable", "candidates": (), "remarks": (remark(text=why, blocking=True),)}
    )
    sign_in(page)
    take(page, shots)
    read(page)
    expect(page.locator(".candidate, .folded")).to_have_count(0)
    expect(page.locator(".remark-blocking")).to_have_count(1)
    accessible(page)
    keep_picture(page, "unreadable")


def test_the_way_works_by_keyboard_and_without_scripts(
    desk: FakeDesk, browser: Any, live_server: Any, shots: list[str]
) -> None:
    context = browser.new_context(java_script_enabled=False, base_url=live_server.url)
    page = context.new_page()
    page.set_default_timeout(60_000)
    page.goto("/")
    page.focus(".front-ways a[href='/sign-in/']")
    page.keyboard.press("Enter")
    page.focus("#id_username")
    page.keyboard.type("officer")
    page.keyboard.press("Tab")
    page.keyboard.type(PASSWORD)
    page.keyboard.press("Enter")
    page.wait_for_selector("#capture")
    page.set_input_files("input[capture]", shots[0])
    page.click("button[name=add]")
    page.wait_for_selector(".thumb img")
    page.set_input_files("input[multiple]", shots[1])
    page.focus("#read")
    page.keyboard.press("Enter")
    page.wait_for_selector(".verdict-candidates")
    assert len(desk.calls[0]["photos"]) == 2
    context.close()
