"""The two trials of the storm: registered before their first day, concluded after the last by their own measure, with
what a replay says of other readers."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

from pandok.common.models import Account
from pandok.core.terms.zone import OFFICE_ZONE
from pandok.demo.storm.street import BED
from pandok.demo.storm.weather import POLES
from pandok.fields.street.acts.trials import TrialSaid, conclude_trial, register_trial
from pandok.fields.street.hazard_kinds import HazardKind
from pandok.fields.street.hazards_of_site import shipped_flood_model
from pandok.fields.street.models import Replay, Trial
from pandok.fields.street.periods import Period
from pandok.fields.street.replay.candidate import Candidate
from pandok.fields.street.replay.laboratory import replay
from pandok.fields.street.trial_measures import Measure

DAYS = timedelta(days=2)
"""From the first to the last day; the storm comes on the last."""
SOONER_CM, SOONEST_CM = (4.5, 9.0, 13.0, 28.0), (3.0, 6.0, 10.0, 20.0)
"""Thresholds of two other readers that the replay asks about."""
_CONFIRM = (
    "관제실은 지하차도 침수 경보를 3분 안에 확인하는가? (모의 측정값)",
    "발생(관측 시각)부터 근무자의 확인까지의 시간을 모든 침수 경보에서 재고, 중앙값으로 판정한다. 병합과 시험 경보는"
    " 세지 않는다.",
    Measure.CONFIRM_MIN,
    3.0,
)
_AHEAD = (
    "침수 경보는 119 신고보다 10분 이상 앞서는가? (모의 측정값)",
    "외부 기록(119 신고 시각)과 같은 곳의 가장 이른 침수 경보의 발생 시각의 차이를 재고, 중앙값으로 판정한다.",
    Measure.LEAD_MIN,
    10.0,
)


def register_trials(*, last: datetime, actor: Account, now: datetime) -> list[Trial]:
    """`last`: a moment of the last day."""
    day = last.astimezone(OFFICE_ZONE).date()
    first, until = (day - DAYS).isoformat(), day.isoformat()
    return [
        register_trial(
            TrialSaid(BED, HazardKind.FLOOD.value, question, plan, measure.value, threshold, first, until),
            actor=actor,
            now=now,
        )
        for question, plan, measure, threshold in (_CONFIRM, _AHEAD)
    ]


def replay_night(*, last: datetime, folder: Path, actor: Account, now: datetime, clock: Callable[[], float]) -> Replay:
    """The same night again: the reader as it ran, the forecast, and the reader with lower thresholds."""
    sooner = [Candidate("flood-level", {}, levels) for levels in (SOONER_CM, SOONEST_CM)]
    day = last.astimezone(OFFICE_ZONE).date()
    return replay(
        [Candidate("flood-level"), Candidate("flood-forecast"), *sooner],
        Period(day, day),
        folder=folder,
        flood=shipped_flood_model(),
        lateness_s=0.0,
        with_files=False,
        actor=actor,
        now=now,
        clock=clock,
        poles=[f"storm-{number:02d}" for number in range(1, POLES + 1)],
    )


def conclude_trials(trials: list[Trial], again: Replay, *, actor: Account, now: datetime) -> None:
    learnt = _learnt(again)
    for one in trials:
        conclude_trial(one.pk, learnt=learnt, given_up=False, actor=actor, now=now)


def _learnt(again: Replay) -> str:
    """In Korean, then in English: the public page shows it to everybody."""
    return f"{_learnt_ko(again)}\n{_learnt_en(again)}"


def _learnt_en(again: Replay) -> str:
    as_it_ran, _, *others = again.result["candidates"]
    told = [
        f"A reader whose threshold is {one['rises_at'][0]:g} cm alerted {_ahead(one) - _ahead(as_it_ran):+.1f} min"
        f" earlier; false alarms: {one['false']} instead of {as_it_ran['false']}."
        for one in others
    ]
    return (
        f"One night of simulated readings, floods on record: {as_it_ran['events_on_record']}; it shows nothing of real"
        f" streets. Replay {again.pk}: {' '.join(told)}"
    )


def _learnt_ko(again: Replay) -> str:
    as_it_ran, _, *others = again.result["candidates"]
    told = [
        f"기준을 {one['rises_at'][0]:g}cm로 낮춘 판독기는 {_ahead(one) - _ahead(as_it_ran):+.1f}분 먼저 알렸고 오경보는"
        f" {as_it_ran['false']}건에서 {one['false']}건이 되었습니다."
        for one in others
    ]
    return (
        f"모의 측정값 하룻밤, 침수 {as_it_ran['events_on_record']}건의 결과로, 실제 거리에서의 성능을 보이지 않습니다."
        f" 재생 실험 {again.pk}번에서 {' '.join(told)}"
    )


def _ahead(row: dict[str, Any]) -> float:
    return float(row["median_minutes_ahead"] or 0.0)
