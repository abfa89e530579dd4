"""Signing in, out, and the lock-out after repeated failures."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.test import Client
from django.utils import timezone

from pandok.common.people import sign_in
from tests.roles import Role
from tests.world import PASSWORD, Site


def attempt(client: Client, name: str, password: str) -> int:
    return client.post("/sign-in/", {"username": name, "password": password}).status_code


def test_the_right_password_opens_the_page_asked_for(site: Site) -> None:
    site.account(Role.OFFICER)
    client = Client()
    answer = client.post("/sign-in/", {"username": "officer", "password": PASSWORD, "next": "/readings/"})
    assert answer["Location"] == "/readings/"
    assert client.get("/readings/").status_code == 200


def test_a_foreign_address_is_not_followed(site: Site) -> None:
    site.account(Role.OFFICER)
    answer = Client().post("/sign-in/", {"username": "officer", "password": PASSWORD, "next": "https://example.org/"})
    assert answer["Location"] == "/"


def test_a_wrong_password_keeps_the_name_and_says_so(site: Site) -> None:
    site.account(Role.OFFICER)
    answer = Client().post("/sign-in/", {"username": "officer", "password": "wrong"})
    page = answer.content.decode()
    assert answer.status_code == 422
    assert 'value="officer"' in page
    assert "맞지 않습니다" in page
    assert "wrong" not in page


@pytest.mark.parametrize("name", ["officer", "no such person"])
def test_five_failures_lock_a_name_known_or_not(site: Site, name: str) -> None:
    site.account(Role.OFFICER)
    client = Client()
    for _ in range(sign_in.MOST_FAILURES_A_NAME):
        assert attempt(client, name, "wrong") == 422
    answer = client.post("/sign-in/", {"username": name.upper(), "password": PASSWORD})
    assert answer.status_code == 422
    assert "15분간 잠깁니다" in answer.content.decode()


@pytest.mark.usefixtures("site")
def test_the_lock_ends_and_success_starts_the_count_again() -> None:
    now = timezone.now()
    for _ in range(sign_in.MOST_FAILURES_A_NAME):
        sign_in.record_failure("officer", None, now)
    assert sign_in.is_locked("officer", None, now)
    assert not sign_in.is_locked("officer", None, now + sign_in.WINDOW + timedelta(seconds=1))
    sign_in.forget_failures("Officer ")
    assert not sign_in.is_locked("officer", None, now)


def test_wrong_tries_under_invented_names_from_one_address_lock_nobody_else(site: Site) -> None:
    """A customs house shares one address: its people must not depend on what somebody there types."""
    site.account(Role.ADMINISTRATOR)
    for number in range(sign_in.MOST_FAILURES_AN_ADDRESS + 10):
        attempt(Client(), f"name {number}", "wrong")
    assert attempt(Client(), "administrator", PASSWORD) == 302


def test_an_address_that_tries_many_names_has_two_tries_for_each(site: Site) -> None:
    site.account(Role.ADMINISTRATOR)
    for number in range(sign_in.MOST_FAILURES_AN_ADDRESS):
        attempt(Client(), f"name {number}", "wrong")
    assert [attempt(Client(), "administrator", "wrong") for _ in range(2)] == [422, 422]
    assert attempt(Client(), "administrator", PASSWORD) == 422


def test_guessing_from_elsewhere_locks_nobody_out(site: Site) -> None:
    site.account(Role.ADMINISTRATOR)
    for number in range(30):
        elsewhere = Client(REMOTE_ADDR=f"198.51.100.{number % 5}")
        assert attempt(elsewhere, "administrator", "wrong") == 422
    assert attempt(Client(REMOTE_ADDR="198.51.100.1"), "administrator", PASSWORD) == 422
    assert attempt(Client(REMOTE_ADDR="10.0.0.7"), "administrator", PASSWORD) == 302


def test_a_device_where_somebody_signed_in_before_stays_open_whatever_others_try(site: Site) -> None:
    site.account(Role.ADMINISTRATOR)
    own = Client()
    assert attempt(own, "administrator", PASSWORD) == 302
    own.post("/sign-out/")
    for _ in range(10):
        attempt(Client(), "administrator", "wrong")  # from the same address
    now = timezone.now()
    for number in range(sign_in.MOST_FAILURES_EVERYWHERE):  # and from everywhere
        sign_in.record_failure("administrator", f"203.0.{number}.1", now)
    assert attempt(Client(REMOTE_ADDR="10.0.0.9"), "administrator", PASSWORD) == 422
    assert attempt(own, "administrator", PASSWORD) == 302
    own.post("/sign-out/")
    assert [attempt(own, "administrator", "wrong") for _ in range(5)] == [422] * 5
    assert attempt(own, "administrator", PASSWORD) == 422, "a known device must not be free to guess"


def test_the_mark_of_a_device_holds_for_its_people_only_and_is_not_forged(site: Site) -> None:
    for name in ("kim", "lee"):
        site.account(Role.OFFICER, name)
    shared = Client()
    assert attempt(shared, "kim", PASSWORD) == 302
    shared.post("/sign-out/")
    for mark in (shared.cookies["pandok_device"].value, "forged", "x:y:z", ""):
        other = Client()
        other.cookies["pandok_device"] = mark
        for _ in range(5):
            attempt(other, "lee", "wrong")
        assert attempt(other, "lee", PASSWORD) == 422
    assert attempt(shared, "kim", PASSWORD) == 302


@pytest.mark.usefixtures("site")
def test_every_further_failure_doubles_the_lock() -> None:
    now = timezone.now()
    for _ in range(5):
        sign_in.record_failure("officer", "10.0.0.7", now)
    for minutes in (15, 30, 60, 120, 240, 240):
        left = sign_in.lock_left("officer", "10.0.0.7", now)
        assert left is not None
        assert sign_in.minutes_of(left) == minutes
        now += left
        assert not sign_in.is_locked("officer", "10.0.0.7", now)
        sign_in.record_failure("officer", "10.0.0.7", now)


@pytest.mark.usefixtures("site")
def test_addresses_of_one_ipv6_network_are_one_place() -> None:
    now = timezone.now()
    for number in range(5):
        sign_in.record_failure("officer", f"2001:db8:1:2::{number}", now)
    assert sign_in.is_locked("officer", "2001:db8:1:2:ffff::9", now)
    assert not sign_in.is_locked("officer", "2001:db8:1:3::1", now)


def test_a_lock_made_under_a_clock_that_was_ahead_ends_when_it_is_set_right(site: Site) -> None:
    site.account(Role.OFFICER)
    for _ in range(5):
        sign_in.record_failure("officer", "127.0.0.1", timezone.now() + timedelta(days=365))
    assert attempt(Client(), "officer", PASSWORD) == 302


def test_signing_out_ends_the_session(site: Site) -> None:
    client = site.client(Role.OFFICER)
    assert client.get("/sign-out/").status_code == 405
    client.post("/sign-out/")
    assert client.get("/readings/")["Location"].startswith("/sign-in/")


def test_session_cookies_are_closed_to_scripts(site: Site) -> None:
    site.account(Role.OFFICER)
    client = Client()
    client.post("/sign-in/", {"username": "officer", "password": PASSWORD})
    cookie = client.cookies["pandok_session"]
    assert cookie["httponly"]
    assert cookie["samesite"] == "Lax"


def test_the_language_is_chosen_by_cookie_then_by_the_browser_then_korean(site: Site) -> None:
    client = site.client(Role.OFFICER)
    client.cookies.pop("pandok_language", None)
    for asked, shown in (
        ("", "ko"),
        ("fr,de;q=0.8", "ko"),
        ("fr,en-GB;q=0.8,ko;q=0.1", "en"),
        ("ko-KR,en;q=0.5", "ko"),
    ):
        page = client.get("/", headers={"accept-language": asked}).content.decode()
        assert f'<html lang="{shown}"' in page, asked
    client.post("/language/", {"language": "ko", "next": "/"})
    assert '<html lang="ko"' in client.get("/", headers={"accept-language": "en"}).content.decode()
    client.post("/language/", {"language": "en", "next": "/"})
    assert '<html lang="en"' in client.get("/").content.decode()
    client.cookies["pandok_language"] = "xx"
    assert '<html lang="ko"' in client.get("/").content.decode()


def test_a_password_is_taken_as_it_was_typed(site: Site) -> None:
    account = site.account(Role.OFFICER)
    account.set_password("열려라\u200b참깨 27")
    account.save()
    assert Client().post("/sign-in/", {"username": "officer", "password": "열려라참깨 27"}).status_code == 422
    assert Client().post("/sign-in/", {"username": "officer", "password": "열려라\u200b참깨 27"}).status_code == 302
