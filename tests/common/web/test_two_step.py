"""Signing in with a second step: set up after the password, asked for afterwards, replay and guessing refused."""

from __future__ import annotations

import re
from datetime import timedelta
from typing import Any

import pytest
from django.test import Client
from django.utils import timezone

from pandok.common.models import Account, AuditEntry, PersonSession, SecondStep
from pandok.common.people import sign_in as lock_out
from pandok.common.people import two_step
from pandok.core.two_step import code_of, step_at
from pandok.settings import Settings
from tests.chosen import Choose
from tests.roles import STAFF, Role
from tests.world import PASSWORD, Site


@pytest.fixture(autouse=True)
def _staff_has_two_steps(choose: Choose) -> None:
    choose(two_step="staff")


def give_password(client: Client, name: str = "officer", wanted: str = "/readings/") -> Any:
    return client.post("/sign-in/", {"username": name, "password": PASSWORD, "next": wanted})


def shown_secret(client: Client) -> str:
    page = client.get("/sign-in/set-up/").content.decode()
    return re.search('<code class="secret">([A-Z2-7 ]+)</code>', page)[1].replace(" ", "")  # type: ignore[index]


def enrol(account: Account) -> tuple[str, list[str]]:
    """A second step whose last code was used long ago."""
    sealed = two_step.new_sealed_secret()
    secret = two_step.opened_secret(sealed)
    now = timezone.now()
    codes = two_step.set_up_second_step(
        account=account, sealed_secret=sealed, code=code_of(secret, step_at(now)), now=now
    )
    SecondStep.objects.filter(account=account).update(last_step=0)
    return secret, codes


def code_now(secret: str) -> str:
    return code_of(secret, step_at(timezone.now()))


def is_signed_in(client: Client) -> bool:
    return client.get("/account/").status_code == 200


def test_it_is_on_unless_the_operator_says_otherwise() -> None:
    assert Settings.model_fields["two_step"].default == "staff"


@pytest.mark.parametrize("role", Role)
def test_staff_sets_it_up_after_the_first_password(site: Site, role: Role) -> None:
    site.account(role)
    client = Client()
    answer = give_password(client, role.value)
    assert answer["Location"] == ("/sign-in/set-up/" if role in STAFF else "/readings/")
    assert is_signed_in(client) == (role not in STAFF)


def test_setting_up_shows_a_square_code_takes_a_code_and_gives_recovery_codes(site: Site) -> None:
    site.account(Role.OFFICER)
    client = Client()
    give_password(client)
    secret = shown_secret(client)
    assert shown_secret(client) == secret, "reloading must not change what was scanned"
    page = client.get("/sign-in/set-up/").content.decode()
    assert f'href="otpauth://totp/Pandok:officer?secret={secret}&amp;issuer=Pandok"' in page, "no way to tap it"
    picture = client.get("/sign-in/square-code.svg")
    assert picture["Content-Type"] == "image/svg+xml"
    assert picture["Cache-Control"] == "no-store"
    assert b"<svg" in picture.content
    wrong = client.post("/sign-in/set-up/", {"code": "12345"})
    assert wrong.status_code == 422
    assert not is_signed_in(client)
    answer = client.post("/sign-in/set-up/", {"code": code_now(secret)})
    codes = re.findall("<code>([A-Z0-9-]{14})</code>", answer.content.decode())
    assert len(codes) == 10
    assert 'href="/readings/"' in answer.content.decode()
    assert is_signed_in(client)
    assert client.get("/sign-in/square-code.svg").status_code == 404
    assert client.get("/sign-in/set-up/")["Location"] == "/sign-in/"


def test_the_next_time_a_code_is_asked_and_leads_on(site: Site) -> None:
    secret, _ = enrol(site.account(Role.OFFICER))
    client = Client()
    assert give_password(client)["Location"] == "/sign-in/code/"
    assert not is_signed_in(client)
    assert client.get("/sign-in/set-up/")["Location"] == "/sign-in/code/", "no second app behind the back of the first"
    assert client.get("/sign-in/square-code.svg").status_code == 404
    assert client.post("/sign-in/code/", {"code": code_now(secret)})["Location"] == "/readings/"
    assert is_signed_in(client)
    assert AuditEntry.objects.get(action="sign_in.done").details["method"] == "password+app"


