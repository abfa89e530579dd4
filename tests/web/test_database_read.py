"""Who has a copy of the database signs in as nobody with it: no key, link, token or secret stands there as it works."""

from __future__ import annotations

import re
from datetime import timedelta

import pytest
from django.db import connection
from django.test import Client
from django.utils import timezone

from pandok.common.messages.deliveries import queue_mail, text_of
from pandok.common.messages.sending import begin, end
from pandok.common.models import Delivery, DeliveryState, Job, PersonSession
from pandok.common.people.forgotten import write_link
from pandok.fields.counterfeit.lists.search_index import INDEX
from tests.chosen import Choose
from tests.common.web.test_two_step import enrol
from tests.roles import Role
from tests.world import PASSWORD, Site


def everything_kept() -> str:
    """Every cell of every table."""
    rows = []
    with connection.cursor() as cursor:
        for table in connection.introspection.table_names(cursor):
            if table == INDEX:  # holds nothing itself: the tables beside it do, and they are read
                continue
            cursor.execute(f"SELECT * FROM {connection.ops.quote_name(table)}")
            rows += [str([bytes(one) if isinstance(one, memoryview) else one for one in row]) for row in cursor]
    assert "pbkdf2" in str(rows) or "md5$" in str(rows), "the tables were not read"
    return "\n".join(rows)


def test_no_word_of_the_database_is_a_key_of_a_session(site: Site) -> None:
    client = Client()
    site.account(Role.SUPERVISOR)
    client.post("/sign-in/", {"username": "supervisor", "password": PASSWORD})
    assert client.get("/account/").status_code == 200
    kept = everything_kept()
    assert client.cookies["pandok_session"].value not in kept
    words = set(re.findall(r"[A-Za-z0-9_-]{20,}", kept))
    assert PersonSession.objects.get().session_key in words
    for word in words:
        thief = Client()
        thief.cookies["pandok_session"] = word
        assert thief.get("/account/").status_code == 302, word


def test_a_session_ends_and_is_renamed_although_its_key_is_not_kept(site: Site) -> None:
    """Signing out, ending the others and a new password reach the rows of a key that only the browser has."""
    site.account(Role.OFFICER)
    first, second = Client(), Client()
    for client in (first, second):
        client.post("/sign-in/", {"username": "officer", "password": PASSWORD})
    changed = {"old_password": PASSWORD, "new_password1": "quite another 31", "new_password2": "quite another 31"}
    assert first.post("/account/password/", changed).status_code == 302
    assert [client.get("/account/").status_code for client in (first, second)] == [200, 302]
    key = first.cookies["pandok_session"].value
    first.post("/sign-out/")
    first.cookies["pandok_session"] = key
    assert first.get("/account/").status_code == 302


def test_a_link_for_a_new_password_waits_sealed_and_is_erased_once_it_has_left(site: Site, choose: Choose) -> None:
    choose(mail="smtp://mail.example:587")
    account = site.account(Role.OFFICER)
    account.email = "kim@agency.example"
    account.save()
    Client().post("/sign-in/help/", {"who": "officer"})
    for job in Job.objects.filter(kind="password.asked"):
        write_link(account_id=job.payload["account"], now=timezone.now())
    mail = Delivery.objects.get()
    link = re.search(r"/invitation/(\S+)/", text_of(mail))
    assert link is not None
    assert Client().get(link[0]).status_code == 200
    kept = everything_kept()
    assert link[1] not in kept
    assert "/invitation/" not in kept


def test_no_token_link_or_secret_stands_in_the_database(site: Site) -> None:
    officer = site.client(Role.OFFICER)
    secret, codes = enrol(site.account(Role.OFFICER))
    last_day = (timezone.now() + timedelta(days=30)).date()
    asked = {"title": "통관 시스템", "last_day": last_day, "scopes": ["see_cases"]}
    made = officer.post("/tokens/", asked).content.decode()
    token = re.search(r"pdk_[0-9a-f]{8}_[\w-]{43}", made)
    administrator = site.client(Role.ADMINISTRATOR)
    invited = administrator.post(
        "/accounts/new/", {"username": "new", "roles": ["officer"], "reason": "joins the team"}
    )
    page = administrator.get(invited["Location"]) if invited.status_code == 302 else invited
    link = re.search(r"/invitation/([\w-]{43})/", page.content.decode())
    assert token is not None, made[:3000]
    assert link is not None
    kept = everything_kept()
    for one in (token[0].split("_", 2)[2], link[1], secret, *codes, *(code.replace("-", "") for code in codes)):
        assert one not in kept


@pytest.mark.parametrize("state", ["sent", "filed", "failed"])
def test_only_who_waits_for_it_is_sent_the_text(site: Site, state: str) -> None:  # noqa: ARG001
    now = timezone.now()
    mail = queue_mail(
        recipient="kim@agency.example", subject="s", body_text="open /x/", key="k", actor="kim", now=now, sealed=True
    )
    assert text_of(begin(mail.pk, now)[0]) == "open /x/"
    end(mail, DeliveryState(state), now=now)
    mail.refresh_from_db()
    assert text_of(mail) == ""
