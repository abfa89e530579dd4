"""What is wrong now, worst first; decided in the page; live by short event streams."""

from __future__ import annotations

from django.utils import timezone

from pandok.fields.street.models import Alert
from tests.fields.street.bed import later, raised
from tests.roles import Role
from tests.world import Site


def test_the_worst_stands_first_and_says_why(site: Site) -> None:
    one, two = raised(), raised(later(60))
    Alert.objects.filter(pk=two.pk).update(level=4)
    body = site.client(Role.CONTROL_ROOM).get("/street/").content.decode()
    assert body.index(two.pk) < body.index(one.pk)
    assert "수심 16 cm" in body
    assert "1" in body


def test_decided_in_the_page_and_what_was_entered_stays(site: Site) -> None:
    alert, client = raised(timezone.now()), site.client(Role.CONTROL_ROOM)
    place = f"/street/alerts/{alert.pk}/decide/"
    refused = client.post(place, {"what": "reject", "reason": "차량이 지나감", "cause": ""})
    assert refused.status_code == 422
    assert "차량이 지나감" in refused.content.decode()
    assert client.post(place, {"what": "confirm"}).status_code == 302
    assert client.post(place, {"what": "confirm"}).status_code == 422
    assert client.post(place, {"what": "step", "step": "look"}).status_code == 302
    alert.refresh_from_db()
    assert alert.state == "confirmed"
    assert client.get("/street/alerts/nowhere/").status_code == 404


def test_the_event_stream_says_once_what_changed(site: Site) -> None:
    raised()
    client = site.client(Role.CREW)
    first = client.get("/street/live/", {"since": "0"})
    assert first.headers["Content-Type"].startswith("text/event-stream")
    said = first.content.decode()
    assert "event: changed" in said
    mark = said.split("id: ")[1].split("\n")[0]
    assert "event:" not in client.get("/street/live/", headers={"Last-Event-ID": mark}).content.decode()
    raised(later(60))
    assert "event: changed" in client.get("/street/live/", headers={"Last-Event-ID": mark}).content.decode()


def test_the_poles_that_are_silent_stand_first(site: Site) -> None:
    raised()
    body = site.client(Role.STREET_OPERATOR).get("/street/poles/").content.decode()
    assert "buk-1" in body
    assert "1개 중 1개" in body
