"""Passkeys: one touch signs in, and nothing but the own, unspent, verified touch at this site does."""

from __future__ import annotations

import json
import re
from datetime import timedelta
from typing import Any

import pytest
from django.test import Client
from django.utils import timezone

from pandok.common.models import (
    Account,
    AuditEntry,
    Delivery,
    OpenIdLink,
    Passkey,
    PasskeyChallenge,
    PasskeyOwner,
    PersonSession,
    SignInFailure,
)
from pandok.common.people import passkeys
from pandok.common.people.accounts_admin import change_roles, suspend
from pandok.common.people.votes import must_vote_freely
from pandok.core.errors import RequestError
from pandok.settings import settings
from tests.chosen import Choose
from tests.common.web.soft_passkey import SoftPasskey
from tests.common.web.test_two_step import code_now, enrol
from tests.roles import Role
from tests.world import PASSWORD, Site

HERE = {"SERVER_NAME": "localhost"}
ADD = "/account/passkeys/new/"


class Https(Client):
    def generic(self, method: str, path: str, *rest: Any, **more: Any) -> Any:
        return super().generic(method, path, *rest, **(more | {"secure": True}))


def person(site: Site, role: Role = Role.OFFICER) -> tuple[Account, Client]:
    account = site.account(role)
    account.email = f"{role.value}@customs.example"
    account.save()
    return account, site.client(role, **HERE)


def options_on(page: str) -> dict[str, Any]:
    found = re.search(r'id="passkey-options" type="application/json">(.*?)</script>', page, re.S)
    assert found is not None
    return dict(json.loads(found[1]))


def add(client: Client, device: SoftPasskey, *, title: str = "내 휴대전화", **proof: str) -> Any:
    page = client.post(ADD, {"title": title, **(proof or {"password": PASSWORD})})
    if page.status_code != 200:
        return page
    return client.post(ADD, {"credential": device.make(options_on(page.content.decode()))})


def touch(client: Client, device: SoftPasskey, **more: str) -> Any:
    options = client.post("/sign-in/passkey/ask/").json()
    return client.post("/sign-in/passkey/", {"credential": device.sign(options), **more})


def is_in(client: Client) -> bool:
    return client.get("/account/").status_code == 200


@pytest.mark.parametrize("role", [Role.OFFICER, Role.HOLDER, Role.LAB_OPERATOR, Role.SUBMITTER, Role.ADMINISTRATOR])
def test_one_touch_signs_in_with_both_steps(site: Site, choose: Choose, role: Role) -> None:
    account, own = person(site, role)
    device = SoftPasskey()
    assert add(own, device)["Location"] == "/account/"
    page = own.get("/account/").content.decode()
    assert "내 휴대전화" in page
    assert "아직 사용 안 함" in page
    choose(two_step="staff")
    client = Client(**HERE)
    assert "패스키로 로그인" in client.get("/sign-in/").content.decode()
    answer = touch(client, device, next="/account/?from=work")
    assert answer["Location"] == "/account/?from=work"
    assert is_in(client)
    done = AuditEntry.objects.get(action="sign_in.done", object=f"account:{account.username}")
    assert done.details["method"] == "passkey"
    assert Passkey.objects.get().last_used_at is not None
    assert Passkey.objects.get().counter == 1
    assert not PasskeyChallenge.objects.exists()


def test_adding_is_audited_told_and_names_nobody(site: Site) -> None:
    account, own = person(site)
    add(own, device := SoftPasskey())
    added = AuditEntry.objects.get(action="passkey.added")
    assert (added.actor, added.object, added.details["title"]) == ("officer", "account:officer", "내 휴대전화")
    mail = Delivery.objects.get(recipient="officer@customs.example")
    assert "패스키가 등록되었습니다" in mail.subject
    handle = PasskeyOwner.objects.get(account=account).handle
    assert len(device.user_handle) == 64
    assert str(account.pk) != handle
    assert account.username.encode() not in device.user_handle
    again = SoftPasskey()
    add(own, again)
    assert again.user_handle == device.user_handle


