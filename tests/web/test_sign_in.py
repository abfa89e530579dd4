"""Signing in, out, and the lock-out after repeated failures."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.test import Client
from django.utils import timezone

from pandok.desk.people import sign_in
from pandok.desk.roles import Role
from tests.web.conftest import PASSWORD, Site


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


@pytest.mark.usefixtures("site")
def test_an_address_that_tries_many_names_is_locked() -> None:
    now = timezone.now()
    for number in range(sign_in.MOST_FAILURES_AN_ADDRESS):
        sign_in.record_failure(f"name {number}", "10.0.0.7", now)
    assert sign_in.is_locked("somebody else", "10.0.0.7", now)
    assert not sign_in.is_locked("somebody else", "10.0.0.8", now)


def test_signing_out_ends_the_session(site: Site) -> None:
    client = site.client(Role.OFFICER)
    assert client.get("/sign-out/").status_code == 405
    client.post("/sign-out/")
    assert client.get("/").status_code == 302


def test_session_cookies_are_closed_to_scripts(site: Site) -> None:
    site.account(Role.OFFICER)
    client = Client()
    client.post("/sign-in/", {"username": "officer", "password": PASSWORD})
    cookie = client.cookies["pandok_session"]
    assert cookie["httponly"]
    assert cookie["samesite"] == "Lax"


def test_the_language_is_kept_in_a_cookie_and_unknown_ones_are_korean(site: Site) -> None:
    client = site.client(Role.OFFICER)
    client.post("/language/", {"language": "en", "next": "/"})
    assert '<html lang="en"' in client.get("/").content.decode()
    client.cookies["pandok_language"] = "xx"
    assert '<html lang="ko"' in client.get("/", headers={"accept-language": "en"}).content.decode()
