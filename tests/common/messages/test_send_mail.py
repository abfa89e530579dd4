"""A mail leaves once: whatever breaks, and wherever the worker is killed."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest

from pandok.common.audit import writing as audit
from pandok.common.messages.deliveries import Attachment, queue_mail, settle
from pandok.common.models import Account, AuditEntry, Delivery, DeliveryState, Job, JobState
from pandok.core.errors import RequestError, StoreError
from pandok.engines.mail.transport import not_sent, refused, uncertain
from tests.common.jobs.conftest import START, House, Killed


def queued(key: str = "notice:1", **changes: Any) -> Delivery:
    values = {"recipient": "holder@example.com", "subject": "통지", "body_text": "본문", "actor": "officer-1"}
    return queue_mail(key=key, now=START, **{**values, **changes})


def state() -> tuple[str, str]:
    """Of the only delivery, and of its newest job."""
    job = Job.objects.order_by("-pk").first()
    assert job is not None
    return Delivery.objects.get().state, job.state


def events() -> list[str]:
    return list(AuditEntry.objects.order_by("sequence").values_list("action", flat=True))


def killed(house: House, kill: str) -> None:
    house.mail.kill = kill
    with pytest.raises(Killed):
        house.worker().work_once()
    house.mail.kill = ""
    house.clock.pass_(seconds=60)


def test_a_mail_is_sent_and_told_of(house: House) -> None:
    picture, page = house.work.blobs.put(b"picture"), house.work.blobs.put("<p>본문</p>".encode())
    queued(body_html_sha256=page, attachments=[Attachment(picture, "사진.png", "image/png")])
    house.worker().run_until_empty()
    (mail,) = house.mail.taken
    assert (mail.recipient, mail.subject, mail.text, mail.html) == ("holder@example.com", "통지", "본문", "<p>본문</p>")
    assert mail.sender == "desk@desk.example"
    assert [(one.filename, one.media_type, one.data) for one in mail.attachments] == [
        ("사진.png", "image/png", b"picture")
    ]
    delivery = Delivery.objects.get()
    assert (delivery.state, delivery.attempts, delivery.provider_message_id) == ("sent", 1, "taken-1")
    assert delivery.finished_at == START
    assert events() == ["delivery.queued", "delivery.sent"]
    assert "holder@example.com" not in str(list(AuditEntry.objects.values()))
    assert audit.verify() is None


def test_the_same_key_is_one_mail(house: House) -> None:
    first = queued()
    assert queued(subject="another").pk == first.pk
    house.worker().run_until_empty()
    assert queued().pk == first.pk
    house.worker().run_until_empty()
    assert [one.subject for one in house.mail.taken] == ["통지"]


def test_a_message_id_follows_from_the_key_and_the_site(house: House, settings: Any) -> None:  # noqa: ARG001
    from pandok.common.messages.deliveries import _message_id

    first = _message_id("notice:1")
    assert first == _message_id("notice:1") == queued().message_id
    assert first != _message_id("notice:2")
    settings.SECRET_KEY = "of another site"
    assert first != _message_id("notice:1")


@pytest.mark.parametrize("recipient", ["", "holder", "a@b@c", "홀더@example.com", "a@example.com\nBcc: b@example.com"])
def test_what_is_no_address_is_refused_with_a_sentence(house: House, recipient: str) -> None:  # noqa: ARG001
    with pytest.raises(RequestError) as error:
        queued(recipient=recipient)
    assert error.value.error_code == "request.mail_address"
    assert Delivery.objects.count() == Job.objects.count() == AuditEntry.objects.count() == 0


def test_a_korean_domain_goes_out_in_ascii(house: House) -> None:  # noqa: ARG001
    assert queued(recipient="holder@상표.kr").recipient == "holder@xn--hg4bo27a.kr"


def test_a_line_break_in_a_subject_is_a_blank(house: House) -> None:  # noqa: ARG001
    assert queued(subject="a\r\nBcc: b@example.com").subject == "a Bcc: b@example.com"


def test_a_server_that_is_away_is_tried_again(house: House) -> None:
    queued()
    house.mail.errors = [not_sent("away")]
    house.worker().run_until_empty()
    assert state() == ("queued", "queued")
    assert Delivery.objects.get().last_error.startswith("The mail could not be sent (away)")
    house.clock.pass_(minutes=1)
    house.worker().run_until_empty()
    assert state() == ("sent", "done")
    assert len(house.mail.taken) == 1


def test_a_server_that_stays_away_ends_in_failed(house: House) -> None:
    queued()
    house.mail.errors = [not_sent("away") for _ in range(100)]
    for _ in range(60):
        house.worker().run_until_empty()
        house.clock.pass_(hours=3)
    assert state() == ("failed", "failed")
    assert house.mail.taken == []
    assert events() == ["delivery.queued", "job.failed", "delivery.failed"]


def test_a_refused_recipient_is_not_tried_again(house: House) -> None:
    queued()
    house.mail.errors = [refused("550 no such person")]
    house.worker().run_until_empty()
    assert state() == ("failed", "done")
    assert "550 no such person" in Delivery.objects.get().last_error


@pytest.mark.parametrize("knows", [True, False])
@pytest.mark.parametrize("kill", ["before", "after"])
def test_a_worker_killed_while_sending_never_sends_twice(house: House, knows: bool, kill: str) -> None:
    queued()
    house.mail.knows = knows
    killed(house, kill)
    assert state() == ("sending", "running")
    house.worker("next").run_until_empty()
    assert len(house.mail.taken) == (1 if knows or kill == "after" else 0)
    assert state() == ("sent" if knows else "unknown", "done")
    house.clock.pass_(days=30)
    house.worker("next").run_until_empty()
    assert len(house.mail.taken) <= 1


def test_a_lost_answer_is_looked_up_or_left_to_a_person(house: House) -> None:
    queued()
    house.mail.knows = False
    house.mail.errors = [uncertain("hung up")]
    house.worker().run_until_empty()
    assert state() == ("unknown", "done")
    assert events() == ["delivery.queued", "delivery.unknown"]
    house.clock.pass_(days=1)
    assert house.worker().run_until_empty() == 0


def test_a_lost_answer_of_a_transport_that_knows_is_tried_again(house: House) -> None:
    queued()
    house.mail.errors = [uncertain("hung up")]
    house.worker().run_until_empty()
    assert state() == ("sending", "queued")
    house.clock.pass_(minutes=1)
    house.worker().run_until_empty()
    assert state() == ("sent", "done")


def test_a_worker_taken_for_dead_that_did_send_is_believed(house: House, monkeypatch: pytest.MonkeyPatch) -> None:
    queued()
    house.mail.knows = False
    send = house.mail.send

    def slow_send(message: Any) -> str:
        house.clock.pass_(seconds=61)
        monkeypatch.setattr(house.mail, "send", send)
        house.worker("impatient").run_until_empty()
        assert state() == ("unknown", "done")
        return send(message)

    monkeypatch.setattr(house.mail, "send", slow_send)
    house.worker("slow").work_once()
    assert state() == ("sent", "done")
    assert len(house.mail.taken) == 1


def test_a_missing_attachment_is_not_called_unknown(house: House) -> None:
    house.mail.knows = False
    queued(attachments=[Attachment("0" * 64, "a.pdf", "application/pdf")])
    house.worker().run_until_empty()
    assert state() == ("queued", "queued")
    assert StoreError.code in Job.objects.get().last_error


@pytest.mark.parametrize("was_sent", [True, False])
def test_a_person_settles_what_nobody_knows(house: House, was_sent: bool) -> None:
    delivery = queued()
    officer = Account.objects.create(username="officer-1")
    house.mail.knows = False
    killed(house, "before")
    house.worker().run_until_empty()
    settle(delivery=delivery, was_sent=was_sent, actor=officer, reason="전화로 확인", now=house.clock.now)
    house.worker().run_until_empty()
    assert state()[0] == "sent"
    assert len(house.mail.taken) == (0 if was_sent else 1)
    settled = AuditEntry.objects.get(action="delivery.settled")
    assert (settled.actor, settled.reason) == ("officer-1", "전화로 확인")
    with pytest.raises(RequestError):
        settle(delivery=delivery, was_sent=False, actor=officer, reason="again", now=house.clock.now)


def test_settling_needs_a_reason_and_an_unknown_delivery(house: House) -> None:
    delivery = queued()
    officer = Account.objects.create(username="officer-1")
    for reason in ("", "  ", "because"):
        with pytest.raises(RequestError):
            settle(delivery=delivery, was_sent=True, actor=officer, reason=reason, now=START + timedelta(days=1))
    assert Delivery.objects.get().state == DeliveryState.QUEUED
    house.worker().run_until_empty()
    assert Job.objects.get().state == JobState.DONE
