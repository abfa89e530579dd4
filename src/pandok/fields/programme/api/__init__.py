"""Operations of the programme desk."""

from __future__ import annotations

from ninja import Router

from pandok.fields.programme.api import (
    agreements,
    applications,
    applying,
    calls,
    certificates,
    challenges,
    community,
    data_sets,
    evidence,
    hand_overs,
    outcomes,
    problems,
    resources,
    reviews,
)

ROUTERS: list[tuple[str, Router]] = [
    ("programme/problems", problems.router),
    ("programme/agreements", agreements.router),
    ("programme/data", data_sets.router),
    ("programme", evidence.router),
    ("programme", applying.router),
    ("programme", reviews.router),
    ("programme", outcomes.router),
    ("programme", resources.router),
    ("programme", certificates.router),
    ("programme", hand_overs.router),
    ("programme/calls", calls.router),
    ("programme/challenges", challenges.router),
    ("programme", community.router),
    ("programme/applications", applications.router),
]
