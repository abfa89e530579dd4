"""Where the groups of a person stand at a provider, and key sets as providers really send them."""

from __future__ import annotations

from typing import Any

import pytest
from django.test import Client
from joserfc.jwk import ECKey, OctKey, OKPKey, RSAKey

from pandok.common.models import Account, AuditEntry
from pandok.settings import settings
from tests.chosen import Choose
from tests.common.web.identity_provider import IdentityProvider
from tests.common.web.test_openid import sign_in
from tests.roles import Role

OFFICERS = ["customs-officers"]


@pytest.mark.parametrize(
    ("path", "claims"),
    [
        ("realm_access.roles", {"realm_access": {"roles": OFFICERS}}),
        ("resource_access.desk.example.roles", {"resource_access": {"desk.example": {"roles": OFFICERS}}}),
        ("https://desk.example/groups", {"https://desk.example/groups": OFFICERS}),
        ("urn:roles", {"urn:roles": {"customs-officers": {"7": "agency.example"}}}),
    ],
)
@pytest.mark.parametrize("place", ["token", "userinfo"])
def test_groups_are_found_where_the_provider_keeps_them(
    provider: IdentityProvider,
    choose: Choose,
    path: str,
    claims: dict[str, Any],
    place: str,
) -> None:
    choose(oidc_role_claim=path)
    del provider.person["groups"]
    if place == "token":
        provider.person |= claims
    else:
        provider.userinfo = {"sub": "s-1", **claims}
    assert sign_in(Client())["Location"] == "/readings/"
    assert Account.objects.get(openid__subject="s-1").roles == {Role.OFFICER}


def test_userinfo_of_somebody_else_counts_for_nobody(provider: IdentityProvider) -> None:
    del provider.person["groups"]
    for userinfo in ({"sub": "s-2", "groups": OFFICERS}, {"groups": OFFICERS}, {"sub": ["s-1"], "groups": OFFICERS}):
        provider.userinfo = userinfo
        assert sign_in(Client()).status_code == 422
    assert not Account.objects.filter(openid__subject="s-1").exists()


def test_userinfo_does_not_say_how_the_person_signed_in(provider: IdentityProvider, choose: Choose) -> None:
    choose(two_step="staff")
    del provider.person["groups"]
    provider.userinfo = {"sub": "s-1", "groups": OFFICERS, "amr": ["otp"]}
    assert sign_in(Client())["Location"] == "/sign-in/set-up/"


@pytest.mark.parametrize("groups", [..., None, {"a": 1}, 7, [None]])
def test_a_claim_that_is_missing_is_no_empty_one_and_takes_nothing_away(
    provider: IdentityProvider,
    groups: Any,
) -> None:
    first = Client()
    sign_in(first)
    if groups is ...:
        del provider.person["groups"]
    else:
        provider.person["groups"] = groups
    answer = sign_in(Client())
    assert answer.status_code == 422
    assert "그룹 정보를 보내지 않았습니다" in answer.content.decode()
    assert Account.objects.get(openid__subject="s-1").roles == {Role.OFFICER}
    assert first.get("/readings/").status_code == 200, "the session ended for a fault of the settings"
    assert AuditEntry.objects.filter(action="sign_in.refused").last().details["why"] == "no claim"
    provider.person["groups"] = []
    assert "맡은 역할이 없습니다" in sign_in(Client()).content.decode()
    assert Account.objects.get(openid__subject="s-1").roles == frozenset()


def test_scopes_are_those_of_the_setting_else_what_the_provider_offers(
    provider: IdentityProvider,
    choose: Choose,
) -> None:
    sign_in(Client())
    assert provider.asked["scope"] == "openid profile"
    provider.facts["scopes_supported"] = ["openid", "profile", "groups"]
    choose(oidc_client_secret=settings().oidc_client_secret, oidc_scopes="profile  email roles")
    sign_in(Client())
    assert provider.asked["scope"] == "openid profile email roles"
    choose(oidc_scopes="")
    from pandok.common.web.views import openid

    openid._provider.cache_clear()
    sign_in(Client())
    assert provider.asked["scope"] == "openid profile groups"


