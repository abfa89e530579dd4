"""Webhooks are tried for a day, signed with the secret of their endpoint, and refused where they may not go."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest

from pandok.common.messages import send_webhook
from pandok.common.messages.deliveries import deliver_webhook
from pandok.common.models import AuditEntry, Delivery, Job
from pandok.core.webhook_signature import holds
from pandok.engines.webhooks.sender import WebhookSender, allowed_origins
from tests.common.jobs.conftest import START, House
from tests.engines.webhooks.test_sender import Receiver, receiver

SECRETS = {"endpoint-1": "s3cret"}


@pytest.fixture(autouse=True)
def secrets(monkeypatch: pytest.MonkeyPatch) -> dict[str, str]:
    known = dict(SECRETS)
    monkeypatch.setattr(send_webhook, "_sources", [known.get])
    return known


@pytest.fixture
def server() -> Iterator[Receiver]:
    with receiver() as running:
        yield running


@pytest.fixture
def open_house(house: House, server: Receiver) -> House:
    """A house whose administrator has allowed the server."""
    return replace(house, work=replace(house.work, webhooks=WebhookSender(allowed_origins(server.origin))))


def asked(url: str, **changes: Any) -> Delivery:
    values = {"body": '{"case": "판독"}', "endpoint": "endpoint-1", "key": "case-1:closed", "actor": "officer-1"}
    return deliver_webhook(url=url, now=START, **{**values, **changes})


def test_a_webhook_is_delivered_with_its_signature(open_house: House, server: Receiver) -> None:
    asked(f"{server.origin}/hook")
    asked(f"{server.origin}/hook")
    open_house.worker().run_until_empty()
    ((path, headers, body),) = server.calls
    assert (path, body.decode()) == ("/hook", '{"case": "판독"}')
    assert headers["Pandok-Delivery"] == "case-1:closed"
    assert holds("s3cret", body, headers["Pandok-Signature"], now=START)
    delivery = Delivery.objects.get()
    assert (delivery.state, delivery.provider_message_id) == ("sent", "200")
    assert len(delivery.body_sha256) == 64
    assert not [row for row in (*Job.objects.values(), *Delivery.objects.values()) if "s3cret" in str(row)]


def test_a_failing_receiver_is_tried_for_a_day_and_no_longer(open_house: House, server: Receiver) -> None:
    asked(f"{server.origin}/hook")
    server.status = 503
    tries = []
    while Job.objects.get().state == "queued":
        open_house.clock.now = Job.objects.get().run_after
        tries.append(open_house.clock.now - START)
        open_house.worker().run_until_empty()
    assert len(server.calls) == len(tries) > 10
    assert timedelta(hours=18) < tries[-1] <= timedelta(hours=24)
    assert Delivery.objects.get().state == "failed"
    assert {headers["Pandok-Delivery"] for _, headers, _ in server.calls} == {"case-1:closed"}
    assert AuditEntry.objects.filter(action="delivery.failed").count() == 1


def test_a_receiver_that_comes_back_gets_it(open_house: House, server: Receiver) -> None:
    asked(f"{server.origin}/hook")
    server.status = 500
    open_house.worker().run_until_empty()
    assert Delivery.objects.get().state == "queued"
    server.status = 204
    open_house.clock.pass_(minutes=1)
    open_house.worker().run_until_empty()
    assert Delivery.objects.get().state == "sent"
    assert len(server.calls) == 2


def test_an_address_inside_is_refused_at_once(house: House, server: Receiver) -> None:
    asked(f"{server.origin}/hook")
    house.worker().run_until_empty()
    assert server.calls == []
    delivery = Delivery.objects.get()
    assert delivery.state == "failed"
    assert "PANDOK_WEBHOOK_ALLOW" in delivery.last_error


def test_an_endpoint_that_was_removed_gets_nothing(
    open_house: House, server: Receiver, secrets: dict[str, str]
) -> None:
    asked(f"{server.origin}/hook")
    secrets.clear()
    open_house.worker().run_until_empty()
    assert server.calls == []
    assert Delivery.objects.get().state == "failed"
