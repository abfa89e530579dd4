"""Sealed objects: a fresh data key for each, wrapped by the site key; in chunks, so that large files stay small in
memory; bound to their name and version, so that no object passes for another.

Layout: magic, header length, header (JSON: cipher, object, version, chunk size, wrapped key), then chunks. The
associated data of a chunk names object, version, its number and whether it is the last: cutting, reordering and
swapping all break the seal.
"""

from __future__ import annotations

import base64
import binascii
import json
import struct
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import BinaryIO, Protocol

from pandok.engines.vault.ciphers import CIPHERS, NONCE_BYTES, Cipher, SealBroken

MAGIC = b"PANDOK-SEAL-1\n"
CHUNK_BYTES = 1 << 20
MOST_HEADER_BYTES = 4096
Random = Callable[[int], bytes]


@dataclass(frozen=True)
class SiteKey:
    """The key that wraps data keys. It comes from a provider (file, HSM); it never stands in a setting or argument."""

    key: bytes
    cipher: Cipher


class Sink(Protocol):
    """Where sealed bytes go."""

    def write(self, data: bytes, /) -> int: ...


def seal(
    source: BinaryIO, target: Sink, *, name: str, version: int, site_key: SiteKey, cipher: Cipher, random: Random
) -> int:
    """Seal everything that `source` gives; returns the number of plain bytes. `random(n)` gives n fresh bytes."""
    data_key = random(cipher.key_bytes)
    nonce = random(NONCE_BYTES)
    wrapped = nonce + site_key.cipher.seal(site_key.key, nonce, data_key, _bound(name, version, -1, last=True))
    header = json.dumps(
        {
            "cipher": cipher.name,
            "wrapped_by": site_key.cipher.name,
            "object": name,
            "version": version,
            "chunk_bytes": CHUNK_BYTES,
            "wrapped_key": base64.b64encode(wrapped).decode(),
        },
        sort_keys=True,
    ).encode()
    target.write(MAGIC + struct.pack(">I", len(header)) + header)
    number, total = 0, 0
    chunk = source.read(CHUNK_BYTES)
    while True:
        following = source.read(CHUNK_BYTES)
        nonce = random(NONCE_BYTES)
        sealed = cipher.seal(data_key, nonce, chunk, _bound(name, version, number, last=not following))
        target.write(struct.pack(">I", len(sealed)) + nonce + sealed)
        number, total = number + 1, total + len(chunk)
        if not following:
            return total
        chunk = following


def unsealed(source: BinaryIO, *, name: str, version: int, site_key: SiteKey) -> Iterator[bytes]:
    """The plain chunks in order. Raises SealBroken at the first that does not hold; nothing after it is given."""
    header = _header(source)
    if header.get("object") != name or header.get("version") != version:
        raise SealBroken
    cipher = CIPHERS.get(str(header.get("cipher")))
    if cipher is None or header.get("wrapped_by") != site_key.cipher.name:
        raise SealBroken
    try:
        wrapped = base64.b64decode(str(header.get("wrapped_key")), validate=True)
    except binascii.Error as error:
        raise SealBroken from error
    data_key = site_key.cipher.open(
        site_key.key, wrapped[:NONCE_BYTES], wrapped[NONCE_BYTES:], _bound(name, version, -1, last=True)
    )
    number, size = 0, source.read(4)
    while size:
        length = struct.unpack(">I", size)[0] if len(size) == 4 else 0
        if not 0 < length <= CHUNK_BYTES + 64:
            raise SealBroken
        nonce, sealed, following = source.read(NONCE_BYTES), source.read(length), source.read(4)
        yield cipher.open(data_key, nonce, sealed, _bound(name, version, number, last=not following))
        number, size = number + 1, following
    if number == 0:
        raise SealBroken


def _header(source: BinaryIO) -> dict[str, object]:
    if source.read(len(MAGIC)) != MAGIC:
        raise SealBroken
    size = source.read(4)
    length = struct.unpack(">I", size)[0] if len(size) == 4 else 0
    if not 0 < length <= MOST_HEADER_BYTES:
        raise SealBroken
    try:
        header = json.loads(source.read(length))
    except ValueError as error:
        raise SealBroken from error
    if not isinstance(header, dict):
        raise SealBroken
    return header


def _bound(name: str, version: int, number: int, *, last: bool) -> bytes:
    return json.dumps([name, version, number, last]).encode()