def test_the_name_and_contact_of_the_organisation_are_taken_over(provider: IdentityProvider) -> None:
    provider.person |= {"name": "홍길동", "email": "hong@agency.example", "phone_number": "not a number"}
    sign_in(Client())
    account = Account.objects.get(openid__subject="s-1")
    assert (account.display_name, account.email, account.phone) == ("홍길동", "hong@agency.example", "")
    provider.person["email_verified"] = False
    provider.person["email"] = "other@agency.example"
    sign_in(Client())
    assert Account.objects.get(openid__subject="s-1").email == "hong@agency.example"


def strange_keys() -> dict[str, list[Any]]:
    public = RSAKey.generate_key(2048, {"kid": "one"}).as_dict(private=False)
    curve = ECKey.generate_key("P-256", {"kid": "one"}).as_dict(private=False)
    return {
        "unknown curve": [{"kty": "EC", "kid": "b", "crv": "brainpoolP256r1", "x": "AAAA", "y": "AAAA"}],
        "unknown type": [{"kty": "AKP", "kid": "q", "alg": "ML-DSA-65", "pub": "AAAA"}],
        "no type": [{"kid": "one"}],
        "missing members": [
            {"kty": "RSA", "kid": "one", "n": public["n"]},
            {"kty": "EC", "kid": "one", "crv": "P-256"},
        ],
        "wrong types": [{"kty": "RSA", "kid": "one", "n": 7, "e": ["AQAB"]}, {"kty": 5, "kid": {}}, 7, None, "x", []],
        "wrong values": [{"kty": "RSA", "kid": "one", "n": "!", "e": ""}, {**curve, "x": curve["y"]}],
        "huge number": [{"kty": "RSA", "kid": "one", "n": "A" * 200_000, "e": "AQAB"}, {**public, "e": "_" * 2000}],
        "short": [{**public, "n": public["n"][:170]}],
        "shared secret": [OctKey.generate_key(256, {"kid": "one"}).as_dict(private=True)],
        "same name twice": [public, curve],
        "other use": [{**public, "use": "enc"}, {**public, "key_ops": ["encrypt"]}, {**public, "alg": "RSA-OAEP"}],
        "edwards": [OKPKey.generate_key("Ed25519", {"kid": "one"}).as_dict(private=False)],
        "strange name": [{**public, "kid": ["one"]}, {**public, "kid": 1}],
        "many": [{**public, "kid": f"old-{number}"} for number in range(1500)],
    }


@pytest.mark.filterwarnings("ignore")
@pytest.mark.parametrize("sort", strange_keys())
def test_keys_that_are_not_understood_are_ignored_and_the_others_hold(
    provider: IdentityProvider,
    sort: str,
) -> None:
    provider.more_keys = strange_keys()[sort]
    assert sign_in(Client())["Location"] == "/readings/"


def test_a_key_that_changed_under_its_name_is_fetched_again(provider: IdentityProvider) -> None:
    sign_in(Client())
    provider.key = RSAKey.generate_key(2048, {"kid": "one"})
    assert sign_in(Client())["Location"] == "/readings/"


@pytest.mark.parametrize(
    ("facts", "status"),
    [
        ({"jwks_uri": "https://["}, 503),
        ({"jwks_uri": 7}, 503),
        ({"userinfo_endpoint": ["x"]}, 302),
        ({"token_endpoint_auth_methods_supported": 5}, 302),
        ({"scopes_supported": {}}, 302),
    ],
)
def test_a_strange_discovery_document_is_told_of(
    provider: IdentityProvider,
    facts: dict[str, Any],
    status: int,
) -> None:
    provider.facts = facts
    assert sign_in(Client()).status_code == status


@pytest.mark.parametrize(
    "claims",
    [
        {"exp": float("nan")},
        {"exp": float("inf"), "iat": float("inf")},
        {"iat": 10**400},
        {"sub": "a\x00"},
    ],
)
def test_extreme_claims_are_refused(provider: IdentityProvider, claims: dict[str, Any]) -> None:
    provider.claims = lambda said: said | claims
    assert sign_in(Client()).status_code == 422
