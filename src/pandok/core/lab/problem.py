"""A problem as a pack: what goes in and comes out, what is true, what is done today, and what would be enough.

The values of `problem.toml`. A pack is a folder that anyone can read:

    problem.toml     these values
    cases.csv        case_id,part,role,path,cluster,site + one column for every group and, in tables, every input column
    truth.csv        case_id,truth            (several truths of one case separated by ";"; empty = none of them)
    practice.csv     case_id,output           today's practice on the same cases: a score, a class, or an id
    inputs/…         the files that cases.csv names
    README.md, README.ko.md

`part` is public (handed out, with truth), feedback (sealed; answers under a budget) or confirm (sealed; opened once).
`role` is query, or register for the pictures that a retrieval searches in (in the hands of every part). The truth of
a register picture is the id of what it shows; of a query, the ids that are right. The nearest picture by the cosine of
the vectors is the answer. A case_id tells nothing of the truth: it is known where the case itself is sealed.
"""

from __future__ import annotations

from enum import StrEnum
from typing import Annotated, Any

from pydantic import Field, SerializerFunctionWrapHandler, model_serializer, model_validator

from pandok.core.lab.strict_value import StrictValue
from pandok.core.text import Text

Slug = Annotated[str, Field(pattern=r"^[a-z0-9][a-z0-9-]{1,60}$")]
Column = Annotated[str, Field(pattern=r"^[A-Za-z][A-Za-z0-9_]{0,60}$")]


class Part(StrEnum):
    PUBLIC = "public"
    FEEDBACK = "feedback"
    CONFIRM = "confirm"


class InputKind(StrEnum):
    IMAGE = "image"
    TABLE = "table"
    SERIES = "series"
    TEXT = "text"


class Task(StrEnum):
    """`score`: one number a case, larger means rather positive. `classes`: one score for each class.
    `embedding`: a vector; the nearest of the register is the answer. `number`: an estimate in `unit`."""

    SCORE = "score"
    CLASSES = "classes"
    EMBEDDING = "embedding"
    NUMBER = "number"


class Metric(StrEnum):
    """How one model is measured. Each has a paired comparison in pandok.proof."""

    ACCURACY = "accuracy"
    RECALL_AT_1 = "recall_at_1"
    SENSITIVITY = "sensitivity"
    SPECIFICITY = "specificity"
    AUC = "auc"
    MEAN_ABSOLUTE_ERROR = "mean_absolute_error"


class Aim(StrEnum):
    SUPERIORITY = "superiority"
    NON_INFERIORITY = "non_inferiority"


class InputSpec(StrictValue):
    kind: InputKind
    columns: tuple[Column, ...] = ()
    """Table: the columns that go in, in order. Series: the channels, in order."""
    steps: int | None = Field(default=None, ge=1)
    """Series: how many steps a window has."""
    unit: str = ""


class OutputSpec(StrictValue):
    task: Task
    classes: tuple[str, ...] = ()
    unit: str = ""
    positive: Text | None = None
    """What a high score means, in the field's words."""

    @model_validator(mode="after")
    def _has_classes(self) -> OutputSpec:
        if (self.task is Task.CLASSES) != (len(self.classes) >= 2):
            raise ValueError("classes are named exactly where the task is to choose among them")
        return self


class TruthSpec(StrictValue):
    how: Text
    """How the truth was obtained."""
    agreement_kappa: float | None = Field(default=None, ge=-1, le=1)
    least_agreement_kappa: float | None = Field(default=None, ge=-1, le=1)
    wrong_share: float = Field(default=0.0, ge=0, le=0.5)
    """Share of truths that may be wrong; the verdict must stand with so many turned."""


class PracticeSpec(StrictValue):
    what: Text
    """Today's practice, the baseline of the comparison."""
    how: Text
    """How its answers on these cases were obtained."""
    threshold: float | None = None
    """Where practice gives scores and the metric needs a yes: at or above."""


