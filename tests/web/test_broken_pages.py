"""What goes wrong outside a use case: what happened, whose turn it is, what next; with the menu of who is signed in."""

from __future__ import annotations

from typing import Any

import pytest
from django.db import DatabaseError
from django.test import Client

from tests.roles import Role
from tests.world import Site

SIGN_OUT = 'action="/sign-out/"'
LONG = "가" * 400_000


def broken(site: Site, monkeypatch: pytest.MonkeyPatch, what: str, *, signed_in: bool) -> Any:
    client = Client(enforce_csrf_checks=what == "csrf", raise_request_exception=False)
    if signed_in:
        client.force_login(site.account(Role.OFFICER))
    if what == "csrf":
        return client.post("/account/contact/", {"phone": "1"})
    if what == "400":
        return client.post("/language/", {f"field-{number}": "" for number in range(1500)})
    if what == "413":
        return client.post("/language/", f"language={LONG}", content_type="application/x-www-form-urlencoded")
    if what == "404":
        return client.get("/nowhere/")

    def fail(*_: Any, **__: Any) -> None:
        raise ZeroDivisionError if what == "500" else DatabaseError("disk I/O error")

    monkeypatch.setattr("pandok.fields.counterfeit.web.views.privacy.render", fail)
    if what == "503":
        monkeypatch.setattr("pandok.web.context.waiting_for", fail)
    return client.get("/privacy/")


WHAT = [
    ("csrf", 403, "보안 확인", "본인"),
    ("400", 400, "요청을 이해하지", "본인"),
    ("404", 404, "찾으시는 화면", "본인"),
    ("413", 413, "너무 큽니다", "본인"),
    ("500", 500, "프로그램에 문제", "관리자"),
]


@pytest.mark.parametrize(("what", "status", "said", "turn"), WHAT)
@pytest.mark.parametrize("signed_in", [True, False])
def test_every_page_says_what_happened_whose_turn_and_what_next(
    site: Site, monkeypatch: pytest.MonkeyPatch, what: str, status: int, said: str, turn: str, signed_in: bool
) -> None:
    answer = broken(site, monkeypatch, what, signed_in=signed_in)
    page = answer.content.decode()
    assert answer.status_code == status
    assert said in page
    assert f"처리할 사람: {turn}" in page
    assert "Whose turn" in page
    assert 'rel="stylesheet"' in page
    # A fault of the program gives back what was written instead, without asking the database for the menu.
    assert (SIGN_OUT in page) is (signed_in and status < 500)


def test_where_the_menu_cannot_be_asked_for_the_page_does_without_it(
    site: Site, monkeypatch: pytest.MonkeyPatch
) -> None:
    answer = broken(site, monkeypatch, "503", signed_in=True)
    page = answer.content.decode()
    assert answer.status_code in (500, 503)
    assert "처리할 사람: 관리자" in page
    assert SIGN_OUT not in page
