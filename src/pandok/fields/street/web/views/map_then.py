"""The map at a moment of a stored day: a slider over the day, and without scripts the same moment as a list."""

from __future__ import annotations

from datetime import date, datetime, time, timedelta

from django.http import Http404, HttpResponse
from django.utils import timezone
from django.views.decorators.http import require_safe

from pandok.common.web.requests import AccountRequest
from pandok.core.terms.zone import OFFICE_ZONE
from pandok.core.text import Text
from pandok.core.whole_number import whole_number
from pandok.fields.street.district_map.pole_states import PoleStanding
from pandok.fields.street.district_map.poles_now import bounds, poles_now
from pandok.fields.street.district_map.poles_then import poles_then
from pandok.fields.street.district_map.tiles import DEEPEST, tile
from pandok.fields.street.lists.then import alerts_then
from pandok.fields.street.models import MapBoundaries
from pandok.fields.street.readers_in_words import LEVELS, reader_words
from pandok.fields.street.roles import Action
from pandok.fields.street.states import AlertState
from pandok.fields.street.web.forms import MomentForm
from pandok.fields.street.web.shown.alert_rows import place_of
from pandok.web.middleware.deny_by_default import allows
from pandok.web.sent_fields import meant
from pandok.web.shown.rendering import render

MOST, DAY_MIN, STEP_MIN = 100, 1440, 5


@require_safe
@allows(Action.SEE_STREET)
def show_then(request: AccountRequest) -> HttpResponse:
    now = timezone.now()
    asked = meant(MomentForm(request.GET)).cleaned_data
    day = _day(asked["day"], now)
    minute = _minute(asked["minute"])
    at = min(_moment(day, minute), now)
    poles = poles_now(now)
    context = {
        "at": at,
        "day": day.isoformat(),
        "minute": minute,
        "midnight_s": round(_moment(day, 0).timestamp()),
        "step": STEP_MIN,
        "last": DAY_MIN - STEP_MIN,
        "bounds": ",".join(f"{one:.6f}" for one in bounds(poles) or ()),
        "standings": list(PoleStanding),
        "rows": [
            (
                one,
                reader_words(one.reader),
                place_of(one.pole) if one.pole else Text(ko=f"선로 {one.feeder}", en=f"Feeder {one.feeder}"),
                LEVELS[one.level_then],  # type: ignore[attr-defined]  # annotated in alerts_then
                AlertState(one.state_then).words,  # type: ignore[attr-defined]
            )
            for one in alerts_then(at)[:MOST]
        ],
        "boundaries": MapBoundaries.objects.only("pk", "credit").first(),
    }
    return render(request, "pandok/street/map_then.html", context)


@require_safe
@allows(Action.SEE_STREET)
def tile_then(request: AccountRequest, second: int, zoom: int, column: int, row: int) -> HttpResponse:  # noqa: ARG001
    """`second`: of the moment, since 1970."""
    now = timezone.now()
    if zoom > DEEPEST or not (column < 2**zoom and row < 2**zoom) or second > now.timestamp() + DAY_MIN * 60:
        raise Http404
    at = min(datetime.fromtimestamp(second, OFFICE_ZONE), now)
    data = tile(poles_then(at, now), zoom, column, row)
    return HttpResponse(data, content_type="application/vnd.mapbox-vector-tile")


def _day(written: str, now: datetime) -> date:
    """Today where nothing is written, or no day, or one that is to come."""
    today = now.astimezone(OFFICE_ZONE).date()
    try:
        day = date.fromisoformat(written)
    except ValueError:
        return today
    return day if date(2000, 1, 1) <= day <= today else today


def _minute(written: str) -> int:
    return min(whole_number(written) or 0, DAY_MIN - 1)


def _moment(day: date, minute: int) -> datetime:
    return datetime.combine(day, time(), OFFICE_ZONE) + timedelta(minutes=minute)
