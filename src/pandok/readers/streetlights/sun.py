"""Sun times of a place, computed here: is it day, night or twilight. Good to about a minute below the polar circles.

Formulas: NOAA Solar Calculator (after Meeus, Astronomical Algorithms): equation of time and declination of the day,
sunrise at 90.833° from the zenith (refraction and the sun's radius).
"""

from __future__ import annotations

import math

MS_PER_DAY = 86_400_000
J2000_MS = 946_728_000_000
ZENITH_OF_SUNRISE = 90.833


def zenith_deg(at_ms: int, latitude_deg: float, longitude_deg: float) -> float:
    """The sun's distance from the zenith, in degrees, without refraction; above 90.833 the sun has set."""
    century = (at_ms - J2000_MS) / MS_PER_DAY / 36525
    mean_longitude = math.radians((280.46646 + century * (36000.76983 + century * 0.0003032)) % 360)
    anomaly = math.radians(357.52911 + century * (35999.05029 - 0.0001537 * century))
    eccentricity = 0.016708634 - century * (0.000042037 + 0.0000001267 * century)
    centre = (
        math.sin(anomaly) * (1.914602 - century * (0.004817 + 0.000014 * century))
        + math.sin(2 * anomaly) * (0.019993 - 0.000101 * century)
        + math.sin(3 * anomaly) * 0.000289
    )
    node = math.radians(125.04 - 1934.136 * century)
    longitude = mean_longitude + math.radians(centre - 0.00569 - 0.00478 * math.sin(node))
    obliquity = math.radians(23.4393 - 0.013004 * century + 0.00256 * math.cos(node))
    declination = math.asin(math.sin(obliquity) * math.sin(longitude))
    y = math.tan(obliquity / 2) ** 2
    equation_of_time_min = 4 * math.degrees(
        y * math.sin(2 * mean_longitude)
        - 2 * eccentricity * math.sin(anomaly)
        + 4 * eccentricity * y * math.sin(anomaly) * math.cos(2 * mean_longitude)
        - 0.5 * y * y * math.sin(4 * mean_longitude)
        - 1.25 * eccentricity * eccentricity * math.sin(2 * anomaly)
    )
    solar_min = at_ms % MS_PER_DAY / 60_000 + equation_of_time_min + 4 * longitude_deg
    hour_angle = math.radians(solar_min / 4 - 180)
    latitude = math.radians(latitude_deg)
    cosine = math.sin(latitude) * math.sin(declination) + math.cos(latitude) * math.cos(declination) * math.cos(
        hour_angle
    )
    return math.degrees(math.acos(max(-1.0, min(1.0, cosine))))


def sunrise_and_sunset_ms(noon_ms: int, latitude_deg: float, longitude_deg: float) -> tuple[int, int] | None:
    """The sunrise before and the sunset after `noon_ms` (about local noon), to the second; None in polar day or
    night."""

    def crossing(dark_ms: int) -> int | None:
        light_ms = noon_ms
        if zenith_deg(light_ms, latitude_deg, longitude_deg) > ZENITH_OF_SUNRISE:
            return None
        if zenith_deg(dark_ms, latitude_deg, longitude_deg) < ZENITH_OF_SUNRISE:
            return None
        while abs(dark_ms - light_ms) > 1000:
            middle = (dark_ms + light_ms) // 2
            if zenith_deg(middle, latitude_deg, longitude_deg) < ZENITH_OF_SUNRISE:
                light_ms = middle
            else:
                dark_ms = middle
        return light_ms

    rise, down = crossing(noon_ms - MS_PER_DAY // 2), crossing(noon_ms + MS_PER_DAY // 2)
    return None if rise is None or down is None else (rise, down)