@pytest.mark.parametrize("proof", [{"password": "wrong"}, {"password": ""}, {"code": "000000"}])
def test_nobody_adds_one_without_showing_who_it_is(site: Site, proof: dict[str, str]) -> None:
    account, own = person(site)
    if "code" in proof:
        enrol(account)
    assert add(own, SoftPasskey(), **proof).status_code == 422
    assert not Passkey.objects.exists()
    assert SignInFailure.objects.filter(username="officer").count() == 1


def test_with_an_app_its_code_is_asked_for(site: Site) -> None:
    account, own = person(site)
    secret, _ = enrol(account)
    assert add(own, SoftPasskey(), password=PASSWORD).status_code == 422
    assert add(own, SoftPasskey(), code=code_now(secret)).status_code == 302


def wrong(device: SoftPasskey, what: str) -> SoftPasskey:
    if what == "other place":
        device.origin = "https://pandok.example.net"
    elif what == "other scheme":
        device.origin = "https://localhost"
    elif what == "no finger":
        device.is_verified = False
    elif what == "other key":
        device.key = SoftPasskey().key
    elif what == "other person":
        device.user_handle = b"x" * 64
    elif what == "unknown":
        device.credential_id = b"y" * 32
    return device


WRONGS = ["other place", "other scheme", "no finger", "other key", "other person", "unknown"]


@pytest.mark.parametrize("what", WRONGS)
def test_what_is_not_the_own_verified_touch_here_is_refused_and_counted(site: Site, what: str) -> None:
    _, own = person(site)
    add(own, device := SoftPasskey())
    client = Client(**HERE)
    answer = touch(client, wrong(device, what))
    assert answer.status_code == 422
    assert "이 패스키로 로그인할 수 없습니다" in answer.content.decode()
    assert 'name="password"' in answer.content.decode()
    assert not is_in(client)
    name = "" if what == "unknown" else "officer"
    assert SignInFailure.objects.filter(username=name).count() == 1
    assert AuditEntry.objects.get(action="sign_in.refused").details["step"] == "passkey"


@pytest.mark.parametrize("what", ["other place", "other scheme", "no finger"])
def test_such_a_device_adds_no_passkey(site: Site, what: str) -> None:
    _, own = person(site)
    assert add(own, wrong(SoftPasskey(), what)).status_code == 422
    assert not Passkey.objects.exists()


def test_five_wrong_touches_lock_and_the_right_one_waits(site: Site) -> None:
    _, own = person(site)
    add(own, device := SoftPasskey())
    client = Client(**HERE)
    for _ in range(5):
        touch(client, SoftPasskey(credential_id=device.credential_id, user_handle=device.user_handle))
    answer = touch(client, device)
    assert answer.status_code == 422
    assert "잠깁니다" in answer.content.decode()
    assert AuditEntry.objects.filter(action="sign_in.locked").count() == 1


def test_an_answer_counts_once_in_one_browser_and_for_minutes(site: Site) -> None:
    _, own = person(site)
    add(own, device := SoftPasskey())
    first, second = Client(**HERE), Client(**HERE)
    options = first.post("/sign-in/passkey/ask/").json()
    signed = device.sign(options)
    assert second.post("/sign-in/passkey/", {"credential": signed}).status_code == 422
    assert first.post("/sign-in/passkey/", {"credential": signed}).status_code == 302
    first.post("/sign-out/")
    assert first.post("/sign-in/passkey/", {"credential": signed}).status_code == 422
    first.post("/sign-in/passkey/ask/")
    assert first.post("/sign-in/passkey/", {"credential": signed}).status_code == 422, "signed for another question"
    late = first.post("/sign-in/passkey/ask/").json()
    PasskeyChallenge.objects.update(asked_at=timezone.now() - timedelta(minutes=6))
    assert first.post("/sign-in/passkey/", {"credential": device.sign(late)}).status_code == 422
    assert not is_in(first)


