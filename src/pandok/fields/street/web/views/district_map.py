"""The map of the district: the page, its tiles, its boundaries. Without scripts the same is a list by place."""

from __future__ import annotations

from django.http import Http404, HttpResponse, JsonResponse
from django.utils import timezone
from django.views.decorators.http import require_safe

from pandok.common.web.requests import AccountRequest
from pandok.core.text import Text
from pandok.fields.street.district_map.pole_states import PoleStanding
from pandok.fields.street.district_map.poles_now import bounds, poles_now
from pandok.fields.street.district_map.tiles import DEEPEST, tile
from pandok.fields.street.lists.by_place import places_now
from pandok.fields.street.lists.changes import change_mark
from pandok.fields.street.lists.now import open_alerts
from pandok.fields.street.models import MapBoundaries
from pandok.fields.street.readers_in_words import LEVELS
from pandok.fields.street.roles import Action
from pandok.fields.street.web.shown.alert_rows import row_of
from pandok.web.middleware.deny_by_default import allows
from pandok.web.shown.rendering import render

BESIDE = 30
"""Alerts beside the map."""


@require_safe
@allows(Action.SEE_STREET)
def show(request: AccountRequest) -> HttpResponse:
    moment = timezone.now()
    poles = poles_now(moment)
    alerts = open_alerts().filter(case_level__gt=0, pole__latitude__isnull=False, pole__longitude__isnull=False)
    context = {
        "mark": change_mark(),
        "bounds": ",".join(f"{one:.6f}" for one in bounds(poles) or ()),
        "placed": len(poles.keys),
        "rows": [row_of(one) for one in alerts[:BESIDE]],
        "standings": list(PoleStanding),
        "places": [
            (one, Text(ko=one.bed_ko, en=one.bed_en), LEVELS[one.highest] if one.highest else None)
            for one in places_now(moment)
        ],
        "boundaries": MapBoundaries.objects.only("pk", "credit").first(),
        "moment": moment,
    }
    return render(request, "pandok/street/map.html", context)


@require_safe
@allows(Action.SEE_STREET)
def one_tile(request: AccountRequest, zoom: int, column: int, row: int) -> HttpResponse:  # noqa: ARG001
    if zoom > DEEPEST or not (column < 2**zoom and row < 2**zoom):
        raise Http404
    data = tile(poles_now(timezone.now()), zoom, column, row)
    return HttpResponse(data, content_type="application/vnd.mapbox-vector-tile")


@require_safe
@allows(Action.SEE_STREET)
def outlines(request: AccountRequest) -> HttpResponse:  # noqa: ARG001
    newest = MapBoundaries.objects.first()
    shapes = newest.shapes if newest else {"type": "FeatureCollection", "features": []}
    return JsonResponse(shapes, content_type="application/geo+json")
