"""Where a site keeps the key that it signs proofs with."""

from __future__ import annotations

from pathlib import Path

from pandok.engines.proof_pack.signing import SigningKey


def signing_key_file(home: Path) -> Path:
    return home / "keys" / "proof-signing-key"


def site_signing_key(home: Path) -> SigningKey:
    """Made at the first call; readable by the owner of the home folder only."""
    return SigningKey.at(signing_key_file(home))