def test_a_registration_is_not_kept_twice_nor_for_two_people(site: Site) -> None:
    _, own = person(site)
    page = own.post(ADD, {"title": "전화", "password": PASSWORD}).content.decode()
    device = SoftPasskey()
    made = device.make(options_on(page))
    assert own.post(ADD, {"credential": made}).status_code == 302
    assert own.post(ADD, {"credential": made}).status_code == 422
    _, other = person(site, Role.HOLDER)
    assert add(other, SoftPasskey(credential_id=device.credential_id)).status_code == 422
    assert Passkey.objects.get().account.username == "officer"


@pytest.mark.parametrize(
    "sent", ["", "[]", "{}", "null", "{" * 30_000, '{"id": "AAAA"}', '{"rawId": 5, "response": []}']
)
def test_what_is_no_answer_at_all_is_refused_at_both_doors(site: Site, sent: str) -> None:
    _, own = person(site)
    own.post(ADD, {"title": "전화", "password": PASSWORD})
    assert own.post(ADD, {"credential": sent}).status_code == 422
    client = Client(**HERE)
    client.post("/sign-in/passkey/ask/")
    assert client.post("/sign-in/passkey/", {"credential": sent}).status_code == 422


def test_a_removed_passkey_opens_nothing_and_its_sessions_end(site: Site) -> None:
    _, own = person(site)
    add(own, device := SoftPasskey())
    phone = Client(**HERE)
    touch(phone, device)
    assert is_in(phone)
    assert own.post(f"/account/passkeys/{Passkey.objects.get().id}/remove/").status_code == 302
    assert not is_in(phone)
    assert is_in(own)
    assert touch(phone, device).status_code == 422
    assert AuditEntry.objects.get(action="passkey.removed").details["title"] == "내 휴대전화"
    assert Delivery.objects.filter(subject__contains="삭제되었습니다").count() == 1


def test_a_suspended_account_is_not_let_in(site: Site) -> None:
    account, own = person(site)
    add(own, device := SoftPasskey())
    suspend(account=account, actor=site.account(Role.ADMINISTRATOR), reason="left the office", now=timezone.now())
    client = Client(**HERE)
    assert touch(client, device).status_code == 422
    assert not is_in(client)


def test_a_copy_is_found_by_its_count_and_told(site: Site) -> None:
    _, own = person(site)
    add(own, device := SoftPasskey())
    for _ in range(3):
        assert touch(Client(**HERE), device).status_code == 302
    device.counter = 1
    client = Client(**HERE)
    assert touch(client, device).status_code == 422
    assert not is_in(client)
    assert AuditEntry.objects.filter(action="passkey.copied").count() == 1
    assert Delivery.objects.filter(subject__contains="복제").count() == 1


def test_a_device_that_does_not_count_is_let_in_again(site: Site) -> None:
    _, own = person(site)
    add(own, device := SoftPasskey(counts=False))
    assert [touch(Client(**HERE), device).status_code for _ in range(2)] == [302, 302]


def test_who_votes_casts_none_for_three_days_after_adding_one(site: Site) -> None:
    account, own = person(site, Role.EVALUATOR)
    secret, _ = enrol(account)
    assert "72시간" in own.get(ADD).content.decode()
    assert add(own, device := SoftPasskey(), code=code_now(secret)).status_code == 302
    with pytest.raises(RequestError):
        must_vote_freely(account, timezone.now())
    assert "72시간" in Delivery.objects.get().body_text
    must_vote_freely(account, timezone.now() + timedelta(hours=72, seconds=1))
    assert touch(Client(**HERE), device).status_code == 302


def test_no_administrator_alone_makes_a_passkey_that_votes(site: Site) -> None:
    account, own = person(site)
    add(own, device := SoftPasskey())
    chief = site.account(Role.ADMINISTRATOR)
    change_roles(account=account, roles=frozenset({Role.EVALUATOR}), actor=chief, reason="new task", now=timezone.now())
    assert not Passkey.objects.exists()
    assert touch(Client(**HERE), device).status_code == 422
    removed = AuditEntry.objects.get(action="passkey.removed")
    assert removed.actor == chief.username


