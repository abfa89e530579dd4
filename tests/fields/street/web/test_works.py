"""Pages of works: ordered from an alert, taken and finished on a phone, refused with what was entered."""

from __future__ import annotations

from typing import Any

from pandok.fields.street.models import WorkOrder
from tests.fields.street.acts.test_repairing import said
from tests.fields.street.bed import NOON, raised
from tests.fields.street.devices import ordered_work
from tests.roles import Role
from tests.world import Site


def test_ordered_from_an_alert_done_by_a_crew_and_seen_in_the_room(site: Site) -> None:
    alert = raised()
    room, crew = site.client(Role.CONTROL_ROOM), site.client(Role.CREW)
    name = site.account(Role.CREW).username
    assert f"?alert={alert.pk}" in room.get(f"/street/alerts/{alert.pk}/").content.decode()
    form = room.get(f"/street/works/new/?alert={alert.pk}").content.decode()
    assert 'name="pole"' not in form
    sent = {"alert": alert.pk, "kind": "device", "what": "수위계 확인", "crew": name}
    refused = room.post("/street/works/new/", sent | {"due_at": "2020-01-01T00:00"})
    assert (refused.status_code, "수위계 확인" in refused.content.decode()) == (422, True)
    made = room.post("/street/works/new/", sent)
    work = WorkOrder.objects.get()
    assert (made.status_code, made["Location"]) == (302, f"/street/works/{work.number}/")
    assert work.number in room.get(f"/street/alerts/{alert.pk}/").content.decode()
    assert "수위계 확인" in crew.get("/street/works/").content.decode()
    assert crew.post(f"/street/works/{work.number}/do/", {"what": "take"}).status_code == 302
    short = crew.post(f"/street/works/{work.number}/do/", {"what": "finish", "found": "", "replaced": "수위계 1대"})
    assert (short.status_code, "수위계 1대" in short.content.decode()) == (422, True)
    back = crew.post(f"/street/works/{work.number}/do/", {"what": "give-back", "reason": "."})
    assert back.status_code == 422
    assert crew.post(f"/street/works/{work.number}/do/", {"what": "finish", "found": "거미줄"}).status_code == 302
    assert f"{work.number}: 거미줄" in room.get(f"/street/alerts/{alert.pk}/").content.decode()
    assert "거미줄" in room.get(f"/street/works/{work.number}/").content.decode()
    assert work.number in room.get("/street/works/?tab=finished").content.decode()


def test_what_no_crew_has_can_be_taken_and_another_crew_has_no_buttons(site: Site) -> None:
    number = ordered_work()
    first, second = site.client(Role.CREW, "one"), site.client(Role.CREW, "two")
    assert number in first.get("/street/works/").content.decode()
    assert first.post(f"/street/works/{number}/do/", {"what": "take"}).status_code == 302
    page = second.get(f"/street/works/{number}/").content.decode()
    assert 'value="finish"' not in page
    assert second.post(f"/street/works/{number}/do/", {"what": "finish", "found": "고침"}).status_code == 422
    assert second.get("/street/works/nonsense/").status_code == 404
    assert second.get("/street/works/?tab=nonsense&page=x").status_code == 200


def test_a_repair_is_one_button_on_the_alert_of_a_fault(site: Site) -> None:
    alert = said(NOON, NOON)
    room = site.client(Role.CONTROL_ROOM)
    page = room.get(f"/street/alerts/{alert.pk}/").content.decode()
    assert "등 꺼짐: 밤인데 꺼져 있음</textarea>" in page
    sent = {"alert": alert.pk, "repair": "1", "what": "등 꺼짐: 사다리차 필요", "crew": ""}
    refused = room.post("/street/works/new/", sent | {"crew": "nobody here"})
    assert (refused.status_code, "사다리차 필요" in refused.content.decode()) == (422, True)
    assert 'name="repair" value="1"' in refused.content.decode()
    assert room.post("/street/works/new/", sent).status_code == 302
    work = WorkOrder.objects.get()
    assert (work.kind, work.what, work.ends_with_fault) == ("lamp", sent["what"], True)
    assert 'name="repair"' not in room.get(f"/street/alerts/{alert.pk}/").content.decode()
    assert room.post("/street/works/new/", sent).status_code == 422
    assert 'name="repair"' not in site.client(Role.CREW).get(f"/street/alerts/{alert.pk}/").content.decode()


def test_a_repair_is_ordered_by_api(site: Site) -> None:
    alert, client = said(NOON, NOON), site.client(Role.CONTROL_ROOM)

    def asked(**body: str) -> Any:
        return client.post("/api/v1/street/repairs", body, content_type="application/json")

    made = asked(alert=alert.pk).json()
    assert (made["kind"], made["alert"], made["ends_with_fault"]) == ("lamp", alert.pk, True)
    assert (asked(alert=alert.pk).status_code, asked(alert=raised().pk).status_code) == (422, 422)
