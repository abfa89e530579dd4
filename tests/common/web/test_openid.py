"""Signing in through an identity provider that runs here, and every way in which its answer may be wrong."""

from __future__ import annotations

import base64
import hashlib
import hmac
import http.client
from typing import Any
from urllib.parse import parse_qs, urlencode, urlsplit

import pytest
from django.http import HttpResponse
from django.test import Client
from joserfc.jwk import RSAKey

from pandok.common.models import Account, AuditEntry, OpenIdLink, PersonSession
from tests.chosen import Choose
from tests.common.web.identity_provider import IdentityProvider, encoded
from tests.roles import Role
from tests.world import Site


def approve(address: str) -> str:
    """What the person's browser does at the provider; returns the address to which it is sent back."""
    parts = urlsplit(address)
    connection = http.client.HTTPConnection(parts.netloc, timeout=10)
    connection.request("GET", f"{parts.path}?{parts.query}")
    answer = connection.getresponse()
    connection.close()
    assert answer.status == 302
    return answer.headers["Location"]


def sign_in(client: Client, wanted: str = "/readings/") -> HttpResponse:
    started = client.get("/sign-in/openid/", {"next": wanted})
    assert started.status_code == 302
    return client.get(approve(started["Location"]))


def test_a_person_with_a_known_group_is_let_in_and_found_again(provider: IdentityProvider) -> None:
    client = Client()
    answer = sign_in(client)
    assert answer["Location"] == "/readings/"
    assert client.get("/readings/").status_code == 200
    account = Account.objects.get(openid__subject="s-1")
    assert account.username == "kim"
    assert account.roles == {Role.OFFICER}
    assert not account.has_usable_password()
    provider.person |= {"preferred_username": "kim-married", "groups": ["heads", "unknown"]}
    again = Client()
    sign_in(again)
    assert Account.objects.get(openid__subject="s-1").roles == {Role.SUPERVISOR}
    assert OpenIdLink.objects.count() == 1
    assert client.get("/readings/").status_code == 302, "the session with the earlier roles goes on"
    assert AuditEntry.objects.filter(action="sign_in.done", details__method="openid").count() == 2


def test_the_sign_in_page_offers_it_only_where_it_is_set(provider: IdentityProvider, choose: Choose) -> None:  # noqa: ARG001
    page = Client().get("/sign-in/?next=/readings/").content.decode()
    assert 'href="/sign-in/openid/?next=%2Freadings%2F"' in page
    choose(oidc_issuer="")
    assert "openid" not in Client().get("/sign-in/").content.decode()
    assert Client().get("/sign-in/openid/").status_code == 404


def test_a_foreign_address_is_not_followed_afterwards(provider: IdentityProvider) -> None:  # noqa: ARG001
    assert sign_in(Client(), "https://evil.example/")["Location"] == "/"


def test_nothing_mapped_is_told_kindly_and_takes_earlier_roles_away(provider: IdentityProvider) -> None:
    first = Client()
    sign_in(first)
    provider.person["groups"] = ["somewhere-else"]
    answer = sign_in(Client())
    assert answer.status_code == 422
    assert "맡은 역할이 없습니다" in answer.content.decode()
    assert Account.objects.get(openid__subject="s-1").roles == frozenset()
    assert first.get("/readings/").status_code == 302
    provider.person |= {"sub": "s-2", "preferred_username": "lee"}
    assert sign_in(Client()).status_code == 422
    assert not Account.objects.filter(username="lee").exists()


def test_an_account_of_the_same_name_or_mail_is_not_taken_over(provider: IdentityProvider, site: Site) -> None:
    mine = site.account(Role.ADMINISTRATOR, "kim")
    mine.email = "kim@example.org"
    mine.save()
    provider.person["email"] = "kim@example.org"
    sign_in(Client())
    other = Account.objects.get(openid__subject="s-1")
    assert other.pk != mine.pk
    assert other.username.startswith("kim-")
    assert not OpenIdLink.objects.filter(account=mine).exists()


def test_a_suspended_person_is_refused(provider: IdentityProvider) -> None:  # noqa: ARG001
    sign_in(Client())
    Account.objects.filter(username="kim").update(is_active=False)
    assert sign_in(Client()).status_code == 422


def test_staff_owes_the_second_step_unless_the_provider_asked_for_one(
    provider: IdentityProvider, choose: Choose
) -> None:
    choose(two_step="staff")
    assert sign_in(Client())["Location"] == "/sign-in/set-up/"
    provider.person["amr"] = ["pwd", "otp"]
    assert sign_in(Client())["Location"] == "/readings/"


def other_key(provider: IdentityProvider) -> None:
    forged = RSAKey.generate_key(2048, {"kid": "one"})
    true, provider.key = provider.key, forged

    def sign(claims: dict[str, Any]) -> str:
        token = provider.signed(claims)
        provider.key = true
        return token

    provider.sign = sign


