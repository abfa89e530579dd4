"""Webhooks: told in the transaction of the change, only of what the account may see, signed, sent again."""

from __future__ import annotations

import json
from datetime import timedelta

import pytest
from django.db import transaction
from django.utils import timezone

from pandok.common.jobs.queue import claim
from pandok.common.jobs.registry import handler_of
from pandok.common.messages.webhooks import EVENTS, add_endpoint, ping, remove_endpoint, secret_of, send_again
from pandok.common.models import Account, AuditEntry, Delivery, Job, WebhookDelivery, WebhookEndpoint
from pandok.core.errors import RequestError
from pandok.fields.counterfeit.acts.answering.importer import make_statement
from pandok.fields.counterfeit.acts.cases.clocks import mark_reminded, reminders_due
from pandok.fields.counterfeit.acts.cases.deciding import close_case, say_nothing_close
from pandok.fields.counterfeit.acts.webhook_events import KIND
from pandok.fields.counterfeit.outcomes import Disposition
from tests.api.world import ApiSite
from tests.fields.counterfeit.cases_fixtures import begin_term
from tests.roles import Role


def endpoint(account: Account, *events: str) -> WebhookEndpoint:
    return add_endpoint(
        account=account,
        title="통관 시스템",
        url="https://desk.example/hook",
        events=events or EVENTS,
        check=lambda _: None,
        actor=account,
        now=timezone.now(),
    )[0]


def told(one: WebhookEndpoint) -> list[tuple[str, int, dict[str, object]]]:
    """Do the waiting work, and give what this endpoint was told, in order."""
    while job := claim(worker="w", now=timezone.now() + timedelta(days=60), lease_s=60, kinds=[KIND]):
        handler = handler_of(KIND)
        handler.run(handler.payload.model_validate(job.payload), type("Work", (), {"now": timezone.now()}))
        Job.objects.filter(pk=job.pk).update(state="done")
    rows = WebhookDelivery.objects.filter(endpoint=one).order_by("pk").select_related("delivery")
    return [(row.event, row.sequence, json.loads(row.delivery.body_text)) for row in rows]


def test_events_of_a_case_come_in_its_order(site: ApiSite) -> None:
    mine = endpoint(site.member(Role.OFFICER))
    case = site.opened_case()
    now = timezone.now()
    say_nothing_close(case=case, actor=site.world.officer, reason="없음", now=now)
    close_case(case=case, actor=site.world.officer, reason="처리를 마침", now=now)
    found = told(mine)
    assert [(event, sequence) for event, sequence, _ in found] == [
        ("case.opened", 1),
        ("case.moved", 2),
        ("case.moved", 3),
        ("case.moved", 4),
        ("case.closed", 4),
    ]
    body = found[-1][2]
    assert body["case"] == {"id": str(case.id), "number": case.number, "state": "closed", "turn": "nobody"}
    assert body["data"] == {"disposition": Disposition.RELEASED.value, "finding": ""}
    assert len({one["id"] for *_, one in found}) == 5
    assert told(mine) == found  # nothing is told twice


def test_what_is_undone_tells_nothing(site: ApiSite) -> None:
    endpoint(site.member(Role.OFFICER))
    with transaction.atomic():
        site.opened_case()
        transaction.set_rollback(True)
    assert not Job.objects.filter(kind=KIND).exists()


def test_parties_are_told_of_their_own_side_only(site: ApiSite) -> None:
    holder, stranger = endpoint(site.member(Role.HOLDER)), endpoint(site.stranger(Role.HOLDER))
    officer = endpoint(site.member(Role.OFFICER))
    case = site.notified_case()
    make_statement(
        case=case,
        text="정식 수입품",
        asks_release=True,
        actor=site.member(Role.IMPORTER),
        now=timezone.now(),
        nonce="statement",
    )
    events = [(event, body["data"]) for event, _, body in told(holder)]
    assert ("case.moved", {"from": "candidate_chosen", "to": "notified"}) in events
    assert "notice.answered" not in {event for event, _ in events}
    assert "notice.answered" in {event for event, *_ in told(officer)}
    assert told(stranger) == []


