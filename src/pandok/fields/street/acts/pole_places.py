"""Where poles stand: a new place is another line of their history, and what they observe from then on."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime

from pandok.fields.street.models import FeatureOfInterest, HistoricalLocation, Location, Pole
from pandok.fields.street.sensorthings.asked_entities import point_of

GEO = "application/geo+json"


def place_pole(pole: Pole, now: datetime) -> None:
    """A pole that was registered with latitude and longitude stands there."""
    if pole.latitude is None or pole.longitude is None:
        return
    point = {"type": "Point", "coordinates": [pole.longitude, pole.latitude]}
    place = Location.objects.create(
        name=pole.place_en or pole.key, description=pole.place_ko, encoding_type=GEO, location=point
    )
    stand_at(pole, [place], now)
    feature_of(place)


def stand_at(pole: Pole, places: Iterable[Location], now: datetime) -> None:
    """Raises RequestError for a point that is no place."""
    places = list(places)
    pole.locations.set(places)
    line = HistoricalLocation.objects.create(pole=pole, time=now)
    line.locations.set(places)
    for one in places:
        point = point_of(one.encoding_type, one.location)
        if point is not None:
            pole.latitude, pole.longitude = point
            pole.save(update_fields=["latitude", "longitude"])
            break


def feature_of(place: Location) -> FeatureOfInterest:
    """What is observed at a place where nothing else is said: the place."""
    found, _ = FeatureOfInterest.objects.get_or_create(
        of_location=place,
        gone_at=None,
        defaults={
            "name": place.name,
            "description": place.description,
            "encoding_type": place.encoding_type,
            "feature": place.location,
        },
    )
    return found


def usual_feature(pole: Pole) -> FeatureOfInterest | None:
    place = pole.locations.filter(gone_at=None).order_by("pk").first()
    return feature_of(place) if place is not None else None