def test_a_reset_takes_passkeys_away_and_of_who_votes_only_by_two(site: Site) -> None:
    account, own = person(site, Role.OUTPUT_CHECKER)
    secret, _ = enrol(account)
    add(own, device := SoftPasskey(), code=code_now(secret))
    first, second = site.client(Role.ADMINISTRATOR, "first"), site.client(Role.ADMINISTRATOR, "second")
    why = {"reason": "phone was lost"}
    first.post(f"/accounts/{account.pk}/second-step/", why)
    assert Passkey.objects.exists()
    second.post(f"/accounts/{account.pk}/second-step/", why)
    assert not Passkey.objects.exists()
    assert touch(Client(**HERE), device).status_code == 422


def test_who_comes_through_the_organisation_has_none(site: Site, choose: Choose) -> None:
    account, own = person(site)
    add(own, device := SoftPasskey())
    OpenIdLink.objects.create(account=account, issuer="https://id.example", subject="7", linked_at=timezone.now())
    assert own.get(ADD).status_code == 302
    assert "패스키 등록" not in own.get("/account/").content.decode()
    assert touch(Client(**HERE), device).status_code == 422
    Passkey.objects.all().delete()
    choose(oidc_issuer="https://id.example")
    assert "패스키" not in Client(**HERE).get("/sign-in/").content.decode()


@pytest.mark.parametrize("name", ["127.0.0.1", "testserver"])
def test_where_browsers_make_none_nothing_is_offered(site: Site, name: str) -> None:
    client = Client(SERVER_NAME=name)
    client.force_login(site.account(Role.OFFICER))
    assert "패스키" not in client.get("/account/").content.decode()
    assert "패스키" not in Client(SERVER_NAME=name).get("/sign-in/").content.decode()
    refused = client.post(ADD, {"title": "전화", "password": PASSWORD})
    assert refused.status_code == 422
    assert "https" in refused.content.decode()


def test_behind_a_proxy_the_address_of_the_settings_holds(site: Site, choose: Choose) -> None:
    """The proxy asks at an inner address; the browser is at the outer one."""
    choose(address="https://pandok.customs.example")
    inner = {"SERVER_NAME": "127.0.0.1", "HTTP_ORIGIN": "https://pandok.customs.example"}
    account, _ = person(site)
    own = Client(**inner)
    own.force_login(account)
    device = SoftPasskey(origin="https://pandok.customs.example")
    assert add(own, device).status_code == 302
    assert Passkey.objects.get().host == "pandok.customs.example"
    client = Client(**inner)
    assert touch(client, device).status_code == 302
    assert is_in(client)


def test_over_https_the_host_that_is_served_is_the_place(site: Site, settings: Any) -> None:
    settings.ALLOWED_HOSTS = ["desk.customs.example"]
    account, _ = person(site)
    here = {"SERVER_NAME": "desk.customs.example"}
    own = Https(**here)
    own.force_login(account)
    assert add(own, device := SoftPasskey(origin="https://desk.customs.example")).status_code == 302
    assert touch(Https(**here), device).status_code == 302


# Back after a pause.


def paused(client: Client) -> Any:
    PersonSession.objects.filter(ended_at=None).update(last_seen_at=timezone.now() - settings().idle_limit * 1.1)
    return client.get("/account/?at=work")


def whole_sign_in(site: Site, choose: Choose) -> tuple[Account, str, Client]:
    choose(two_step="staff")
    account = site.account(Role.OFFICER)
    secret, _ = enrol(account)
    client = Client(**HERE)
    client.post("/sign-in/", {"username": "officer", "password": PASSWORD})
    client.post("/sign-in/code/", {"code": code_now(secret)})
    assert is_in(client)
    account.second_step.set_up_at = timezone.now() - timedelta(days=1)
    account.second_step.save()
    return account, secret, client


