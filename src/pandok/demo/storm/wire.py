"""The line between the underpass's pole and the room, without a broker: what one end sends, the other end is given."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime

from pandok.engines.broker.client import Delivered
from pandok.fields.street.acts.carrying import carry_once
from pandok.fields.street.pole_devices import PoleDevices


@dataclass
class Wire:
    sent: list[Delivered] = field(default_factory=list)
    waiting: list[Delivered] = field(default_factory=list)
    is_connected: bool = True

    def publish(self, topic: str, payload: bytes, *, kept: bool = False) -> bool:  # noqa: ARG002
        self.sent.append(Delivered(topic, payload))
        return True

    def arrived(self, most: int, wait_s: float) -> list[Delivered]:  # noqa: ARG002
        found, self.waiting = self.waiting[:most], self.waiting[most:]
        return found


@dataclass
class BothEnds:
    """The pole with its devices, and the room's end of its line."""

    devices: PoleDevices
    at_pole: Wire
    at_room: Wire = field(default_factory=Wire)

    def turn(self, depth_cm: float, now: datetime, at_s: float) -> None:
        self.devices.measured(depth_cm)
        for _ in range(2):
            carry_once(self.at_room, clock=lambda: now, wait_s=0)
            for one in self.at_room.sent:
                self.devices.ordered(one.payload, at_s)
            self.at_room.sent.clear()
            self.devices.turn(at_s)
            self.at_room.waiting += self.at_pole.sent
            self.at_pole.sent.clear()
        carry_once(self.at_room, clock=lambda: now, wait_s=0)
