"""Resources for trials, and bookings of them."""

from __future__ import annotations

from typing import Any

from pandok.fields.programme.acts.resources.booking import book_resource
from pandok.fields.programme.acts.resources.keeping import ResourceSaid, enter_resource
from pandok.fields.programme.models import ResourceBooking, TrialResource
from tests.fields.programme.office import NOON, person
from tests.roles import Role

RESOURCE: dict[str, Any] = {
    "kind": "site",
    "region": "honam",
    "title": "운암 지하차도 시험 구간",
    "body": "북구청",
    "post": "안전총괄과 재난상황팀장",
    "place": "북구 운암동",
    "hours": "평일 10–16시",
    "rules": "차로를 막지 않는다",
    "latitude": "35.17",
    "longitude": "126.88",
    "booked": True,
}
BOOKING = {
    "begins_at": "2026-07-02T09:00", "ends_at": "2026-07-02T18:00", "for_whom": "가온센서", "purpose": "수위계 비교",
}  # fmt: skip


def resource(**other: Any) -> TrialResource:
    return enter_resource(ResourceSaid(**RESOURCE | other), actor=person(Role.PROGRAMME_OFFICE), now=NOON)


def booking(found: TrialResource | None = None, **other: str) -> ResourceBooking:
    found = found or resource()
    return book_resource(found.pk, **BOOKING | other, actor=person(Role.PROGRAMME_OFFICE), now=NOON)