def test_after_a_pause_the_password_alone_leads_back(site: Site, choose: Choose) -> None:
    account, _, client = whole_sign_in(site, choose)
    answer = paused(client)
    page = client.get(answer["Location"]).content.decode()
    assert "사용하지 않아 잠겼습니다" in page
    assert 'type="hidden" name="username"' in page
    began = PersonSession.objects.get().started_at
    back = client.post("/sign-in/", {"username": "officer", "password": PASSWORD, "next": "/account/?at=work"})
    assert back["Location"] == "/account/?at=work"
    assert is_in(client)
    session = PersonSession.objects.get(account=account, ended_at=None)
    assert session.started_at == began, "the shift is not longer for it"
    # And once more, in the same shift.
    paused(client)
    client.post("/sign-in/", {"username": "officer", "password": PASSWORD})
    assert is_in(client)


@pytest.mark.parametrize("what", ["other browser", "shift over", "signed out", "ended", "new app", "wrong password"])
def test_else_the_code_is_asked_for(site: Site, choose: Choose, what: str) -> None:
    account, _, client = whole_sign_in(site, choose)
    password = PASSWORD
    if what == "signed out":
        client.post("/sign-out/")
    else:
        paused(client)
    if what == "other browser":
        client = Client(**HERE)
    elif what == "shift over":
        PersonSession.objects.update(started_at=timezone.now() - timedelta(hours=10, minutes=1))
    elif what == "ended":
        other = Client(**HERE)
        other.force_login(account)
        other.get("/account/")
        other.post("/account/sessions/end-others/")
    elif what == "new app":
        account.second_step.set_up_at = timezone.now()
        account.second_step.save()
    elif what == "wrong password":
        password = "not the right one"
    answer = client.post("/sign-in/", {"username": "officer", "password": password})
    assert answer.status_code == 422 or answer["Location"] == "/sign-in/code/"
    assert not is_in(client)


def test_a_pause_lets_nobody_else_in(site: Site, choose: Choose) -> None:
    _, _, client = whole_sign_in(site, choose)
    enrol(site.account(Role.SUPERVISOR))
    page = client.get(paused(client)["Location"]).content.decode()
    assert "other=1" in page
    answer = client.post("/sign-in/?other=1", {"username": "supervisor", "password": PASSWORD})
    assert answer["Location"] == "/sign-in/code/"


def test_after_a_pause_one_touch_leads_back_and_asks_the_own_passkeys(site: Site) -> None:
    _, own = person(site)
    add(own, device := SoftPasskey())
    client = Client(**HERE)
    touch(client, device)
    address = paused(client)["Location"]
    assert "패스키로 계속하기" in client.get(address).content.decode()
    options = client.post("/sign-in/passkey/ask/").json()
    assert len(options["allowCredentials"]) == 1
    assert "allowCredentials" not in Client(**HERE).post("/sign-in/passkey/ask/").json()
    back = client.post("/sign-in/passkey/", {"credential": device.sign(options), "next": "/account/?at=work"})
    assert back["Location"] == "/account/?at=work"


# A wrong clock.


@pytest.mark.parametrize("wrong", [timedelta(days=365), timedelta(minutes=6), timedelta(days=-2)], ids=str)
def test_a_question_asked_under_a_wrong_clock_is_answered_by_nobody_and_goes(
    site: Site, monkeypatch: pytest.MonkeyPatch, wrong: timedelta
) -> None:
    _, own = person(site)
    add(own, device := SoftPasskey())
    right, client = timezone.now(), Client(**HERE)
    monkeypatch.setattr(timezone, "now", lambda: right + wrong)
    options = client.post("/sign-in/passkey/ask/").json()
    monkeypatch.setattr(timezone, "now", lambda: right)
    assert client.post("/sign-in/passkey/", {"credential": device.sign(options)}).status_code == 422
    assert not SignInFailure.objects.exists(), "that is nobody's guess"
    monkeypatch.setattr(timezone, "now", lambda: right + wrong)
    client.post("/sign-in/passkey/ask/")
    monkeypatch.setattr(timezone, "now", lambda: right)
    passkeys.forget_questions(type("Work", (), {"now": right})())
    assert not PasskeyChallenge.objects.exists()
    assert touch(client, device).status_code == 302


