"""Whose backup it is: the manifest signed with a key of the site that made it.

The signature lies beside the manifest and names the backup, the site and the hash of the manifest, which holds the hash
of every file. The key lies among the site's keys, so it comes along where they are sealed into the backup; its
fingerprint, printed at every backup, is kept elsewhere and given at restoring.
"""

from __future__ import annotations

import hashlib
import json
from dataclasses import dataclass
from pathlib import Path

from pydantic import BaseModel, ConfigDict, ValidationError

from pandok.core.errors import RequestError, StoreError
from pandok.core.text import Text
from pandok.engines.proof_pack.signing import SigningKey, key_id, opened

KEY_FILE = "backup-signing-key"
PAYLOAD = "application/vnd.pandok.backup+json"
LEAST_FINGERPRINT = 16


class _Said(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid")

    backup: str
    site: str
    manifest_sha256: str


@dataclass(frozen=True, slots=True)
class Signer:
    """The site by the name it gave itself, and the fingerprint of its key."""

    site: str
    fingerprint: str


def backup_key(home: Path) -> SigningKey:
    """Made at the first call. Raises StoreError."""
    return SigningKey.at(home / "keys" / KEY_FILE)


def signature_of(key: SigningKey, *, backup: str, site: str, manifest: bytes) -> bytes:
    said = _Said(backup=backup, site=site, manifest_sha256=hashlib.sha256(manifest).hexdigest())
    envelope = key.sign(said.model_dump_json().encode(), PAYLOAD)
    return json.dumps({"public": key.public, "envelope": envelope}, indent=1).encode() + b"\n"


def signer_of(signature: bytes, *, backup: str, manifest: bytes) -> Signer:
    """Who signed this manifest as this backup. Raises StoreError where the signature is of something else."""
    try:
        found = json.loads(signature)
        payload, fingerprint = opened(found["envelope"], PAYLOAD, [found["public"]])
        said = _Said.model_validate_json(payload)
    except (RequestError, ValidationError, ValueError, KeyError, TypeError) as error:
        raise not_as_signed() from error
    if said.backup != backup or said.manifest_sha256 != hashlib.sha256(manifest).hexdigest():
        raise not_as_signed()
    return Signer(said.site, fingerprint)


def must_be(signer: Signer, fingerprint: str) -> None:
    """Raises StoreError where the signer's key has another fingerprint; its first 16 characters are enough."""
    asked = "".join(fingerprint.lower().split())
    if len(asked) < LEAST_FINGERPRINT or not signer.fingerprint.startswith(asked):
        raise signed_by_another(signer)


def fingerprint_of(raw_private: bytes) -> str:
    """Of the key in a file that came out of the sealed keys."""
    from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

    return key_id(SigningKey(Ed25519PrivateKey.from_private_bytes(raw_private)).public)


def not_as_signed() -> StoreError:
    return StoreError(
        Text(
            ko="백업 목록이 서명과 맞지 않습니다. 바뀌었거나 다른 백업의 것입니다.",
            en="The manifest of the backup is not the one that was signed: it was changed, or is of another backup.",
        ),
        Text(ko="이 백업을 쓰지 말고 다른 백업을 쓰십시오.", en="Do not use this backup; use another."),
        code="store.backup_signature",
    )


def signed_by_another(signer: Signer) -> StoreError:
    return StoreError(
        Text(
            ko=f"다른 키({signer.fingerprint[:16]})로 서명된 백업입니다.",
            en=f"The backup was signed with another key ({signer.fingerprint[:16]}).",
        ),
        Text(
            ko="백업할 때 표시된 지문과 비교하십시오. 다르면 쓰지 마십시오.",
            en="Compare with the fingerprint that was printed when it was made; do not use it where they differ.",
        ),
        code="store.backup_signer",
    )


def not_signed() -> StoreError:
    return StoreError(
        Text(
            ko="서명이 없는 백업입니다. 예전 버전에서 만들었거나 서명이 지워졌습니다.",
            en="The backup is not signed: an earlier version made it, or the signature was removed.",
        ),
        Text(
            ko="어디서 온 백업인지 확실하면 --unsigned를 붙여 다시 하십시오.",
            en="Where you are sure whose it is, add --unsigned.",
        ),
        code="store.backup_unsigned",
    )


def signature_taken_away() -> StoreError:
    return StoreError(
        Text(
            ko="서명하는 사이트의 백업인데 서명이 지워졌습니다. 목록이 바뀌었을 수 있습니다.",
            en="This site signs its backups, and the signature is gone: the manifest may have been changed.",
        ),
        Text(
            ko="이 백업을 쓰지 말고 다른 백업을 쓰십시오. 키 없이 되살리려면 암호문을 주지 마십시오.",
            en="Use another backup. To restore it without its keys, leave the passphrase out.",
        ),
        code="store.backup_signature_gone",
    )
