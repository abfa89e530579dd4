"""Where the site's key lives, as a port: a file that only its owner reads, or a device that never gives the key away.

A provider wraps and unwraps the keys of deposits; it never hands out its own. An HSM or a KCMVP module is another class
with these two functions.
"""

from __future__ import annotations

import os
import stat
from collections.abc import Callable
from pathlib import Path
from typing import Any, Protocol

from pandok.core.errors import StoreError
from pandok.core.text import Text
from pandok.engines.vault.ciphers import NONCE_BYTES, AesGcm, Cipher

KEY_BYTES = 32
Random = Callable[[int], bytes]


class SiteKeyProvider(Protocol):
    """`name` stands in the header of every key that was wrapped."""

    name: str

    def wrap(self, key: bytes, bound_to: bytes) -> bytes: ...

    def unwrap(self, wrapped: bytes, bound_to: bytes) -> bytes:
        """Raises SealBroken where the key is another one, or the bytes or what they are bound to were changed."""
        ...


class FileSiteKey:
    """The key in a file with mode 0400, made at the first wrapping. A file that others may read is refused, and one
    that is gone is not made again for what was wrapped with it."""

    def __init__(self, path: Path, *, cipher: Cipher | None = None, random: Random = os.urandom):
        self._path = path
        self._cipher = cipher or AesGcm()
        self._random = random
        self.name = f"file/{self._cipher.name}"

    def wrap(self, key: bytes, bound_to: bytes) -> bytes:
        nonce = self._random(NONCE_BYTES)
        return nonce + self._cipher.seal(secret_file(self._path, self._random), nonce, key, bound_to)

    def unwrap(self, wrapped: bytes, bound_to: bytes) -> bytes:
        secret = secret_file(self._path, self._random, make=False)
        return self._cipher.open(secret, wrapped[:NONCE_BYTES], wrapped[NONCE_BYTES:], bound_to)


def secret_file(path: Path, random: Random = os.urandom, *, make: bool = True) -> bytes:
    """32 secret bytes in a file of its owner, made once. Raises StoreError where it is missing, open to others or cut.

    Two processes at the first start agree: the file is linked into place whole, and who comes second reads it.
    """
    try:
        if make and not path.exists():
            _make(path, random(KEY_BYTES))
        if stat.S_IMODE(path.stat().st_mode) & 0o077:
            raise _unusable(
                path, Text(ko="다른 사용자가 읽을 수 있는 파일입니다", en="other users of this machine may read it")
            )
        secret = path.read_bytes()
    except OSError as error:
        raise _unusable(path, Text(ko="파일을 읽을 수 없습니다", en="the file cannot be read")) from error
    if len(secret) != KEY_BYTES:
        raise _unusable(path, Text(ko="길이가 맞지 않습니다", en="it has the wrong length"))
    return secret


def _make(path: Path, secret: bytes) -> None:
    path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
    beside = path.with_name(f".{path.name}-{os.getpid()}-{os.urandom(4).hex()}")
    handle = os.open(beside, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o400)
    try:
        with os.fdopen(handle, "wb") as file:
            file.write(secret)
            file.flush()
            os.fsync(file.fileno())
        try:
            os.link(beside, path)
        except FileExistsError:
            return
    finally:
        beside.unlink(missing_ok=True)


def another_key() -> StoreError:
    return _key_refused(
        Text(
            ko="금고 키가 이 금고의 것이 아닙니다. 있는 자료를 하나도 열 수 없습니다.",
            en="The key of the vault is not this vault's: it opens nothing that lies there.",
        ),
        Text(
            ko="아무것도 바꾸지 않았습니다. 따로 보관한 keys 폴더를 되돌린 뒤 다시 하십시오.",
            en="Nothing was changed. Put the folder keys back that is kept elsewhere, then try again.",
        ),
    )


def _unusable(path: Path, why: Text) -> StoreError:
    return _key_refused(
        Text(ko=f"키 파일 {path.name}을(를) 쓸 수 없습니다: {why.ko}.", en=f"The key file {path.name}: {why.en}."),
        Text(
            ko="권한을 0400으로 두고, 잃었다면 따로 보관한 사본을 되돌리십시오.",
            en="Set its mode to 0400; where it is lost, put the copy back that is kept elsewhere.",
        ),
    )


def _key_refused(what: Text, next_step: Text, **fields: Any) -> StoreError:
    """The key of the vault is missing, unusable, or another."""
    return StoreError(what, next_step, code="store.vault_key", **fields)