def test_a_reminder_is_told(site: ApiSite) -> None:
    case = site.notified_case()
    begin_term(case)
    mine = endpoint(site.member(Role.HOLDER), "clock.reminder")
    later = case.clocks.get(rule="holder_request").due_at - timedelta(hours=3)
    due = [one for one in reminders_due(later) if one.clock.rule == "holder_request"]
    assert mark_reminded(due[0], later)
    [(event, _, body)] = told(mine)
    assert (event, body["data"]["rule"], body["data"]["owner"]) == ("clock.reminder", "holder_request", "holder")


def test_nothing_personal_is_told(site: ApiSite) -> None:
    mine = endpoint(site.member(Role.OFFICER))
    site.notified_case()
    text = json.dumps([body for *_, body in told(mine)], ensure_ascii=False)
    for word in ("officer-name", "형태가 같음", "한빛", "도담", "EB123456789CN", "officer@"):
        assert word not in text


def test_sending_again_keeps_the_event_and_removing_ends_it(site: ApiSite) -> None:
    account = site.member(Role.OFFICER)
    mine = endpoint(account)
    first = ping(endpoint=mine, actor=account, now=timezone.now())
    again = send_again(delivery=first, actor=account, now=timezone.now())
    assert (again.event_id, again.round) == (first.event_id, 2)
    assert again.delivery.body_text == first.delivery.body_text
    assert again.delivery.key != first.delivery.key
    assert secret_of(f"webhook:{mine.id}")
    assert secret_of("other:1") is None
    remove_endpoint(endpoint=mine, actor=account, now=timezone.now())
    assert secret_of(f"webhook:{mine.id}") is None
    mine.refresh_from_db()
    again.refresh_from_db()
    with pytest.raises(RequestError):
        send_again(delivery=again, actor=account, now=timezone.now())
    assert {"webhook.added", "webhook.removed"} <= set(AuditEntry.objects.values_list("action", flat=True))


def test_over_the_api(site: ApiSite, monkeypatch: pytest.MonkeyPatch) -> None:
    officer = site.member(Role.OFFICER)
    body = {"title": "t", "url": "https://desk.example/hook", "events": ["case.closed"]}
    monkeypatch.setattr("pandok.common.api.webhooks.check_url", lambda _: None)
    made = site.ask(officer, "post", "/webhooks", body).json()
    pinged = site.ask(officer, "post", f"/webhooks/{made['id']}/ping")
    assert (pinged.status_code, pinged.json()["state"]) == (202, "queued")
    path = f"/webhooks/{made['id']}/deliveries"
    again = site.ask(officer, "post", f"{path}/{pinged.json()['id']}/again").json()
    assert (again["event_id"], again["round"]) == (pinged.json()["event_id"], 2)
    page = site.ask(officer, "get", f"{path}?limit=1").json()
    assert page["items"] == [again]
    rest = site.ask(officer, "get", f"{path}?limit=1&cursor={page['next']}").json()
    assert (rest["items"], rest["next"]) == ([pinged.json()], None)
    assert site.ask(officer, "delete", f"/webhooks/{made['id']}").status_code == 200
    assert site.ask(officer, "get", f"/webhooks/{made['id']}").status_code == 404
    assert Delivery.objects.count() == 2


@pytest.mark.parametrize(
    "url",
    [
        "http://desk.example/",
        "https://127.0.0.1/",
        "https://10.0.0.1/",
        "https://169.254.169.254/latest",
        "https://[::1]/",
        "https://user:pass@desk.example/",
        "file:///etc/passwd",
        "javascript:alert(1)",
        "https://",
    ],
)
def test_addresses_inside_the_house_are_refused(site: ApiSite, url: str) -> None:
    body = {"title": "t", "url": url, "events": ["case.closed"]}
    answer = site.ask(site.member(Role.OFFICER), "post", "/webhooks", body)
    assert (answer.status_code, answer.json()["code"]) == (422, "request.webhook")
    assert not WebhookEndpoint.objects.exists()
