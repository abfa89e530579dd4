"""Tokens: made once, shown once, limited by scopes and roles, revoked at once; cookies only with the CSRF token."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from django.test import Client
from django.utils import timezone

from pandok.common.models import ApiToken, AuditEntry
from pandok.common.people.scopes import SCOPES, scope_words
from pandok.common.people.system_accounts import make_system_account
from pandok.common.people.tokens import account_of_token, make_token, revoke_token, tokens_managed_by
from pandok.core.errors import RequestError
from pandok.web.api.rate import Buckets
from tests.api.world import ApiSite
from tests.roles import Action, Role


def made(site: ApiSite, role: Role = Role.OFFICER, **changes: Any) -> tuple[ApiToken, str]:
    account = site.member(role)
    facts: dict[str, Any] = {
        "account": account,
        "title": "통관 시스템",
        "scopes": ["see_cases", "see_own_account"],
        "expires_at": timezone.now() + timedelta(days=90),
        "actor": account,
        "now": timezone.now(),
    }
    return make_token(**(facts | changes))


def test_only_the_hash_is_kept_and_making_is_audited(site: ApiSite) -> None:
    token, text = made(site)
    assert text not in str(ApiToken.objects.filter(pk=token.pk).values().get())
    assert text.startswith(f"pdk_{token.prefix}_")
    assert AuditEntry.objects.filter(action="token.made", object=f"token:{token.id}").exists()
    assert text not in str(list(AuditEntry.objects.values("details", "object", "reason")))
    assert site.ask(text, "get", "/me").json()["scopes"] == ["see_cases", "see_own_account"]


def test_a_token_acts_within_scopes_and_roles(site: ApiSite) -> None:
    case = site.notified_case()
    _, text = made(site)
    assert site.ask(text, "get", "/me").status_code == 200
    assert site.ask(text, "get", "/cases").json()["items"] == []  # not the scope to see the site's cases
    assert site.ask(text, "get", f"/cases/{case.id}").status_code == 404
    answer = site.ask(text, "post", f"/cases/{case.id}/note", {"text": "x"})
    assert answer.status_code == 403
    assert answer.json()["fields"] == {"one_of_scopes": ["work_cases"]}
    _, wider = made(site, scopes=["see_cases", "see_site_cases"])
    assert site.ask(wider, "get", f"/cases/{case.id}").status_code == 200


def test_scopes_beyond_the_roles_are_refused_and_roles_count_at_the_call(site: ApiSite) -> None:
    with pytest.raises(RequestError) as refused:
        made(site, scopes=["see_audit"])
    assert refused.value.error_code == "token.scopes"
    _, text = made(site)
    site.member(Role.OFFICER).groups.clear()
    assert site.ask(text, "get", "/cases").status_code == 403


@pytest.mark.parametrize(
    ("changes", "code"),
    [
        ({"title": " "}, "token.title"),
        ({"scopes": []}, "token.scopes"),
        ({"scopes": ["fly"]}, "token.scopes"),
        ({"expires_at": timezone.now() + timedelta(days=400)}, "token.expires"),
        ({"expires_at": timezone.now() - timedelta(days=1)}, "token.expires"),
    ],
)
def test_wrong_tokens_are_not_made(site: ApiSite, changes: dict[str, Any], code: str) -> None:
    with pytest.raises(RequestError) as refused:
        made(site, **changes)
    assert refused.value.error_code == code
    assert not ApiToken.objects.exists()


def test_expired_revoked_and_closed_are_answered_alike(site: ApiSite) -> None:
    token, text = made(site)
    now = timezone.now()
    assert account_of_token(text, now + timedelta(days=91)) is None
    assert account_of_token(text[:-1] + ("A" if text[-1] != "A" else "B"), now) is None
    revoke_token(token=token, actor=site.member(Role.OFFICER), now=now)
    answer = site.ask(text, "get", "/me")
    assert answer.status_code == 401
    assert answer.headers["WWW-Authenticate"].startswith("Bearer")
    assert answer.json() == site.ask("pdk_zz_zz", "get", "/me").json()
    _, other = made(site)
    account = site.member(Role.OFFICER)
    account.is_active = False
    account.save()
    assert site.ask(other, "get", "/me").status_code == 401


@pytest.mark.parametrize("header", ["", "Bearer", "Bearer ", "Basic abc", "bearer pdk__", "Bearer pdk_" + "x" * 500])
def test_a_wrong_header_is_refused_even_with_a_session(site: ApiSite, header: str) -> None:
    client = Client()
    client.force_login(site.member(Role.OFFICER))
    assert client.get("/api/v1/me", headers={"Authorization": header}).status_code == 401


def test_a_token_in_the_address_is_worth_nothing(site: ApiSite) -> None:
    _, text = made(site)
    assert site.ask(None, "get", f"/me?token={text}&access_token={text}").status_code == 401


def test_persons_make_their_own_and_administrators_those_of_systems(site: ApiSite) -> None:
    admin, officer = site.member(Role.ADMINISTRATOR), site.member(Role.OFFICER)
    with pytest.raises(RequestError):
        made(site, actor=admin)  # of an officer
    with pytest.raises(RequestError):
        made(site, Role.HOLDER)
    system = make_system_account(
        username="agency",
        title="관세청",
        roles=frozenset({Role.OFFICER}),
        actor=admin,
        reason="시스템 연계",
        now=timezone.now(),
    )
    assert not system.account.has_usable_password()
    token, text = made(site, account=system.account, actor=admin)
    assert site.ask(text, "get", "/me").json()["account"] == "agency"
    assert token in tokens_managed_by(admin)
    assert token not in tokens_managed_by(officer)
    with pytest.raises(RequestError):
        revoke_token(token=token, actor=officer, now=timezone.now())


def test_a_session_reads_from_this_site_and_changes_with_the_csrf_token(site: ApiSite) -> None:
    case = site.notified_case()
    client = Client(enforce_csrf_checks=True)
    client.force_login(site.member(Role.OFFICER))
    address = f"/api/v1/cases/{case.id}/note"
    assert client.get("/api/v1/me").status_code == 200
    assert client.get("/api/v1/me", headers={"Sec-Fetch-Site": "cross-site"}).status_code == 401
    refused = client.post(address, {"text": "x"}, content_type="application/json")
    assert (refused.status_code, refused.json()["code"]) == (403, "api.csrf")
    client.get("/")  # a page sets the cookie
    headers = {"X-CSRFToken": client.cookies["csrftoken"].value}
    assert client.post(address, {"text": "x"}, content_type="application/json", headers=headers).status_code == 201
    _, text = made(site, scopes=["see_cases", "see_site_cases", "work_cases"])
    with_token = {"Authorization": f"Bearer {text}"}
    assert client.post(address, {"text": "x"}, content_type="application/json", headers=with_token).status_code == 201


def test_too_many_calls_wait(site: ApiSite, monkeypatch: pytest.MonkeyPatch) -> None:
    _, text = made(site)
    clock = iter([0.0, 0.0, 0.0, 60.0])
    monkeypatch.setattr("pandok.web.api.callers.monotonic", lambda: next(clock))
    monkeypatch.setattr("pandok.web.api.callers.settings", lambda: type("S", (), {"api_rate_per_minute": 2}))
    assert [site.ask(text, "get", "/me").status_code for _ in range(2)] == [200, 200]
    refused = site.ask(text, "get", "/me")
    assert (refused.status_code, refused.headers["Retry-After"]) == (429, "30")
    assert site.ask(text, "get", "/me").status_code == 200


def test_buckets_are_apart_and_refill_evenly() -> None:
    buckets = Buckets()
    assert [buckets.take("a", per_minute=60, now=0.0) for _ in range(61)][-2:] == [0, 1]
    assert buckets.take("b", per_minute=60, now=0.0) == 0
    assert buckets.take("a", per_minute=60, now=1.0) == 0
    assert buckets.take("a", per_minute=60, now=1.0) == 1


def test_every_scope_has_words_and_no_scope_handles_accounts() -> None:
    assert all(scope_words(action).ko for action in SCOPES.values())
    assert not {Action.MANAGE_ACCOUNTS, Action.MAKE_TOKENS} & set(SCOPES.values())
