"""The pages behind an importer's one-time link, and the register as a holder sees it: no serious finding of axe."""

from __future__ import annotations

import re
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from django.test import Client

from tests.browser.test_parties import fits, sign_in
from tests.browser.test_parties import notices as notices
from tests.browser.waited import expect
from tests.chosen import Choose
from tests.fields.counterfeit.notices_fixtures import NoticeWorld, build_notice_world

pytestmark = pytest.mark.browser

Check = Callable[[Any], None]
Keep = Callable[[Any, str], None]


@pytest.fixture
def link(transactional_db: None, tmp_path: Path, choose: Choose) -> str:  # noqa: ARG001
    """Made by the officer for an importer without an account."""
    choose(home=tmp_path)
    world = build_notice_world(tmp_path)
    case = world.notified(importer=False)
    officer = Client()
    officer.force_login(world.world.officer)
    sent = {"step": "reach", "name": "김수입", "phone": "010-0000-0000", "check": "declaration"}
    answer = officer.post(f"/cases/{case.id}/importer/", sent)
    found = re.search(r"/n/[\w-]{43}/", answer.content.decode())
    assert found, answer.status_code
    return found[0]


def test_the_pages_of_a_link(link: str, page: Any, accessible: Check, keep_picture: Keep) -> None:
    page.goto(link)
    accessible(page)
    fits(page)
    page.fill("input[name=answer]", "EB123456789CN")
    page.press("input[name=answer]", "Enter")
    page.wait_for_selector(".notice-columns")
    accessible(page)
    fits(page)
    keep_picture(page, "importer-link")
    page.locator(".notice-photographs a").first.click()
    page.wait_for_selector("[data-zoom-tools]")
    accessible(page)
    fits(page)
    page.click(".look-bar a")
    page.wait_for_selector(".notice-columns")


def test_a_holder_looks_at_its_right(page: Any, notices: NoticeWorld, accessible: Check, keep_picture: Keep) -> None:  # noqa: ARG001
    sign_in(page, "holder")
    page.click(".notice-row")
    page.click("a[href^='/designs/?words=']")
    page.wait_for_selector(".register-search")
    expect(page.locator("main .row")).to_have_count(1)
    accessible(page)
    fits(page)
    page.click("main .row")
    page.wait_for_selector("#views-title")
    accessible(page)
    fits(page)
    keep_picture(page, "own-right")


def test_nothing_on_a_notice_moves_when_its_pictures_come(page: Any, notices: NoticeWorld) -> None:  # noqa: ARG001
    """A link that moves between press and release is not followed."""
    sign_in(page, "holder")
    held: list[Any] = []
    pictures = re.compile(r"/notices/[^/]+/pictures/")
    page.route(pictures, lambda route: held.append(route))
    page.click(".notice-row")
    link = page.locator("a[href^='/designs/?words=']")
    link.scroll_into_view_if_needed()
    page.evaluate("() => document.fonts.ready.then(() => true)")
    page.evaluate("document.querySelectorAll('img').forEach(one => one.loading = 'eager')")
    waits = "() => [...document.querySelectorAll('.notice-photographs img')].filter(one => one.naturalWidth).length"
    assert page.evaluate(waits) == 0
    before = page.evaluate(PLACES)
    page.route(pictures, lambda route: route.continue_())
    for route in held:
        route.continue_()
    page.wait_for_function("() => [...document.images].every(one => one.complete && one.naturalWidth)")
    assert page.evaluate(PLACES) == before


PLACES = """() => [...document.querySelectorAll('main a, main h2, main button')].map(one => {
    const box = one.getBoundingClientRect();
    return [one.innerText, Math.round(box.top + scrollY), Math.round(box.left), Math.round(box.height)];
})"""


def test_a_link_is_read_in_chinese(link: str, page: Any, accessible: Check, keep_picture: Keep) -> None:
    page.goto(link)
    page.click("text=中文")
    page.wait_for_selector("html[lang=zh-hans]")
    accessible(page)
    fits(page)
    page.fill("input[name=answer]", "EB123456789CN")
    page.press("input[name=answer]", "Enter")
    page.wait_for_selector(".translation-mark")
    assert page.locator("html").get_attribute("lang") == "zh-hans"
    accessible(page)
    fits(page)
    keep_picture(page, "importer-link-chinese")
    page.click("text=Tiếng Việt")
    page.wait_for_selector("html[lang=vi]")
    fits(page)
    keep_picture(page, "importer-link-vietnamese")
