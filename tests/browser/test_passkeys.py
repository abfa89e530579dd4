"""A passkey in a real browser: made, used to sign in, and touched once to come back after a pause with all text."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from django.utils import timezone

from pandok.common.models import Account, Passkey, PersonSession
from tests.browser.conftest import PASSWORD
from tests.browser.test_accounts import TOUCHED, give_password
from tests.browser.test_first_page import no_sideways_scroll
from tests.browser.waited import expect
from tests.fields.designs.fakes import FakeDesk

pytestmark = pytest.mark.browser

Keep = Callable[[Any, str], None]
Check = Callable[[Any], None]
SIGN_OUT = ".top-end form:last-child button"
GO = "[data-passkey-go]"


def with_authenticator(page: Any) -> Any:
    """A phone's own authenticator whose person always shows a finger."""
    session = page.context.new_cdp_session(page)
    session.send("WebAuthn.enable")
    options = {
        "protocol": "ctap2",
        "transport": "internal",
        "hasResidentKey": True,
        "hasUserVerification": True,
        "isUserVerified": True,
        "automaticPresenceSimulation": True,
    }
    session.send("WebAuthn.addVirtualAuthenticator", {"options": options})
    return session


def test_made_used_and_touched_after_a_pause(
    desk: FakeDesk,  # noqa: ARG001
    page: Any,
    keep_picture: Keep,
    accessible: Check,
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
        keep_picture(page, f"passkey-{name}")

    with_authenticator(page)
    give_password(page, "officer", PASSWORD)
    page.wait_for_selector("#capture")
    page.goto("/account/")
    page.click("a[href$='/passkeys/new/']")
    page.fill("#id_password", PASSWORD)
    look("new")
    page.press("#id_password", "Enter")
    page.wait_for_selector(GO)
    look("make")
    page.click(GO)
    page.wait_for_selector("#passkeys-title ~ .sessions")
    look("own")
    assert Passkey.objects.get().host == "localhost"

    page.click(SIGN_OUT)
    page.wait_for_selector(GO)
    look("sign-in")
    page.click(GO)
    page.wait_for_selector("#capture")

    # A form is sent after the session was not used for an hour.
    page.goto("/account/")
    page.fill("#id_department", "통관검사2과")
    PersonSession.objects.filter(ended_at=None).update(last_seen_at=timezone.now() - timedelta(minutes=61))
    page.click("form[action$='/contact/'] button")
    page.wait_for_selector(GO)
    box = page.locator(GO).bounding_box()
    assert box is not None
    assert box["height"] >= 60, "for gloves"
    expect(page.locator("#id_username")).to_have_count(0)
    look("locked")
    page.click(GO)
    page.wait_for_selector(".plain-text")
    expect(page.locator("main").first).to_contain_text("통관검사2과", use_inner_text=True)
    page.click("main button.primary")
    page.wait_for_selector("#passkeys-title")
    assert Account.objects.get(username="officer").department == "통관검사2과"


def test_a_device_without_a_passkey_leads_to_the_password(desk: FakeDesk, page: Any) -> None:  # noqa: ARG001
    session = with_authenticator(page)
    session.send("WebAuthn.disable")
    page.goto("/sign-in/")
    refuse = "() => Promise.reject(new DOMException('no', 'NotAllowedError'))"
    page.evaluate(f"() => {{ navigator.credentials.get = {refuse}; }}")
    page.click(GO)
    page.wait_for_selector("[data-passkey-refused]:not([hidden])")
    page.fill("#id_username", "officer")
    page.fill("#id_password", PASSWORD)
    page.press("#id_password", "Enter")
    page.wait_for_selector("#capture")
