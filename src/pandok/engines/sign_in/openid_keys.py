"""The key set of an identity provider (RFC 7517), and the signature of a token by one of its keys.

Section 5: keys that are not understood, lack a member or have values that are not supported are ignored; the others
hold. So every key is looked at by itself, only when a token asks for it, and only its public members are read.
"""

from __future__ import annotations

import warnings
from collections.abc import Iterator, Mapping
from typing import Any

from joserfc import jwt
from joserfc.errors import JoseError
from joserfc.jwk import ECKey, RSAKey

ALGORITHMS = ("RS256", "RS384", "RS512", "PS256", "PS384", "PS512", "ES256", "ES384")
_CURVES = {"ES256": "P-256", "ES384": "P-384"}
_MEMBERS = {"RSA": ("n", "e"), "EC": ("crv", "x", "y")}
LEAST_BITS = 2048
LONGEST_MEMBER = 3000
"""Letters of a number in base64url: an RSA modulus of 16,384 bits has 2,731."""
MOST_TRIED = 100
"""Keys that are tried for one token: those of its `kid`, or all where it names none."""


class NoKeySet(ValueError):
    """What the provider sent is no key set at all."""


class ProviderKeys:
    """`document` is what stands at `jwks_uri`. Raises NoKeySet where it has no list of keys."""

    def __init__(self, document: Mapping[str, Any]):
        keys = document.get("keys")
        if not isinstance(keys, list):
            raise NoKeySet("keys")
        self._keys = [key for key in keys if isinstance(key, dict)]

    def holds(self, kid: str | None) -> bool:
        return kid is None or any(key.get("kid") == kid for key in self._keys)

    def claims(self, token: str, header: Mapping[str, Any]) -> dict[str, Any] | None:
        """The claims of a token that one of the keys has signed; None where none has."""
        for key in self._usable(str(header["alg"]), header.get("kid")):
            try:
                return dict(jwt.decode(token, key, algorithms=[str(header["alg"])]).claims)
            except (JoseError, ValueError, TypeError, RecursionError):
                continue
        return None

    def _usable(self, algorithm: str, kid: str | None) -> Iterator[RSAKey | ECKey]:
        asked = [one for one in self._keys if _may_sign(one, algorithm) and (kid is None or one.get("kid") == kid)]
        for one in asked[:MOST_TRIED]:
            key = _imported(one)
            if key is not None:
                yield key


def _may_sign(key: Mapping[str, Any], algorithm: str) -> bool:
    sort = "EC" if algorithm in _CURVES else "RSA"
    if key.get("kty") != sort or (sort == "EC" and key.get("crv") != _CURVES[algorithm]):
        return False
    uses = key.get("key_ops", ["verify"])
    is_for_signing = key.get("use", "sig") == "sig" and isinstance(uses, list) and "verify" in uses
    return is_for_signing and key.get("alg", algorithm) == algorithm and isinstance(key.get("kid", ""), str)


def _imported(key: Mapping[str, Any]) -> RSAKey | ECKey | None:
    """The public key; None where its members do not make one."""
    members = {name: key.get(name) for name in _MEMBERS[key["kty"]]}
    if not all(isinstance(value, str) and 0 < len(value) <= LONGEST_MEMBER for value in members.values()):
        return None
    plain: dict[str, Any] = {"kty": key["kty"], **members}
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")  # joserfc warns of short keys; they are left out below
            if key["kty"] == "EC":
                return ECKey.import_key(plain)
            found = RSAKey.import_key(plain)
            return found if found.raw_value.key_size >= LEAST_BITS else None
    except Exception:
        # Whatever a library raises for foreign numbers: this key is not understood.
        return None
