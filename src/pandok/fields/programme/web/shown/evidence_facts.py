"""A measurement in words: what was promised of each KPI, what came out, and what differs when it is computed again."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta

from pandok.core.dates import day_short, moment_short
from pandok.core.programme.evidence import Difference, Evidence, MeasuredKpi, Occasion
from pandok.core.programme.indicators import Indicator
from pandok.core.programme.lock import Lock
from pandok.core.terms.zone import OFFICE_ZONE
from pandok.core.text import Text, counted
from pandok.fields.programme.kpi_words import measured, promised
from pandok.fields.programme.models import Measurement
from pandok.fields.programme.overall import overall
from pandok.fields.programme.sources.known_sources import SOURCES
from pandok.proof.kpi.value_of import Method
from pandok.proof.verdict import Verdict

BADGES = {
    Verdict.PROVEN: "badge-good",
    Verdict.NOT_PROVEN: "badge-unsure",
    Verdict.INFERIOR: "badge-bad",
    Verdict.UNDECIDABLE: "badge-plain",
}


@dataclass(frozen=True)
class KpiShown:
    name: str
    promised: Text
    measured: Text
    records: Text
    verdict: Text
    badge: str
    facts: list[tuple[Text, Text]]


@dataclass(frozen=True)
class MeasurementShown:
    measurement: Measurement
    occasion: Text
    final: bool
    verdict: Text
    badge: str
    kpis: list[KpiShown]


def measurement_shown(found: Measurement) -> MeasurementShown:
    """Raises ValueError (pydantic's) where what was kept cannot be read."""
    evidence, lock = found.evidence, Lock.model_validate(found.version.lock)
    verdict = overall(one.verdict for one in evidence.kpis)
    occasion = Occasion(found.occasion)
    return MeasurementShown(
        found,
        occasion.words if found.again is None else _afterwards(found.again.months),
        occasion is not Occasion.INTERIM,
        verdict.words,
        BADGES[verdict],
        kpis_shown(evidence, lock),
    )


def kpis_shown(evidence: Evidence, lock: Lock) -> list[KpiShown]:
    lines = {one.key: one for one in lock.sheet.indicators}
    return [_shown(lines[one.key], one) for one in evidence.kpis if one.key in lines]


def differences_shown(found: list[Difference]) -> list[tuple[Text, str, str, str]]:
    """Part, what of it, as it was kept, as it comes out now."""
    return [(one.part.words, one.at, one.was, one.now) for one in found]


def records_words(one: MeasuredKpi) -> Text:
    left = (f", 값 없음 {one.left_out}", f", {one.left_out} without a value") if one.left_out else ("", "")
    return Text(ko=f"{one.rows} / {one.records}{left[0]}", en=f"{one.rows} of {one.records}{left[1]}")


def span_words(one: MeasuredKpi) -> Text:
    """From the day on which it began to the last day that counts."""
    first = moment_short(one.since, OFFICE_ZONE)
    last = day_short((one.until - timedelta(microseconds=1)).astimezone(OFFICE_ZONE).date())
    return Text(ko=f"{first.ko} 뒤 ~ {last.ko}", en=f"after {first.en}, to {last.en}")


def _afterwards(months: int) -> Text:
    return Text(ko=f"{months}개월 뒤 재측정", en=f"measured again after {counted(months, 'month')}")


def _shown(line: Indicator, one: MeasuredKpi) -> KpiShown:
    verdict = Verdict(one.verdict)
    source = SOURCES[one.source].words if one.source in SOURCES else Text(ko=one.source, en=one.source)
    return KpiShown(
        line.name,
        promised(line.target, line.unit, line.baseline.value, line.direction.words),
        measured(one.value, one.interval, line.unit),
        records_words(one),
        verdict.words,
        BADGES[verdict],
        [
            (Text(ko="산식", en="Formula"), _same(line.formula)),
            (Text(ko="자료원", en="Source"), source),
            (Text(ko="본 기간", en="Records of"), span_words(one)),
            (Text(ko="구간을 구한 방법", en="Interval by"), Method(one.method).words),
            (Text(ko="비열등 한계", en="Margin"), _same(f"{line.margin:.4g} {line.unit}")),
            (Text(ko="최소 표본 수", en="Least number of rows"), _same(str(line.least_rows))),
            (Text(ko="기록의 sha256", en="sha256 of the records"), _same(one.sha256)),
        ],
    )


def _same(words: str) -> Text:
    return Text(ko=words, en=words)
