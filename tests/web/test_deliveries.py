"""Messages that need a person: shown, settled with a reason, once."""

from __future__ import annotations

import pytest

from pandok.desk.models import DeliveryState, Job
from pandok.desk.roles import Role
from pandok.register.models import AuditEntry
from tests.web.access_samples import make_unknown_delivery
from tests.web.conftest import Site


def test_a_reason_is_wanted_and_what_was_chosen_is_not_done_without(site: Site) -> None:
    delivery = make_unknown_delivery()
    client = site.client(Role.SUPERVISOR)
    page = client.get("/deliveries/").content.decode()
    assert "통지" in page
    assert "ip@hanbit.example" in page
    refused = client.post(f"/deliveries/{delivery.id}/", {"was_sent": "yes", "reason": "  "})
    assert refused.status_code == 422
    assert "사유가 없습니다" in refused.content.decode()
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
