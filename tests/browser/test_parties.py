"""The parties' side in a real browser: told, looked, answered, heard; by keyboard, without serious axe findings."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from pandok.fields.counterfeit.models import Case, HolderAnswer, ImporterStatement, NoticeOpening
from tests.browser.conftest import PASSWORD
from tests.browser.waited import expect
from tests.chosen import Choose
from tests.fields.counterfeit.notices_fixtures import PDF, NoticeWorld, build_notice_world

pytestmark = pytest.mark.browser

Keep = Callable[[Any, str], None]
Check = Callable[[Any], None]
LEAST_TOUCH_PX = 44


@pytest.fixture
def notices(transactional_db: None, tmp_path: Path, choose: Choose) -> NoticeWorld:  # noqa: ARG001
    choose(home=tmp_path)
    world = build_notice_world(tmp_path)
    for account in (world.holder, world.importer):
        account.set_password(PASSWORD)
        account.save()
    world.notified()
    return world


def sign_in(page: Any, name: str) -> None:
    page.goto("/sign-in/?next=/notices/")
    page.fill("#id_username", name)
    page.fill("#id_password", PASSWORD)
    page.press("#id_password", "Enter")
    page.wait_for_selector(".notice-row")


def fits(page: Any) -> None:
    assert page.evaluate("document.documentElement.scrollWidth <= window.innerWidth")
    head = """() => {
      const links = [...document.querySelectorAll('.top-links > *')].filter(one => one.offsetParent);
      const end = document.querySelector('.top-end').getBoundingClientRect();
      return links.every(one => one.getBoundingClientRect().right <= end.left || innerWidth >= 1024);
    }"""
    assert page.evaluate(head), "the menu ends before the language"
    low = page.evaluate(
        """least => [...document.querySelectorAll('main button, main a.button, main label.tick, main summary')]
            .filter(one => one.offsetParent && one.getBoundingClientRect().height < least)
            .map(one => one.outerHTML.slice(0, 120))""",
        LEAST_TOUCH_PX,
    )
    assert low == []


def test_the_holder_looks_and_answers_by_keyboard(
    page: Any, notices: NoticeWorld, accessible: Check, keep_picture: Keep, tmp_path: Path
) -> None:
    sign_in(page, "holder")
    fits(page)
    accessible(page)
    keep_picture(page, "notices")
    page.focus(".notice-row")
    page.keyboard.press("Enter")
    page.wait_for_selector("#answer-title")
    page.evaluate("document.querySelectorAll('img').forEach(one => one.loading = 'eager')")
    page.wait_for_function("() => [...document.images].every(one => one.complete && one.naturalWidth)")
    fits(page)
    accessible(page)
    keep_picture(page, "notice")
    page.focus("input[name=answer][value=genuine]")
    page.keyboard.press("ArrowDown")
    page.keyboard.press("Tab")
    page.keyboard.type("각인이 다릅니다. <b>")
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    page.wait_for_selector(".notice-good")
    expect(page.locator(".sent").first).to_contain_text("각인이 다릅니다. <b>", use_inner_text=True)
    file = tmp_path / "감정서.pdf"
    file.write_bytes(PDF)
    page.click("#appraisal summary")
    page.check("input[name=finding][value=infringes]")
    page.fill("#appraisal-reason", "감정 결과입니다")
    page.set_input_files("#appraisal-file", str(file))
    page.click("#appraisal button")
    page.wait_for_selector(".notice-good")
    expect(page.locator(".sent").first).to_contain_text("감정서.pdf", use_inner_text=True)
    accessible(page)
    assert HolderAnswer.objects.get().answer == "not_genuine"
    assert NoticeOpening.objects.count() == 1
    assert Case.objects.get().state == "appraised"
    page.goto("/guides/new/")
    page.fill("#id_title", "병 감별")
    page.fill("#id_text", "바닥의 각인을 보십시오.")
    accessible(page)
    fits(page)
    page.click("main form button.primary")
    page.wait_for_selector("article.card")
    accessible(page)
    fits(page)
    keep_picture(page, "guides")
    assert notices.world.holder.guides.count() == 1


def test_the_importer_is_heard(page: Any, notices: NoticeWorld, accessible: Check, keep_picture: Keep) -> None:  # noqa: ARG001
    sign_in(page, "importer")
    page.click(".notice-row")
    page.wait_for_selector("#statement-title")
    assert page.query_selector(".pair") is None
    accessible(page)
    fits(page)
    keep_picture(page, "importer")
    page.click("section[aria-labelledby=statement-title] button")
    page.wait_for_selector(".field-error")
    accessible(page)
    page.fill("#statement-text", "정당한 병행수입입니다")
    page.check("#statement-asks_release")
    page.click("section[aria-labelledby=statement-title] button")
    page.wait_for_selector(".notice-good")
    assert ImporterStatement.objects.get().asks_release
