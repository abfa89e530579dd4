"""Is any registered group harmed? Both claims, "harmed" and "not harmed", with Holm's correction over the groups.

By the first registered endpoint's metric: in no group may the model fall below practice by more than the group's
margin. A group below its least number of cases is never judged, and a cell of fewer than LEAST_CELL is not shown.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence

import numpy as np

from pandok.core.lab.comparison import LEAST_CELL, Cell, CellState, GroupResult, ScoredRow
from pandok.core.lab.problem import GroupSpec, Problem
from pandok.proof.bootstrap import Interval
from pandok.proof.endpoint_evidence import evidence_of, figures_of
from pandok.proof.recompute import interval_of
from pandok.proof.rows_to_values import EndpointValues


def site_cells(values: EndpointValues, rows: Sequence[ScoredRow], *, confidence: float) -> tuple[Cell, ...]:
    """Sites are described, not judged."""
    return tuple(_cells(values, [rows[place].site for place in values.places.tolist()], LEAST_CELL, confidence)[0])


def group_results(values: EndpointValues, rows: Sequence[ScoredRow], problem: Problem) -> tuple[GroupResult, ...]:
    """One for each registered column. Holm's correction runs over all judged groups of all columns."""
    confidence = 1 - problem.alpha
    parts: list[tuple[GroupSpec, list[Cell], dict[str, EndpointValues]]] = []
    for spec in problem.groups:
        names = [rows[place].groups.get(spec.column, "") for place in values.places.tolist()]
        parts.append((spec, *_cells(values, names, spec.least_cases, confidence)))
    judged = {(spec.column, name): (part, spec.margin) for spec, _, found in parts for name, part in found.items()}
    harmed = _holm(judged, problem.alpha, lambda interval, margin: interval[1] < -margin)
    safe = _holm(judged, problem.alpha, lambda interval, margin: interval[0] > -margin)

    def state(column: str, cell: Cell) -> Cell:
        if cell.state is not CellState.SHOWN:
            return cell
        key = (column, cell.name)
        found = CellState.HARMED if key in harmed else CellState.SAFE if key in safe else CellState.OPEN
        return cell.model_copy(update={"state": found})

    return tuple(
        GroupResult(
            column=spec.column,
            title=spec.title,
            margin=spec.margin,
            least_cases=spec.least_cases,
            cells=tuple(state(spec.column, cell) for cell in cells),
        )
        for spec, cells, _ in parts
    )


def _cells(
    values: EndpointValues, names: Sequence[str], least: int, confidence: float
) -> tuple[list[Cell], dict[str, EndpointValues]]:
    """Cells in the order of their names, and the values of those that may be judged."""
    labels = np.array(names)
    counts = {name: int((labels == name).sum()) for name in sorted(set(names))}
    hidden = _hidden(counts)
    cells: list[Cell] = []
    judged: dict[str, EndpointValues] = {}
    for name, count in counts.items():
        if name in hidden:
            cells.append(Cell(name=name, state=CellState.HIDDEN))
            continue
        part = values.only(np.flatnonzero(labels == name).astype(np.intp))
        try:
            evidence = evidence_of(part)
            model, practice = figures_of(part, evidence, confidence=confidence)
        except ValueError:
            cells.append(Cell(name=name, state=CellState.TOO_SMALL, cases=count))
            continue
        enough = count >= least
        judged |= {name: part} if enough else {}
        cells.append(
            Cell(
                name=name,
                state=CellState.SHOWN if enough else CellState.TOO_SMALL,
                cases=count,
                model=model,
                practice=practice,
                difference=evidence.difference,
                interval=interval_of(evidence, confidence=confidence),
            )
        )
    return cells, judged


def _hidden(counts: Mapping[str, int]) -> set[str]:
    """Small cells; where it is a single one, the smallest of the others too, or it could be found by subtraction."""
    small = {name for name, count in counts.items() if count < LEAST_CELL}
    others = sorted((count, name) for name, count in counts.items() if name not in small)
    if len(small) == 1 and others:
        small.add(others[0][1])
    return small


def _holm(
    judged: Mapping[tuple[str, str], tuple[EndpointValues, float]],
    alpha: float,
    claims: Callable[[Interval, float], bool],
) -> set[tuple[str, str]]:
    """The groups for which the claim is shown: the strongest against alpha / k, the next against alpha / (k - 1)."""
    left, shown = dict(judged), set()
    while left:
        confidence = 1 - alpha / len(left)
        now = {
            key
            for key, (part, margin) in left.items()
            if claims(interval_of(evidence_of(part), confidence=confidence), margin)
        }
        if not now:
            break
        shown |= now
        left = {key: one for key, one in left.items() if key not in now}
    return shown
