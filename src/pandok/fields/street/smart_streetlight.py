"""A pole's lamp as `Streetlight` of Smart Data Models 0.2.1 (dataModel.Streetlighting), key-values form.

The form that NGSI-LD brokers take; none was tried. What Pandok does not know (model, height, who controls it) is left
out, never guessed. `status` comes from alerts that stand: a lamp or its current, the column, or nothing. A pole that
is not heard from, alone or with its feeder, stays as it was last: how old that is says `observationDateTime`.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

from pandok.fields.street.hazard_kinds import HazardKind

LAMP = HazardKind.LAMP.observed | {"lamp_power_w", "dimming_percent", "supply_v"}
"""A pole that observes one of these carries a lamp that Pandok knows of."""
LIT_OVER_W = 1.0
LOW_BELOW = 0.5
"""Dimming below this share counts as `low`."""


@dataclass(frozen=True)
class LampPole:
    """`newest`: observed property → value and when. `hazards`: of alerts that stand."""

    key: str
    latitude: float
    longitude: float
    test_bed: str
    feeder: str
    place: str
    added_at: datetime
    newest: Mapping[str, tuple[float, datetime]]
    hazards: Collection[HazardKind]


def streetlight(pole: LampPole) -> dict[str, Any]:
    """The entity; `location` is GeoJSON (longitude first), power in W, voltage in V, level from 0 to 1."""
    values = {name: value for name, (value, _) in pole.newest.items()}
    moments = [at for _, at in pole.newest.values()]
    entity: dict[str, Any] = {
        "id": f"urn:ngsi-ld:Streetlight:{pole.key}",
        "type": "Streetlight",
        "location": {"type": "Point", "coordinates": [pole.longitude, pole.latitude]},
        "status": _status(pole.hazards),
        "streetPoleNum": pole.key,
        "areaServed": pole.place or pole.test_bed,
        "refStreetlightGroup": f"urn:ngsi-ld:StreetlightGroup:{pole.test_bed}",
        "dateServiceStarted": _moment(pole.added_at),
    }
    if pole.feeder:
        entity |= {"circuit": pole.feeder, "feederID": pole.feeder}
    if (state := _power_state(values)) is not None:
        entity["powerState"] = state
    if "lamp_power_w" in values:
        entity["powerConsumption"] = values["lamp_power_w"]
    if "supply_v" in values:
        entity["voltage"] = values["supply_v"]
    if "dimming_percent" in values:
        entity["illuminanceLevel"] = values["dimming_percent"] / 100
    if moments:
        entity["observationDateTime"] = _moment(max(moments))
    return entity


def _status(hazards: Collection[HazardKind]) -> str:
    if HazardKind.TILT in hazards:
        return "columnIssue"
    return "defectiveLamp" if {HazardKind.LAMP, HazardKind.LEAKAGE} & set(hazards) else "ok"


def _power_state(values: Mapping[str, float]) -> str | None:
    """By what the lamp draws, not by what it was told; None where nobody measures it."""
    if "lamp_power_w" not in values:
        return None
    if values["lamp_power_w"] <= LIT_OVER_W:
        return "off"
    return "low" if values.get("dimming_percent", 100) < 100 * LOW_BELOW else "on"


def _moment(at: datetime) -> str:
    return at.astimezone(UTC).isoformat(timespec="seconds").replace("+00:00", "Z")
