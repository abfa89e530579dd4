"""Messages that need a person: shown, settled with a reason, once."""

from __future__ import annotations

import pytest

from pandok.common.models import AuditEntry, DeliveryState, Job
from tests.roles import Role
from tests.web.access_samples import make_unknown_delivery
from tests.world import Site


def test_a_reason_is_wanted_and_what_was_chosen_is_not_done_without(site: Site) -> None:
    delivery = make_unknown_delivery()
    client = site.client(Role.SUPERVISOR)
    page = client.get("/deliveries/").content.decode()
    assert "통지" in page
    assert "ip@hanbit.example" in page
    refused = client.post(f"/deliveries/{delivery.id}/", {"was_sent": "yes", "reason": "  "})
    assert refused.status_code == 422
    assert "확인한 경위" in refused.content.decode()
    delivery.refresh_from_db()
    assert delivery.state == DeliveryState.UNKNOWN


@pytest.mark.parametrize(("was_sent", "state", "jobs"), [("yes", "sent", 0), ("no", "queued", 1)])
def test_a_person_says_what_became_of_it_once(site: Site, was_sent: str, state: str, jobs: int) -> None:
    delivery = make_unknown_delivery()
    client = site.client(Role.ADMINISTRATOR)
    sent = {"was_sent": was_sent, "reason": "받는 쪽에 전화로 확인"}
    assert client.post(f"/deliveries/{delivery.id}/", sent).status_code == 302
    delivery.refresh_from_db()
    assert delivery.state == state
    assert Job.objects.filter(kind="mail.send").count() == jobs
    entry = AuditEntry.objects.filter(action="delivery.settled").get()
    assert (entry.actor, entry.reason) == ("administrator", "받는 쪽에 전화로 확인")
    assert client.post(f"/deliveries/{delivery.id}/", sent).status_code == 422
    assert "확인이 필요한 발송이 없습니다." in client.get("/deliveries/").content.decode()


def test_a_refused_mail_goes_to_the_right_address_once_and_keeps_what_was_typed(site: Site) -> None:
    delivery = make_unknown_delivery()
    failed = {"state": DeliveryState.FAILED, "last_error": "550 no such user", "body_text": "통지"}
    type(delivery).objects.filter(pk=delivery.pk).update(**failed)
    client = site.client(Role.SUPERVISOR)
    sent = {"recipient": "ip2@hanbit.example", "reason": ""}
    refused = client.post(f"/deliveries/{delivery.id}/", sent)
    assert refused.status_code == 422
    assert "ip2@hanbit.example" in refused.content.decode()
    wrong = client.post(f"/deliveries/{delivery.id}/", {"recipient": "ip2 at hanbit", "reason": "전화로 확인"})
    assert wrong.status_code == 422
    assert "전화로 확인" in wrong.content.decode()
    sent["reason"] = "전화로 확인"
    assert client.post(f"/deliveries/{delivery.id}/", sent).status_code == 302
    delivery.refresh_from_db()
    assert (delivery.state, delivery.recipient) == ("queued", "ip2@hanbit.example")
    assert Job.objects.filter(kind="mail.send").count() == 1
    entry = AuditEntry.objects.filter(action="delivery.readdressed").get()
    assert entry.reason == "전화로 확인"
    assert "ip2" not in str(entry.details)
    assert client.post(f"/deliveries/{delivery.id}/", sent).status_code == 422


def test_a_mail_that_may_have_left_goes_to_no_other_address(site: Site) -> None:
    delivery = make_unknown_delivery()
    sent = {"recipient": "ip2@hanbit.example", "reason": "전화로 확인"}
    assert site.client(Role.SUPERVISOR).post(f"/deliveries/{delivery.id}/", sent).status_code == 422
    delivery.refresh_from_db()
    assert delivery.recipient == "ip@hanbit.example"
