"""The report of a registered replay, in both languages: detection time, events missed and false alarms, each with its
interval, and what it does not show."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from pandok.core.canonical import digest
from pandok.core.lab.comparison import Comparison
from pandok.core.lab.proof_pack import ModelFacts
from pandok.core.lab.registration import Registration
from pandok.core.lab.result_report import Fact, Report, Section, SectionKey, Table
from pandok.core.text import Text
from pandok.fields.lab.acts.scoring.result_tables import comparison_table, results_table
from pandok.fields.lab.acts.scoring.result_words import MODEL, PRACTICE, SECTIONS, plain
from pandok.fields.street.models import Replay
from pandok.fields.street.replay.comparison_plan import ComparisonPlan
from pandok.proof.shares import exact_interval
from pandok.proof.verdict import Verdict

NOT_SHOWN = Text(
    ko="이 기관의 이 기간, 이 등주들에서 얻은 결과이며 다른 곳과 다른 날의 성능을 보이지 않습니다. 저장된 측정값을"
    " 다시 읽은 것이므로 그때 사람이 달리 행동했을지는 알 수 없습니다.",
    en="The result holds for these poles and this time; it shows nothing about other places and days. Stored readings"
    " were read again: what people would have done differently is not known.",
)


def report_of(
    replay: Replay,
    plan: ComparisonPlan,
    registration: Registration,
    comparison: Comparison,
    model: ModelFacts,
    now: datetime,
) -> Report:
    problem, result = registration.problem, replay.result
    sections = (
        _section(SectionKey.PURPOSE, facts={_Q: problem.question, _M: problem.margin_reason}),
        _section(SectionKey.DATA, facts=_data(registration, result), words=(problem.truth.how,)),
        _section(SectionKey.MODEL, facts={MODEL: plan.model.words, PRACTICE: plan.practice.words}),
        _section(
            SectionKey.METHOD,
            facts={_A: plain(f"{problem.alpha:g}"), _AHEAD: plain(f"{plan.ahead_min:g}")},
            words=(problem.plan, problem.stopping_rule),
        ),
        _section(SectionKey.RESULTS, tables=(results_table(problem, comparison), _told(result))),
        _section(SectionKey.COMPARISON, tables=(comparison_table(problem, comparison),)),
        _section(SectionKey.LIMITATIONS, words=(NOT_SHOWN, *comparison.broken)),
        _section(
            SectionKey.REPRODUCIBILITY,
            facts={
                _R: plain(replay.sha256),
                _H: plain(", ".join(one[:16] for one in result["history"]["files"]) or "-"),
                _O: plain(result["outputs_sha256"]),
            },
        ),
    )
    return Report(
        title=problem.title,
        verdict=comparison.verdict,
        verdict_words=Verdict(comparison.verdict).words,
        said=comparison.said,
        sections=sections,
        registration_sha256=registration.sha256,
        comparison_sha256=digest(comparison),
        model_sha256=model.sha256,
        made_at=now,
    )


def _data(registration: Registration, result: dict[str, Any]) -> dict[Text, Text]:
    before = registration.opened_before
    return {
        Text(ko="기간", en="Period"): plain(f"{result['period']['first']} – {result['period']['last']}"),
        Text(ko="등주", en="Poles"): plain(str(result["poles"])),
        Text(ko="다시 읽은 측정값", en="Readings read again"): plain(str(result["readings"])),
        Text(ko="사례", en="Cases"): plain(str(sum(registration.manifest.cases.values()))),
        Text(ko="등록 전에 이미 재생한 사례", en="Cases replayed before the registration"): plain(
            str(before.opened) if before else "-"
        ),
    }


def _told(result: dict[str, Any]) -> Table:
    """What each reader told: missed events and false alarms with exact intervals, minutes ahead by bootstrap."""
    rows = []
    for words, one, lead in zip((MODEL, PRACTICE), result["candidates"], result["leads"], strict=True):
        rows.append(
            (
                words,
                plain(_share(one["missed"], one["events_on_record"])),
                plain("-" if one["false"] is None else f"{one['false']} / {one['device_days']:g}"),
                plain(_minutes(lead)),
                plain(str(one["alerts"])),
            )
        )
    return Table(
        title=Text(ko="알린 것", en="What was told"),
        head=(
            Text(ko="판독기", en="Reader"),
            Text(ko="놓친 사건(95% 구간)", en="Events missed (95 % interval)"),
            Text(ko="오경보 / 장치·일", en="False alarms / device-days"),
            Text(ko="기록보다 앞선 분, 중앙값(95% 구간)", en="Minutes ahead, median (95 % interval)"),
            Text(ko="경보", en="Alerts"),
        ),
        rows=tuple(rows),
    )


def _share(hits: int, count: int) -> str:
    found = exact_interval(hits, count) if count else None
    return f"{hits} / {count}" + (f" ({found[0]:.3f} – {found[1]:.3f})" if found else "")


def _minutes(lead: dict[str, Any]) -> str:
    if lead["median"] is None:
        return "-"
    low, high = lead["interval"] or (None, None)
    return f"{lead['median']:.1f}" + ("" if low is None else f" ({low:.1f} – {high:.1f})")


def _section(
    key: SectionKey,
    *,
    words: tuple[Text, ...] = (),
    facts: dict[Text, Text] | None = None,
    tables: tuple[Table, ...] = (),
) -> Section:
    told = tuple(Fact(label=label, value=value) for label, value in (facts or {}).items())
    return Section(key=key, title=SECTIONS[key], paragraphs=words, facts=told, tables=tables)


_Q = Text(ko="물음", en="Question")
_M = Text(ko="마진의 근거", en="Reason of the margin")
_A = Text(ko="α(양쪽)", en="α, two-sided")
_AHEAD = Text(ko="제때: 기록보다 앞선 분", en="In time: minutes ahead of the record")
_R = Text(ko="재생 실험 sha256", en="sha256 of the replay")
_H = Text(ko="측정값 파일", en="Files of history")
_O = Text(ko="사례별 답 sha256", en="sha256 of the answers, case by case")
