"""What a browser's passkey signed, checked with Yubico's fido2 library: values in, values out; nothing is kept here.

A passkey is found by the device itself (discoverable) and asks its person for a finger, a face or a PIN every time
(user verification), so that it counts as two factors: something one has, and something one is or knows. Attestation is
not asked for: it would tell which maker's device somebody carries. https://www.w3.org/TR/webauthn-3/
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from fido2 import cbor
from fido2.cose import CoseKey
from fido2.server import Fido2Server
from fido2.utils import websafe_decode, websafe_encode
from fido2.webauthn import (
    AttestedCredentialData,
    AuthenticationResponse,
    AuthenticatorData,
    PublicKeyCredentialDescriptor,
    PublicKeyCredentialRpEntity,
    PublicKeyCredentialType,
    PublicKeyCredentialUserEntity,
    RegistrationResponse,
    ResidentKeyRequirement,
    UserVerificationRequirement,
)

_NO_MODEL = bytes(16)
CHALLENGE_BYTES = 32


class NotSigned(ValueError):
    """What came is no answer to the challenge; the text says what was wrong, for the log."""


@dataclass(frozen=True)
class Place:
    """Where passkeys hold: the address of the site as the browser shows it, and its host name (RP ID)."""

    origin: str
    host: str


@dataclass(frozen=True)
class NewKey:
    """What is kept of a new passkey; texts are base64url."""

    credential_id: str
    public_key: str
    """COSE key in CBOR."""
    counter: int
    is_synchronised: bool
    """Whether its maker keeps a copy, so that it also opens on the person's other devices."""


@dataclass(frozen=True)
class Signed:
    """What a passkey signed: which one, whose handle it named, how often it has signed."""

    credential_id: str
    user_handle: str
    counter: int


def options_to_make(
    place: Place, *, challenge: bytes, user_handle: str, name: str, shown_name: str, has: Iterable[str]
) -> dict[str, Any]:
    """What the browser's `navigator.credentials.create` is given, with texts for bytes. `has`: passkeys that the person
    has already, so that one device does not make two."""
    options, _ = _server(place).register_begin(
        PublicKeyCredentialUserEntity(id=websafe_decode(user_handle), name=name, display_name=shown_name),
        credentials=_named(has),
        resident_key_requirement=ResidentKeyRequirement.REQUIRED,
        user_verification=UserVerificationRequirement.REQUIRED,
        challenge=challenge,
    )
    asked: dict[str, Any] = dict(options)["publicKey"]
    return asked


def options_to_sign(place: Place, *, challenge: bytes, only: Iterable[str] = ()) -> dict[str, Any]:
    """What the browser's `navigator.credentials.get` is given. `only`: passkeys of the person who comes back; empty:
    the device offers those that it has for this site."""
    options, _ = _server(place).authenticate_begin(
        credentials=_named(only) or None,
        user_verification=UserVerificationRequirement.REQUIRED,
        challenge=challenge,
    )
    asked: dict[str, Any] = dict(options)["publicKey"]
    return asked


def check_new(place: Place, *, challenge: bytes, answer: Mapping[str, Any]) -> NewKey:
    """Raises NotSigned where `answer` is not that of a device that was asked with `challenge` at `place`."""
    try:
        made = _server(place).register_complete(_state(challenge), RegistrationResponse.from_dict(answer))
    except Exception as error:  # the library refuses foreign bytes with errors of many kinds
        raise NotSigned(str(error) or type(error).__name__) from error
    kept = made.credential_data
    if kept is None:
        raise NotSigned("no credential")
    return NewKey(
        credential_id=websafe_encode(kept.credential_id),
        public_key=websafe_encode(cbor.encode(dict(kept.public_key))),
        counter=made.counter,
        is_synchronised=bool(made.flags & AuthenticatorData.FLAG.BS),
    )


def credential_named(answer: Mapping[str, Any]) -> str:
    """Which passkey `answer` says it is of; "" where it says nothing readable."""
    try:
        return websafe_encode(AuthenticationResponse.from_dict(answer).raw_id)
    except Exception:  # as above
        return ""


def check_signed(place: Place, *, challenge: bytes, public_key: str, answer: Mapping[str, Any]) -> Signed:
    """Raises NotSigned where `answer` was not signed by the key, for this challenge, at this place, by its person."""
    try:
        said = AuthenticationResponse.from_dict(answer)
        key = cbor.decode(websafe_decode(public_key))
        if not isinstance(key, Mapping):
            raise TypeError("no key")
        known = AttestedCredentialData.create(_NO_MODEL, said.raw_id, CoseKey.parse(key))
        _server(place).authenticate_complete(_state(challenge), [known], said)
    except Exception as error:  # as above
        raise NotSigned(str(error) or type(error).__name__) from error
    handle = said.response.user_handle
    return Signed(
        credential_id=websafe_encode(said.raw_id),
        user_handle=websafe_encode(handle) if handle else "",
        counter=said.response.authenticator_data.counter,
    )


def _server(place: Place) -> Fido2Server:
    return Fido2Server(
        PublicKeyCredentialRpEntity(id=place.host, name="Pandok"), verify_origin=lambda origin: origin == place.origin
    )


def _state(challenge: bytes) -> dict[str, Any]:
    return {"challenge": websafe_encode(challenge), "user_verification": UserVerificationRequirement.REQUIRED}


def _named(credential_ids: Iterable[str]) -> list[PublicKeyCredentialDescriptor]:
    return [
        PublicKeyCredentialDescriptor(type=PublicKeyCredentialType.PUBLIC_KEY, id=websafe_decode(one))
        for one in credential_ids
    ]
