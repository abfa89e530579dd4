"""By what a trial is judged: one figure of alerts, and the side of a threshold on which it must lie."""

from __future__ import annotations

from enum import StrEnum

from pandok.core.text import Text


class Measure(StrEnum):
    MISSED_SHARE = "missed-share"
    FALSE_DAILY = "false-daily"
    CONFIRM_MIN = "confirm-min"
    LEAD_MIN = "lead-min"

    @property
    def words(self) -> Text:
        return _WORDS[self]

    @property
    def at_least(self) -> bool:
        """Whether more is better."""
        return self is Measure.LEAD_MIN

    def reached(self, value: float, threshold: float) -> bool:
        """
        >>> Measure.MISSED_SHARE.reached(0.1, 0.1), Measure.LEAD_MIN.reached(4.0, 5.0)
        (True, False)
        """
        return value >= threshold if self.at_least else value <= threshold


_WORDS = {
    Measure.MISSED_SHARE: Text(ko="외부 기록 가운데 놓친 비율", en="Share of outside records that was missed"),
    Measure.FALSE_DAILY: Text(ko="장치·일당 오경보 수", en="False alarms a device-day"),
    Measure.CONFIRM_MIN: Text(ko="발생부터 확인까지 중앙값(분)", en="Minutes from onset to confirmed, median"),
    Measure.LEAD_MIN: Text(ko="기록된 시작보다 앞선 시간 중앙값(분)", en="Minutes ahead of the record, median"),
}
