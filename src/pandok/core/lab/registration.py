"""A registration (사전등록): the question, its line and its data, locked and hashed before the seal is opened."""

from __future__ import annotations

from datetime import datetime

from pydantic import Field

from pandok.core.canonical import digest
from pandok.core.lab.problem import Problem
from pandok.core.lab.values import StrictValue
from pandok.core.model_card import Sha256


class Manifest(StrictValue):
    """What the data are, without any of them: one line for each case, in the order of case_id."""

    problem: str
    cases: dict[str, int]
    """part -> number of queries."""
    root: Sha256
    """sha256 of the canonical list of (case_id, part, role, sha256 of input, sha256 of cluster, site and groups, keyed
    sha256 of truth and practice)."""


class Registration(StrictValue):
    """Its hash is what every score, verdict and proof names."""

    problem: Problem
    manifest: Manifest
    site: str = Field(min_length=1, max_length=200)
    registered_by: str
    registered_at: datetime

    @property
    def sha256(self) -> str:
        return digest(self)
