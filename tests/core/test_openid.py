"""Which claims let a person in: every rule broken once."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any

import pytest

from pandok.core.openid import ClaimRefused, checked_identity, roles_of

NOW = datetime(2026, 3, 2, 3, 0, tzinfo=UTC)
AT = int(NOW.timestamp())
GOOD = {
    "iss": "https://id.example",
    "aud": "pandok",
    "exp": AT + 300,
    "iat": AT,
    "nonce": "n-1",
    "sub": "s-1",
    "preferred_username": "kim",
    "groups": ["customs-officers", 7, "staff"],
}


def check(**changes: Any) -> Any:
    claims = {name: value for name, value in (GOOD | changes).items() if value is not ...}
    return checked_identity(
        claims, issuer="https://id.example", client_id="pandok", nonce="n-1", now=NOW, role_claim="groups"
    )


def test_good_claims_name_the_person() -> None:
    identity = check()
    assert (identity.subject, identity.name, identity.groups) == ("s-1", "kim", ("customs-officers", "staff"))
    assert not identity.had_second_factor
    assert check(aud=["other", "pandok"], azp="pandok").subject == "s-1"
    assert check(groups="one-group").groups == ("one-group",)
    assert check(groups={"officers": {"1": "agency.example"}}).groups == ("officers",)
    assert check(groups=[]).groups == ()
    for unreadable in ({"a": 1}, 7, None, [1], ...):
        assert check(groups=unreadable).groups is None
    assert check(amr=["pwd", "otp"]).had_second_factor
    assert not check(amr=["pwd"]).had_second_factor


@pytest.mark.parametrize(
    ("claim", "changes"),
    [
        ("iss", {"iss": "https://id.example/"}),
        ("iss", {"iss": ...}),
        ("aud", {"aud": "other"}),
        ("aud", {"aud": ["other"]}),
        ("aud", {"aud": ...}),
        ("aud", {"aud": {"pandok": 1}}),
        ("azp", {"aud": ["pandok", "other"]}),
        ("azp", {"azp": "other"}),
        ("exp", {"exp": AT - 60}),
        ("exp", {"exp": ...}),
        ("exp", {"exp": "never"}),
        ("exp", {"exp": True}),
        ("iat", {"iat": AT - 3600}),
        ("iat", {"iat": AT + 600}),
        ("iat", {"iat": ...}),
        ("nonce", {"nonce": "n-2"}),
        ("nonce", {"nonce": ...}),
        ("nonce", {"nonce": 1}),
        ("sub", {"sub": ""}),
        ("sub", {"sub": ...}),
        ("sub", {"sub": 7}),
        ("sub", {"sub": "s" * 256}),
    ],
)
def test_a_wrong_claim_is_refused_by_name(claim: str, changes: dict[str, Any]) -> None:
    with pytest.raises(ClaimRefused) as refused:
        check(**changes)
    assert refused.value.claim == claim


def test_an_empty_nonce_never_counts() -> None:
    with pytest.raises(ClaimRefused):
        checked_identity(
            GOOD | {"nonce": ""}, issuer=str(GOOD["iss"]), client_id="pandok", nonce="", now=NOW, role_claim="groups"
        )


def test_groups_outside_the_map_give_nothing() -> None:
    role_map = {"customs-officers": "officer", "heads": "supervisor"}
    assert roles_of(("customs-officers", "heads"), role_map) == {"officer", "supervisor"}
    assert roles_of(("administrator", "officer"), role_map) == frozenset()
