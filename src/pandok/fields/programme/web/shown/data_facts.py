"""A data set as pages show it: what it is, its reports, how it is used, what happened."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from pandok.core.dates import moment_short
from pandok.core.terms.zone import OFFICE_ZONE
from pandok.core.text import Text
from pandok.fields.programme.acts.data_sets.reports import plan_of, quality_of_report
from pandok.fields.programme.data_sections import QualitySection, plain, quality_sections, verdict
from pandok.fields.programme.data_states import DataSetState, DataSource
from pandok.fields.programme.lists.data_sets import vault_use
from pandok.fields.programme.models import DataSet, DataSetEvent, QualityReport, QualityRun
from pandok.fields.programme.topics import KoreanRegion

Facts = list[tuple[Text, Text]]
WHAT = {
    "reworded": Text(ko="고쳐 적음", en="Said anew"),
    "versioned": Text(ko="새 판", en="New version"),
    "reported": Text(ko="품질 보고서", en="Report on its quality"),
}
_BADGES = {DataSetState.PUBLISHED: "badge-good", DataSetState.OFFERED: "badge-unsure"}


def data_set_row(found: DataSet, report: QualityReport | None) -> dict[str, Any]:
    state = DataSetState(found.state)
    return {
        "data_set": found,
        "state": state.words,
        "badge": _BADGES.get(state, "badge-plain"),
        "region": KoreanRegion(found.region).words,
        "report": report,
        "verdict": verdict(plan_of(report.version), quality_of_report(report)) if report else None,
    }


def facts_of(found: DataSet) -> Facts:
    told = [
        (Text(ko="목적", en="What it is for"), found.purpose),
        (Text(ko="이용조건", en="Licence or terms of use"), found.licence),
        (Text(ko="소유기관", en="Owner"), found.owner_body),
        (Text(ko="자료 출처", en="Where its data come from"), found.source),
    ]
    return [(label, plain(value)) for label, value in told if value]


def use_facts(found: DataSet, now: datetime) -> Facts:
    use = vault_use(found, now)
    if use is None:
        return []
    last = moment_short(use.last_at, OFFICE_ZONE) if use.last_at else plain("–")
    return [
        (Text(ko="봉인된 파일", en="Sealed files"), plain(f"{use.files:,}")),
        (Text(ko="지금 유효한 이용승인", en="Grants that stand now"), plain(f"{use.grants_now:,}")),
        (Text(ko="지금까지의 이용승인", en="Grants in all"), plain(f"{use.grants:,}")),
        (Text(ko="열어 본 횟수", en="Openings"), plain(f"{use.uses:,}")),
        (Text(ko="이용한 과제", en="Projects that used it"), plain(f"{use.projects:,}")),
        (Text(ko="마지막 이용", en="Last use"), last),
    ]


@dataclass(frozen=True)
class RunShown:
    """`percent` None: it cannot be said yet. `failed`: why, and what to do."""

    run: QualityRun
    source: Text
    percent: int | None
    failed: tuple[Text, Text] | None


def run_shown(run: QualityRun) -> RunShown:
    failed = None
    if run.failed:
        failed = (Text.model_validate(run.failed["what"]), Text.model_validate(run.failed["next_step"]))
    percent = round(100 * run.done / run.total) if run.total else None
    return RunShown(run, DataSource(run.source).words, percent, failed)


def sections_of(report: QualityReport, *, inside: bool) -> list[QualitySection]:
    return quality_sections(plan_of(report.version), quality_of_report(report), inside=inside)


def events_of(found: DataSet) -> list[tuple[DataSetEvent, Text]]:
    """The newest first."""
    events = found.events.select_related("actor").order_by("-sequence")
    return [(one, WHAT.get(one.what, DataSetState(one.to_state).words)) for one in events]
