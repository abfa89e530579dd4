"""`pandok street commands`: carries officers' commands to the devices, and their answers back."""

from __future__ import annotations

import signal
import threading

from pandok.cli.terminal import console, say, start_django
from pandok.core.text import Text


def commands() -> None:
    """장치 명령을 보내고 응답을 받습니다 · Carry commands to devices, and take their answers."""
    start_django()
    from datetime import UTC, datetime

    from django.db import DatabaseError, close_old_connections

    from pandok.engines.broker.address import broker_address
    from pandok.engines.broker.client import BrokerClient
    from pandok.fields.street.acts.carrying import carry_once
    from pandok.fields.street.messages import TREE
    from pandok.fields.street.refusals import refusal
    from pandok.settings import settings

    if not settings().street_broker:
        raise refusal("no_broker")
    over = threading.Event()
    for one in (signal.SIGTERM, signal.SIGINT):
        signal.signal(one, lambda *_: over.set())
    topics = [f"{TREE}/+/done", f"{TREE}/+/state"]
    client = BrokerClient(broker_address(settings().street_broker), name="", topics=topics)
    client.start()
    console().print(say(Text(ko="장치 명령을 기다립니다.", en="Waiting for commands.")))
    while not over.is_set():
        try:
            carry_once(client, clock=lambda: datetime.now(UTC))
        except DatabaseError:
            # Nothing was sent that is not under a lease: after it, it is sent again.
            close_old_connections()
            over.wait(1)
    client.stop()
