"""One's own account: sessions that truly end, the password, the second step."""

from __future__ import annotations

import re
from datetime import timedelta
from typing import Any

from django.test import Client
from django.utils import timezone

from pandok.common.models import Account, AuditEntry, PersonSession
from pandok.common.people.invitations import invite, open_invitation
from tests.common.web.test_two_step import code_now, enrol
from tests.roles import Role
from tests.world import PASSWORD, Site

PHONE = "Mozilla/5.0 (Linux; Android 15) Chrome/142.0 Mobile"


def signed_in(site: Site, **headers: str) -> Client:
    site.account(Role.OFFICER)
    client = Client(headers=headers)
    client.post("/sign-in/", {"username": "officer", "password": PASSWORD})
    return client


def test_the_page_shows_every_session_and_ends_one_for_good(site: Site) -> None:
    here, phone = signed_in(site), signed_in(site, **{"user-agent": PHONE})
    page = here.get("/account/").content.decode()
    assert "Chrome · Android" in page
    stolen = phone.cookies["pandok_session"].value
    session = PersonSession.objects.get(device="Chrome · Android")
    assert here.post(f"/account/sessions/{session.id}/end/").status_code == 302
    assert phone.get("/account/").status_code == 302
    thief = Client()
    thief.cookies["pandok_session"] = stolen
    assert thief.get("/account/").status_code == 302
    assert here.get("/account/").status_code == 200
    ended = AuditEntry.objects.get(action="session.ended")
    assert (ended.actor, ended.object) == ("officer", "account:officer")


def test_all_other_sessions_end_at_once(site: Site) -> None:
    here, *others = (signed_in(site) for _ in range(3))
    here.post("/account/sessions/end-others/")
    assert here.get("/account/").status_code == 200
    assert [other.get("/account/").status_code for other in others] == [302, 302]


def test_a_session_nobody_uses_ends(site: Site) -> None:
    client = signed_in(site)
    PersonSession.objects.update(last_seen_at=timezone.now() - timedelta(minutes=61))
    answer = client.get("/account/")
    assert answer["Location"] == "/sign-in/?next=/account/"
    assert client.get("/account/").status_code == 302


def test_signing_out_is_logged_and_ends_the_session(site: Site) -> None:
    client = signed_in(site)
    client.post("/sign-out/")
    assert AuditEntry.objects.get(action="session.ended").reason == "signed out"
    assert PersonSession.objects.get().ended_at is not None


def new_password(client: Client, old: str, new: str) -> Any:
    return client.post("/account/password/", {"old_password": old, "new_password1": new, "new_password2": new})


def test_a_new_password_ends_the_other_sessions_and_keeps_this_one(site: Site) -> None:
    here, other = signed_in(site), signed_in(site)
    link = invite(account=site.account(Role.OFFICER), actor=None, reason="forgot it once", now=timezone.now())
    assert new_password(here, PASSWORD, "a quite different one 9").status_code == 302
    assert here.get("/account/").status_code == 200
    assert other.get("/account/").status_code == 302
    assert PersonSession.objects.filter(ended_at=None).count() == 1
    assert AuditEntry.objects.filter(action="account.password_changed").count() == 1
    assert Account.objects.get(username="officer").check_password("a quite different one 9")
    assert open_invitation(link, timezone.now()) is None


def test_a_weak_or_unproven_password_is_refused_and_guesses_are_counted(site: Site) -> None:
    client = signed_in(site)
    assert new_password(client, PASSWORD, "short").status_code == 422
    for _ in range(5):
        assert new_password(client, "wrong", "a quite different one 9").status_code == 422
    locked = new_password(client, PASSWORD, "a quite different one 9")
    assert locked.status_code == 422
    assert "15분간 잠깁니다" in locked.content.decode()
    assert Account.objects.get(username="officer").check_password(PASSWORD)


def test_a_second_step_is_chosen_with_the_password_and_changed_with_a_code(site: Site) -> None:
    client = signed_in(site)
    assert client.get("/sign-in/square-code.svg").status_code == 404
    assert client.post("/account/second-step/", {"begin": "1", "password": "wrong"}).status_code == 422
    assert client.post("/account/second-step/", {"begin": "1", "password": PASSWORD}).status_code == 302
    page = client.get("/account/second-step/").content.decode()
    secret = re.search('<code class="secret">([A-Z2-7 ]+)</code>', page)[1].replace(" ", "")  # type: ignore[index]
    assert client.get("/sign-in/square-code.svg").status_code == 200
    codes = client.post("/account/second-step/", {"code": code_now(secret)}).content.decode()
    assert len(re.findall("<code>[A-Z0-9-]{14}</code>", codes)) == 10
    assert client.post("/account/second-step/", {"begin": "1", "password": PASSWORD}).status_code == 422, (
        "a password alone must not exchange the app"
    )


def test_recovery_codes_are_made_anew_only_with_a_code(site: Site) -> None:
    client = signed_in(site)
    secret, codes = enrol(Account.objects.get(username="officer"))
    assert client.post("/account/recovery-codes/", {"code": "123"}).status_code == 422
    made = client.post("/account/recovery-codes/", {"code": code_now(secret)}).content.decode()
    assert len(re.findall("<code>[A-Z0-9-]{14}</code>", made)) == 10
    assert client.post("/account/recovery-codes/", {"code": codes[0]}).status_code == 422
