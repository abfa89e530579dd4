"""Whether a sheet's steps fit the problem: looked at once, before any case, with every fault."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from pandok.core.lab.problem import InputKind, Metric, Problem, Task
from pandok.core.lab.submission import Codes, Colours, Fill, Layout, Pick, Resize, Scale, SubmissionSheet, Tokens
from pandok.core.text import Text

_STEPS: dict[InputKind, tuple[type, ...]] = {
    InputKind.IMAGE: (Resize, Colours, Scale, Layout),
    InputKind.TABLE: (Codes, Fill, Scale, Layout),
    InputKind.SERIES: (Fill, Scale, Layout),
    InputKind.TEXT: (Tokens,),
}
"""What may stand in a sheet, in this order."""
_LAYOUTS: dict[InputKind, tuple[str, ...]] = {
    InputKind.IMAGE: ("NCHW", "NHWC"),
    InputKind.TABLE: ("NC",),
    InputKind.SERIES: ("NTC", "NCT", "NC"),
    InputKind.TEXT: (),
}
_ONCE = (Resize, Colours, Scale, Layout, Fill, Tokens)
_NEED_YES = (Metric.ACCURACY, Metric.SENSITIVITY, Metric.SPECIFICITY)


@dataclass(frozen=True, slots=True)
class SheetFault:
    """`field` as it stands in submission.json."""

    field: str
    what: Text


def check_sheet(sheet: SubmissionSheet, problem: Problem) -> tuple[SheetFault, ...]:
    """Every reason why this sheet cannot be used for this problem; none: it can."""
    return tuple(_faults(sheet, problem))


def _faults(sheet: SubmissionSheet, problem: Problem) -> Iterator[SheetFault]:
    if sheet.problem != problem.id:
        yield _fault("problem", f"이 과제는 {problem.id}입니다.", f"This problem is {problem.id}.")
    yield from _order(sheet, problem)
    yield from _numbers(sheet, problem)
    yield from _words(sheet, problem)
    asks_yes = any(endpoint.metric in _NEED_YES for endpoint in problem.endpoints)
    if problem.output.task is Task.SCORE and asks_yes and sheet.threshold is None:
        yield _fault("threshold", "지표에 문턱값이 필요합니다.", "The metric needs a threshold.")


def _order(sheet: SubmissionSheet, problem: Problem) -> Iterator[SheetFault]:
    kind = problem.input.kind
    allowed = _STEPS[kind]
    last = -1
    for number, step in enumerate(sheet.preprocess):
        field = f"preprocess.{number}"
        if type(step) not in allowed:
            yield _fault(field, f"{kind} 입력에는 없는 단계입니다.", f"No step for the input kind {kind}.")
            continue
        place = allowed.index(type(step))
        if place < last:
            order = ", ".join(one.__name__.lower() for one in allowed)
            yield _fault(field, f"순서는 {order}입니다.", f"The order is {order}.")
        if place == last and type(step) in _ONCE:
            yield _fault(field, "한 번만 쓸 수 있는 단계입니다.", "This step stands once only.")
        if isinstance(step, Layout) and step.order not in _LAYOUTS[kind]:
            fitting = ", ".join(_LAYOUTS[kind])
            yield _fault(field, f"배치는 {fitting} 가운데 하나입니다.", f"The layout is one of {fitting}.")
        last = max(last, place)
    needed: type = Tokens if kind is InputKind.TEXT else Layout
    if not any(isinstance(step, needed) for step in sheet.preprocess):
        name = needed.__name__.lower()
        yield _fault("preprocess", f"{name} 단계가 필요합니다.", f"A {name} step is needed.")


def _numbers(sheet: SubmissionSheet, problem: Problem) -> Iterator[SheetFault]:
    """Means and deviations: one, or one for each channel or column."""
    width = _width(sheet, problem)
    for number, step in enumerate(sheet.preprocess):
        if isinstance(step, Scale) and not {len(step.mean), len(step.deviation)} <= {1, width}:
            yield _fault(
                f"preprocess.{number}",
                f"mean과 deviation은 1개나 {width}개입니다.",
                f"mean and deviation have 1 or {width} numbers.",
            )
    if problem.output.task is Task.CLASSES and any(isinstance(step, Pick) for step in sheet.postprocess):
        yield _fault("postprocess", "부류 과제에는 pick을 쓰지 않습니다.", "pick is of no use where classes are asked.")


def _width(sheet: SubmissionSheet, problem: Problem) -> int:
    if problem.input.kind is not InputKind.IMAGE:
        return len(problem.input.columns)
    gray = any(isinstance(step, Colours) and step.order == "gray" for step in sheet.preprocess)
    return 1 if gray else 3


def _words(sheet: SubmissionSheet, problem: Problem) -> Iterator[SheetFault]:
    seen = set()
    for number, step in enumerate(sheet.preprocess):
        if not isinstance(step, Codes):
            continue
        if step.column not in problem.input.columns or step.column in seen:
            yield _fault(
                f"preprocess.{number}",
                f"과제에 없거나 두 번 나온 열입니다: {step.column[:60]}",
                f"A column that the problem lacks, or twice: {step.column[:60]}",
            )
        seen.add(step.column)


def _fault(field: str, ko: str, en: str) -> SheetFault:
    return SheetFault(field, Text(ko=ko, en=en))
