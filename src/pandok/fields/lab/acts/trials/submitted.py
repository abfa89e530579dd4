"""An accepted submission as the candidate: its embedding in the sandbox, the nearest registered view names the design.

It sees whole photographs, fed as its sheet says. Vectors of the register are kept beside the desk's own index and
follow the register; they are made with the same model file and nothing else.
"""

from __future__ import annotations

import json
from collections.abc import Callable
from contextlib import AbstractContextManager
from datetime import datetime
from pathlib import Path
from typing import Any
from uuid import UUID

import numpy as np
from numpy.typing import NDArray

from pandok.core.canonical import digest
from pandok.core.errors import InputError
from pandok.core.lab.problem import InputKind, Task
from pandok.core.terms.zone import OFFICE_ZONE
from pandok.engines.bulk.values import Running
from pandok.engines.feeding.feeding import answer as read_outputs
from pandok.engines.feeding.feeding import tensors
from pandok.engines.files.blobs import FolderBlobs
from pandok.engines.index.exact import ExactIndex
from pandok.engines.index.port import Attributes
from pandok.fields.designs.acts.readings import CANDIDATES_SHOWN
from pandok.fields.designs.photograph_reader import ReadingFilters
from pandok.fields.designs.stored_gallery import class_code, index_filter
from pandok.fields.lab.acts.trials.candidates import CaseInput
from pandok.fields.lab.acts.trials.refusals import no_such_submission
from pandok.fields.lab.models import Submission
from pandok.fields.register.lists.queries import MAX_KEYS, IndexRow, ViewFacts, changed_since, views_by_key
from pandok.readers.designs.gallery import Filters

PREFIX = "submission:"
BATCH = 64
VIEWS_SEARCHED = 280
MARK = "mark.json"
Load = Callable[[bytes], AbstractContextManager[Running]]
Vectors = NDArray[np.float32]


def submission_of(name: str) -> Submission:
    """Raises RequestError where there is no such accepted submission that describes pictures by vectors."""
    try:
        number = UUID(name.removeprefix(PREFIX))
    except ValueError as error:
        raise no_such_submission(name) from error
    found = Submission.objects.select_related("pack").filter(id=number).first()
    if found is None or not usable(found):
        raise no_such_submission(name)
    return found


def usable(submission: Submission) -> bool:
    problem = submission.pack.problem
    return submission.accepted and problem.output.task is Task.EMBEDDING and problem.input.kind is InputKind.IMAGE


def title_of(submission: Submission) -> str:
    return f"{submission.name} {submission.version}"


def digest_of(submission: Submission) -> str:
    """The sha256 of what it answers with: its model and its sheet."""
    return digest({"model": submission.model_sha256, "sheet": submission.sheet_values})


class SubmittedReader:
    def __init__(self, submission: Submission, home: Path, load: Load):
        self.title, self.card_sha256 = title_of(submission), digest_of(submission)
        self._sheet, self._problem = submission.sheet, submission.pack.problem
        self._blobs, self._load = FolderBlobs(home / "blobs"), load
        self._model = self._blobs.get(submission.model_sha256)
        self._folder = home / "index" / f"submission-{self.card_sha256[:12]}"
        self._index: ExactIndex | None = None

    def prepare(self) -> None:
        with self._load(self._model) as running:
            self._follow(running)

    def answer(self, given: CaseInput) -> dict[str, Any]:
        with self._load(self._model) as running:
            self._follow(running)
            looks = np.stack([self._vector(running, data) for data in given.photographs])
        best = self._best(looks, ReadingFilters.model_validate(given.filters))
        near = self._sheet.threshold is None or (best and best[0][1] >= self._sheet.threshold)
        return {
            "reader": self.title,
            "outcome": "candidates" if best and near else "nothing_close",
            "searched_views": len(self._index or ()),
            "candidates": [{"design_id": design, "score": round(score, 6)} for design, score in best],
        }

    def _best(self, looks: Vectors, wanted: ReadingFilters) -> list[tuple[str, float]]:
        if not self._index:
            return []
        filters = Filters(
            locarno_classes=(wanted.locarno_class,) if wanted.locarno_class else (),
            in_force_only=wanted.in_force_only,
            recorded_only=wanted.recorded_only,
        )
        day = datetime.now(OFFICE_ZONE).date()
        # The index knows no days: where rights are asked for, all of it is ranked, so that none that is over hides one.
        depth = len(self._index) if filters.asks_for_a_day else VIEWS_SEARCHED
        found = self._index.search(looks, depth, index_filter(filters))
        keys = np.unique(found.keys[found.keys >= 0]).tolist()
        facts: dict[int, ViewFacts] = {}
        for start in range(0, len(keys), MAX_KEYS):
            facts |= views_by_key(keys[start : start + MAX_KEYS], day)
        scores: dict[str, float] = {}
        for key, score in zip(found.keys.ravel().tolist(), found.scores.ravel().tolist(), strict=True):
            row = facts.get(key)
            if row is not None and filters.admits(row.design):
                name = row.design.design_id
                scores[name] = max(score, scores.get(name, -np.inf))
        return sorted(scores.items(), key=lambda one: (-one[1], one[0]))[:CANDIDATES_SHOWN]

    def _vector(self, running: Running, data: bytes) -> Vectors:
        outputs = running.run(tensors(data, self._sheet, self._problem))
        values = np.array(read_outputs(outputs, self._sheet, self._problem).values, np.float32)
        return np.asarray(values / max(float(np.linalg.norm(values)), 1e-9), np.float32)

    def _follow(self, running: Running) -> None:
        """Describe the views that are new, drop those that are gone; goes on where a stopped run ended."""
        mark = self._mark()
        if self._index is None and mark["dimension"]:
            self._index = ExactIndex(self._folder, mark["dimension"])
        while changes := changed_since(mark["position"], BATCH):
            latest = {change.view_key: change for change in changes}
            rows = [change.row for change in latest.values() if change.row is not None]
            vectors = [(row, vector) for row in rows if (vector := self._view(running, row)) is not None]
            if vectors and self._index is None:
                mark["dimension"] = len(vectors[0][1])
                self._index = ExactIndex(self._folder, mark["dimension"])
            if self._index is not None:
                gone = [key for key, change in latest.items() if change.row is None]
                if gone:
                    self._index.remove(np.array(gone, np.int64))
                if vectors:
                    keys = np.array([row.view_key for row, _ in vectors], np.int64)
                    attributes = _attributes([row for row, _ in vectors])
                    self._index.add(keys, np.stack([vector for _, vector in vectors]), attributes)
                self._index.flush()
            mark["position"] = changes[-1].change_id
            self._folder.mkdir(parents=True, exist_ok=True)
            (self._folder / MARK).write_text(json.dumps(mark), encoding="utf-8")

    def _view(self, running: Running, row: IndexRow) -> Vectors | None:
        try:
            return self._vector(running, self._blobs.get(row.sha256))
        except InputError:  # a picture that this model cannot be fed with is no part of its register
            return None

    def _mark(self) -> dict[str, int]:
        path = self._folder / MARK
        if not path.exists():
            return {"position": 0, "dimension": 0}
        return {str(key): int(value) for key, value in json.loads(path.read_text(encoding="utf-8")).items()}


def _attributes(rows: list[IndexRow]) -> Attributes:
    return Attributes(
        np.array([class_code(row.locarno_class) for row in rows], np.int32),
        np.array([row.in_force for row in rows], np.bool_),
        np.array([row.recorded for row in rows], np.bool_),
    )
