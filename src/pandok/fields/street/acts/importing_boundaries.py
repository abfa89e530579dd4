"""Boundaries of districts come in as GeoJSON: polygons with a name, nothing else of the file is kept."""

from __future__ import annotations

import hashlib
import json
import math
from datetime import datetime
from typing import Any

from django.db import transaction

from pandok.common.audit import writing as audit
from pandok.common.models import Account
from pandok.common.reasons import checked_reason
from pandok.core.audit import Detail
from pandok.fields.street.models import MapBoundaries
from pandok.fields.street.refusals import refusal

MOST_BYTES, MOST_SHAPES, MOST_POINTS = 4_000_000, 2_000, 200_000
NAMES = ("emd", "name", "adm_nm", "EMD_KOR_NM", "SIG_KOR_NM", "sigungu")
"""Properties under which a name is looked for, the first first; public data of Korea use all of them."""


def import_boundaries(data: bytes, *, credit: str, actor: Account | None, reason: str, now: datetime) -> MapBoundaries:
    """The newest boundaries of the map. Raises RequestError for what is no GeoJSON of polygons in degrees, for more
    than MOST_BYTES, and without a credit."""
    reason = checked_reason(reason)
    if not credit.strip() or len(credit) > 200:
        raise refusal("no_credit")
    shapes = _shapes(data)
    with transaction.atomic():
        kept = MapBoundaries.objects.create(
            shapes={"type": "FeatureCollection", "features": shapes},
            credit=credit.strip(),
            sha256=hashlib.sha256(data).hexdigest(),
            imported_at=now,
            imported_by=actor,
        )
        details: dict[str, Detail] = {"shapes": len(shapes), "credit": kept.credit, "sha256": kept.sha256}
        audit.tell(actor, "boundaries.imported", f"boundaries:{kept.pk}", reason, now, details)
    return kept


def _shapes(data: bytes) -> list[dict[str, Any]]:
    if len(data) > MOST_BYTES:
        raise refusal("bad_boundaries")
    try:
        features = json.loads(data)["features"]
        if not isinstance(features, list) or not 0 < len(features) <= MOST_SHAPES:
            raise refusal("bad_boundaries")
        shapes = [_shape(one) for one in features]
    except (ValueError, KeyError, TypeError, RecursionError) as wrong:
        raise refusal("bad_boundaries") from wrong
    if sum(len(ring) for one in shapes for polygon in one["geometry"]["coordinates"] for ring in polygon) > MOST_POINTS:
        raise refusal("bad_boundaries")
    return shapes


def _shape(feature: dict[str, Any]) -> dict[str, Any]:
    geometry = feature["geometry"]
    polygons = {"Polygon": [geometry["coordinates"]], "MultiPolygon": geometry["coordinates"]}[geometry["type"]]
    coordinates = [[[_point(point) for point in ring] for ring in polygon] for polygon in polygons]
    told = feature.get("properties") or {}
    name = next((str(told[key]) for key in NAMES if told.get(key)), "")
    return {
        "type": "Feature",
        "properties": {"name": name[:60]},
        "geometry": {"type": "MultiPolygon", "coordinates": coordinates},
    }


def _point(point: Any) -> list[float]:
    longitude, latitude = float(point[0]), float(point[1])
    if not (math.isfinite(longitude) and math.isfinite(latitude) and abs(longitude) <= 180 and abs(latitude) <= 90):
        raise ValueError(f"no place on earth: {point}")
    return [round(longitude, 6), round(latitude, 6)]
