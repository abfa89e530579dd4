"""A problem in a real browser: proposed beside one that says the same, examined, and seen by everybody."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from django.conf import settings as django_settings

from pandok.common.models import Account
from pandok.common.people.accounts import ensure_role_groups
from pandok.fields.programme.models import Agreement, FieldProblem
from tests.browser.conftest import PASSWORD
from tests.browser.test_first_page import no_sideways_scroll
from tests.browser.waited import expect
from tests.chosen import Choose
from tests.fields.programme.office import SAID, accepted_problem, drafted, offered, person
from tests.roles import Role

pytestmark = pytest.mark.browser
CHOSEN = ("topic", "region")


def enters(page: Any, account: Account, at: str) -> None:
    account.set_password(PASSWORD)
    account.save()
    page.context.clear_cookies(name=django_settings.SESSION_COOKIE_NAME)
    page.goto(f"/sign-in/?next={at}")
    page.fill("#id_username", account.username)
    page.fill("#id_password", PASSWORD)
    page.press("#id_password", "Enter")
    page.wait_for_url(f"**{at}")


def test_a_problem_is_proposed_beside_one_alike_and_examined(
    transactional_db: None,  # noqa: ARG001
    choose: Choose,
    page: Any,
    accessible: Callable[[Any], None],
    keep_picture: Callable[[Any, str], None],
) -> None:
    choose(two_step="off")
    ensure_role_groups()
    accepted_problem()
    enters(page, person(Role.OFFICER, "officer"), "/programme/problems/new/")
    for name, value in SAID.items():
        if name in CHOSEN:
            page.select_option(f"#id_{name}", value)
        else:
            page.fill(f"#id_{name}", "폭우에 지하차도가 물에 잠긴다" if name == "title" else str(value))
    page.press("#id_title", "Enter")
    expect(page.locator("#alike")).to_be_visible()
    no_sideways_scroll(page)
    accessible(page)
    keep_picture(page, "programme-propose")
    page.locator("form.card button.primary").click()
    expect(page.locator("#said")).to_be_visible()
    made = FieldProblem.objects.get(title="폭우에 지하차도가 물에 잠긴다")
    at = f"/programme/problems/{made.pk}/"
    enters(page, person(Role.PROGRAMME_OFFICE, "office"), at)
    page.locator("main details summary").first.click()
    page.fill("#examine_reason", "119 기록과 견줄 수 있는 문제")
    page.locator('button[value="examine"]').click()
    expect(page.locator("#merge_into")).to_have_count(1)
    no_sideways_scroll(page)
    accessible(page)
    keep_picture(page, "programme-problem")
    page.goto("/programme/problems/")
    expect(page.locator(".rows a")).to_have_count(2)
    accessible(page)
    keep_picture(page, "programme-problems")
    page.goto("/problems/")
    expect(page.locator(".rows a")).to_have_count(1)
    no_sideways_scroll(page)
    accessible(page)
    page.locator(".rows a").click()
    expect(page.locator("#said")).to_be_visible()
    keep_picture(page, "programme-public")


def test_an_agreement_is_signed_and_a_change_after_the_lock_is_seen(
    transactional_db: None,  # noqa: ARG001
    choose: Choose,
    page: Any,
    accessible: Callable[[Any], None],
    keep_picture: Callable[[Any, str], None],
) -> None:
    choose(two_step="off")
    ensure_role_groups()
    made = offered()
    at = f"/programme/agreements/{made.pk}/"
    for account in (person(Role.PROGRAMME_MANAGER, "manager"), made.field_owner):
        enters(page, account, at)
        page.fill("#sign_reason", "현장에서 확인한 지표임")
        page.locator('button[value="yes"]').click()
        expect(page.locator("#sign")).to_have_count(0)
    expect(page.locator('.notice[role="status"]')).to_be_visible()
    no_sideways_scroll(page)
    accessible(page)
    keep_picture(page, "programme-agreement")
    made.refresh_from_db()
    Agreement.objects.update(lines=[made.lines[0] | {"target": 0.39}])
    page.reload()
    expect(page.locator("#changed")).to_be_visible()
    no_sideways_scroll(page)
    accessible(page)
    keep_picture(page, "programme-changed")
    enters(page, person(Role.PROGRAMME_OFFICE, "office"), f"/programme/agreements/{drafted().pk}/")
    accessible(page)
    keep_picture(page, "programme-draft")
