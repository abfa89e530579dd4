"""The map of resources in pages: entered, searched, booked; who may not is offered nothing to do."""

from __future__ import annotations

from datetime import timedelta

from django.utils import timezone

from pandok.fields.programme.models import ResourceBooking, TrialResource
from tests.fields.programme.office import WHY
from tests.fields.programme.on_map import RESOURCE
from tests.roles import Role
from tests.world import Site

SENT = {name: value for name, value in RESOURCE.items() if name != "booked"} | {"booked": "on"}


def test_a_resource_is_entered_found_and_booked(site: Site) -> None:
    office = site.client(Role.PROGRAMME_OFFICE)
    assert office.post("/programme/resources/new/", SENT | {"latitude": "north"}).status_code == 422
    assert office.post("/programme/resources/new/", SENT).status_code == 302
    made = TrialResource.objects.get()
    page = f"/programme/resources/{made.pk}/"
    shown = office.get("/programme/resources/?words=운암&kind=site&region=honam").content.decode()
    assert made.number in shown
    assert "<circle" in shown
    assert made.number not in office.get("/programme/resources/?kind=equipment").content.decode()
    begins = timezone.now() + timedelta(days=1)
    asked = {
        "begins_at": f"{begins:%Y-%m-%dT%H:%M}", "ends_at": f"{begins + timedelta(hours=3):%Y-%m-%dT%H:%M}",
        "for_whom": "가온센서", "purpose": "<b>비교</b>",
    }  # fmt: skip
    owner = site.client(Role.FIELD_OWNER)
    assert owner.post(f"{page}book/", asked).status_code == 302
    assert office.post(f"{page}book/", asked).status_code == 422
    one = ResourceBooking.objects.get()
    seen = office.get(f"{page}?month={begins:%Y-%m}").content.decode()
    assert "&lt;b&gt;비교" in seen
    assert b"BEGIN:VEVENT" in office.get(f"{page}calendar.ics").content
    assert office.post(f"/programme/resources/bookings/{one.pk}/cancel/", {"reason": ""}).status_code == 422
    assert office.post(f"/programme/resources/bookings/{one.pk}/cancel/", {"reason": WHY}).status_code == 302
    assert office.post(f"{page}reword/", SENT | {"title": "다른 이름", "reason": WHY}).status_code == 302
    reader = site.client(Role.COMMITTEE_MEMBER).get(page).content.decode().split("<main")[1].split("</main>")[0]
    assert "다른 이름" in reader
    assert "<form" not in reader
