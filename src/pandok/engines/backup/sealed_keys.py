"""The site's keys in a backup: one file, sealed under a passphrase (scrypt, AES-256-GCM)."""

from __future__ import annotations

import base64
import json
import os
from collections.abc import Mapping
from pathlib import PurePosixPath
from typing import Any

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.kdf.scrypt import Scrypt

from pandok.core.errors import RequestError, StoreError
from pandok.core.text import Text

KEYS_FILE = "backup-keys.sealed"
LEAST_PASSPHRASE = 12
_BOUND = b"pandok backup keys 1"


def seal_keys(keys: Mapping[str, bytes], passphrase: str) -> bytes:
    """Paths in the home folder and contents. Raises RequestError for a passphrase that is too short."""
    if len(passphrase) < LEAST_PASSPHRASE:
        raise wrong_passphrase(
            Text(
                ko=f"키를 봉인할 암호문이 {LEAST_PASSPHRASE}자보다 짧습니다.",
                en=f"The passphrase for the keys has fewer than {LEAST_PASSPHRASE} characters.",
            ),
            Text(
                ko="더 긴 문장을 쓰고 백업과 따로 보관하십시오.", en="Use a longer one; keep it apart from the backup."
            ),
        )
    salt, nonce = os.urandom(16), os.urandom(12)
    plain = json.dumps({name: base64.b64encode(data).decode() for name, data in sorted(keys.items())}).encode()
    return salt + nonce + AESGCM(_key(passphrase, salt)).encrypt(nonce, plain, _BOUND)


def is_key(path: str) -> bool:
    """Whether a path in the home folder is a place of keys; those never lie in a backup in clear."""
    return PurePosixPath(path).parts[0].casefold() in ("keys", "secret-key")


def key_in_clear(path: str) -> StoreError:
    return StoreError(
        Text(
            ko=f"백업 목록에 봉인되지 않은 키 {path}가 있습니다. Pandok은 그런 백업을 만들지 않습니다.",
            en=f"The manifest holds the key {path} outside the sealed ones; Pandok makes no such backup.",
        ),
        Text(
            ko="누군가 넣은 키일 수 있습니다. 이 백업을 쓰지 말고 다른 백업을 쓰십시오.",
            en="Somebody may have put it there: do not use this backup; use another.",
        ),
        code="store.backup_key_in_clear",
    )


def open_keys(sealed: bytes, passphrase: str) -> dict[str, bytes]:
    """Raises RequestError for another passphrase or changed bytes."""
    try:
        plain = AESGCM(_key(passphrase, sealed[:16])).decrypt(sealed[16:28], sealed[28:], _BOUND)
    except (InvalidTag, ValueError) as error:
        raise wrong_passphrase(
            Text(ko="암호문이 맞지 않아 키를 열 수 없습니다.", en="The keys do not open with this passphrase."),
            Text(ko="백업할 때 쓴 암호문을 쓰십시오.", en="Use the passphrase that the backup was made with."),
        ) from error
    return {name: base64.b64decode(data) for name, data in json.loads(plain).items()}


def _key(passphrase: str, salt: bytes) -> bytes:
    return Scrypt(salt=salt, length=32, n=2**15, r=8, p=1).derive(passphrase.encode())


def wrong_passphrase(what: Text, next_step: Text, **fields: Any) -> RequestError:
    """The passphrase of a backup is missing, too short, or another."""
    return RequestError(what, next_step, code="request.passphrase", **fields)
