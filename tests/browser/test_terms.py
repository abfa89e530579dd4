"""Terms explained where they stand: by keyboard and touch, read by screen readers, without scripts."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from django.contrib.auth.models import Group

from pandok.common.declared import glossary
from pandok.common.models import Account
from pandok.common.people.accounts import ensure_role_groups
from tests.browser.conftest import PASSWORD
from tests.browser.test_first_page import no_sideways_scroll
from tests.browser.test_trials import enter
from tests.browser.waited import expect
from tests.chosen import Choose
from tests.fields.lab.acts.runs.fakes import make_registration
from tests.roles import Role

pytestmark = pytest.mark.browser
OPEN = ".term-meaning:popover-open"


@pytest.fixture
def problem(transactional_db: None, tmp_path: Path, choose: Choose) -> str:  # noqa: ARG001
    choose(home=tmp_path)
    ensure_role_groups()
    person = Account.objects.create_user("evaluator", password=PASSWORD)
    person.groups.add(Group.objects.get(name=Role.EVALUATOR.value))
    return f"/lab/problems/{make_registration().pack_id}/"


def test_a_term_is_explained_by_keyboard_and_closed_again(
    page: Any,
    problem: str,
    language: str,
    accessible: Callable[[Any], None],
    keep_picture: Callable[[Any, str], None],
) -> None:
    enter(page, Account.objects.get(username="evaluator"))
    page.goto(problem)
    word = page.locator(".term-word", has_text="α")
    word.focus()
    word.press("Enter")
    meaning = page.locator(OPEN)
    assert glossary()["alpha"].meaning.in_language(language) in meaning.inner_text()
    box, width = meaning.bounding_box(), page.viewport_size["width"]
    assert box["x"] >= 0
    assert box["x"] + box["width"] <= width
    accessible(page)
    no_sideways_scroll(page)
    keep_picture(page, "term")
    page.keyboard.press("Escape")
    expect(meaning).to_have_count(0)
    assert page.evaluate("document.activeElement.className") == "term-word"
    word.press("Enter")
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    page.wait_for_url("**/glossary/#alpha")
    keep_picture(page, "terms")
    accessible(page)
    no_sideways_scroll(page)


@pytest.mark.parametrize("setting", [("phone", "ko")], ids="-".join, indirect=True)
def test_a_term_is_explained_without_scripts_and_said_by_screen_readers(
    problem: str, browser: Any, live_server: Any, page: Any
) -> None:
    enter(page, Account.objects.get(username="evaluator"))
    context = browser.new_context(
        java_script_enabled=False, base_url=live_server.url, viewport={"width": 390, "height": 844}, has_touch=True
    )
    context.add_cookies(page.context.cookies())
    plain = context.new_page()
    plain.goto(problem)
    word = plain.get_by_role("button", name="α", exact=True)
    assert "α" in plain.locator("dt", has=word).aria_snapshot()
    assert "[expanded]" not in plain.locator("dt", has=word).aria_snapshot()
    word.tap()
    shown = plain.locator("dt", has=word).aria_snapshot()
    assert glossary()["alpha"].meaning.ko in shown
    context.close()