def unsigned(provider: IdentityProvider) -> None:
    provider.sign = lambda claims: f"{encoded({'alg': 'none'})}.{encoded(claims)}."


def shared_secret(provider: IdentityProvider) -> None:
    """The public key used as if it were a shared secret: a known attack."""

    def sign(claims: dict[str, Any]) -> str:
        head = f"{encoded({'alg': 'HS256', 'kid': 'one'})}.{encoded(claims)}"
        mac = hmac.new(provider.key.as_pem(private=False), head.encode(), hashlib.sha256).digest()
        return f"{head}.{base64.urlsafe_b64encode(mac).rstrip(b'=').decode()}"

    provider.sign = sign


def changed_payload(provider: IdentityProvider) -> None:
    def sign(claims: dict[str, Any]) -> str:
        head, _, mac = provider.signed(claims).split(".")
        return f"{head}.{encoded(claims | {'groups': ['heads']})}.{mac}"

    provider.sign = sign


def not_a_token(provider: IdentityProvider) -> None:
    provider.sign = lambda _: "x.y.z"


def says(**changes: Any) -> Any:
    def wrong(provider: IdentityProvider) -> None:
        provider.claims = lambda claims: claims | changes

    return wrong


WRONG = {
    "other key": other_key,
    "alg none": unsigned,
    "shared secret": shared_secret,
    "changed payload": changed_payload,
    "not a token": not_a_token,
    "wrong nonce": says(nonce="another"),
    "wrong audience": says(aud="another-site"),
    "wrong issuer": says(iss="https://evil.example"),
    "expired": says(exp=1_700_000_000),
    "from long ago": says(iat=1_700_000_000),
    "no subject": says(sub=""),
}


@pytest.mark.parametrize("fault", WRONG)
def test_a_wrong_token_lets_nobody_in(provider: IdentityProvider, fault: str) -> None:
    WRONG[fault](provider)
    client = Client()
    answer = sign_in(client)
    assert answer.status_code == 422
    assert "기관 로그인을 확인하지 못했습니다" in answer.content.decode()
    assert client.get("/readings/").status_code == 302
    assert not OpenIdLink.objects.exists()
    assert not PersonSession.objects.exists()
    assert AuditEntry.objects.get(action="sign_in.refused").details["step"] == "openid"


@pytest.mark.parametrize("change", ["state", "code", "no state", "no code", "error"])
def test_a_changed_way_back_lets_nobody_in(provider: IdentityProvider, change: str) -> None:  # noqa: ARG001
    client = Client()
    way_back = urlsplit(approve(client.get("/sign-in/openid/")["Location"]))
    query = {name: values[0] for name, values in parse_qs(way_back.query).items()}
    if change == "error":
        query = {"error": "access_denied", "state": query["state"]}
    elif change.startswith("no "):
        del query[change.removeprefix("no ")]
    else:
        query[change] = "another"
    assert client.get(f"{way_back.path}?{urlencode(query)}").status_code == 422
    assert not OpenIdLink.objects.exists()


def test_the_way_back_of_another_browser_and_a_second_use_let_nobody_in(provider: IdentityProvider) -> None:  # noqa: ARG001
    client, other = Client(), Client()
    way_back = approve(client.get("/sign-in/openid/")["Location"])
    assert other.get(way_back).status_code == 422
    assert client.get(way_back).status_code == 302
    client.post("/sign-out/")
    assert client.get(way_back).status_code == 422


def test_a_new_key_of_the_provider_is_fetched(provider: IdentityProvider) -> None:
    sign_in(Client())
    provider.key = RSAKey.generate_key(2048, {"kid": "two"})
    assert sign_in(Client()).status_code == 302


def test_a_provider_that_says_to_be_another_is_not_used(provider: IdentityProvider) -> None:
    provider.discovery_issuer = "https://evil.example"
    answer = Client().get("/sign-in/openid/")
    assert answer.status_code == 503
    assert "기관 로그인 서버가 바르게 응답하지 않습니다" in answer.content.decode()


@pytest.mark.usefixtures("site")
@pytest.mark.parametrize("issuer", ["http://127.0.0.1:9/realm", "http://id.example", "file:///etc", "ftp://x"])
def test_a_provider_that_is_not_there_or_not_safe_is_told_of(choose: Choose, issuer: str) -> None:
    choose(oidc_issuer=issuer)
    assert Client().get("/sign-in/openid/").status_code == 503


def test_a_role_that_there_is_not_is_told_to_the_operator(provider: IdentityProvider, choose: Choose) -> None:  # noqa: ARG001
    choose(oidc_role_map='{"customs-officers": "king"}')
    answer = sign_in(Client())
    assert answer.status_code == 503
    assert not OpenIdLink.objects.exists()
