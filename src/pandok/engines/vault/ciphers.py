"""Ciphers as a port: authenticated encryption with associated data. Agencies may demand another than AES."""

from __future__ import annotations

from typing import Protocol

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM, ChaCha20Poly1305

NONCE_BYTES = 12


class SealBroken(Exception):
    """The data is not what was sealed, or the key is not the one it was sealed with."""


class Cipher(Protocol):
    """`name` stands in the header of every object. A nonce is never used twice with one key."""

    name: str
    key_bytes: int

    def seal(self, key: bytes, nonce: bytes, data: bytes, associated: bytes) -> bytes: ...

    def open(self, key: bytes, nonce: bytes, data: bytes, associated: bytes) -> bytes:
        """Raises SealBroken."""
        ...


class AesGcm:
    """AES-256-GCM (NIST SP 800-38D)."""

    name = "AES-256-GCM"
    key_bytes = 32

    def seal(self, key: bytes, nonce: bytes, data: bytes, associated: bytes) -> bytes:
        return AESGCM(key).encrypt(nonce, data, associated)

    def open(self, key: bytes, nonce: bytes, data: bytes, associated: bytes) -> bytes:
        try:
            return AESGCM(key).decrypt(nonce, data, associated)
        except (InvalidTag, ValueError) as error:
            raise SealBroken from error


class ChaCha:
    """ChaCha20-Poly1305 (RFC 8439)."""

    name = "ChaCha20-Poly1305"
    key_bytes = 32

    def seal(self, key: bytes, nonce: bytes, data: bytes, associated: bytes) -> bytes:
        return ChaCha20Poly1305(key).encrypt(nonce, data, associated)

    def open(self, key: bytes, nonce: bytes, data: bytes, associated: bytes) -> bytes:
        try:
            return ChaCha20Poly1305(key).decrypt(nonce, data, associated)
        except (InvalidTag, ValueError) as error:
            raise SealBroken from error


CIPHERS: dict[str, Cipher] = {cipher.name: cipher for cipher in (AesGcm(), ChaCha())}
