"""Anchors: the newest hash of the chain, signed, to be kept away from this machine.

The chain alone shows changes inside it; an anchor that somebody else keeps shows also that its end was cut off, or
that the whole chain was rewritten. Signed with Ed25519; the private key follows from the site's secret key.
"""

from __future__ import annotations

import base64
import json
from datetime import datetime
from typing import Any

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey, Ed25519PublicKey
from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat
from pydantic import BaseModel, ConfigDict, Field, ValidationError

from pandok.common.audit import writing as audit
from pandok.core.audit import BrokenLink, KnownHead
from pandok.core.errors import RequestError
from pandok.core.text import Text
from pandok.engines.vault.secrets import derived_key

MOST_BYTES = 10_000


class Anchor(BaseModel):
    """The file that is kept elsewhere."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    sequence: int = Field(ge=0)
    hash: str = Field(pattern=r"^[0-9a-f]{64}$")
    made_at: str
    public_key: str
    signature: str = ""

    def signed_bytes(self) -> bytes:
        content: dict[str, Any] = self.model_dump(exclude={"signature"})
        return json.dumps(content, sort_keys=True, separators=(",", ":")).encode()


def make_anchor(*, actor: str, secret_key: str, now: datetime) -> Anchor:
    """An anchor of the chain as it stands, this event included."""
    entry = audit.tell(actor, "audit.anchored", "audit:chain", "", now, {})
    key = Ed25519PrivateKey.from_private_bytes(derived_key(secret_key, "audit anchor"))
    public = key.public_key().public_bytes(Encoding.Raw, PublicFormat.Raw)
    anchor = Anchor(
        sequence=entry.sequence,
        hash=entry.hash,
        made_at=now.isoformat(timespec="seconds"),
        public_key=base64.b64encode(public).decode(),
    )
    return anchor.model_copy(update={"signature": base64.b64encode(key.sign(anchor.signed_bytes())).decode()})


def read_anchor(data: bytes) -> Anchor:
    """An anchor whose signature holds. Raises RequestError for anything else.

    The signature is checked with the key in the file: it shows that the file is as it was made. Whose key it is, who
    keeps the first anchor of a site knows.
    """
    try:
        if len(data) > MOST_BYTES:
            raise ValueError("larger than an anchor")
        anchor = Anchor.model_validate_json(data)
        key = Ed25519PublicKey.from_public_bytes(base64.b64decode(anchor.public_key, validate=True))
        key.verify(base64.b64decode(anchor.signature, validate=True), anchor.signed_bytes())
    except (ValidationError, ValueError, InvalidSignature) as error:
        raise no_anchor(
            Text(ko="앵커 파일이 아니거나 내용이 바뀌었습니다.", en="This is not an anchor, or it was changed."),
            Text(ko="보관한 원본 파일을 쓰십시오.", en="Use the file as it was kept."),
        ) from error
    return anchor


def compare(anchor: Anchor) -> BrokenLink | None:
    """Whether the chain still holds the entry that was anchored, with the content of then."""
    return audit.compare_heads([KnownHead(anchor.sequence, anchor.hash, "anchor")])


def no_anchor(what: Text, next_step: Text, **fields: Any) -> RequestError:
    """A file is no anchor."""
    return RequestError(what, next_step, code="request.anchor", **fields)
