"""A name that answers a public address when it is checked and one inside afterwards: nothing inside is ever called."""

from __future__ import annotations

import itertools
import socket
from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from datetime import timedelta
from typing import Any

import pytest

from pandok.common.messages import send_webhook
from pandok.common.messages.deliveries import deliver_webhook
from pandok.common.models import Delivery
from pandok.engines.webhooks.sender import WebhookSender
from pandok.engines.webhooks.target import WebhookNotDelivered, WebhookRefused
from tests.common.jobs.conftest import START, House
from tests.engines.webhooks.test_sender import NOW, Receiver, receiver

NAME, PUBLIC, PUBLIC_6 = "rebind.example", "93.184.215.14", "2606:4700:4700::1111"
INSIDE = [
    *("127.0.0.1", "127.9.9.9", "10.0.0.5", "192.168.0.1", "169.254.169.254", "0.0.0.0", "100.64.0.1"),
    *("::1", "::ffff:127.0.0.1", "::ffff:169.254.169.254", "64:ff9b::7f00:1", "fe80::1", "fd00::1", "::"),
]


@dataclass
class Network:
    """A resolver whose answers for the name come one after the other, and a line on which nobody outside answers."""

    answers: Iterator[list[str]]
    asked: int = 0
    called: list[str] = field(default_factory=list)

    def getaddrinfo(self, host: str, port: int, *rest: Any, **more: Any) -> Any:
        if host != NAME:
            return self._real(host, port, *rest, **more)
        self.asked += 1
        return [answer for one in next(self.answers) for answer in self._real(one, port, type=socket.SOCK_STREAM)]

    def connect(self, line: socket.socket, place: tuple[Any, ...]) -> None:
        del line
        self.called.append(str(place[0]))
        raise ConnectionRefusedError(111, "nobody answers here")

    _real = staticmethod(socket.getaddrinfo)


def network(monkeypatch: pytest.MonkeyPatch, *answers: list[str]) -> Network:
    """The last answer is given for ever."""
    made = Network(itertools.chain(answers[:-1], itertools.repeat(answers[-1])))
    monkeypatch.setattr(socket, "getaddrinfo", made.getaddrinfo)
    monkeypatch.setattr(socket.socket, "connect", lambda line, place: made.connect(line, place))
    return made


@pytest.mark.parametrize("inside", INSIDE)
@pytest.mark.parametrize("public", [PUBLIC, PUBLIC_6])
def test_the_connection_goes_to_the_address_that_was_checked(
    monkeypatch: pytest.MonkeyPatch, inside: str, public: str
) -> None:
    line = network(monkeypatch, [public], [inside])
    with pytest.raises(WebhookNotDelivered):
        WebhookSender().send(f"https://{NAME}/hook", b"{}", "s", "k", now=NOW)
    assert (line.asked, line.called) == (1, [public]), "asked once, and called where it was checked"
    with pytest.raises(WebhookRefused):
        WebhookSender().send(f"https://{NAME}/hook", b"{}", "s", "k", now=NOW)
    assert line.called == [public]


@pytest.mark.parametrize("inside", INSIDE)
@pytest.mark.parametrize("first", [True, False])
def test_one_address_inside_among_public_ones_is_enough_to_refuse(
    monkeypatch: pytest.MonkeyPatch, inside: str, first: bool
) -> None:
    line = network(monkeypatch, [inside, PUBLIC] if first else [PUBLIC, inside])
    with pytest.raises(WebhookRefused):
        WebhookSender().send(f"https://{NAME}/hook", b"{}", "s", "k", now=NOW)
    assert line.called == []


@pytest.mark.parametrize("inside", ["127.0.0.1", "169.254.169.254", "::ffff:127.0.0.1"])
def test_the_worker_tries_again_and_ends_where_the_name_turns_inside(
    house: House, monkeypatch: pytest.MonkeyPatch, inside: str
) -> None:
    """From the endpoint's own check over each try: every one asks again, checks again, and calls what it checked."""
    monkeypatch.setattr(send_webhook, "_sources", [{"endpoint-1": "s3cret"}.get])
    house = replace(house, work=replace(house.work, webhooks=WebhookSender()))
    line = network(monkeypatch, [PUBLIC], [PUBLIC], [inside])
    WebhookSender().check(f"https://{NAME}/hook")
    values = {"body": "{}", "endpoint": "endpoint-1", "key": "case-1:closed", "actor": "officer-1"}
    deliver_webhook(url=f"https://{NAME}/hook", now=START, **values)
    house.worker().run_until_empty()
    assert (Delivery.objects.get().state, line.called) == ("queued", [PUBLIC])
    house.clock.now += timedelta(hours=4)
    house.worker().run_until_empty()
    assert (Delivery.objects.get().state, line.called) == ("failed", [PUBLIC])
    assert "private address" in Delivery.objects.get().last_error


@pytest.fixture
def server() -> Iterator[Receiver]:
    with receiver() as running:
        yield running


def test_a_server_inside_hears_nothing_although_the_name_leads_to_it(
    server: Receiver, monkeypatch: pytest.MonkeyPatch
) -> None:
    """With a real line: the second answer of the name is this machine, on which somebody listens."""
    real, made = socket.socket.connect, Network(itertools.chain([[PUBLIC]], itertools.repeat(["127.0.0.1"])))

    def connect(line: socket.socket, place: tuple[Any, ...]) -> None:
        if place[0] == "127.0.0.1":
            real(line, place)
            return
        made.connect(line, place)

    monkeypatch.setattr(socket, "getaddrinfo", made.getaddrinfo)
    monkeypatch.setattr(socket.socket, "connect", connect)
    for expected in (WebhookNotDelivered, WebhookRefused, WebhookRefused):
        with pytest.raises(expected):
            WebhookSender().send(f"https://{NAME}:{server.server_port}/hook", b"{}", "s", "k", now=NOW)
    assert server.calls == []
    assert made.called == [PUBLIC]