def test_the_code_of_somebody_who_signed_in_does_not_serve_a_second_time(site: Site) -> None:
    secret, _ = enrol(site.account(Role.OFFICER))
    first, second = Client(), Client()
    code = code_now(secret)
    for client in (first, second):
        give_password(client)
    assert first.post("/sign-in/code/", {"code": code}).status_code == 302
    assert second.post("/sign-in/code/", {"code": code}).status_code == 422
    assert not is_signed_in(second)


def test_a_recovery_code_opens_once(site: Site) -> None:
    _, codes = enrol(site.account(Role.OFFICER))
    for expected in (302, 422):
        client = Client()
        give_password(client)
        assert client.post("/sign-in/code/", {"code": codes[3]}).status_code == expected
    used = AuditEntry.objects.get(action="second_step.recovery_code_used")
    assert used.details == {"left": 9}


def test_guessing_locks_the_account_even_with_the_right_password_between(site: Site) -> None:
    secret, _ = enrol(site.account(Role.OFFICER))
    client = Client()
    for _ in range(lock_out.MOST_FAILURES_A_NAME):
        give_password(client)
        assert client.post("/sign-in/code/", {"code": "000000x"}).status_code == 422
    answer = client.post("/sign-in/code/", {"code": code_now(secret)})
    assert answer.status_code == 422
    assert "15분간 잠깁니다" in answer.content.decode()
    assert give_password(Client()).status_code == 422
    refused = AuditEntry.objects.filter(action="sign_in.refused", details__step="code")
    assert refused.count() == lock_out.MOST_FAILURES_A_NAME
    assert AuditEntry.objects.filter(action="sign_in.locked").count() == 1
    log = " ".join(str(entry.link().event) for entry in AuditEntry.objects.all())
    assert "000000x" not in log
    assert PASSWORD not in log


def test_waiting_ends_after_ten_minutes_and_with_a_new_password(site: Site, monkeypatch: pytest.MonkeyPatch) -> None:
    from datetime import timedelta

    from pandok.common.web import signing_in as entering

    secret, _ = enrol(site.account(Role.OFFICER))
    client = Client()
    give_password(client)
    account = Account.objects.get(username="officer")
    account.set_password("another one 55")
    account.save()
    assert client.post("/sign-in/code/", {"code": code_now(secret)})["Location"] == "/sign-in/"
    account.set_password(PASSWORD)
    account.save()
    give_password(client)
    monkeypatch.setattr(entering, "WAIT", timedelta(seconds=-1))
    assert client.post("/sign-in/code/", {"code": code_now(secret)})["Location"] == "/sign-in/"
    assert not PersonSession.objects.exists()


def test_a_closed_account_does_not_come_in_by_the_code(site: Site) -> None:
    secret, _ = enrol(site.account(Role.OFFICER))
    client = Client()
    give_password(client)
    Account.objects.filter(username="officer").update(is_active=False)
    assert client.post("/sign-in/code/", {"code": code_now(secret)})["Location"] == "/sign-in/"


def test_the_session_gets_a_new_key_at_every_step(site: Site) -> None:
    secret, _ = enrol(site.account(Role.OFFICER))
    client = Client()
    keys = [client.session.session_key]
    give_password(client)
    keys.append(client.session.session_key)
    client.post("/sign-in/code/", {"code": code_now(secret)})
    keys.append(client.session.session_key)
    assert len(set(keys)) == 3


def test_a_name_that_is_none_is_not_logged(site: Site) -> None:  # noqa: ARG001
    Client().post("/sign-in/", {"username": "my secret password", "password": "x"})
    entry = AuditEntry.objects.get(action="sign_in.refused")
    assert (entry.actor, entry.object) == ("anonymous", "account:unknown")
    assert "my secret" not in str(entry.link())


def test_codes_hold_again_after_a_clock_that_was_a_year_ahead(site: Site) -> None:
    account = site.account(Role.OFFICER)
    secret, _ = enrol(account)
    SecondStep.objects.update(last_step=step_at(timezone.now() + timedelta(days=365)))
    client, again = Client(), Client()
    give_password(client)
    give_password(again)
    code = code_now(secret)
    assert client.post("/sign-in/code/", {"code": code}).status_code == 302
    assert is_signed_in(client)
    assert again.post("/sign-in/code/", {"code": code}).status_code == 422, "a code was used twice"


def test_a_session_begun_under_a_clock_that_was_ahead_ends(site: Site) -> None:
    client = site.client(Role.OFFICER)
    assert is_signed_in(client)
    PersonSession.objects.update(started_at=timezone.now() + timedelta(days=365))
    assert not is_signed_in(client)
