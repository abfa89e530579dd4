"""The end of the line that stands on the pole: measured, spooled, sent, sent again, forgotten once it is kept."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, Protocol

from pandok.engines.broker.client import Delivered
from pandok.fields.street.messages import PoleMessage, ReadingSent, read_answer, topic_of
from pandok.fields.street.spool import PoleSpool

AT_ONCE = 40
"""Messages on their way without an answer; the door takes 50 of a pole in a batch."""


class Line(Protocol):
    """A connection that may lose, double and reorder."""

    @property
    def is_connected(self) -> bool: ...
    def publish(self, topic: str, payload: bytes, *, kept: bool = False) -> bool: ...
    def arrived(self, most: int, wait_s: float) -> list[Delivered]: ...


class PoleEnd:
    def __init__(
        self,
        key: str,
        spool: PoleSpool,
        line: Line,
        *,
        resend_s: float,
        others: Callable[[Delivered], None] = lambda _: None,
    ):
        """`others`: who takes what arrives and is no acknowledgement."""
        self.key, self.spool, self.line, self.resend_s, self._others = key, spool, line, resend_s, others
        self._sent: dict[int, float] = {}

    def measured(self, sensor: str, observed: str, unit: str, value: float, at_ms: int) -> int:
        """On disk when this returns; gives its number."""
        reading = ReadingSent(sensor=sensor, property=observed, unit=unit, at_ms=at_ms, value=value)
        return self.spool.put([reading.model_dump()])

    def turn(self, now_s: float, sent_ms: int, *, wait_s: float) -> None:
        """Send what is new, and again what has had no answer for `resend_s`; take the answers. `now_s`: a clock that
        only goes forward."""
        for number, readings in self.spool.waiting(AT_ONCE):
            if now_s - self._sent.get(number, -self.resend_s) >= self.resend_s and self._send(
                number, readings, sent_ms
            ):
                self._sent[number] = now_s
        for one in self.line.arrived(100, wait_s):
            if one.topic != topic_of(self.key, "ack"):
                self._others(one)
                continue
            answer = read_answer(one.payload)
            if answer is None:
                continue
            self.spool.acknowledged(answer.spool, answer.contiguous)
            if answer.spool == self.spool.key:
                self._sent = {number: at for number, at in self._sent.items() if number > answer.contiguous}

    def _send(self, number: int, readings: list[dict[str, Any]], sent_ms: int) -> bool:
        said = PoleMessage(
            spool=self.spool.key,
            sequence=number,
            sent_ms=sent_ms,
            readings=tuple(ReadingSent.model_validate(one) for one in readings),
        )
        return self.line.publish(topic_of(self.key, "up"), said.model_dump_json().encode())
