"""Openings that are due are reminded of, and webhooks are told what happened; each once."""

from __future__ import annotations

import json
from datetime import timedelta
from typing import Any

import pytest

from pandok.common.messages.webhooks import add_endpoint
from pandok.common.models import Account, Delivery, Job
from pandok.fields.xray.acts.opening import record_opening
from pandok.fields.xray.acts.opening_reminders import remind
from pandok.fields.xray.acts.webhook_events import KIND, ToldInspection, tell_endpoints
from pandok.fields.xray.decisions import Decision, Found
from pandok.fields.xray.models import Inspection
from tests.fields.xray.hall import Hall, inspection_elsewhere
from tests.roles import Role

pytestmark = pytest.mark.django_db
ALL = ["inspection.decided", "inspection.second_look", "inspection.opened", "inspection.opening_due"]


def reachable(hall: Hall, role: Role) -> Account:
    account = hall.person(role)
    account.email = f"{role.value}@customs.example"
    account.save(update_fields=["email"])
    return account


def mails() -> list[tuple[str, str]]:
    rows = Delivery.objects.filter(channel=Delivery.Channel.MAIL).order_by("created_at", "recipient")
    return [(one.recipient.split("@")[0], one.subject) for one in rows]


def test_openings_are_reminded_of_before_and_after_their_term_once(hall: Hall) -> None:
    for role in (Role.OPENING_OFFICER, Role.SCAN_SUPERVISOR, Role.SCAN_READER):
        reachable(hall, role)
    inspection = hall.inspection()
    hall.read("one", Decision.OPEN)
    due = Inspection.objects.get(pk=inspection.pk).due_at
    assert due is not None
    assert remind(now=due - timedelta(hours=5)) == 0
    for _ in range(2):
        assert remind(now=due - timedelta(hours=3)) == 1
    assert mails() == [("opening-officer", f"[판독] 개장 기한이 다가옵니다 · 검사 {inspection.number}")]
    for _ in range(2):
        remind(now=due + timedelta(minutes=1))
    late = f"[판독] 개장 기한이 지났습니다 · 검사 {inspection.number}"
    assert mails()[1:] == [("opening-officer", late), ("scan-supervisor", late)]
    assert remind(now=due + timedelta(days=3)) == 0, "what is long over stands in the list"


def test_what_was_opened_is_not_reminded_of(hall: Hall) -> None:
    officer = reachable(hall, Role.OPENING_OFFICER)
    inspection = hall.inspection()
    hall.read("one", Decision.OPEN)
    due = Inspection.objects.get(pk=inspection.pk).due_at
    assert due is not None
    record_opening(inspection_id=inspection.pk, officer=officer, found=Found.NOTHING, what="", marks=[], now=hall.now)
    assert remind(now=due) == 0
    assert mails() == []


class _Work:
    def __init__(self, now: Any):
        self.now = now


def test_webhooks_are_told_each_event_once_and_nothing_of_the_draw(hall: Hall) -> None:
    account = hall.person(Role.SCAN_SUPERVISOR)
    add_endpoint(
        account=account,
        title="창고",
        url="https://depot.example/",
        events=ALL,
        check=lambda _url: None,
        actor=account,
        now=hall.now,
    )
    first, drawn = hall.inspection(), hall.inspection(drawn=True)
    hall.read("one", Decision.SECOND_LOOK)
    hall.read("two", Decision.OPEN)
    hall.read("one", Decision.CLEAR)
    record_opening(
        inspection_id=first.pk,
        officer=hall.person(Role.OPENING_OFFICER),
        found=Found.UNDECLARED,
        what="시계 열두 점",
        marks=[],
        now=hall.now,
    )
    jobs = [ToldInspection.model_validate(one.payload) for one in Job.objects.filter(kind=KIND).order_by("pk")]
    for _ in range(2):
        for job in jobs:
            tell_endpoints(job, _Work(hall.now))  # type: ignore[arg-type]  # a handler needs only the time here
    bodies = [
        json.loads(one.body_text) for one in Delivery.objects.filter(channel=Delivery.Channel.WEBHOOK).order_by("pk")
    ]
    told = [(one["case"]["number"], one["event"], one["data"]) for one in bodies]
    wanted: list[tuple[str, str, dict[str, str]]] = [
        (first.number, "inspection.second_look", {}),
        (first.number, "inspection.decided", {"to": "opening"}),
        (drawn.number, "inspection.decided", {"to": "opening"}),
        (first.number, "inspection.opened", {"found": "undeclared"}),
    ]
    assert sorted(map(str, told)) == sorted(map(str, wanted))
    assert "시계" not in json.dumps(bodies, ensure_ascii=False)


def test_an_endpoint_of_another_office_is_told_nothing(hall: Hall) -> None:
    elsewhere = inspection_elsewhere(hall.blobs)
    account = hall.person(Role.SCAN_SUPERVISOR)
    add_endpoint(
        account=account,
        title="창고",
        url="https://depot.example/",
        events=ALL,
        check=lambda _url: None,
        actor=account,
        now=hall.now,
    )
    from uuid import uuid4

    job = ToldInspection(
        event_id=uuid4(), event=ALL[0], inspection=elsewhere.pk, sequence=2, at=hall.now, state="cleared", data={}
    )
    tell_endpoints(job, _Work(hall.now))  # type: ignore[arg-type]  # a handler needs only the time here
    assert not Delivery.objects.filter(channel=Delivery.Channel.WEBHOOK).exists()
