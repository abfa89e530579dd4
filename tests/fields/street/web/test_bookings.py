"""The page of bookings: booked and cancelled by hand, what is taken refused with what was entered, the month shown."""

from __future__ import annotations

from datetime import timedelta

from django.utils import timezone

from pandok.core.terms.zone import OFFICE_ZONE
from pandok.fields.street.models import Booking
from tests.fields.street.bed import pole
from tests.roles import Role
from tests.world import Site


def test_booked_refused_and_cancelled_on_the_page(site: Site) -> None:
    pole()
    client, day = site.client(Role.STREET_OPERATOR), timezone.now().astimezone(OFFICE_ZONE) + timedelta(days=1)
    sent = {
        "test_bed": "buk", "pole": "", "begins_at": f"{day:%Y-%m-%d}T09:00", "ends_at": f"{day:%Y-%m-%d}T12:00",
        "for_whom": "광산업진흥회", "purpose": "수위계 비교",
    }  # fmt: skip
    assert client.post("/street/bookings/book/", sent).status_code == 302
    one = Booking.objects.get()
    shown = client.get(f"/street/bookings/?month={day:%Y-%m}").content.decode()
    assert f'href="#booking-{one.pk}"' in shown
    refused = client.post("/street/bookings/book/", sent | {"for_whom": "다른 회사"})
    assert (refused.status_code, "다른 회사" in refused.content.decode()) == (422, True)
    short = client.post(f"/street/bookings/{one.pk}/cancel/", {"reason": ""})
    assert short.status_code == 422
    assert client.post(f"/street/bookings/{one.pk}/cancel/", {"reason": "장비가 늦음"}).status_code == 302
    assert f'href="#booking-{one.pk}"' not in client.get(f"/street/bookings/?month={day:%Y-%m}").content.decode()
    taken_out = client.get("/street/bookings.ics")
    assert taken_out["Content-Type"] == "text/calendar; charset=utf-8"
    assert b"STATUS:CANCELLED" in taken_out.content


def test_a_month_that_is_none_is_this_month(site: Site) -> None:
    client = site.client(Role.CREW)
    this = client.get("/street/bookings/").content.decode()
    for month in ("2026-13", "nonsense", "0000-01", "9999-12", "-5-1"):
        shown = client.get("/street/bookings/", {"month": month})
        assert shown.status_code == 200
        assert shown.content.decode().count("<td") == this.count("<td")
    assert "id_for_whom" not in this  # who may not book sees no form
