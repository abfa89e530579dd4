"""What was found about the quality of a data set, along the four names that public data work uses, with counts.

Diversity (다양성), syntactic accuracy (구문 정확성), semantic accuracy (의미 정확성), validity by training (유효성). No
threshold stands here: no public one is known, and targets come from the agreement.
"""

from __future__ import annotations

from enum import StrEnum
from typing import Annotated

from pydantic import Field

from pandok.core.lab.personal_data import PersonalKind, Sureness
from pandok.core.lab.strict_value import StrictValue

Share = Annotated[float, Field(ge=0, le=1)]
Bounds = tuple[float, float]
SHOWN = 50
"""So many examples of a kind are listed; all are counted."""
MOST_COMPARED = 10_000
"""So many rows with a label are held against each other, no more: the work grows with their square."""


class ComparedBy(StrEnum):
    """What rows were held against each other by, for suspect labels and validity."""

    NOTHING = ""
    COLUMNS = "columns"
    PICTURES = "pictures"


class LabelCount(StrictValue):
    """`agreed` None: the plan says nothing of this label."""

    label: str
    rows: int
    agreed: int | None = None

    @property
    def lacking(self) -> int:
        return max(0, (self.agreed or 0) - self.rows)


class Diversity(StrictValue):
    """`even_labels`: as many labels of equal size would be as diverse (exponential of the entropy; Hill 1973)."""

    counts: tuple[LabelCount, ...]
    even_labels: float


class FaultCount(StrictValue):
    fault: str
    column: str
    rows: int
    examples: tuple[tuple[int, str], ...] = ()
    """Row and value, the first ones."""


class Syntactic(StrictValue):
    values: int
    faulty: int
    faults: tuple[FaultCount, ...]


class RepeatFound(StrictValue):
    first: str
    second: str
    same_bytes: bool
    across_splits: bool


class Repeats(StrictValue):
    rows: int
    files: int
    near_copies: int
    across_splits: int
    examples: tuple[RepeatFound, ...] = ()


class SuspectLabel(StrictValue):
    row: int
    written: str
    likely: str
    share: Share
    own_share: Share


class Semantic(StrictValue):
    """`read_twice` 0: nothing was labelled by two; kappa None then, and where both gave one label to everything.
    `suspects`: how many of `labelled` labels the data contradict; None where there was nothing to hold them against.
    `label_noise`: see `proof/reader_noise`."""

    read_twice: int = 0
    agree: Share | None = None
    agree_interval: Bounds | None = None
    kappa: float | None = None
    kappa_interval: Bounds | None = None
    label_noise: Share | None = None
    label_noise_interval: Bounds | None = None
    compared_by: ComparedBy = ComparedBy.NOTHING
    labelled: int = 0
    suspects: int | None = None
    examples: tuple[SuspectLabel, ...] = ()


class Validity(StrictValue):
    """A nearest-neighbour reader, the same for every data set: trained on one split, asked on the other."""

    trained_on: int
    asked: int
    right: Share
    interval: Bounds
    largest_label_alone: Share
    """What always naming the most frequent label would reach."""


class PersonalFound(StrictValue):
    """`column` "": in files that the table names. `examples`: row or file, and the shape of the value, never itself."""

    kind: PersonalKind
    sureness: Sureness
    column: str
    count: int
    examples: tuple[tuple[str, str], ...] = ()


class Personal(StrictValue):
    """`values`, `files`: what was looked into. `files_not_read`: what could not be, and may hold anything."""

    values: int
    files: int
    files_not_read: int
    found: tuple[PersonalFound, ...] = ()

    @property
    def count(self) -> int:
        return sum(one.count for one in self.found)


class DataQuality(StrictValue):
    """`table_sha256`: of the table that was looked at. `plan_sha256`: of the plan that it was held against.
    `files_sha256`: of the names and contents of the files that the table names and that were there."""

    name: str
    table_sha256: str
    plan_sha256: str
    files_sha256: str = ""
    rows: int
    diversity: Diversity | None
    syntactic: Syntactic
    repeats: Repeats
    semantic: Semantic
    validity: Validity | None
    personal: Personal | None = None
