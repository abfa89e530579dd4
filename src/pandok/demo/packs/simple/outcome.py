"""A model's answers to one part of a pack, fed and compared as a run of the lab does it."""

from __future__ import annotations

from collections.abc import Iterable

from pandok.core.lab.case import ModelAnswer, ProblemCase
from pandok.core.lab.comparison import Comparison, ScoredRow
from pandok.core.lab.problem import Part, Task
from pandok.demo.packs.simple.simple_model import SimpleModel
from pandok.engines.feeding.feeding import answer, tensors
from pandok.fields.lab.acts.packs.local_check import Running
from pandok.fields.lab.acts.packs.pack import Pack
from pandok.proof.comparing import compare


def answers(pack: Pack, made: SimpleModel, running: Running, cases: Iterable[ProblemCase]) -> dict[str, ModelAnswer]:
    return {
        case.case_id: answer(
            running.run(tensors(pack.input_bytes(case), made.sheet, pack.problem)), made.sheet, pack.problem
        )
        for case in cases
    }


def outcome(pack: Pack, made: SimpleModel, running: Running, part: Part) -> Comparison:
    """On a sealed part: for whoever has the whole pack, as its maker does."""
    cases = list(pack.queries(part))
    found = answers(pack, made, running, cases)
    classes = pack.problem.output.classes
    by_name = pack.problem.output.task is Task.CLASSES
    rows = [
        ScoredRow(
            case_id=case.case_id,
            truth=pack.truth[case.case_id],
            practice=pack.practice[case.case_id] if by_name else float(pack.practice[case.case_id]),
            model=found[case.case_id].chosen(classes) if by_name else found[case.case_id].number,
            cluster=case.cluster,
            site=case.site,
            groups=dict(case.groups),
        )
        for case in cases
    ]
    return compare(pack.problem, rows, threshold=made.sheet.threshold)
