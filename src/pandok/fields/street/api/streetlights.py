"""Poles with a lamp for other platforms, as Streetlight of Smart Data Models."""

from __future__ import annotations

from typing import Literal

from django.http import HttpRequest
from ninja import Query, Router
from pydantic import BaseModel, Field

from pandok.fields.street.lists.streetlights import MOST, lamp_poles
from pandok.fields.street.roles import Action
from pandok.fields.street.smart_streetlight import streetlight
from pandok.web.api.callers import may
from pandok.web.api.refusals import answers
from pandok.web.api.request_values import Asked

router = Router(tags=["Streetlights for other platforms"])


class StreetlightQuery(Asked):
    after: str = Field(default="", max_length=40, description="streetPoleNum of the last one that was read")
    most: int = Field(default=MOST, ge=1, le=MOST)


class PointOut(BaseModel):
    """GeoJSON: longitude first."""

    type: Literal["Point"]
    coordinates: tuple[float, float]


class StreetlightOut(BaseModel):
    """What is not known is left out."""

    id: str
    type: Literal["Streetlight"]
    location: PointOut
    status: Literal["ok", "defectiveLamp", "columnIssue"]
    streetPoleNum: str
    areaServed: str
    refStreetlightGroup: str
    dateServiceStarted: str
    circuit: str | None = None
    feederID: str | None = None
    powerState: Literal["on", "low", "off"] | None = None
    powerConsumption: float | None = Field(default=None, description="W")
    voltage: float | None = Field(default=None, description="V")
    illuminanceLevel: float | None = Field(default=None, description="0 to 1")
    observationDateTime: str | None = None


@router.get(
    "/streetlights",
    auth=may(Action.SEE_STREET),
    response=answers(list[StreetlightOut]),
    exclude_none=True,
    summary="Poles with a lamp, as Streetlight of Smart Data Models",
)
def list_streetlights(request: HttpRequest, asked: Query[StreetlightQuery]) -> list[StreetlightOut]:  # noqa: ARG001
    """Key-values form of version 0.2.1; in the order of their numbers. Ask with the last one as `after` until fewer
    than `most` come."""
    return [StreetlightOut(**streetlight(one)) for one in lamp_poles(asked.after, asked.most)]
