"""Capture without a network: nothing is lost, nothing is doubled, and nobody sends what another person took."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from django.contrib.auth.models import Group
from django.utils import timezone

from pandok.common.models import Account, Party
from pandok.core.errors import ModelError
from pandok.core.text import Text
from pandok.fields.designs.models import Capture, ReadingRecord, Signal
from tests.browser.conftest import PASSWORD
from tests.browser.test_first_page import big_enough_to_touch, no_sideways_scroll, sign_in
from tests.browser.waited import expect
from tests.fields.designs.fakes import FakeDesk
from tests.roles import Role

pytestmark = pytest.mark.browser

Check = Callable[[Any], None]

SAYS = {
    "ko": {"waiting": "대기", "sent": "보냄", "refused": "거절", "sign-in": "다시 로그인하면 전송됩니다"},
    "en": {"waiting": "Waiting", "sent": "Sent", "refused": "Refused", "sign-in": "sent when you sign in again"},
}
ONE_SCREEN = pytest.mark.parametrize("setting", [("phone", "ko")], ids="-".join, indirect=True)


def ready_for_offline(page: Any) -> None:
    """The first visit is over when the service worker has kept the shell."""
    page.wait_for_function("() => navigator.serviceWorker.ready.then(one => one.active?.state === 'activated')")


def take(page: Any, shot: str, number: str = "") -> None:
    page.set_input_files("input[capture][data-take]", shot)
    page.wait_for_selector(".thumb[data-new] img")
    if number:
        if not page.is_visible("#id_parcel_number"):
            page.click(".declaration summary")
        page.fill("#id_parcel_number", number)


def rows(page: Any, state: str, count: int) -> None:
    page.wait_for_function(
        "([state, count]) => document.querySelectorAll(`.queue-${state}`).length === count", arg=[state, count]
    )


def stored(page: Any) -> list[dict[str, Any]]:
    """The queue as it lies in IndexedDB."""
    found: list[dict[str, Any]] = page.evaluate(
        """() => new Promise(done => {
          const opened = indexedDB.open("pandok", 1);
          opened.onsuccess = () => {
            const asked = opened.result.transaction("captures").objectStore("captures").getAll();
            asked.onsuccess = () => done(asked.result.map(one => ({
              id: one.id, state: one.state, photographs: one.photographs.length, problem: one.problem ?? ""})));
          };
        })"""
    )
    return found


def test_two_captures_without_a_network_are_sent_once_each(
    desk: FakeDesk,  # noqa: ARG001
    page: Any,
    language: str,
    shots: list[str],
    accessible: Check,
    keep_picture: Callable[[Any, str], None],
) -> None:
    sign_in(page)
    ready_for_offline(page)
    page.context.set_offline(True)
    take(page, shots[0], "6012 3456 7890")
    page.click("#read")
    rows(page, "waiting", 1)
    assert (
        page.inner_text("[data-queue-link] [data-queue-count]") == page.inner_text("#queue [data-queue-count]") == "1"
    )
    # The app opens without any network, and what was taken is still there.
    page.reload()
    page.wait_for_selector("html[data-offline-page] #capture")
    assert page.get_attribute("html", "lang") == language
    rows(page, "waiting", 1)
    take(page, shots[1], "RR123456785KR")
    page.click("#read")
    rows(page, "waiting", 2)
    expect(page.locator(".queue-row >> nth=0").first).to_contain_text(SAYS[language]["waiting"], use_inner_text=True)
    accessible(page)
    no_sideways_scroll(page)
    big_enough_to_touch(page)
    keep_picture(page, "capture-offline")
    assert Capture.objects.count() == 0
    page.context.set_offline(False)
    rows(page, "sent", 2)
    assert sorted(Capture.objects.values_list("parcel_number", flat=True)) == ["601234567890", "RR123456785KR"]
    assert (Signal.objects.count(), ReadingRecord.objects.count()) == (2, 2)
    # Confirmed captures keep no photograph on the phone.
    assert [one["photographs"] for one in stored(page)] == [0, 0]
    page.goto("/")
    page.wait_for_selector("html:not([data-offline-page]) #queue")
    rows(page, "sent", 2)
    accessible(page)
    page.locator(".queue-sent a").first.click()
    page.wait_for_selector(".verdict")
    assert Capture.objects.count() == 2


def suggestions(page: Any) -> list[str]:
    found: list[str] = page.evaluate("[...document.querySelectorAll('#importers option')].map(one => one.value)")
    return found


def type_importer(page: Any, text: str) -> None:
    if not page.is_visible("#id_importer"):
        page.click(".declaration summary")
    page.fill("#id_importer", "")
    page.locator("#id_importer").press_sequentially(text)


@ONE_SCREEN
def test_an_importer_is_suggested_kept_without_a_network_and_sent_when_it_is_back(
    desk: FakeDesk,  # noqa: ARG001
    page: Any,
    shots: list[str],
) -> None:
    for name in ("가온상사", "가람무역", "나래통상"):
        Party.objects.create(kind=Party.IMPORTER, name=name, added_at=timezone.now())
    suggested = "wanted => [...document.querySelectorAll('#importers option')].map(one => one.value).join() === wanted"
    sign_in(page)
    ready_for_offline(page)
    type_importer(page, "가온")
    page.wait_for_function(suggested, arg="가온상사")
    type_importer(page, "나래")
    page.wait_for_function(suggested, arg="나래통상")
    # Without a network what is typed stays as it is: a name that the desk has, and one that it does not.
    page.context.set_offline(True)
    take(page, shots[0])
    type_importer(page, "가람무역")
    page.click("#read")
    rows(page, "waiting", 1)
    expect(page.locator("#id_importer")).to_have_value("")
    page.reload()
    page.wait_for_selector("html[data-offline-page] #capture")
    assert suggestions(page) == []
    take(page, shots[1])
    type_importer(page, "새로운 상사")
    page.click("#read")
    rows(page, "waiting", 2)
    page.context.set_offline(False)
    rows(page, "sent", 2)
    assert sorted(Capture.objects.values_list("importer", flat=True)) == ["가람무역", "새로운 상사"]
    # The page that was opened without a network suggests again.
    type_importer(page, "가온")
    page.wait_for_function(suggested, arg="가온상사")


@ONE_SCREEN
def test_an_answer_to_what_was_typed_before_replaces_no_later_one(desk: FakeDesk, page: Any) -> None:  # noqa: ARG001
    for name in ("가온상사", "나래통상"):
        Party.objects.create(kind=Party.IMPORTER, name=name, added_at=timezone.now())
    sign_in(page)
    held: list[Any] = []

    def hold_the_first(route: Any) -> None:
        if held:
            route.continue_()
        else:
            held.append(route)

    page.route("**/captures/importers/*", hold_the_first)
    with page.expect_request("**/captures/importers/*"):
        type_importer(page, "가온")
    with page.expect_response("**/captures/importers/*"):
        type_importer(page, "나래")
    page.wait_for_function("() => document.querySelector('#importers option')?.value === '나래통상'")
    with page.expect_response("**/captures/importers/*"):
        held[0].continue_()
    page.wait_for_timeout(100)
    assert suggestions(page) == ["나래통상"]


@ONE_SCREEN
def test_a_lost_answer_doubles_nothing(desk: FakeDesk, page: Any, shots: list[str]) -> None:  # noqa: ARG001
    sign_in(page)
    committed: list[int] = []
    wire = page.context.new_cdp_session(page)

    def lose_the_first(event: dict[str, Any]) -> None:
        # The request has reached the server and is answered; the answer never reaches the page.
        if committed:
            wire.send("Fetch.continueRequest", {"requestId": event["requestId"]})
            return
        committed.append(Capture.objects.count())
        wire.send("Fetch.failRequest", {"requestId": event["requestId"], "errorReason": "ConnectionReset"})

    wire.on("Fetch.requestPaused", lose_the_first)
    wire.send("Fetch.enable", {"patterns": [{"urlPattern": "*/captures/", "requestStage": "Response"}]})
    take(page, shots[0])
    page.click("#read")
    rows(page, "sent", 1)
    assert committed == [1], "the server had kept it before the answer was lost"
    assert (Capture.objects.count(), Signal.objects.count(), ReadingRecord.objects.count()) == (1, 1, 1)
    assert stored(page)[0]["id"] == str(Capture.objects.get().id)


@ONE_SCREEN
def test_an_expired_sign_in_keeps_the_queue_until_the_person_is_back(
    desk: FakeDesk,  # noqa: ARG001
    page: Any,
    language: str,
    shots: list[str],
) -> None:
    sign_in(page)
    ready_for_offline(page)
    page.context.clear_cookies(name="pandok_session")
    take(page, shots[0])
    page.click("#read")
    rows(page, "waiting", 1)
    expect(page.locator(".queue-row").first).to_contain_text(SAYS[language]["sign-in"], use_inner_text=True)
    expect(page.locator("[data-queue-sign-in]")).to_be_visible()
    assert [(one["state"], one["photographs"]) for one in stored(page)] == [("waiting", 1)]
    assert Capture.objects.count() == 0
    page.click("[data-queue-sign-in]")
    page.fill("#id_username", "officer")
    page.fill("#id_password", PASSWORD)
    page.press("#id_password", "Enter")
    rows(page, "sent", 1)
    assert Capture.objects.get().account.username == "officer"


@ONE_SCREEN
def test_another_person_on_the_same_phone_neither_sees_nor_sends(
    desk: FakeDesk,  # noqa: ARG001
    page: Any,
    shots: list[str],
) -> None:
    other = Account.objects.create_user("colleague", password=PASSWORD)
    other.groups.add(Group.objects.get(name=Role.OFFICER.value))
    sign_in(page)
    ready_for_offline(page)
    page.context.set_offline(True)
    take(page, shots[0])
    page.click("#read")
    rows(page, "waiting", 1)
    page.context.clear_cookies(name="pandok_session")
    page.context.set_offline(False)
    page.goto("/sign-in/")
    page.fill("#id_username", "colleague")
    page.fill("#id_password", PASSWORD)
    page.press("#id_password", "Enter")
    page.wait_for_selector("#capture")
    page.wait_for_load_state("networkidle")
    expect(page.locator(".queue-row")).to_have_count(0)
    assert [one["state"] for one in stored(page)] == ["waiting"]
    assert Capture.objects.count() == 0


@ONE_SCREEN
def test_after_signing_out_nobody_takes_photographs_for_the_last_person(
    desk: FakeDesk,  # noqa: ARG001
    page: Any,
    shots: list[str],
) -> None:
    sign_in(page)
    ready_for_offline(page)
    page.click("form[action='/sign-out/'] button")
    page.wait_for_selector("#id_username")
    page.context.set_offline(True)
    page.goto("/")
    page.wait_for_selector("html[data-offline-page] #capture")
    take(page, shots[0])
    page.click("#read")
    page.wait_for_function("() => document.querySelector('[data-say]').textContent.includes('로그인')")
    expect(page.locator(".thumb")).to_have_count(1)
    expect(page.locator(".queue-row")).to_have_count(0)


@ONE_SCREEN
def test_a_full_phone_says_so_at_once_and_the_form_keeps_the_photographs(
    desk: FakeDesk,  # noqa: ARG001
    page: Any,
    shots: list[str],
) -> None:
    page.add_init_script(
        "IDBObjectStore.prototype.put = () => { throw new DOMException('no room', 'QuotaExceededError') }"
    )
    sign_in(page)
    take(page, shots[0])
    page.click("#read")
    page.wait_for_function("() => document.querySelector('[data-say]').textContent.includes('공간')")
    expect(page.locator(".thumb")).to_have_count(1)
    assert Capture.objects.count() == 0


@ONE_SCREEN
def test_a_refused_capture_says_why_is_mended_and_sent(
    desk: FakeDesk,  # noqa: ARG001
    page: Any,
    language: str,
    tmp_path: Any,
    shots: list[str],
) -> None:
    bad = tmp_path / "broken.jpg"
    bad.write_bytes(b"\xff\xd8\xff\xe0 not a picture")
    sign_in(page)
    ready_for_offline(page)
    page.context.set_offline(True)
    page.set_input_files("input[multiple][data-take]", [shots[0], str(bad)])
    page.wait_for_selector(".thumb:nth-child(2)")
    page.click("#read")
    rows(page, "waiting", 1)
    page.context.set_offline(False)
    rows(page, "refused", 1)
    expect(page.locator(".queue-row").first).to_contain_text(SAYS[language]["refused"], use_inner_text=True)
    expect(page.locator(".queue-row").first).to_contain_text("broken.jpg", use_inner_text=True)
    assert Signal.objects.count() == 0
    page.on("dialog", lambda dialog: dialog.dismiss())
    page.locator(".queue-row button").nth(1).click()
    assert len(stored(page)) == 1, "deleting asks first"
    page.locator(".queue-row button").first.click()
    page.wait_for_selector(".thumb:nth-child(2)")
    page.locator(".thumb:nth-child(2) .thumb-remove").click()
    page.click("#read")
    page.wait_for_selector(".verdict")
    assert Signal.objects.get().photographs.count() == 1
    assert [one["state"] for one in stored(page)] == ["sent"]


@ONE_SCREEN
def test_a_reading_that_fails_is_made_again_on_the_same_signal(
    desk: FakeDesk,
    page: Any,
    shots: list[str],
) -> None:
    right = desk.answer
    desk.answer = ModelError(Text(ko="모형이 없습니다.", en="No model."), Text(ko="넣으십시오.", en="Add it."))
    sign_in(page)
    take(page, shots[0])
    page.click("#read")
    page.wait_for_selector("text=모형이 없습니다.")
    desk.answer = right
    page.click(".verdict-action button")
    page.wait_for_selector(".verdict-candidates")
    assert (Signal.objects.count(), ReadingRecord.objects.count()) == (1, 1)
