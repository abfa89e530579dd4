"""Where a site keeps the key that it signs proofs with."""

from __future__ import annotations

from pathlib import Path

from pandok.engines.proof_pack.signing import SigningKey


def site_signing_key(home: Path) -> SigningKey:
    """Made at the first call; readable by the owner of the home folder only."""
    return SigningKey.at(home / "keys" / "proof-signing-key")
