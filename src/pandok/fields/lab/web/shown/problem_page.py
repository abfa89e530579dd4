"""A problem as its page shows it: every registered fact in words, the plan with its power, what may be done now."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from pandok.core.lab.problem import Aim, InputKind, Metric, Part, Problem, Task
from pandok.core.lab.registration import OpenedBefore
from pandok.core.text import Text
from pandok.fields.lab.acts.budget.earlier_openings import opened_before
from pandok.fields.lab.models import LockedRegistration, ProblemPack
from pandok.proof.sentences import METRICS

KINDS = {
    InputKind.IMAGE: Text(ko="사진", en="picture"),
    InputKind.TABLE: Text(ko="표의 한 줄", en="row of a table"),
    InputKind.SERIES: Text(ko="시계열 구간", en="window of a series"),
    InputKind.TEXT: Text(ko="글", en="text"),
}
TASKS = {
    Task.SCORE: Text(ko="점수 하나", en="one score"),
    Task.CLASSES: Text(ko="부류별 점수", en="a score for each class"),
    Task.EMBEDDING: Text(ko="벡터 (등록부의 최근접 항목이 답)", en="a vector; the nearest of the register answers"),
    Task.NUMBER: Text(ko="추정값 하나", en="an estimate"),
}
AIMS = {
    Aim.SUPERIORITY: Text(ko="현행보다 나음", en="better than practice"),
    Aim.NON_INFERIORITY: Text(ko="현행보다 못하지 않음", en="no worse than practice"),
}
PARTS = {
    Part.PUBLIC: Text(ko="공개", en="public"),
    Part.FEEDBACK: Text(ko="피드백 (봉인)", en="feedback (sealed)"),
    Part.CONFIRM: Text(ko="확인 (봉인, 한 번만 엶)", en="confirm (sealed, opened once)"),
}


@dataclass(frozen=True)
class ShownPower:
    difference: str
    discordant: str
    cases: float
    clusters: float | None


@dataclass(frozen=True)
class ProblemPage:
    pack: ProblemPack
    problem: Problem
    kind: Text
    task: Text
    endpoints: list[tuple[tuple[Metric, Text], Text, str]]
    parts: list[tuple[str, Text, int]]
    """Each with the key of its term in the glossary."""
    power: list[ShownPower]
    power_cases: int
    power_clusters: int | None
    locked: LockedRegistration | None
    opened_before: OpenedBefore | None
    """As registered; before that, as things stand."""


def problem_page(pack: ProblemPack) -> ProblemPage:
    problem, plan = pack.problem, pack.plan_values or {}
    cases, locked = pack.manifest.cases, pack.locked
    return ProblemPage(
        pack=pack,
        problem=problem,
        kind=KINDS[problem.input.kind],
        task=TASKS[problem.output.task],
        endpoints=[
            ((one.metric, METRICS[one.metric]), AIMS[one.aim], f"{one.margin:g}" if one.margin else "–")
            for one in problem.endpoints
        ],
        parts=[(f"{part}_set", PARTS[part], cases.get(part, 0)) for part in Part],
        power=[_power(line) for line in plan.get("lines", [])],
        power_cases=plan.get("n", 0),
        power_clusters=plan.get("clusters"),
        locked=locked,
        opened_before=locked.registration.opened_before if locked else opened_before(pack),
    )


def _power(line: dict[str, Any]) -> ShownPower:
    discordant = line["discordant"]
    return ShownPower(
        difference=f"{line['difference']:+.2f}",
        discordant="–" if discordant is None else f"{discordant:.0%}",
        cases=line["cases"],
        clusters=line["clusters"],
    )
