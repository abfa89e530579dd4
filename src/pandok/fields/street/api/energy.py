"""Energy of lamps for programs."""

from __future__ import annotations

from datetime import date
from typing import Any

from django.http import HttpRequest
from django.utils import timezone
from ninja import Query, Router
from pydantic import BaseModel

from pandok.fields.street.api.figures import PeriodQuery
from pandok.fields.street.lists.energy import Energy, energy_of
from pandok.fields.street.periods import period_of
from pandok.fields.street.roles import Action
from pandok.web.api.callers import may
from pandok.web.api.refusals import answers

router = Router(tags=["Streetlight energy"])


class LampEnergyOut(BaseModel):
    """Hours of night and kWh. `baseline_kwh`: full power over the hours that are known; `saved_kwh` null: nothing is
    known to be saved from."""

    night_h: float
    measured_h: float
    told_h: float
    unknown_h: float
    measured_kwh: float
    estimated_kwh: float
    baseline_kwh: float
    saved_kwh: float | None
    day_kwh: float


class TestBedEnergyOut(LampEnergyOut):
    test_bed: str
    lamps: int
    without_power: int


class OneLampEnergyOut(LampEnergyOut):
    pole: str
    lamp: str
    full_power_w: float | None
    rated: bool


class StreetEnergyOut(BaseModel):
    first: date
    last: date
    test_beds: list[TestBedEnergyOut]
    lamps: list[OneLampEnergyOut]


@router.get(
    "/energy", auth=may(Action.SEE_STREET), response=answers(StreetEnergyOut), summary="Energy of lamps within a period"
)
def get_street_energy(request: HttpRequest, asked: Query[PeriodQuery]) -> StreetEnergyOut:  # noqa: ARG001
    """A night counts to the day on whose evening it begins. What no reading tells is neither burnt nor saved."""
    period = period_of(asked.first, asked.last, now=timezone.now())
    found = energy_of(period)
    return StreetEnergyOut(
        first=period.first,
        last=period.last,
        test_beds=[
            TestBedEnergyOut(test_bed=code, lamps=one.lamps, without_power=one.without_power, **_numbers(one))
            for code, one in found.beds.items()
        ],
        lamps=[
            OneLampEnergyOut(
                pole=one.pole, lamp=one.lamp, full_power_w=one.full_w, rated=one.rated, **_numbers(one.energy)
            )
            for one in found.lamps
        ],
    )


def _numbers(of: Energy) -> dict[str, Any]:
    return {name: getattr(of, name) for name in LampEnergyOut.model_fields}
