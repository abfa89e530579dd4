"""One case of a problem, and a model's answer to it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum

from pandok.core.canonical import digest
from pandok.core.lab.problem import Part, Task


class CaseRole(StrEnum):
    QUERY = "query"
    """What a model answers."""
    REGISTER = "register"
    """What a retrieval searches in; in the hands of every part."""


@dataclass(frozen=True, slots=True)
class ProblemCase:
    """One line of cases.csv. `inputs`: the path of its file below the pack's folder, or the row of a table.

    A case's input as bytes: the file as it is; of a table, the canonical JSON object of its input columns, each as it
    is printed (see `row_bytes`).
    """

    case_id: str
    part: Part
    role: CaseRole
    cluster: str
    site: str
    groups: Mapping[str, str] = field(default_factory=dict)
    inputs: str | tuple[str, ...] = ""


@dataclass(frozen=True, slots=True)
class Label:
    """What scoring knows of a case: where it belongs, what is true, what practice said ("": nothing).

    `truth` of a retrieval query: the ids that are right; of a register picture: the one id that it shows.
    """

    case: ProblemCase
    truth: tuple[str, ...]
    practice: str


@dataclass(frozen=True, slots=True)
class ModelAnswer:
    """What a model said to one case, after the sheet's postprocessing.

    `values`: one number (score, number), one for each class, or a vector. Larger scores mean rather positive.
    """

    task: Task
    values: tuple[float, ...]

    @property
    def number(self) -> float:
        """The one number of a score or an estimate."""
        if self.task not in (Task.SCORE, Task.NUMBER):
            raise ValueError(f"{self.task} is no single number")
        return self.values[0]

    def chosen(self, classes: tuple[str, ...]) -> str:
        """The class with the highest score; of equal ones the first."""
        if self.task is not Task.CLASSES or len(classes) != len(self.values):
            raise ValueError("these are not the scores of these classes")
        return classes[max(range(len(classes)), key=self.values.__getitem__)]

    @property
    def sha256(self) -> str:
        """Names this very answer; equal for equal numbers on every machine."""
        return digest({"task": self.task, "values": self.values})
