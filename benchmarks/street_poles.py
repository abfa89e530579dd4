"""The poles of benchmarks/street_ingest.py: registered in its database, then many of them played by one process.

python -m benchmarks.street_poles register POLES
python -m benchmarks.street_poles generate PORT POLES RATE SECONDS EVENTS LONGEST_DRAIN
"""

from __future__ import annotations

import json
import sys
import time
from datetime import UTC, datetime
from typing import Any

import paho.mqtt.client as mqtt
from paho.mqtt.enums import CallbackAPIVersion

SPOOL = "a" * 32
RESEND_S = 10.0
LONGEST_START_S = 600
MEASURES = (("level-1", "depth_cm", "cm"), ("rain-1", "rain_mm_h", "mm/h"), ("smoke-1", "temperature_c", "°C"),
            ("smoke-1", "optical_density_per_m", "1/m"), ("power-1", "battery_v", "V"))  # fmt: skip


def key_of(pole: int) -> str:
    return f"p-{pole:05d}"


def register(poles: int) -> None:
    import django

    django.setup()
    from pandok.web.database_tables import bring_up_to_date

    bring_up_to_date()
    from pandok.fields.street.acts.registering import open_test_bed
    from pandok.fields.street.models import Device, Pole, PoleState, Sensor

    now = datetime.now(UTC)
    bed = open_test_bed(code="bench", name_ko="bench", name_en="bench", question="", actor=None, now=now)
    made = Pole.objects.bulk_create(Pole(key=key_of(n), test_bed=bed, added_at=now) for n in range(poles))
    PoleState.objects.bulk_create(PoleState(pole=one) for one in made)
    devices = Device.objects.bulk_create(Device(pole=one, key="gateway", kind="gateway") for one in made)
    Sensor.objects.bulk_create(
        Sensor(device=device, pole=device.pole, key=key, observed=of, unit=unit)
        for device in devices
        for key, of, unit in MEASURES
    )


class Poles:
    """Each sends in its turn; what had no answer for a while is sent again, the oldest of a pole first."""

    def __init__(self, port: int, poles: int, events: int):
        self.poles = poles
        self.sequence = [0] * poles
        self.acknowledged = [0] * poles
        self._deep = [0] * poles
        self.unanswered: dict[tuple[int, int], tuple[float, bytes]] = {}
        self.answered = self.again = 0
        self.events_at: dict[str, float] = {}
        self._every = max(1, poles // events) if events else 0
        self.events = events
        self.client = mqtt.Client(CallbackAPIVersion.VERSION2, client_id="", clean_session=True)
        self.client.max_inflight_messages_set(1000)
        self.client.max_queued_messages_set(0)
        self.client.on_message = self._answer
        self.client.on_connect = lambda client, *_: client.subscribe("pandok/street/+/ack", qos=0)
        self.client.connect("127.0.0.1", port)
        self.client.loop_start()

    def send(self, pole: int, now: float, deep: bool) -> None:
        self.sequence[pole] += 1
        ms = round(now * 1000)
        values = (40.0 if deep else 0.0, 0.0, 20.0 + pole % 7 / 10, 0.01, 12.5)
        readings = [
            {"sensor": key, "property": of, "unit": unit, "at_ms": ms, "value": value}
            for (key, of, unit), value in zip(MEASURES, values, strict=True)
        ]
        body = {"spool": SPOOL, "sequence": self.sequence[pole], "sent_ms": ms, "readings": readings}
        if deep:
            self._deep[pole] += 1
            if self._deep[pole] == 2:
                # The reader takes the middle of three readings: the second deep one makes the alert.
                self.events_at[key_of(pole)] = now
        self._out(pole, self.sequence[pole], json.dumps(body).encode(), now)

    def send_again(self, now: float) -> None:
        # In the order of sending: the first that is young ends it.
        late = []
        for known, (at, body) in self.unanswered.items():
            if now - at < RESEND_S:
                break
            late.append((known, body))
        for (pole, number), body in late:
            del self.unanswered[pole, number]
            if number > self.acknowledged[pole]:
                self.again += 1
                self._out(pole, number, body, now)

    def is_event(self, pole: int) -> bool:
        return bool(self._every) and pole % self._every == 0 and pole // self._every < self.events

    def left(self) -> int:
        return sum(self.sequence) - sum(self.acknowledged)

    def _out(self, pole: int, number: int, body: bytes, now: float) -> None:
        self.unanswered[pole, number] = (now, body)
        self.client.publish(f"pandok/street/{key_of(pole)}/up", body, qos=1)

    def _answer(self, _client: Any, _data: Any, message: Any) -> None:
        pole = int(message.topic.split("/")[2][2:])
        contiguous = json.loads(message.payload)["contiguous"]
        for number in range(self.acknowledged[pole] + 1, contiguous + 1):
            self.unanswered.pop((pole, number), None)
        self.acknowledged[pole] = max(self.acknowledged[pole], contiguous)


def generate(port: int, poles: int, rate: float, seconds: float, events: int, longest_drain_s: float) -> dict[str, Any]:
    sending = Poles(port, poles, events)
    sending.send(poles - 1, time.time(), deep=False)
    waited = time.monotonic()
    while sending.left():
        # The ingest is there when it answers.
        if time.monotonic() - waited > LONGEST_START_S:
            raise SystemExit("no ingest answered")
        time.sleep(0.2)
        sending.send_again(time.time() + RESEND_S)
    begun, sent, longest_behind = time.monotonic(), 0, 0.0
    rounds = max(1, int(rate * seconds) // poles)
    deep_from = [pole % max(1, rounds - 1) for pole in range(poles)]
    while sent < rate * seconds:
        due = min(int((time.monotonic() - begun) * rate), int(rate * seconds))
        longest_behind = max(longest_behind, (due - sent) / rate)
        now = time.time()
        for number in range(sent, min(due, sent + 500)):
            pole, turn = number % poles, number // poles
            sending.send(pole, now, deep=sending.is_event(pole) and turn >= deep_from[pole])
        sent = min(due, sent + 500)
        sending.send_again(now)
        time.sleep(0.002)
    sent_s, left = time.monotonic() - begun, sending.left()
    while sending.left() and time.monotonic() - begun - sent_s < longest_drain_s:
        time.sleep(0.05)
        sending.send_again(time.time())
    whole_s = time.monotonic() - begun
    return {
        "sent": sum(sending.sequence),
        "sent_in_s": round(sent_s, 1),
        "generator_behind_s": round(longest_behind, 2),
        "generator_processor_s": round(time.process_time(), 1),
        "sent_again": sending.again,
        "unacknowledged_at_the_end_of_sending": left,
        "acknowledged": sum(sending.acknowledged),
        "until_all_acknowledged_s": round(whole_s, 1),
        "events_at": sending.events_at,
    }


def main() -> None:
    what, *words = sys.argv[1:]
    if what == "register":
        register(int(words[0]))
    else:
        port, poles, rate, seconds, events, drain = words
        told = generate(int(port), int(poles), float(rate), float(seconds), int(events), float(drain))
        print(json.dumps(told))


if __name__ == "__main__":
    main()
