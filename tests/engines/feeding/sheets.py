"""Problems and sheets as short as they can be."""

from __future__ import annotations

from typing import Any

from pandok.core.lab.problem import Problem
from pandok.core.lab.submission import SubmissionSheet

TEXT = {"ko": "말", "en": "words"}


def problem(
    kind: str = "image", task: str = "score", *, columns: tuple[str, ...] = (), steps: int | None = None, **changes: Any
) -> Problem:
    metric = {"score": "auc", "classes": "accuracy", "embedding": "recall_at_1", "number": "mean_absolute_error"}[task]
    values: dict[str, Any] = {
        "id": "small",
        "title": TEXT,
        "question": TEXT,
        "owner": TEXT,
        "margin_reason": TEXT,
        "licence": "MIT",
        "source": "drawn in a test",
        "input": {"kind": kind, "columns": columns, "steps": steps},
        "output": {"task": task, "classes": ("a", "b", "c") if task == "classes" else ()},
        "truth": {"how": TEXT},
        "practice": {"what": TEXT, "how": TEXT},
        "endpoints": [{"metric": metric, "aim": "superiority"}],
        "planned_n": 10,
        "plan": TEXT,
    }
    return Problem.model_validate(values | changes)


def sheet(*steps: dict[str, Any], **changes: Any) -> SubmissionSheet:
    values: dict[str, Any] = {
        "problem": "small",
        "name": "model",
        "version": "1",
        "model_input": "input",
        "model_output": "output",
        "preprocess": steps,
        "training_data": "pictures drawn in a test",
        "licence": "MIT",
    }
    return SubmissionSheet.model_validate(values | changes)
