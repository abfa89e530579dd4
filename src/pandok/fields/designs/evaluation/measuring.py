"""How good is a reader on a folder with known truth? The use case behind `pandok designs evaluate`.

The keys of `Evaluation.as_json()` are a promise to scripts elsewhere: add, never rename.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Protocol, TypeVar

import numpy as np
from numpy.typing import NDArray

from pandok.core.errors import InputError, RequestError
from pandok.core.reading import Reading
from pandok.core.text import Text
from pandok.fields.designs.evaluation.csv_table import FolderProblem
from pandok.fields.designs.evaluation.folder import EvaluationSet, Query, load_folder
from pandok.proof.bootstrap import Interval
from pandok.proof.ranking_metrics import average_precision
from pandok.proof.retrieval import RetrievalTrial, figures, intervals
from pandok.readers.designs import photograph
from pandok.readers.designs.gallery import ViewPicture

__all__ = ["Evaluation", "EvaluationSet", "FolderProblem", "evaluate", "load_folder"]

Pixels = NDArray[np.uint8]
Decode = Callable[[bytes], Pixels]
Clock = Callable[[], float]
"""Seconds from any fixed moment, never going back."""
Progress = Callable[[str, int, int], None]
"""Called with the stage ("enroll", "read"), how many are done and how many there are."""

RANKING_DEPTH = 1000
"""Designs asked for per query. A true design further down would add less than 0.001 to an average precision."""


Gallery = TypeVar("Gallery")


class Reader(Protocol[Gallery]):
    """The two verbs of `DesignReader` that an evaluation needs."""

    def enroll(self, entries: Iterable[ViewPicture]) -> Gallery: ...

    def read(self, photographs: Sequence[Pixels], gallery: Gallery, *, top: int) -> Reading: ...


@dataclass(frozen=True)
class Evaluation:
    """Figures of one reader on one folder; `None` where the folder holds no query of the kind that is needed."""

    trial: RetrievalTrial
    figures: dict[str, float | None]
    intervals: dict[str, Interval | None]
    threshold: float | None
    read_ms: NDArray[np.float64]
    designs: int
    views: int
    skipped: int
    reader: str
    problems: tuple[FolderProblem, ...]

    def as_json(self) -> dict[str, Any]:
        """The stable interface: only JSON types, no NaN."""
        flat = ("recall_at_1", "recall_at_5", "recall_at_10", "map", "dir_at_1pct", "auroc_in_register")
        in_register = int(self.trial.in_register.sum())
        return {
            **{name: self.figures[name] for name in flat},
            "nothing_close": {
                "true_positive_rate": self.figures["nothing_close_true_positive_rate"],
                "false_positive_rate": self.figures["nothing_close_false_positive_rate"],
                "threshold": self.threshold,
            },
            "expected_calibration_error": self.figures["expected_calibration_error"],
            "read_ms_p50": _percentile(self.read_ms, 50),
            "read_ms_p95": _percentile(self.read_ms, 95),
            "counts": {
                "designs": self.designs,
                "views": self.views,
                "queries": len(self.trial),
                "in_register": in_register,
                "not_in_register": len(self.trial) - in_register,
                "skipped": self.skipped,
            },
            "intervals": {name: None if pair is None else list(pair) for name, pair in self.intervals.items()},
            "reader": self.reader,
            "problems": [problem.model_dump() for problem in self.problems],
        }


def evaluate(
    folder: Path | str | EvaluationSet,
    reader: Reader[Gallery],
    *,
    clock: Clock,
    progress: Progress | None = None,
    bootstrap_rounds: int = 1000,
    seed: int = 2,
    decode: Decode | None = None,
    calibrated: bool = True,
) -> Evaluation:
    """Enrol the register, read every query one after another, measure.

    A picture that cannot be decoded is reported and skipped; a query that the reader itself calls unreadable stays in
    (no candidate, probability 0). Time is from bytes to reading. The open-set score is the probability of being in
    the register, ties decided by the first candidate's score. Intervals are 95 %, resampled by queried design.
    `calibrated=False` for a reader whose probabilities only keep an order: no calibration error, no "nothing close".
    Raises ImportRefused for an unusable folder, RequestError when no view or no query is left.
    """
    chosen = folder if isinstance(folder, EvaluationSet) else load_folder(folder)
    loader = Pictures(chosen, decode, progress)
    gallery = reader.enroll(loader.views())
    if not loader.designs:
        raise _nothing_left("등록 도면", "registered view")
    depth = min(len(loader.designs), RANKING_DEPTH)

    queries: list[Query] = []
    readings: list[Reading] = []
    read_ms: list[float] = []
    for done, query in enumerate(chosen.queries, start=1):
        started = clock()
        pixels = loader.decoded(query.path, "queries.csv", query.line)
        if pixels is not None:
            readings.append(reader.read([pixels], gallery, top=depth))
            read_ms.append((clock() - started) * 1000)
            queries.append(query)
        loader.progress("read", done, len(chosen.queries))
    if not readings:
        raise _nothing_left("질의 사진", "query photograph")

    trial = trial_of(queries, readings, calibrated)
    return Evaluation(
        trial=trial,
        figures=figures(trial),
        intervals=intervals(trial, rounds=bootstrap_rounds, rng=np.random.default_rng(seed)),
        threshold=readings[0].threshold if calibrated else None,
        read_ms=np.asarray(read_ms),
        designs=len(loader.designs),
        views=loader.enrolled,
        skipped=loader.skipped,
        reader=readings[0].reader,
        problems=tuple(loader.problems),
    )


def trial_of(queries: Sequence[Query], readings: Sequence[Reading], calibrated: bool = True) -> RetrievalTrial:
    """Truth and answers side by side, as the proof storey wants them."""
    true_ranks = [
        [rank for rank, candidate in enumerate(reading.candidates, 1) if candidate.design.design_id in query.design_ids]
        for query, reading in zip(queries, readings, strict=True)
    ]
    precisions = [
        average_precision(np.asarray(ranks), len(query.design_ids)) if query.design_ids else 0.0
        for query, ranks in zip(queries, true_ranks, strict=True)
    ]
    firsts = [reading.candidates[0] if reading.candidates else None for reading in readings]
    return RetrievalTrial(
        in_register=np.array([bool(query.design_ids) for query in queries]),
        first_true_rank=np.array([min(ranks, default=math.inf) for ranks in true_ranks], dtype=np.float64),
        average_precision=np.asarray(precisions),
        open_set_score=_dense_ranks(
            [reading.probability_in_register for reading in readings],
            [first.score if first else -math.inf for first in firsts],
        ),
        first_probability=np.array([first.probability if first else 0.0 for first in firsts]) if calibrated else None,
        said_nothing_close=np.array([one.outcome == "nothing_close" for one in readings]) if calibrated else None,
        clusters=tuple(query.cluster for query in queries),
    )


def _dense_ranks(first: list[float], then: list[float]) -> NDArray[np.float64]:
    """One number a row that orders as (`first`, `then`) does; equal pairs share it."""
    _, ranks = np.unique(np.column_stack([first, then]), axis=0, return_inverse=True)
    return ranks.ravel().astype(np.float64)


class Pictures:
    """Decodes the pictures of a folder one by one and remembers what could not be decoded."""

    def __init__(self, chosen: EvaluationSet, decode: Decode | None = None, progress: Progress | None = None):
        self._chosen = chosen
        self._decode = decode or (lambda data: photograph.decode(data).pixels)
        self.progress = progress or _silent
        self.problems: list[FolderProblem] = list(chosen.problems)
        self.skipped = chosen.rows_left_out
        self.designs: set[str] = set()
        self.enrolled = 0

    def views(self) -> Iterator[ViewPicture]:
        rows = self._chosen.views
        for done, row in enumerate(rows, start=1):
            pixels = self.decoded(row.path, "register.csv", row.line)
            if pixels is not None:
                self.designs.add(row.design.design_id)
                self.enrolled += 1
                yield ViewPicture(row.design, row.view, pixels, row.path)
            self.progress("enroll", done, len(rows))

    def decoded(self, path: str, file: str, line: int) -> Pixels | None:
        try:
            return self._decode(self._chosen.read_bytes(path))
        except InputError as error:
            what = error.what
        except OSError:
            what = Text(ko="파일을 읽을 수 없습니다.", en="The file cannot be read.")
        told = Text(ko=f"'{path}': {what.ko} 건너뜁니다.", en=f"'{path}': {what.en} It is skipped.")
        self.problems.append(FolderProblem(file=file, line=line, what=told))
        self.skipped += 1
        return None


def _silent(stage: str, done: int, total: int) -> None:
    del stage, done, total


def _percentile(values: NDArray[np.float64], percent: float) -> float:
    return round(float(np.percentile(values, percent)), 3)


def _nothing_left(ko: str, en: str) -> RequestError:
    return RequestError(
        Text(ko=f"평가할 {ko}이 하나도 없습니다.", en=f"No usable {en} is left to evaluate."),
        Text(
            ko="register.csv와 queries.csv의 문제 목록을 확인하십시오.",
            en="See the problems of register.csv and queries.csv.",
        ),
        code="request.nothing_to_evaluate",
    )