class EndpointSpec(StrictValue):
    """One registered comparison of model minus practice."""

    metric: Metric
    aim: Aim
    margin: float = Field(default=0.0, ge=0)
    """Delta, in the unit of the metric; 0 for superiority. Stated by the field owner; there is no default for it."""

    @model_validator(mode="after")
    def _margin_fits(self) -> EndpointSpec:
        if (self.aim is Aim.NON_INFERIORITY) != (self.margin > 0):
            raise ValueError("a margin stands exactly where the aim is non-inferiority")
        return self


class GroupSpec(StrictValue):
    """A column whose groups must not be harmed: in none may the model fall below practice by more than `margin`."""

    column: Column
    title: Text
    margin: float = Field(gt=0)
    least_cases: int = Field(default=30, ge=5)
    """Smaller groups are shown as too small, never judged."""


class Budget(StrictValue):
    submissions: int = Field(default=20, ge=1, le=1000)
    """Accepted sealed runs for one submitter on the feedback part."""
    confirmations: int = Field(default=1, ge=1, le=3)


class Problem(StrictValue):
    """Everything that a registration locks. Money, people and dates are not part of it."""

    id: Slug
    version: int = Field(default=1, ge=1)
    title: Text
    question: Text
    owner: Text
    """Whose problem it is: the field owner who stated the margin."""
    margin_reason: Text
    licence: str
    source: str
    input: InputSpec
    output: OutputSpec
    truth: TruthSpec
    practice: PracticeSpec
    endpoints: tuple[EndpointSpec, ...] = Field(min_length=1, max_length=4)
    groups: tuple[GroupSpec, ...] = ()
    clustered: bool = False
    """Cases of one cluster (`cluster` column: site and day, patient, declaration) are not independent."""
    alpha: float = Field(default=0.05, gt=0, le=0.2)
    """Two-sided; the lower bound has 1 - alpha/2."""
    planned_n: int = Field(ge=10)
    """Cases that a verdict needs, by the plan in `plan`."""
    plan: Text
    most_missing_share: float = Field(default=0.0, ge=0, le=0.5)
    missing_rule: Text = Text(
        ko="출력이 없거나 읽을 수 없는 사례는 틀린 것으로 셉니다.",
        en="A case without a readable output counts as wrong.",
    )
    stopping_rule: Text = Text(
        ko="확인 세트는 한 번만 엽니다.", en="The confirm set is opened once; nobody looks before."
    )
    threshold_rule: Text = Text(ko="제출자가 정한 문턱값을 씁니다.", en="The submitter's stated threshold is used.")
    budget: Budget = Budget()
    least_sandbox_level: int = Field(default=2, ge=0, le=3)
    """0 for readers that come with Pandok alone, where nothing foreign runs; no pack may ask for it."""
    leaderboard: bool = False
    """Whether everybody in the lab sees the best released place on the Ladder of every organisation. Each such number
    is told to all: it stands only where the field owner registered it."""

    @model_serializer(mode="wrap")
    def _without_what_came_later(self, dump: SerializerFunctionWrapHandler) -> dict[str, Any]:
        """A registration that was locked before this field existed keeps its bytes, and so its hash."""
        values: dict[str, Any] = dump(self)
        if not self.leaderboard:
            values.pop("leaderboard", None)
        return values

    @model_validator(mode="after")
    def _metrics_fit(self) -> Problem:
        fitting = _FITTING[self.output.task]
        for endpoint in self.endpoints:
            if endpoint.metric not in fitting:
                raise ValueError(f"{endpoint.metric} does not measure the task {self.output.task}")
        return self


_FITTING = {
    Task.SCORE: {Metric.AUC, Metric.ACCURACY, Metric.SENSITIVITY, Metric.SPECIFICITY},
    Task.CLASSES: {Metric.ACCURACY},
    Task.EMBEDDING: {Metric.RECALL_AT_1},
    Task.NUMBER: {Metric.MEAN_ABSOLUTE_ERROR},
}
