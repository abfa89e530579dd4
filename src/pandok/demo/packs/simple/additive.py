"""A sum over the columns of a table: for a column of words a number a word, for a column of numbers a straight line."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from functools import cached_property

import numpy as np

from pandok.core.lab.problem import Metric, Part, Task
from pandok.demo.packs.simple.capacity import limit_at_capacity
from pandok.demo.packs.simple.fitting import ridge, ridge_logistic
from pandok.demo.packs.simple.folds import fold_of
from pandok.demo.packs.simple.simple_model import Floats, SimpleModel, graph_of, sheet_of
from pandok.fields.lab.acts.packs.pack import Pack

LEAST_OF_WORD = 10
"""Rarer words count as unknown."""


@dataclass(frozen=True)
class Columns:
    """How a pack's columns enter: `words`, `numbers`, and of these the logarithm of one more."""

    words: tuple[str, ...]
    logs: tuple[str, ...] = ()
    penalty: float = 1.0


def fit_additive(pack: Pack, how: Columns) -> SimpleModel:
    """Fitted on the public cases; where a yes is asked for, the limit is that of the public cases, each told by a sum
    that was fitted without it."""
    table = _Table(pack, how)
    weights, start = table.fitted(np.arange(len(table.ids)))
    threshold = None
    if any(one.metric in (Metric.SENSITIVITY, Metric.SPECIFICITY) for one in pack.problem.endpoints):
        threshold = limit_at_capacity(table.crossed().tolist())
    preprocess: list[dict[str, object]] = [
        {"step": "codes", "column": column, "words": list(words)} for column, words in table.words.items()
    ]
    preprocess += [{"step": "fill", "value": 0.0}, {"step": "layout", "order": "NC"}]
    return SimpleModel(_graph(table, weights, start), sheet_of(pack.problem, preprocess, threshold=threshold))


class _Table:
    """The public cases as a matrix: first a column a word, then the numbers in units of their spread."""

    def __init__(self, pack: Pack, how: Columns) -> None:
        self.pack, self.how, self.names = pack, how, pack.problem.input.columns
        cases = list(pack.queries(Part.PUBLIC))
        self.ids = [one.case_id for one in cases]
        self.cells = [dict(zip(self.names, one.inputs, strict=True)) for one in cases]
        self.words = {name: self._words(name) for name in self.names if name in how.words}
        self.numbers = [name for name in self.names if name not in how.words]
        measured = np.array([[float(row[name] or 0) for name in self.numbers] for row in self.cells], np.float64)
        self.logged = np.array([name in how.logs for name in self.numbers])
        measured = np.where(self.logged, np.log1p(np.maximum(measured, 0)), measured)
        self.middle, self.spread = measured.mean(axis=0), np.maximum(measured.std(axis=0), 1e-9)
        coded = [
            np.array([[row[name] == word for word in words] for row in self.cells], np.float64)
            for name, words in self.words.items()
        ]
        self.rows = np.hstack([*coded, (measured - self.middle) / self.spread])
        self.truth = np.array([float(pack.truth[one][0]) for one in self.ids])

    def _words(self, name: str) -> tuple[str, ...]:
        counts = Counter(row[name] for row in self.cells)
        return tuple(sorted(word for word, count in counts.items() if word and count >= LEAST_OF_WORD))

    @cached_property
    def folds(self) -> Floats:
        return np.array([fold_of(one) for one in self.ids])

    def fitted(self, taught: np.ndarray) -> tuple[Floats, float]:
        rows, truth = self.rows[taught], self.truth[taught]
        if self.pack.problem.output.task is Task.NUMBER:
            weights, start = ridge(rows, truth[:, None], self.how.penalty)
            return weights[:, 0], float(start[0])
        return ridge_logistic(rows, truth == 1, self.how.penalty)

    def crossed(self) -> Floats:
        told = np.zeros(len(self.ids))
        for fold in np.unique(self.folds):
            weights, start = self.fitted(np.flatnonzero(self.folds != fold))
            told[self.folds == fold] = self.rows[self.folds == fold] @ weights + start
        return told


def _graph(table: _Table, weights: Floats, start: float) -> bytes:
    from onnx import TensorProto, helper

    nodes, constants, terms, at = [], {}, [], 0
    for number, (name, words) in enumerate(table.words.items()):
        # An unknown word has the code -1 and no number.
        constants[f"of_words_{number}"] = np.concatenate([[0.0], weights[at : at + len(words)]]).astype(np.float32)
        constants[f"place_{number}"] = np.array([table.names.index(name)], np.int64)
        nodes += [
            helper.make_node("Gather", ["input", f"place_{number}"], [f"code_{number}"], axis=1),
            helper.make_node("Add", [f"code_{number}", "one"], [f"from_one_{number}"]),
            helper.make_node("Cast", [f"from_one_{number}"], [f"whole_{number}"], to=TensorProto.INT64),
            helper.make_node("Gather", [f"of_words_{number}", f"whole_{number}"], [f"term_{number}"], axis=0),
        ]
        terms.append(f"term_{number}")
        at += len(words)
    slopes = weights[at:] / table.spread
    constants |= {
        "one": np.array([1.0], np.float32),
        "nothing": np.array([0.0], np.float32),
        "numbers": np.array([table.names.index(name) for name in table.numbers], np.int64),
        "logged": table.logged.astype(np.float32),
        "as_is": (~table.logged).astype(np.float32),
        "slopes": slopes[:, None].astype(np.float32),
        "start": np.array([start - float(table.middle @ slopes)], np.float32),
    }
    nodes += [
        helper.make_node("Gather", ["input", "numbers"], ["measured"], axis=1),
        helper.make_node("Max", ["measured", "nothing"], ["positive"]),
        helper.make_node("Add", ["positive", "one"], ["above_one"]),
        helper.make_node("Log", ["above_one"], ["logs"]),
        helper.make_node("Mul", ["logs", "logged"], ["chosen_logs"]),
        helper.make_node("Mul", ["measured", "as_is"], ["chosen"]),
        helper.make_node("Add", ["chosen", "chosen_logs"], ["ready"]),
        helper.make_node("MatMul", ["ready", "slopes"], ["lines"]),
        helper.make_node("Add", ["lines", "start"], ["sum_0" if terms else "output"]),
    ]
    for number, term in enumerate(terms):
        last = number == len(terms) - 1
        nodes.append(helper.make_node("Add", [f"sum_{number}", term], ["output" if last else f"sum_{number + 1}"]))
    return graph_of(nodes, [1, len(table.names)], [1, 1], constants)
