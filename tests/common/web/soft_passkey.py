"""A passkey in software, for tests: makes keys and signs as a phone does, and can be told to do it wrongly."""

from __future__ import annotations

import hashlib
import json
import secrets
from base64 import urlsafe_b64decode, urlsafe_b64encode
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec
from fido2 import cbor
from fido2.cose import ES256

PRESENT, VERIFIED, HAS_KEY = 0x01, 0x04, 0x40


def text(raw: bytes) -> str:
    return urlsafe_b64encode(raw).decode().rstrip("=")


def raw(said: str) -> bytes:
    return urlsafe_b64decode(said + "=" * (-len(said) % 4))


@dataclass
class SoftPasskey:
    origin: str = "http://localhost"
    is_verified: bool = True
    """Whether its person is asked for a finger, a face or a PIN."""
    counts: bool = True
    counter: int = 0
    user_handle: bytes = b""
    credential_id: bytes = field(default_factory=lambda: secrets.token_bytes(32))
    key: ec.EllipticCurvePrivateKey = field(default_factory=lambda: ec.generate_private_key(ec.SECP256R1()))

    def make(self, options: Mapping[str, Any]) -> str:
        """The answer to the options of a registration, as the page sends it."""
        self.user_handle = raw(options["user"]["id"])
        public = cbor.encode(dict(ES256.from_cryptography_key(self.key.public_key())))
        known = bytes(16) + len(self.credential_id).to_bytes(2, "big") + self.credential_id + public
        said = self._authenticator(options["rp"]["id"], HAS_KEY) + known
        attestation = cbor.encode({"fmt": "none", "attStmt": {}, "authData": said})
        client = self._client("webauthn.create", options["challenge"])
        return self._credential({"clientDataJSON": text(client), "attestationObject": text(attestation)})

    def sign(self, options: Mapping[str, Any]) -> str:
        """The answer to the options of a sign-in, as the page sends it."""
        self.counter += 1
        said = self._authenticator(options["rpId"], 0)
        client = self._client("webauthn.get", options["challenge"])
        signature = self.key.sign(said + hashlib.sha256(client).digest(), ec.ECDSA(hashes.SHA256()))
        response = {
            "clientDataJSON": text(client),
            "authenticatorData": text(said),
            "signature": text(signature),
            "userHandle": text(self.user_handle),
        }
        return self._credential(response)

    def _authenticator(self, host: str, more: int) -> bytes:
        flags = PRESENT | (VERIFIED if self.is_verified else 0) | more
        counter = self.counter if self.counts else 0
        return hashlib.sha256(host.encode()).digest() + bytes([flags]) + counter.to_bytes(4, "big")

    def _client(self, kind: str, challenge: str) -> bytes:
        return json.dumps({"type": kind, "challenge": challenge, "origin": self.origin}).encode()

    def _credential(self, response: Mapping[str, str]) -> str:
        named = text(self.credential_id)
        return json.dumps({"id": named, "rawId": named, "type": "public-key", "response": response})
