"""Sealed secrets open only with the same key and for the same purpose."""

from __future__ import annotations

import pytest

from pandok.core.errors import StoreError
from pandok.engines.vault.secrets import keyed_digest, seal, unseal


def test_a_sealed_text_opens_with_its_key_and_shows_nothing() -> None:
    sealed = seal("JBSWY3DPEHPK3PXP", secret_key="site", purpose="second step")
    assert "JBSWY3DP" not in sealed
    assert sealed != seal("JBSWY3DPEHPK3PXP", secret_key="site", purpose="second step")
    assert unseal(sealed, secret_key="site", purpose="second step") == "JBSWY3DPEHPK3PXP"


def test_another_key_another_purpose_and_a_changed_text_do_not_open_it() -> None:
    sealed = seal("secret", secret_key="site", purpose="second step")
    changed = sealed[:-4] + ("AAAA" if sealed[-4:] != "AAAA" else "BBBB")
    for text, key, purpose in (
        (sealed, "other", "second step"),
        (sealed, "site", "other"),
        (changed, "site", "second step"),
        ("", "site", "second step"),
    ):
        with pytest.raises(StoreError) as refused:
            unseal(text, secret_key=key, purpose=purpose)
        assert refused.value.error_code == "store.sealed"


def test_digests_depend_on_key_and_purpose() -> None:
    digests = {keyed_digest("code", secret_key=key, purpose=purpose) for key in ("a", "b") for purpose in ("c", "d")}
    assert len(digests) == 4
