"""Messages over HTTP: numbered and acknowledged as over the broker; thirty hostile devices get nothing in."""

from __future__ import annotations

import base64
import json
from typing import Any

import pytest
from django.test import Client
from django.utils import timezone

from pandok.fields.street.acts.registering import new_password
from pandok.fields.street.models import Alert, CurrentValue, PoleState, Spool, TakenMessage
from tests.fields.street.bed import SPOOL, ms, pole

pytestmark = pytest.mark.django_db
OTHER = "f" * 32


@pytest.fixture
def word() -> str:
    pole("buk-1")
    pole("buk-2")
    return new_password("buk-1", actor=None, reason="first installation", now=timezone.now())


def sign(name: str, word: str) -> str:
    return "Basic " + base64.b64encode(f"{name}:{word}".encode()).decode()


def told(value: Any = 3.0, **other: Any) -> dict[str, Any]:
    now = ms(timezone.now())
    return {"sensor": "level-1", "property": "depth_cm", "unit": "cm", "at_ms": now, "value": value} | other


def body(*readings: dict[str, Any], sequence: Any = 1, spool: Any = SPOOL, **other: Any) -> dict[str, Any]:
    return {"spool": spool, "sequence": sequence, "sent_ms": ms(timezone.now()), "readings": list(readings)} | other


def send(messages: Any, header: str, to: str = "buk-1") -> Any:
    content = messages if isinstance(messages, bytes) else json.dumps({"messages": messages}).encode()
    address = f"/street/poles/{to}/messages/"
    return Client().post(address, content, content_type="application/json", HTTP_AUTHORIZATION=header)


def test_messages_are_kept_once_and_acknowledged_up_to_the_first_gap(word: str) -> None:
    header = sign("buk-1", word)
    answer = send([body(told(20), sequence=n) for n in (3, 1, 1)], header)
    assert answer.json() == {"kept": [{"spool": SPOOL, "contiguous": 1}]}
    assert send([body(told(21), sequence=2)], header).json()["kept"][0]["contiguous"] == 3
    assert TakenMessage.objects.count() == 3
    assert Alert.objects.filter(reader="flood-level").count() == 1


FUTURE_MS = 4 * 3_600_000
NOT_SIGNED_IN: dict[str, tuple[str, str]] = {
    "nobody": ("", "buk-1"),
    "a wrong password": ("buk-1:wrong", "buk-1"),
    "an empty password": ("buk-1:", "buk-1"),
    "another pole's name": ("buk-2:WORD", "buk-2"),
    "another pole's address": ("buk-1:WORD", "buk-2"),
    "a pole that nobody registered": ("ghost:WORD", "ghost"),
    "a pole without a password": ("buk-2:", "buk-2"),
    "a bearer token": ("Bearer WORD", "buk-1"),
    "no base64": ("Basic ###", "buk-1"),
    "bytes that are no text": ("Basic /////w==", "buk-1"),
    "a name with a line break": ("buk-1\r\nX: y:WORD", "buk-1"),
}


@pytest.mark.parametrize("case", sorted(NOT_SIGNED_IN))
def test_who_is_not_this_pole_gets_nothing_in(word: str, case: str) -> None:
    who, to = NOT_SIGNED_IN[case]
    who = who.replace("WORD", word)
    name, _, given = who.rpartition(":")
    header = who if who.startswith(("Basic", "Bearer")) or not who else sign(name, given)
    answer = send([body(told())], header, to)
    assert answer.status_code == 401
    assert not TakenMessage.objects.exists()
    assert not Spool.objects.exists()


UNREADABLE: dict[str, bytes] = {
    "nothing": b"",
    "no JSON": b"\x00\xff\xfe",
    "nested without end": b'{"messages":' + b"[" * 50_000,
    "a list": b"[]",
    "too many messages": json.dumps({"messages": [body(sequence=n + 1) for n in range(51)]}).encode(),
    "too many readings": json.dumps({"messages": [body(*[told()] * 501)]}).encode(),
    "a number before the first": json.dumps({"messages": [body(told(), sequence=0)]}).encode(),
    "a number that is text": json.dumps({"messages": [body(told(), sequence="1")]}).encode(),
    "a spool that is no key": json.dumps({"messages": [body(told(), spool="../etc")]}).encode(),
    "a field that nobody asked for": json.dumps({"messages": [body(told(), pole="buk-2")]}).encode(),
    "not a number": json.dumps({"messages": [body(told(float("nan")))]}).encode(),
    "without end": json.dumps({"messages": [body(told(float("inf")))]}).encode(),
    "a time beyond all calendars": json.dumps({"messages": [body(told(at_ms=10**18))]}).encode(),
    "two megabytes": b'{"messages": [' + b" " * 2_000_000 + b"]}",
}


@pytest.mark.parametrize("case", sorted(UNREADABLE))
def test_what_is_no_batch_is_refused_whole(word: str, case: str) -> None:
    answer = send(UNREADABLE[case], sign("buk-1", word))
    assert answer.status_code in (400, 413, 422)
    assert not TakenMessage.objects.exists()


IMPOSSIBLE: dict[str, dict[str, Any]] = {
    "another unit": {"unit": "mm"},
    "higher than can be": {"value": 1e12},
    "lower than can be": {"value": -40.0},
    "another pole's sensor": {"sensor": "level-9"},
    "a property that it does not measure": {"property": "leakage_ma", "unit": "mA"},
    "a property that nobody knows": {"property": "__class__", "unit": "cm"},
    "from the future": {"at_ms": ms(timezone.now()) + FUTURE_MS},
    "from another century": {"at_ms": 0},
}


@pytest.mark.parametrize("case", sorted(IMPOSSIBLE))
def test_what_cannot_be_is_counted_and_not_kept(word: str, case: str) -> None:
    assert send([body(told(**IMPOSSIBLE[case]))], sign("buk-1", word)).status_code == 200
    state = PoleState.objects.get(pole__key="buk-1")
    assert state.refused == 1
    assert state.last_refusal
    assert TakenMessage.objects.get().readings == []
    assert not CurrentValue.objects.exists()


def test_the_hostile_cases_are_thirty_and_more() -> None:
    assert len(NOT_SIGNED_IN) + len(UNREADABLE) + len(IMPOSSIBLE) >= 30


def test_a_pole_that_floods_is_told_to_wait_and_another_is_not(word: str, choose: Any) -> None:
    choose(api_rate_per_minute=5)
    other = new_password("buk-2", actor=None, reason="first installation", now=timezone.now())
    statuses = [send([body(told(), sequence=n + 1)], sign("buk-1", word)).status_code for n in range(12)]
    assert 429 in statuses
    assert send([body(told())], sign("buk-2", other), "buk-2").status_code == 200
