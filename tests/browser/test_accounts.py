"""From an invitation to the own account: password, second step, recovery codes, sessions; and the administrator."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from django.contrib.auth.models import Group
from django.utils import timezone

from pandok.common.models import Account, SecondStep
from pandok.core.two_step import code_of, step_at
from tests.browser.conftest import PASSWORD
from tests.browser.test_first_page import no_sideways_scroll
from tests.chosen import Choose
from tests.fields.designs.fakes import FakeDesk
from tests.roles import Role

pytestmark = pytest.mark.browser

Keep = Callable[[Any, str], None]
Check = Callable[[Any], None]
TOUCHED = (
    "main button, main input:not([type=hidden], [type=checkbox]), main select, main summary, main .button, main .row, "
    "main .tick, .account-link"
)
NEW_PASSWORD = "a quite different one 9"


@pytest.fixture
def administrator(desk: FakeDesk, choose: Choose) -> Account:  # noqa: ARG001
    choose(two_step="staff")
    account = Account.objects.create_user("root", password=PASSWORD)
    account.groups.add(Group.objects.get(name=Role.ADMINISTRATOR.value))
    return account


def give_password(page: Any, name: str, password: str) -> None:
    page.goto("/sign-in/")
    page.fill("#id_username", name)
    page.fill("#id_password", password)
    page.press("#id_password", "Enter")


def type_code(page: Any, secret: str, name: str) -> None:
    """The present code of the app; steps used before count again, so that the test does not wait half a minute."""
    SecondStep.objects.filter(account__username=name).update(last_step=0)
    page.fill("#id_code", code_of(secret, step_at(timezone.now())))
    page.press("#id_code", "Enter")


def set_up(page: Any, name: str) -> tuple[str, list[str]]:
    page.wait_for_selector(".square-code")
    page.wait_for_function("() => document.querySelector('.square-code').naturalWidth > 0")
    page.click(".steps summary")
    secret = page.inner_text(".secret").replace(" ", "")
    type_code(page, secret, name)
    page.wait_for_selector(".codes")
    return secret, page.locator(".codes code").all_text_contents()


def test_from_invitation_to_own_account(
    administrator: Account, page: Any, keep_picture: Keep, accessible: Check
) -> None:
    def look(name: str) -> None:
        accessible(page)
        no_sideways_scroll(page)
        small = page.evaluate(
            """kinds => [...document.querySelectorAll(kinds)]
               .filter(one => one.offsetParent !== null && one.getBoundingClientRect().height < 44)
               .map(one => one.outerHTML.slice(0, 100))""",
            TOUCHED,
        )
        assert small == [], name
        keep_picture(page, f"accounts-{name}")

    give_password(page, administrator.username, PASSWORD)
    page.wait_for_selector(".square-code")
    look("set-up")
    secret, codes = set_up(page, "root")
    assert len(codes) == 10
    look("recovery-codes")
    page.click("main a.button.primary")

    page.goto("/accounts/new/")
    page.fill("#id_username", "kim")
    page.check("input[value=officer]")
    page.fill("#id_reason", "starts on Monday")
    look("new")
    page.click("main button.primary")
    link = page.input_value("#id_link")
    look("link")
    page.goto("/accounts/")
    look("list")
    page.click(".rows a:has-text('kim')")
    page.wait_for_selector(".changes")
    look("one")
    page.click(".top-end form:last-child button")
    page.wait_for_selector("#id_username")

    page.goto(link)
    look("invitation")
    page.fill("#id_new_password1", NEW_PASSWORD)
    page.fill("#id_new_password2", NEW_PASSWORD)
    page.press("#id_new_password2", "Enter")
    page.wait_for_selector("main a.button.primary")
    give_password(page, "kim", NEW_PASSWORD)
    own_secret, own_codes = set_up(page, "kim")
    assert own_secret != secret
    page.click("main a.button.primary")
    page.wait_for_selector("#capture")
    page.click(".account-link")
    page.wait_for_selector(".sessions")
    look("own")
    page.goto("/account/password/")
    look("password")
    page.goto("/account/second-step/")
    look("another-app")
    page.goto("/account/")
    page.click(".top-end form:last-child button")
    page.wait_for_selector("#id_username")

    give_password(page, "kim", NEW_PASSWORD)
    page.wait_for_selector("#id_code")
    page.fill("#id_code", "000 00")
    page.press("#id_code", "Enter")
    page.wait_for_selector("[role=alert]")
    look("code")
    page.click("details summary")
    page.fill("#id_recovery", own_codes[0].lower())
    page.press("#id_recovery", "Enter")
    page.wait_for_selector("#capture")
