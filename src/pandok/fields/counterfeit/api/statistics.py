"""How good reader and desk are: shares with 95 % intervals, times with order statistics."""

from __future__ import annotations

from datetime import date
from typing import Annotated

from django.http import HttpRequest
from django.utils import timezone
from ninja import Query, Router
from pydantic import BaseModel, Field

from pandok.common.models import Site
from pandok.core.terms.zone import OFFICE_ZONE
from pandok.fields.counterfeit.acts.learning.statistics import Share, Tally, figures_for, statistics
from pandok.fields.counterfeit.acts.learning.tallies import RANKS
from pandok.fields.counterfeit.roles import Action
from pandok.proof.shares import Quantile
from pandok.web.api.callers import actor_of, may
from pandok.web.api.refusals import answers
from pandok.web.api.request_values import Day

router = Router(tags=["statistics"])


class ShareOut(BaseModel):
    """`few`: of fewer than five cases; says next to nothing."""

    hits: int
    count: int
    value: float | None
    low: float | None
    high: float | None
    few: bool


class MinutesOut(BaseModel):
    value: float
    low: float | None
    high: float | None


class TallyOut(BaseModel):
    """hit_at: of the closed cases whose right design is known, the share in which it was among the first k."""

    name: str
    cases: int
    labelled: int
    not_in_register: int
    hit_at: dict[str, ShareOut]
    nothing_close: ShareOut
    wrong_notices: ShareOut
    minutes_to_holder_median: MinutesOut | None
    minutes_to_holder_p90: MinutesOut | None


class StatisticsOut(BaseModel):
    """`before`: the period of the same length just before."""

    whole: TallyOut
    before: TallyOut
    months: list[TallyOut]
    classes: list[TallyOut]
    sites: list[TallyOut]
    readers: list[TallyOut]


class StatisticsQuery(BaseModel):
    last: Day | None = Field(default=None, description="A day of the last month; left out: this month")
    months: int = Field(default=12, ge=1, le=36)
    locarno_class: str = Field(default="", pattern=r"^([0-9]{2}(-[0-9]{2})?)?$")
    site: Annotated[int, Field(ge=1, le=2**53)] | None = None


@router.get("", auth=may(Action.SEE_STATISTICS), response=answers(StatisticsOut), summary="Figures of reader and desk")
def get_statistics(request: HttpRequest, asked: Query[StatisticsQuery]) -> StatisticsOut:
    """Officers: of their site, or of their own cases. The others who may see figures: of all cases."""
    today: date = timezone.now().astimezone(OFFICE_ZONE).date()
    found = statistics(
        figures_for(actor_of(request)),
        last=asked.last or today,
        months=asked.months,
        locarno_class=asked.locarno_class,
        site=asked.site,
    )
    codes = dict(Site.objects.values_list("pk", "code"))
    return StatisticsOut(
        whole=_tally("", found.whole),
        before=_tally("", found.before),
        months=[_tally(month.strftime("%Y-%m"), one) for month, one in found.months.items()],
        classes=[_tally(name, one) for name, one in found.classes.items()],
        sites=[_tally(codes.get(key, "") if key else "", one) for key, one in found.sites.items()],
        readers=[_tally(name, one) for name, one in found.readers.items()],
    )


def _tally(name: str, tally: Tally) -> TallyOut:
    return TallyOut(
        name=name,
        cases=tally.cases,
        labelled=tally.labelled,
        not_in_register=tally.not_in_register,
        hit_at={str(k): _share(tally.hit(k)) for k in RANKS},
        nothing_close=_share(tally.nothing_close_share),
        wrong_notices=_share(tally.wrong_notices),
        minutes_to_holder_median=_minutes(tally.median),
        minutes_to_holder_p90=_minutes(tally.p90),
    )


def _share(share: Share) -> ShareOut:
    low, high = share.interval or (None, None)
    return ShareOut(
        hits=share.hits,
        count=share.count,
        value=share.value,
        low=low,
        high=high,
        few=share.few,
    )


def _minutes(quantile: Quantile | None) -> MinutesOut | None:
    if quantile is None:
        return None
    return MinutesOut(value=quantile.value, low=quantile.low, high=quantile.high)