def test_an_answer_given_late_counts_for_nothing_under_a_clock_set_back(
    site: Site, monkeypatch: pytest.MonkeyPatch
) -> None:
    _, own = person(site)
    add(own, device := SoftPasskey())
    client = Client(**HERE)
    signed = device.sign(client.post("/sign-in/passkey/ask/").json())
    right = timezone.now()
    monkeypatch.setattr(timezone, "now", lambda: right - timedelta(days=2))
    assert client.post("/sign-in/passkey/", {"credential": signed}).status_code == 422
    monkeypatch.setattr(timezone, "now", lambda: right)
    assert client.post("/sign-in/passkey/", {"credential": signed}).status_code == 422, "and it was taken away"
    assert not is_in(client)


# What was signed once, or elsewhere.


def test_an_answer_to_the_question_of_another_browser_signs_in_nowhere(site: Site) -> None:
    """Taken on the way and played in a session that has asked a question of its own."""
    _, own = person(site)
    add(own, device := SoftPasskey())
    mine, thief = Client(**HERE), Client(**HERE)
    signed = device.sign(mine.post("/sign-in/passkey/ask/").json())
    thief.post("/sign-in/passkey/ask/")
    assert thief.post("/sign-in/passkey/", {"credential": signed}).status_code == 422
    assert not is_in(thief)
    assert mine.post("/sign-in/passkey/", {"credential": signed}).status_code == 302
    thief.post("/sign-in/passkey/ask/")
    assert thief.post("/sign-in/passkey/", {"credential": signed}).status_code == 422, "nor after it was used"
    assert not is_in(thief)


def test_a_question_to_make_a_passkey_is_none_to_sign_in_with_nor_of_another_person(site: Site) -> None:
    _, own = person(site)
    page = own.post(ADD, {"title": "전화", "password": PASSWORD}).content.decode()
    asked = options_on(page)
    device = SoftPasskey()
    _, other = person(site, Role.HOLDER)
    other.post(ADD, {"title": "전화", "password": PASSWORD})
    assert other.post(ADD, {"credential": device.make(asked)}).status_code == 422
    assert not Passkey.objects.exists()
    add(own, device)
    making = options_on(own.post(ADD, {"title": "둘째", "password": PASSWORD}).content.decode())
    assert own.post("/sign-in/passkey/", {"credential": device.sign(making | {"rpId": "localhost"})}).status_code == 422
    asking = Client(**HERE).post("/sign-in/passkey/ask/").json()
    assert own.post(ADD, {"credential": device.sign(asking)}).status_code == 422
    assert Passkey.objects.count() == 1


@pytest.mark.parametrize("counter", [0, 1, 2], ids=["none", "back", "the same"])
def test_a_count_that_does_not_go_on_is_refused_told_and_moves_nothing(site: Site, counter: int) -> None:
    _, own = person(site)
    add(own, device := SoftPasskey())
    for _ in range(2):
        assert touch(Client(**HERE), device).status_code == 302
    assert Passkey.objects.get().counter == 2
    copy = SoftPasskey(credential_id=device.credential_id, user_handle=device.user_handle, key=device.key)
    copy.counter = counter - 1
    if counter == 0:
        copy.counts = False
    client = Client(**HERE)
    assert touch(client, copy).status_code == 422
    assert not is_in(client)
    assert Passkey.objects.get().counter == 2
    assert AuditEntry.objects.filter(action="passkey.copied").count() == 1
    assert touch(Client(**HERE), device).status_code == 302, "the real one goes on"
