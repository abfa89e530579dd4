"""A message of a pole, and the acknowledgement that it waits for.

`{"spool": "…", "sequence": 12, "sent_ms": …, "readings": [{"sensor": "level-1", "property": "depth_cm", "unit": "cm",
"at_ms": …, "value": 3.2}]}` on `pandok/street/POLE/up`; the answer on `pandok/street/POLE/ack` is `{"spool": "…",
"contiguous": 12}`: everything up to this number of this spool is kept, and may be forgotten by the pole.
In place of `readings`, or beside them, stands `"senml": [{"bn": "/3418/0/", "n": "4", "u": "W", "v": 42.0}]`: what an
LwM2M device said (lwm2m/objects.py).
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Annotated, Self

from pydantic import BaseModel, ConfigDict, Field, PrivateAttr, ValidationError, model_validator

from pandok.fields.street.lwm2m.attributes import said_of
from pandok.fields.street.lwm2m.objects import readings_of
from pandok.fields.street.lwm2m.senml import SenmlRecord

TREE = "pandok/street"
MOST_BYTES = 65_536
MOST_READINGS = 500
MOST_MESSAGES = 50
"""In one batch over HTTP, of at most 1 MB."""
MOST_ANSWER_BYTES = 512
POLE_KEY = re.compile(r"[a-z0-9][a-z0-9-]{0,39}")
Key = Annotated[str, Field(pattern=r"^[a-z0-9][a-z0-9-]{0,39}$")]
Ms = Annotated[int, Field(ge=0, le=253_402_300_799_000)]
"""Unix time in milliseconds, before the year 10000."""


class _Sent(BaseModel):
    model_config = ConfigDict(extra="forbid", strict=True, allow_inf_nan=False, frozen=True)


class ReadingSent(_Sent):
    sensor: Key
    property: Annotated[str, Field(max_length=40)]
    unit: Annotated[str, Field(max_length=12)]
    at_ms: Ms
    value: float


class PoleMessage(_Sent):
    """`sequence` counts from 1 without gaps within one spool; `sent_ms` is the pole's clock when this copy left.
    `senml`: a pack of LwM2M resources (RFC 8428), which stands as `readings` once the message is read."""

    spool: Annotated[str, Field(pattern=r"^[0-9a-f]{32}$")]
    sequence: Annotated[int, Field(ge=1, le=2**53)]
    sent_ms: Ms
    readings: Annotated[tuple[ReadingSent, ...], Field(max_length=MOST_READINGS)] = ()
    senml: Annotated[tuple[SenmlRecord, ...], Field(max_length=MOST_READINGS)] = ()
    _attributes: dict[str, str] = PrivateAttr(default_factory=dict)

    @property
    def attributes(self) -> Mapping[str, str]:
        """What devices said of themselves, by LwM2M path."""
        return self._attributes

    @model_validator(mode="after")
    def _as_readings(self) -> Self:
        if not self.senml:
            return self
        more = tuple(ReadingSent.model_validate(one) for one in readings_of(self.senml, self.sent_ms))
        if len(self.readings) + len(more) > MOST_READINGS:
            raise ValueError("too many readings")
        read = self.model_copy(update={"readings": self.readings + more, "senml": ()})
        read._attributes = said_of(self.senml)
        return read


class MessageBatch(_Sent):
    """Over HTTP: messages of one pole, in any order."""

    messages: Annotated[tuple[PoleMessage, ...], Field(max_length=MOST_MESSAGES)]


class Acknowledgement(_Sent):
    spool: Annotated[str, Field(pattern=r"^[0-9a-f]{32}$")]
    contiguous: Annotated[int, Field(ge=0, le=2**53)]


def read_message(payload: bytes) -> PoleMessage | None:
    """None where the bytes are no message: nothing of it is taken, and nothing acknowledged."""
    if len(payload) > MOST_BYTES:
        return None
    try:
        return PoleMessage.model_validate_json(payload)
    except ValidationError:
        return None


def read_batch(body: bytes) -> MessageBatch | None:
    """None where the bytes are no batch: nothing of it is taken, and nothing acknowledged."""
    try:
        return MessageBatch.model_validate_json(body)
    except ValidationError:
        return None


def read_answer(payload: bytes) -> Acknowledgement | None:
    """At the pole. None where the bytes are no acknowledgement."""
    if len(payload) > MOST_ANSWER_BYTES:
        return None
    try:
        return Acknowledgement.model_validate_json(payload)
    except ValidationError:
        return None


def topic_of(pole: str, what: str) -> str:
    """`what`: "up" for messages, "ack" for the answer."""
    return f"{TREE}/{pole}/{what}"


def pole_of(topic: str) -> str | None:
    """The pole whose messages come on this topic, None where it is none of ours."""
    head, _, last = topic.rpartition("/")
    tree, _, pole = head.rpartition("/")
    return pole if tree == TREE and last == "up" and POLE_KEY.fullmatch(pole) else None
