"""A client of a broker that comes back by itself, and what arrives, in the order in which it arrived.

Nothing is promised by the broker: a message may be lost, come twice and in another order (docs: the broker's own PUBACK
says only that it was in its memory). Who needs more acknowledges end to end. Sessions are clean, so the broker queues
nothing for a client that is away: old copies would come with old times of sending.
"""

from __future__ import annotations

import queue
import ssl
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

import paho.mqtt.client as mqtt
from paho.mqtt.enums import CallbackAPIVersion

from pandok.engines.broker.address import BrokerAddress


@dataclass(frozen=True)
class Delivered:
    topic: str
    payload: bytes


class BrokerClient:
    """`topics` are subscribed to at every connection. `most`: what waits to be read at most; more is dropped and
    counted, and comes again from who was not acknowledged. `connected`: called at every connection."""

    def __init__(
        self,
        address: BrokerAddress,
        *,
        name: str,
        topics: Sequence[str],
        most: int = 10_000,
        connected: Callable[[], None] = lambda: None,
    ):
        self.dropped = 0
        self.refused = ""
        self._address, self._topics, self._connected = address, tuple(topics), connected
        self._waiting: queue.Queue[Delivered] = queue.Queue(most)
        self._client = mqtt.Client(
            CallbackAPIVersion.VERSION2, client_id=name, clean_session=True, protocol=mqtt.MQTTv311
        )
        self._client.max_queued_messages_set(most)
        self._client.reconnect_delay_set(min_delay=1, max_delay=30)
        if address.user:
            self._client.username_pw_set(address.user, address.password)
        if address.tls:
            context = ssl.create_default_context(cafile=address.ca or None)
            if address.certificate:
                context.load_cert_chain(address.certificate, address.key or None)
            self._client.tls_set_context(context)
        self._client.on_connect = self._on_connect
        self._client.on_message = self._on_message

    def start(self) -> None:
        self._client.connect_async(self._address.host, self._address.port, keepalive=30)
        self._client.loop_start()

    def stop(self) -> None:
        self._client.disconnect()
        self._client.loop_stop()

    @property
    def is_connected(self) -> bool:
        return bool(self._client.is_connected())

    def publish(self, topic: str, payload: bytes, *, kept: bool = False) -> bool:
        """At least once, to a broker that is there; False where there is none now. `kept`: new subscribers get the
        last one."""
        if not self.is_connected:
            return False
        return bool(self._client.publish(topic, payload, qos=1, retain=kept).rc == mqtt.MQTT_ERR_SUCCESS)

    def arrived(self, most: int, wait_s: float) -> list[Delivered]:
        """What arrived, oldest first: at most so many, waiting at most so long for the first."""
        found: list[Delivered] = []
        try:
            found.append(self._waiting.get(timeout=wait_s))
            while len(found) < most:
                found.append(self._waiting.get_nowait())
        except queue.Empty:
            pass
        return found

    def _on_connect(self, client: mqtt.Client, _data: Any, _flags: Any, reason: Any, _properties: Any) -> None:
        if reason.is_failure:
            self.refused = str(reason)
            return
        self.refused = ""
        for topic in self._topics:
            client.subscribe(topic, qos=1)
        self._connected()

    def _on_message(self, _client: mqtt.Client, _data: Any, message: mqtt.MQTTMessage) -> None:
        try:
            self._waiting.put_nowait(Delivered(message.topic, bytes(message.payload)))
        except queue.Full:
            self.dropped += 1
