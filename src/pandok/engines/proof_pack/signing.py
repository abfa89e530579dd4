"""Signatures: Ed25519 over a DSSE envelope, so that a proof can be checked anywhere with nothing but a public key.

Sources: RFC 8032 (Ed25519); DSSE, https://github.com/secure-systems-lab/dsse (pre-authentication encoding, version 1).
"""

from __future__ import annotations

import base64
import binascii
import hashlib
from collections.abc import Iterable
from contextlib import suppress
from pathlib import Path
from typing import Any

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey, Ed25519PublicKey
from cryptography.hazmat.primitives.serialization import Encoding, NoEncryption, PrivateFormat, PublicFormat

from pandok.core.errors import RequestError, StoreError
from pandok.core.text import Text
from pandok.engines.files.disk_faults import OF_THE_DISK, disk_fault
from pandok.engines.files.durable import write_durably


class SigningKey:
    """A site's private key; `key_id` is the sha256 of its public key, in hexadecimal."""

    def __init__(self, private: Ed25519PrivateKey):
        self._private = private

    @classmethod
    def at(cls, path: Path) -> SigningKey:
        """The key in this file, readable by its owner only; made at the first call. Raises StoreError."""
        try:
            if not path.exists():
                raw = Ed25519PrivateKey.generate().private_bytes(Encoding.Raw, PrivateFormat.Raw, NoEncryption())
                with suppress(FileExistsError):  # made by another at the same moment
                    write_durably(path, raw)  # whole or not at all: no half key stands in the way
                    path.chmod(0o400)
            return cls(Ed25519PrivateKey.from_private_bytes(path.read_bytes()))
        except (OSError, ValueError) as error:
            if isinstance(error, OSError) and error.errno in OF_THE_DISK:
                raise disk_fault(error) from error
            raise StoreError(
                Text(ko="서명 키를 읽거나 만들 수 없습니다.", en="The signing key can neither be read nor made."),
                Text(
                    ko="홈 폴더의 권한과 키 파일을 확인하십시오.", en="Check the home folder's rights and the key file."
                ),
                code="store.signing_key",
            ) from error

    @property
    def public(self) -> str:
        """The public key, base64 of its 32 bytes."""
        raw = self._private.public_key().public_bytes(Encoding.Raw, PublicFormat.Raw)
        return base64.b64encode(raw).decode()

    @property
    def key_id(self) -> str:
        return key_id(self.public)

    def sign(self, payload: bytes, payload_type: str) -> dict[str, Any]:
        """A DSSE envelope as a JSON-ready value."""
        signature = self._private.sign(_authenticated(payload_type, payload))
        return {
            "payloadType": payload_type,
            "payload": base64.b64encode(payload).decode(),
            "signatures": [{"keyid": self.key_id, "sig": base64.b64encode(signature).decode()}],
        }


def key_id(public: str) -> str:
    """The name of a public key (base64): the sha256 of its bytes."""
    return hashlib.sha256(base64.b64decode(public)).hexdigest()


def opened(envelope: dict[str, Any], payload_type: str, public_keys: Iterable[str]) -> tuple[bytes, str]:
    """The payload of an envelope and the id of the key that signed it. Raises RequestError where it does not hold.

    Only the given keys count, whatever the envelope names.
    """
    try:
        payload = base64.b64decode(envelope["payload"], validate=True)
        stated = envelope["payloadType"]
        signatures = [base64.b64decode(one["sig"], validate=True) for one in envelope["signatures"]]
    except (KeyError, TypeError, binascii.Error) as error:
        raise _broken("form") from error
    if stated != payload_type:
        raise _broken("type")
    message = _authenticated(payload_type, payload)
    for public in public_keys:
        try:
            key = Ed25519PublicKey.from_public_bytes(base64.b64decode(public, validate=True))
        except (binascii.Error, ValueError) as error:
            raise _broken("key") from error
        for signature in signatures:
            try:
                key.verify(signature, message)
            except InvalidSignature:
                continue
            return payload, key_id(public)
    raise _broken("signature")


def _authenticated(payload_type: str, payload: bytes) -> bytes:
    kind = payload_type.encode()
    return b" ".join((b"DSSEv1", str(len(kind)).encode(), kind, str(len(payload)).encode(), payload))


def _broken(fault: str) -> RequestError:
    return RequestError(
        Text(ko="서명이 맞지 않습니다.", en="The signature does not hold."),
        Text(
            ko="보낸 기관의 공개키와 파일을 다시 받으십시오.",
            en="Ask the sending agency again for its public key and the file.",
        ),
        code="signature.broken",
        fault=fault,
    )
