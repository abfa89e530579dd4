"""The protocol of a shadow trial: everything that is decided before the first case, locked by its hash.

A candidate model answers the goods that officers decide on, unseen. Per case: what went in → hash of what the model
said with a salt → the officer decides → what the goods really are → the model's answer is opened.
"""

from __future__ import annotations

from datetime import datetime
from enum import StrEnum
from typing import Annotated, Any, Literal

from pydantic import (
    Field,
    SerializerFunctionWrapHandler,
    StringConstraints,
    TypeAdapter,
    model_serializer,
    model_validator,
)

from pandok.core.canonical import digest
from pandok.core.lab.assisted_trial import AssistedProtocol
from pandok.core.lab.problem import Aim
from pandok.core.lab.strict_value import StrictValue
from pandok.core.model_card import Sha256
from pandok.core.text import Text

Sentence = Annotated[str, StringConstraints(strip_whitespace=True, min_length=10, max_length=1000)]
METRIC = Text(
    ko="물품이 보여 주는 등록 디자인을 첫 번째로 맞힌 비율", en="Share of goods whose right design comes first"
)


class Practice(StrEnum):
    """Today's practice, with which the model is compared on the same goods."""

    OFFICER = "officer"
    """The officer's first decision, with the reader in use before them."""
    READER = "reader"
    """The first answer of the reader in use, alone."""

    @property
    def words(self) -> Text:
        return _PRACTICES[self]


_PRACTICES = {
    Practice.OFFICER: Text(ko="담당 공무원의 첫 결정", en="The officer's first decision"),
    Practice.READER: Text(ko="지금 쓰는 판독기의 첫 후보", en="The first answer of the reader in use"),
}


class TrialProtocol(StrictValue):
    """There is no default for the margin, the plan and the shares: the field owner states them."""

    title: Annotated[str, StringConstraints(strip_whitespace=True, min_length=3, max_length=120)]
    question: Sentence
    candidate: Annotated[str, StringConstraints(strip_whitespace=True, min_length=1, max_length=100)]
    """Name of the candidate's model card."""
    practice: Practice
    mode: Literal["blind"] = "blind"
    metric: Literal["right_design_first"] = "right_design_first"
    aim: Aim
    margin: float = Field(ge=0, lt=1)
    """Delta, as a share; 0 for superiority."""
    margin_reason: Sentence
    alpha: float = Field(gt=0, le=0.1)
    """One-sided, for the proof; shared between the fixed-n primary analysis and the monitor."""
    monitor_share: float = Field(gt=0, lt=1)
    """The monitor's part of `alpha`; the rest is the primary analysis's."""
    harm_alpha: float = Field(gt=0, le=0.2)
    """One-sided, for stopping because the model is worse than the line allows."""
    stop_for_benefit: bool
    planned_n: int = Field(ge=10, le=1_000_000)
    """Cases with a decision in order; the trial is completed with the last of them."""
    audit_probability: float = Field(gt=0, le=1)
    """Chance that goods which nobody opened are drawn for a random check."""
    truth_within_days: int = Field(ge=1, le=730)
    """What is not known so long after the decision is missing."""
    most_missing_share: float = Field(ge=0, le=0.5)
    most_out_of_order_share: float = Field(ge=0, le=0.5)
    """Cases decided before the model's answer was committed: left out, counted, and beyond this share fatal."""
    wrong_truth_share: float = Field(ge=0, le=0.2)
    """The verdict must stand with so many truths turned against it."""
    clustered: bool
    """Goods of one site and day resemble each other: analysis on the means of site and day."""
    sites: tuple[Annotated[str, Field(min_length=1, max_length=20)], ...] = ()
    """Codes of the sites that take part; none named: all."""
    testers: tuple[Annotated[str, Field(min_length=1, max_length=150)], ...] = ()
    """Accounts that try things out; their captures and decisions are no part of the trial."""
    exclusions: Sentence
    unreadable_rule: Text = Text(
        ko="모델이 읽지 못한 물품은 모델이 틀린 것으로 셉니다.", en="Goods that the model cannot read count as wrong."
    )

    @model_validator(mode="after")
    def _margin_fits(self) -> TrialProtocol:
        if (self.aim is Aim.NON_INFERIORITY) != (self.margin > 0):
            raise ValueError("a margin stands exactly where the aim is non-inferiority")
        return self

    @property
    def line(self) -> float:
        """What the difference of model and practice must lie above."""
        return -self.margin

    @property
    def monitor_alpha(self) -> float:
        return self.alpha * self.monitor_share

    @property
    def primary_alpha(self) -> float:
        return self.alpha * (1 - self.monitor_share)


AnyProtocol = Annotated[TrialProtocol | AssistedProtocol, Field(discriminator="mode")]
ANY_PROTOCOL: TypeAdapter[TrialProtocol | AssistedProtocol] = TypeAdapter(AnyProtocol)


class TrialRegistration(StrictValue):
    """What is locked; its hash is what verdict and proof name. The seed of the random checks, or of an assisted trial's
    draws, is committed here too."""

    protocol: AnyProtocol
    candidate_title: str
    candidate_sha256: Sha256
    """Of the candidate's canonical model card, which names the sha256 of every file."""
    reader_in_use: str
    seed_sha256: Sha256
    author: str
    registered_by: str
    registered_at: datetime
    cases_sha256: Sha256 | None = None
    """Of an assisted trial: its goods with what they are, in their order, with the seed."""
    order_sha256: Sha256 | None = None
    """Of an assisted trial: who reads what, when, and with or without help."""

    @model_serializer(mode="wrap")
    def _without_what_came_later(self, dump: SerializerFunctionWrapHandler) -> dict[str, Any]:
        """A blind trial keeps its bytes, and so its hash."""
        values: dict[str, Any] = dump(self)
        later = ("cases_sha256", "order_sha256")
        return {name: value for name, value in values.items() if name not in later or value is not None}

    @property
    def blind(self) -> TrialProtocol:
        """The protocol of a blind trial."""
        assert isinstance(self.protocol, TrialProtocol)
        return self.protocol

    @property
    def assisted(self) -> AssistedProtocol:
        assert isinstance(self.protocol, AssistedProtocol)
        return self.protocol

    @property
    def sha256(self) -> str:
        return digest(self)
