"""How the poles of each place stand: the map as a list, by test bed and feeder, what is wrong first."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from datetime import datetime

from django.db.models import Count

from pandok.fields.street.lists.silent_poles import silent_poles
from pandok.fields.street.models import Alert, Pole
from pandok.fields.street.states import OPEN

MOST = 100
Place = tuple[int, str]
"""Test bed and feeder."""


@dataclass
class PlaceNow:
    bed_ko: str
    bed_en: str
    feeder: str
    poles: int
    silent: int = 0
    alerts: int = 0
    highest: int = 0


def places_now(now: datetime) -> list[PlaceNow]:
    """The worst first; at most MOST."""
    by = ("test_bed", "feeder")
    counted = Pole.objects.order_by(*by).values(*by, "test_bed__name_ko", "test_bed__name_en").annotate(n=Count("pk"))
    found: dict[Place, PlaceNow] = {
        (one["test_bed"], one["feeder"]): PlaceNow(
            one["test_bed__name_ko"], one["test_bed__name_en"], one["feeder"], one["n"]
        )
        for one in counted
    }
    for one in silent_poles(now).order_by(*by).values(*by).annotate(n=Count("pk")):
        found[one["test_bed"], one["feeder"]].silent = one["n"]
    by_feeder = defaultdict(list)
    for (_bed, feeder), place in found.items():
        by_feeder[feeder].append(place)
    rows = Alert.objects.filter(state__in=[one.value for one in OPEN], case_level__gt=0)
    for bed, of_pole, feeder, level in rows.values_list("pole__test_bed", "pole__feeder", "feeder", "case_level"):
        for place in [found[bed, of_pole or ""]] if bed else by_feeder[feeder]:
            place.alerts, place.highest = place.alerts + 1, max(place.highest, level)
    worst = sorted(found.values(), key=lambda one: (-one.highest, -one.alerts, -one.silent, one.bed_ko, one.feeder))
    return worst[:MOST]
