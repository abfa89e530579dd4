"""A proof as values: everything that stays true about a verdict on a machine that never saw the data.

The statement is signed; it names every other file of the pack by sha256. What it holds of the data is their number,
the root hash of their manifest and how their truth was obtained; of the run, counts and moments (pandok.core.lab.
evidence). Cells under five stand nowhere but in the totals from which the verdict is computed.
"""

from __future__ import annotations

from datetime import date
from typing import Annotated, Any, Literal

from pydantic import AwareDatetime, Field, SerializerFunctionWrapHandler, StringConstraints, model_serializer

from pandok.core.audit import AuditEvent, AuditLink
from pandok.core.lab.evidence import Measured
from pandok.core.lab.registration import OpenedBefore
from pandok.core.lab.strict_value import StrictValue
from pandok.core.model_card import Sha256
from pandok.core.text import Text

PAYLOAD_TYPE = "application/vnd.pandok.proof.v1+json"
HEAD_TYPE = "application/vnd.pandok.ledger-head.v1+json"
LEAST_CELL = 5
"""Smaller cells of a table are cleared."""
MOST_WITHHELD = 5_000
"""Ledger entries of others between ours, given as bare hashes; longer gaps are left open."""

VerdictName = Literal["proven", "not_proven", "inferior", "undecidable"]
Short = Annotated[str, StringConstraints(max_length=300)]
Number = Annotated[str, StringConstraints(pattern=r"^[0-9]{4}-P-[0-9]{6}$")]


class ModelFacts(StrictValue):
    name: Short
    version: Short
    submitter: Short
    sha256: Sha256
    canonical_sha256: Sha256
    """Of the graph without names and notes: equal where two files compute the same."""
    card_sha256: Sha256
    licence: Short
    training_data: Annotated[str, StringConstraints(max_length=4000)]
    gate: Text
    """What the gate found, in one sentence."""


class DataFacts(StrictValue):
    """No data: how many, which, and how their truth was obtained."""

    root: Sha256
    cases: dict[str, int]
    truth_how: Text
    agreement_kappa: float | None = None
    part: Literal["confirm", "feedback"] = "confirm"
    opened_before: OpenedBefore | None = None
    """Of the confirm cases, when this run opened them; None in proofs of before this was counted."""
    opening: int | None = Field(default=None, ge=1)
    """Which opening of the confirm set by this submitter the proof is of."""
    withheld: int | None = Field(default=None, ge=0)
    """How many of this submitter's confirm results under the registration two persons withheld."""

    @model_serializer(mode="wrap")
    def _without_what_came_later(self, dump: SerializerFunctionWrapHandler) -> dict[str, Any]:
        """A proof that was signed before these fields existed keeps its bytes."""
        values: dict[str, Any] = dump(self)
        later = ("opened_before", "opening", "withheld")
        return {name: value for name, value in values.items() if name not in later or value is not None}


class LabFacts(StrictValue):
    """Where the run was made."""

    sandbox_level: int = Field(ge=0, le=9)
    versions: dict[Short, Short] = {}
    run: Short
    outputs_sha256: Sha256
    """Of the canonical list of all outputs: a rerun inside must give the same."""


class PrintedEndpoint(StrictValue):
    """As the report prints it: model minus practice, larger is better for the model."""

    metric: Short
    line: float
    model: float | None = None
    practice: float | None = None
    difference: float
    low: float
    high: float


class GroupLine(StrictValue):
    """One group of a registered column. Figures are cleared where the group is smaller than registered."""

    column: Short
    value: Short
    cases: int | None = None
    difference: float | None = None
    low: float | None = None
    high: float | None = None
    harmed: bool | None = None


class Places(StrictValue):
    """Where the ledger says it: sequence numbers of the entries."""

    registered: int = Field(ge=1)
    opened: int = Field(ge=1)
    released: int = Field(ge=1)


class Statement(StrictValue):
    """statement.json: what is signed."""

    kind: Literal["pandok proof 1"] = "pandok proof 1"
    number: Number
    site: Short
    made_at: AwareDatetime
    expires_on: date
    problem_id: Short
    problem_version: int
    title: Text
    registration_sha256: Sha256
    registered_at: AwareDatetime
    data: DataFacts
    model: ModelFacts
    lab: LabFacts
    measured: Measured
    printed: tuple[PrintedEndpoint, ...]
    groups: tuple[GroupLine, ...] = ()
    verdict: VerdictName
    sentences: tuple[Text, ...]
    """What was shown and what was not, in plain words."""
    places: Places
    files: dict[str, Sha256]
    """Every other file of the pack but envelope.json and SHA256SUMS."""


class LedgerEvent(StrictValue):
    """One event of the audit trail as it is hashed."""

    actor: str = Field(min_length=1)
    action: str = Field(min_length=1)
    object: str = Field(min_length=1)
    reason: str
    at: AwareDatetime
    details: dict[str, str | int | bool | None] = {}

    @classmethod
    def of(cls, event: AuditEvent) -> LedgerEvent:
        return cls(
            actor=event.actor,
            action=event.action,
            object=event.object,
            reason=event.reason,
            at=event.at,
            details=dict(event.details),
        )

    def event(self) -> AuditEvent:
        return AuditEvent(self.actor, self.action, self.object, self.reason, self.at, dict(self.details))


class LedgerEntry(StrictValue):
    """A link of the site's chain; without `event` where it is about something else and only its hash is given."""

    sequence: int = Field(ge=1)
    previous_hash: Sha256
    hash: Sha256
    event: LedgerEvent | None = None

    @classmethod
    def of(cls, link: AuditLink, *, shown: bool) -> LedgerEntry:
        event = LedgerEvent.of(link.event) if shown else None
        return cls(sequence=link.sequence, previous_hash=link.previous_hash, hash=link.hash, event=event)


class Ledger(StrictValue):
    """ledger.json: the entries from registration to release, and the newest hash of the chain, signed."""

    entries: tuple[LedgerEntry, ...] = Field(min_length=1)
    head: dict[str, Any]
    """DSSE envelope (HEAD_TYPE) over sequence, hash, at and site."""


class Head(StrictValue):
    site: Short
    sequence: int = Field(ge=1)
    hash: Sha256
    at: AwareDatetime
