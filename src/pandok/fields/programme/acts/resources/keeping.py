"""A resource is entered on the map, and said anew."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from django.db import transaction

from pandok.common.audit import writing as audit
from pandok.common.models import Account
from pandok.common.models.locking import locked
from pandok.common.reasons import MOST_REASON, checked_reason
from pandok.common.records.numbering import next_of_year
from pandok.fields.programme.models import TrialResource
from pandok.fields.programme.resource_kinds import ENTERED
from pandok.fields.programme.resource_refusals import refusal
from pandok.fields.programme.topics import KoreanRegion

ROOM = {"title": 200, "body": 200, "post": 200, "place": 200, "hours": 200, "rules": MOST_REASON}
ADDED, REWORDED = "resource.added", "resource.reworded"


@dataclass(frozen=True)
class ResourceSaid:
    """As it was written. `latitude`, `longitude`: degrees, or both empty."""

    kind: str
    region: str
    title: str
    body: str
    post: str = ""
    place: str = ""
    hours: str = ""
    rules: str = ""
    latitude: str = ""
    longitude: str = ""
    booked: bool = False


def enter_resource(said: ResourceSaid, *, actor: Account, now: datetime) -> TrialResource:
    """Raises RequestError: resource.words, resource.place."""
    columns = _columns(said)
    with transaction.atomic():
        made: TrialResource = TrialResource.objects.create(
            number=next_of_year("RS", width=6, given=TrialResource.objects.all(), now=now),
            made_by=actor,
            made_at=now,
            **columns,
        )
        audit.tell(actor, ADDED, f"resource:{made.pk}", "", now, {"number": made.number})
    return made


def reword_resource(
    resource_id: UUID, said: ResourceSaid, *, reason: str, actor: Account, now: datetime
) -> TrialResource:
    """Raises as `enter_resource`, and request.reason, resource.not_there."""
    reason, columns = checked_reason(reason), _columns(said)
    with transaction.atomic():
        if not TrialResource.objects.filter(pk=resource_id).exists():
            raise refusal("not_there")
        found: TrialResource = locked(TrialResource, resource_id)
        for name, value in columns.items():
            setattr(found, name, value)
        found.save()
        audit.tell(actor, REWORDED, f"resource:{found.pk}", reason, now, {"number": found.number})
    return found


def _columns(said: ResourceSaid) -> dict[str, Any]:
    texts = {name: getattr(said, name).strip() for name in ROOM}
    if not (texts["title"] and texts["body"]) or any(len(value) > ROOM[name] for name, value in texts.items()):
        raise refusal("words")
    if said.kind not in {one.value for one in ENTERED} or said.region not in set(KoreanRegion):
        raise refusal("words")
    latitude, longitude = _degrees(said.latitude, 90), _degrees(said.longitude, 180)
    if (latitude is None) is not (longitude is None):
        raise refusal("place")
    return texts | {
        "kind": said.kind,
        "region": said.region,
        "latitude": latitude,
        "longitude": longitude,
        "booked": said.booked,
    }


def _degrees(written: str, most: int) -> float | None:
    if not written.strip():
        return None
    try:
        found = float(written)
    except ValueError as error:
        raise refusal("place") from error
    if not -most <= found <= most:
        raise refusal("place")
    return found
