"""On a database that takes nothing, every form comes back with what was written in it, to be sent again."""

from __future__ import annotations

import re
from html import unescape
from typing import Any

import pytest
from django.db import connection, transaction
from django.urls import reverse

from tests.common.web.test_kept_forms import ROWS, WRITTEN
from tests.roles import Role
from tests.web import access_samples
from tests.web.test_full_disk import read_only_database
from tests.world import Site


def hidden(page: str) -> dict[str, str]:
    return {name: unescape(value) for name, value in re.findall(r'type="hidden" name="(\w+)" value="([^"]*)"', page)}


def test_every_form_of_every_address_comes_back(site: Site) -> None:
    ours, wrong = [], []
    for name, row in ROWS:
        before = dict(site.accounts)
        with transaction.atomic():
            connection.atomic_blocks[-1]._from_testcase = True  # the test's own: foreign bytes may be parsed in it
            arguments = getattr(access_samples, row.sample)(site) if row.sample else {}
            client = site.client(sorted(row.allowed or (), key=str)[0], raise_request_exception=False)
            client.get("/account/")
            data: dict[str, Any] = (
                {"reason": WRITTEN, "text": WRITTEN} | (row.data or {}) | {"note": f"{WRITTEN} {name}"}
            )
            with read_only_database():
                answer = client.post(reverse(name, kwargs=arguments), data)
            if answer.status_code == 503:
                ours.append(name)
                page = answer.content.decode()
                if hidden(page).get("note") != f"{WRITTEN} {name}" and "file" not in data:
                    wrong.append(name)
            elif answer.status_code >= 500:
                wrong.append(f"{name}: {answer.status_code}")
            transaction.set_rollback(True)
        site.accounts = before
    assert wrong == []
    assert len(ours) > 20, ours


@pytest.mark.usefixtures("transactional_db")
def test_it_is_sent_again_from_the_page_and_passwords_are_not_given_back(site: Site) -> None:
    client = site.client(Role.OFFICER, raise_request_exception=False)
    with read_only_database():
        page = client.post("/account/contact/", {"department": WRITTEN, "phone": "032-452-3600"}).content.decode()
        secret = client.post(
            "/account/password/", {"old_password": "a b c", "new_password1": "d e f", "new_password2": "d e f"}
        )
    assert "보내신 내용에는 문제가 없습니다" in page
    form = hidden(page)
    assert (form["department"], form["phone"]) == (WRITTEN, "032-452-3600")
    assert 'action="/account/contact/"' in page
    assert client.post("/account/contact/", form).status_code == 302
    assert WRITTEN in unescape(client.get("/account/").content.decode())
    assert "d e f" not in secret.content.decode()
