"""A real NATS server with JetStream, which speaks MQTT 3.1.1, in the place of Mosquitto."""

from __future__ import annotations

import os
import shutil
import sys
from dataclasses import dataclass
from pathlib import Path

import pytest

from tests.fields.street.lines import Lines

NATS = shutil.which("nats-server", path=str(Path(sys.executable).parent)) or shutil.which("nats-server")
CONFIGURATION = """
server_name: pandok-test
listen: 127.0.0.1:-1
jetstream {{ store_dir: "{folder}/store", sync_interval: always }}
mqtt {{ listen: 127.0.0.1:{port} }}
authorization {{ users: [
  {users}
] }}
"""
POLE = """{{ user: {key}, password: "{word}", permissions: {{
    publish: [pandok.street.{key}.up, pandok.street.{key}.done, pandok.street.{key}.state]
    subscribe: [pandok.street.{key}.ack, pandok.street.{key}.do, "$MQTT.sub.>", "$MQTT.deliver.>"] }} }}"""
DESK = """{ user: pandok, password: "desk-word", permissions: {
    publish: [pandok.street.*.ack, pandok.street.*.do]
    subscribe: [pandok.street.*.up, pandok.street.*.done, pandok.street.*.state, "$MQTT.sub.>",
      "$MQTT.deliver.>"] } }"""


def need_nats() -> str:
    if NATS is None:
        if os.environ.get("PANDOK_TESTS_REQUIRE_ALL"):
            pytest.fail("nats-server is not installed")
        pytest.skip("nats-server is not installed")
    return NATS


@dataclass
class NatsLines(Lines):
    def start_broker(self) -> None:
        folder = self.home / "nats"
        folder.mkdir(exist_ok=True)
        users = [DESK, *(POLE.format(key=key, word=word) for key, word in sorted(self.password.items()))]
        text = CONFIGURATION.format(folder=folder, port=self.port, users="\n  ".join(users))
        (folder / "nats.conf").write_text(text)
        self._keep("broker", [need_nats(), "-c", str(folder / "nats.conf")], dict(os.environ))
