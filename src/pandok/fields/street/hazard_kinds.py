"""Kinds of hazard: which readers tell of each, and which property their sensors observe.

Figures are counted by kind; what other authorities saw is entered by kind.
"""

from __future__ import annotations

from enum import StrEnum

from pandok.core.text import Text


class HazardKind(StrEnum):
    FLOOD = "flood"
    FIRE = "fire"
    TILT = "tilt"
    CROWD = "crowd"
    AIR = "air"
    SOUND = "sound"
    LEAKAGE = "leakage"
    LAMP = "lamp"

    @property
    def words(self) -> Text:
        return _WORDS[self]

    @property
    def readers(self) -> frozenset[str]:
        return _READERS[self]

    @property
    def observed(self) -> frozenset[str]:
        """A pole with a sensor of one of these watches for it."""
        return _OBSERVED[self]


_K = HazardKind
_WORDS = {
    _K.FLOOD: Text(ko="침수", en="Flood"),
    _K.FIRE: Text(ko="화재", en="Fire"),
    _K.TILT: Text(ko="기울음·침하", en="Tilt and subsidence"),
    _K.CROWD: Text(ko="인파 밀집", en="Crowding"),
    _K.AIR: Text(ko="대기질", en="Air quality"),
    _K.SOUND: Text(ko="이상 음향", en="Abnormal sound"),
    _K.LEAKAGE: Text(ko="누전", en="Leakage"),
    _K.LAMP: Text(ko="등 고장", en="Lamp fault"),
}
_READERS = {
    _K.FLOOD: frozenset({"flood-level", "flood-forecast"}),
    _K.FIRE: frozenset({"fire-smoke"}),
    _K.TILT: frozenset({"tilt-subsidence"}),
    _K.CROWD: frozenset({"crowd-density"}),
    _K.AIR: frozenset({"air-quality"}),
    _K.SOUND: frozenset({"sound-events"}),
    _K.LEAKAGE: frozenset({"leakage"}),
    _K.LAMP: frozenset({"lamp-outage", "lamp-day-burner", "lamp-flicker"}),
}
ONE_CASE = (_READERS[_K.FLOOD],)
"""Readers that tell of one and the same event at a pole: what comes second joins the alert that stands."""
_OBSERVED = {
    _K.FLOOD: frozenset({"depth_cm"}),
    _K.FIRE: frozenset({"optical_density_per_m", "temperature_c"}),
    _K.TILT: frozenset({"tilt_deg", "settlement_mm"}),
    _K.CROWD: frozenset({"persons_per_m2"}),
    _K.AIR: frozenset({"pm2_5_ug_m3", "pm10_ug_m3"}),
    _K.SOUND: frozenset({"band_1000_db"}),
    _K.LEAKAGE: frozenset({"leakage_ma"}),
    _K.LAMP: frozenset({"lamp_power_w"}),
}


DANGERS = frozenset(reader for kind in HazardKind if kind is not _K.LAMP for reader in kind.readers)
"""Readers of what may hurt people: a dark lamp does not by itself."""


def kind_of(reader: str) -> HazardKind | None:
    """None: health of devices, which is no hazard of the street.

    >>> kind_of("flood-forecast"), kind_of("not-heard")
    (<HazardKind.FLOOD: 'flood'>, None)
    """
    return next((one for one in HazardKind if reader in one.readers), None)
