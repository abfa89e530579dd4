"""What the poles of the street send, each message with its number: taken as ingest takes it."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import NamedTuple

from pandok.fields.street.acts.taking import Arrived, take
from pandok.fields.street.hazards import Hazards
from pandok.fields.street.messages import PoleMessage
from pandok.fields.street.observed import OBSERVED

_SPOOL = "d" * 32


class Measured(NamedTuple):
    sensor: str
    observed: str
    at: datetime
    value: float


@dataclass
class Poles:
    hazards: Hazards
    _sent: Counter[str] = field(default_factory=Counter, init=False)

    def send(self, at: datetime, said: Mapping[str, Sequence[Measured]]) -> None:
        """A message of each of these poles, which comes at once."""
        take([self._arrived(pole, at, readings) for pole, readings in said.items()], hazards=self.hazards)

    def _arrived(self, pole: str, at: datetime, readings: Sequence[Measured]) -> Arrived:
        self._sent[pole] += 1
        said = [
            {"sensor": one.sensor, "property": one.observed, "unit": OBSERVED[one.observed].unit,
             "at_ms": _ms(one.at), "value": one.value}
            for one in readings
        ]  # fmt: skip
        body = {"spool": _SPOOL, "sequence": self._sent[pole], "sent_ms": _ms(at), "readings": said}
        return Arrived(pole, PoleMessage.model_validate_json(json.dumps(body)), at)


def _ms(at: datetime) -> int:
    return round(at.timestamp() * 1000)
