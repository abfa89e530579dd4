"""A registered replay: two readers on one stored period, as a problem of the lab.

Cases are the events on record (did the reader warn in time?) and the quiet days of poles (was it quiet?). Sensitivity
is then the share of events that were warned of so many minutes before the record, specificity that of pole-days without
a false alarm. Cases of one pole are one cluster.
"""

from __future__ import annotations

from datetime import date
from typing import Any

from pydantic import Field

from pandok.core.canonical import digest
from pandok.core.lab.problem import (
    Aim,
    EndpointSpec,
    InputKind,
    InputSpec,
    Metric,
    OutputSpec,
    PracticeSpec,
    Problem,
    Task,
    TruthSpec,
)
from pandok.core.lab.strict_value import StrictValue
from pandok.core.text import Text
from pandok.fields.street.hazard_kinds import HazardKind
from pandok.fields.street.readers_in_words import reader_words
from pandok.fields.street.replay.candidate import Candidate, changes_in_words

YES, NO = "1", "0"
PART = "confirm"


class CandidateSaid(StrictValue):
    reader: str = Field(max_length=60)
    settings: dict[str, Any] = {}
    rises_at: tuple[float, ...] = ()

    @property
    def candidate(self) -> Candidate:
        return Candidate(self.reader, self.settings, self.rises_at)

    @property
    def words(self) -> Text:
        named, changed = reader_words(self.reader), changes_in_words(self.settings, self.rises_at)
        return Text(ko=f"{named.ko} ({changed.ko})", en=f"{named.en} ({changed.en})") if changed else named


class ComparisonPlan(StrictValue):
    """`ahead_min`: so long before the record a warning counts as in time. `events_margin` 0: the new reader must warn
    of more events; above 0: of no fewer by it. `days_margin`: by so much its share of quiet days may be lower."""

    model: CandidateSaid
    practice: CandidateSaid
    hazard: HazardKind
    first: date
    last: date
    poles: tuple[str, ...] = ()
    with_files: bool = False
    ahead_min: float = Field(ge=0, le=1440)
    events_margin: float = Field(default=0.0, ge=0, lt=1)
    days_margin: float = Field(gt=0, lt=1)
    margin_reason: str = Field(min_length=10, max_length=1000)
    owner: str = Field(min_length=1, max_length=200)


def problem_of(plan: ComparisonPlan, cases: int) -> Problem:
    """`cases`: of the stored period. The same plan gives the same problem."""
    new, old = plan.model.words, plan.practice.words
    days = f"{plan.first.isoformat()} – {plan.last.isoformat()}"
    gain = Aim.NON_INFERIORITY if plan.events_margin else Aim.SUPERIORITY
    return Problem(
        id=f"replay-{digest(plan)[:24]}",
        title=Text(ko=f"재생 실험: {new.ko}, {days}", en=f"Replay: {new.en}, {days}"),
        question=Text(
            ko=f"저장된 기간에 {new.ko}이(가) {old.ko}보다 기록된 사건을 {plan.ahead_min:g}분 이상 먼저 알리고, 조용한"
            " 날에는 조용한가?",
            en=f"In a stored period, does {new.en} warn {plan.ahead_min:g} minutes ahead of events on record more often"
            f" than {old.en}, and stay quiet on quiet days?",
        ),
        owner=Text(ko=plan.owner, en=plan.owner),
        margin_reason=Text(ko=plan.margin_reason, en=plan.margin_reason),
        licence="-",
        source="stored readings of this site",
        input=InputSpec(kind=InputKind.SERIES),
        output=OutputSpec(task=Task.SCORE, positive=Text(ko="제때 알림", en="Warned in time")),
        truth=TruthSpec(
            how=Text(
                ko="다른 기관과 주민이 남긴 기록. 기록이 없는 등주의 하루는 조용한 날로 봅니다.",
                en="What others recorded; a day of a pole without such a record counts as quiet.",
            )
        ),
        practice=PracticeSpec(
            what=old,
            how=Text(ko="같은 저장 기간을 그 판독기로 재생함", en="The same stored period read again by that reader"),
            threshold=0.5,
        ),
        endpoints=(
            EndpointSpec(metric=Metric.SENSITIVITY, aim=gain, margin=plan.events_margin),
            EndpointSpec(metric=Metric.SPECIFICITY, aim=Aim.NON_INFERIORITY, margin=plan.days_margin),
        ),
        clustered=True,
        planned_n=cases,
        plan=Text(ko="저장된 기간의 모든 사건과 조용한 날", en="Every event and every quiet day of the stored period"),
        missing_rule=Text(ko="재생에는 빠지는 사례가 없습니다.", en="A replay misses no case."),
        stopping_rule=Text(
            ko="등록 하나에 재생 한 번. 같은 기간을 전에 재생한 사례 수를 함께 적습니다.",
            en="One replay a registration. How many of the cases were replayed before is stated beside it.",
        ),
        threshold_rule=Text(ko="경보가 있으면 예", en="Yes where there is an alert"),
        least_sandbox_level=0,
    )
