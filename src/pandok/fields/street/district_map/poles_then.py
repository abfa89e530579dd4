"""How the poles stood at a moment of the past, by the alerts that stood open then.

Where a pole stands is where it stands today. That it was not heard from was an alert then, and shows as one.
"""

from __future__ import annotations

from datetime import datetime

import numpy as np

from pandok.fields.street.district_map.pole_states import standing_of
from pandok.fields.street.district_map.poles_now import poles_now
from pandok.fields.street.district_map.tiles import PolesOnMap
from pandok.fields.street.lists.then import alerts_then


def poles_then(at: datetime, now: datetime) -> PolesOnMap:
    poles = poles_now(now)
    levels: dict[str, int] = {}
    for one in alerts_then(at):
        if one.pole is not None:
            level: int = one.level_then  # type: ignore[attr-defined]  # annotated in alerts_then
            levels[one.pole.key] = max(levels.get(one.pole.key, 0), level)
    standings = np.zeros(len(poles.keys), np.uint8)
    for place, key in enumerate(poles.keys) if levels else ():
        if key in levels:
            standings[place] = standing_of(levels[key])
    return PolesOnMap(poles.keys, poles.x, poles.y, standings)
