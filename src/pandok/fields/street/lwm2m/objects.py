"""Which resources of the uCIFI objects (LwM2M 3410 to 3439) are read, as which observed property.

Source: the registry of OMA SpecWorks (github.com/OpenMobileAlliance/lwm2m-registry, 3410.xml to 3439.xml), each object
in the version named here. The registry fixes the unit of a resource; it is changed to Pandok's by the factor in the
table, and a record that says another unit is refused. What is not in the table is not read: docs/look-up/lwm2m.md.
"""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from pandok.fields.street.lwm2m.attributes import ATTRIBUTES
from pandok.fields.street.lwm2m.senml import SenmlRecord, numbers_of, resolved


@dataclass(frozen=True)
class Resource:
    """`units`: as SenML may write the unit of the registry; `factor`: from it to the unit of `observed`."""

    object_name: str
    version: str
    name: str
    units: tuple[str, ...]
    observed: str
    unit: str
    factor: float = 1.0


_PER_CENT = ("%", "/100")
RESOURCES: Mapping[tuple[int, int], Resource] = {
    (3411, 3): Resource("Battery", "1.1", "Battery voltage", ("V",), "battery_v", "V"),
    (3416, 2): Resource("Outdoor lamp controller", "2.0", "Command in action", _PER_CENT, "dimming_percent", "%"),
    (3418, 1): Resource("Electrical monitor", "2.0", "Supply voltage", ("V",), "supply_v", "V"),
    (3418, 4): Resource("Electrical monitor", "2.0", "Active power", ("W",), "lamp_power_w", "W"),
    (3428, 1): Resource("Air quality", "2.0", "PM10", ("ug/m3",), "pm10_ug_m3", "µg/m³"),
    (3428, 3): Resource("Air quality", "2.0", "PM2.5", ("ug/m3",), "pm2_5_ug_m3", "µg/m³"),
    (3428, 7): Resource("Air quality", "2.0", "CO", ("ppm",), "co_ppm", "ppm"),
    (3428, 17): Resource("Air quality", "2.0", "CO2", ("ppm",), "co2_ppm", "ppm"),
    (3429, 1): Resource("Tilt sensor", "1.1", "Angle", ("rad",), "tilt_deg", "°", 180 / math.pi),
}


def readings_of(records: Sequence[SenmlRecord], sent_ms: int) -> list[dict[str, Any]]:
    """Readings as a pole sends them; the sensor of object 3418, instance 0, is `lwm2m-3418-0`. What is not read, or
    says another unit, stands under its own path, which no sensor observes: it is refused and counted as such. Raises
    ValueError as `resolved` does."""
    found = []
    for name, unit, value, at_ms in resolved(records, sent_ms):
        numbers = numbers_of(name)
        if numbers and (numbers[0], numbers[2]) in ATTRIBUTES:
            continue  # no measurement: attributes.py
        known = RESOURCES.get((numbers[0], numbers[2])) if numbers else None
        sensor = f"lwm2m-{numbers[0]}-{numbers[1]}" if numbers else "lwm2m"
        if known is None or (unit and unit not in known.units):
            found.append({"sensor": sensor, "property": name[:40], "unit": unit, "at_ms": at_ms, "value": value})
        else:
            value = value * known.factor
            facts = {"sensor": sensor, "property": known.observed, "unit": known.unit}
            found.append({**facts, "at_ms": at_ms, "value": value})
    return found
