"""Poles with a lamp, page by page, as other platforms read them."""

from __future__ import annotations

from collections import defaultdict
from datetime import datetime

from pandok.fields.street.hazard_kinds import HazardKind
from pandok.fields.street.models import Alert, CurrentValue, Pole
from pandok.fields.street.smart_streetlight import LAMP, LampPole
from pandok.fields.street.states import OPEN

MOST = 1000


def lamp_poles(after: str = "", most: int = MOST) -> list[LampPole]:
    """Those behind `after` in the order of their keys, that stand, have a place on the map and carry a lamp."""
    standing = Pole.objects.filter(gone_at=None, latitude__isnull=False, longitude__isnull=False, key__gt=after)
    carrying = standing.filter(sensors__observed__in=LAMP, sensors__gone_at=None).distinct()
    poles = list(carrying.select_related("test_bed").order_by("key")[:most])
    newest: dict[int, dict[str, tuple[float, datetime]]] = defaultdict(dict)
    rows = CurrentValue.objects.filter(sensor__pole__in=poles, sensor__observed__in=LAMP).order_by("at")
    for pole, observed, value, at in rows.values_list("sensor__pole", "sensor__observed", "value", "at"):
        newest[pole][observed] = (value, at)
    hazards: dict[int, set[HazardKind]] = defaultdict(set)
    alerts = Alert.objects.filter(pole__in=poles, state__in=[one.value for one in OPEN], level__gt=0)
    for pole, reader in alerts.values_list("pole", "reader"):
        hazards[pole] |= {kind for kind in HazardKind if reader in kind.readers}
    return [
        LampPole(
            key=one.key,
            latitude=one.latitude or 0.0,
            longitude=one.longitude or 0.0,
            test_bed=one.test_bed.code,
            feeder=one.feeder,
            place=one.place_ko,
            added_at=one.added_at,
            newest=newest[one.pk],
            hazards=hazards[one.pk],
        )
        for one in poles
    ]
