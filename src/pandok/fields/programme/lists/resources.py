"""Resources on one map: those that were entered, and by themselves the test beds of streetlights, the problems of the
lab whose protocol is locked, and data sets that were published."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass

from django.db.models import Avg

from pandok.core.text import Text
from pandok.fields.lab.models import ProblemPack
from pandok.fields.programme.data_states import DataSetState
from pandok.fields.programme.models import DataSet, ResourceBooking, TrialResource
from pandok.fields.programme.resource_kinds import ResourceKind
from pandok.fields.programme.topics import KoreanRegion
from pandok.fields.street.calendar_file import CalendarEntry, icalendar
from pandok.fields.street.models import TestBed

MOST_WORDS = 5


@dataclass(frozen=True)
class OnMap:
    """`key`: of one that was entered, else "". `page`: name and argument of the address of its page, where others
    of this site look after it. `region` everywhere: its records say none."""

    kind: ResourceKind
    number: str
    title: Text
    body: str
    region: KoreanRegion
    place: str = ""
    latitude: float | None = None
    longitude: float | None = None
    booked: bool = False
    key: str = ""
    page: tuple[str, str] | None = None


@dataclass(frozen=True)
class Asked:
    words: str = ""
    kind: str = ""
    region: str = ""


def resources_among(asked: Asked) -> list[OnMap]:
    """By kind, then by title."""
    found = [one for source in SOURCES for one in source()]
    if asked.kind in set(ResourceKind):
        found = [one for one in found if one.kind.value == asked.kind]
    if asked.region in set(KoreanRegion):
        found = [one for one in found if one.region.value in (asked.region, KoreanRegion.EVERYWHERE.value)]
    for word in asked.words.casefold().split()[:MOST_WORDS]:
        found = [one for one in found if word in _said(one)]
    order = list(ResourceKind)
    return sorted(found, key=lambda one: (order.index(one.kind), one.title.ko, one.number))


def _said(one: OnMap) -> str:
    return " ".join((one.number, one.title.ko, one.title.en, one.body, one.place)).casefold()


def _entered() -> Iterator[OnMap]:
    for one in TrialResource.objects.all():
        yield OnMap(
            ResourceKind(one.kind), one.number, Text(ko=one.title, en=one.title), one.body, KoreanRegion(one.region),
            one.place, one.latitude, one.longitude, one.booked, key=str(one.pk),
        )  # fmt: skip


def _test_beds() -> Iterator[OnMap]:
    beds = TestBed.objects.annotate(north=Avg("poles__latitude"), east=Avg("poles__longitude")).order_by("code")
    for one in beds:
        title = Text(ko=one.name_ko, en=one.name_en)
        yield OnMap(
            ResourceKind.TEST_BED, one.code, title, "", KoreanRegion.EVERYWHERE, latitude=one.north, longitude=one.east,
            booked=True,
        )  # fmt: skip


def _packs() -> Iterator[OnMap]:
    seen: set[str] = set()
    for one in ProblemPack.objects.filter(registrations__isnull=False).distinct():
        if one.problem_id not in seen:
            seen.add(one.problem_id)
            yield OnMap(
                ResourceKind.PROBLEM_PACK, one.problem_id, one.problem.title, one.deposit.owner, KoreanRegion.EVERYWHERE
            )


def _data_sets() -> Iterator[OnMap]:
    for one in DataSet.objects.filter(state=DataSetState.PUBLISHED.value):
        title = Text(ko=one.title, en=one.title)
        region = KoreanRegion(one.region)
        page = ("public_data_set", one.number)
        yield OnMap(ResourceKind.DATA_SET, one.number, title, one.owner_body, region, page=page)


SOURCES: tuple[Callable[[], Iterator[OnMap]], ...] = (_entered, _test_beds, _packs, _data_sets)
"""Where resources come from; the fields that are read stand below this one."""


def as_icalendar(resource: TrialResource, host: str) -> bytes:
    """`host`: of this site, so that two sites do not share a number."""
    bookings = ResourceBooking.objects.filter(resource=resource).select_related("cancelled")
    return icalendar(resource.title, [_entry(one, resource, host) for one in bookings])


def _entry(one: ResourceBooking, resource: TrialResource, host: str) -> CalendarEntry:
    gone = getattr(one, "cancelled", None)
    return CalendarEntry(
        f"resource-booking-{one.pk}@{host}",
        one.begins_at,
        one.ends_at,
        f"{one.for_whom}: {one.purpose}",
        resource.place or resource.title,
        gone.at if gone else one.booked_at,
        gone is not None,
    )
