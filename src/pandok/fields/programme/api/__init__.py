"""Operations of the programme desk."""

from __future__ import annotations

from ninja import Router

from pandok.fields.programme.api import (
    agreements,
    applications,
    calls,
    challenges,
    community,
    data_sets,
    evidence,
    problems,
)

ROUTERS: list[tuple[str, Router]] = [
    ("programme/problems", problems.router),
    ("programme/agreements", agreements.router),
    ("programme/data", data_sets.router),
    ("programme", evidence.router),
    ("programme/calls", calls.router),
    ("programme/challenges", challenges.router),
    ("programme", community.router),
    ("programme/applications", applications.router),
]
