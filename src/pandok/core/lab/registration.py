"""A registration (사전등록): the question, its line and its data, locked and hashed before the seal is opened."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from pydantic import Field, SerializerFunctionWrapHandler, model_serializer, model_validator

from pandok.core.canonical import digest
from pandok.core.lab.problem import Problem
from pandok.core.lab.strict_value import StrictValue
from pandok.core.lab.trial import TrialRegistration
from pandok.core.model_card import Sha256


class Manifest(StrictValue):
    """What the data are, without any of them: one line for each case, in the order of case_id."""

    problem: str
    cases: dict[str, int]
    """part -> number of queries."""
    root: Sha256
    """sha256 of the canonical list of (case_id, part, role, sha256 of input, sha256 of cluster, site and groups, keyed
    sha256 of truth and practice)."""


class OpenedBefore(StrictValue):
    """Of the confirm cases: how many were opened or handed out before, in another pack, version or file; `alike` of
    them were known again as the same picture saved again."""

    opened: int = Field(ge=0)
    alike: int = Field(default=0, ge=0)
    of: int = Field(ge=0)

    @model_validator(mode="after")
    def _fits(self) -> OpenedBefore:
        if not self.alike <= self.opened <= self.of:
            raise ValueError("alike, opened and all do not fit")
        return self

    @property
    def fresh(self) -> int:
        return self.of - self.opened


class Registration(StrictValue):
    """Its hash is what every score, verdict and proof names."""

    problem: Problem
    manifest: Manifest
    site: str = Field(min_length=1, max_length=200)
    registered_by: str
    registered_at: datetime
    opened_before: OpenedBefore | None = None
    """None for those that were locked before this was counted."""
    trial: TrialRegistration | None = None
    """Of a shadow trial: what was locked, from which problem and manifest follow (pandok.core.lab.trial_as_problem)."""

    @model_serializer(mode="wrap")
    def _without_what_came_later(self, dump: SerializerFunctionWrapHandler) -> dict[str, Any]:
        """A registration that was locked before a field existed keeps its bytes, and so its hash."""
        values: dict[str, Any] = dump(self)
        for later in ("opened_before", "trial"):
            if values.get(later) is None:
                values.pop(later, None)
        return values

    @property
    def sha256(self) -> str:
        return digest(self)
