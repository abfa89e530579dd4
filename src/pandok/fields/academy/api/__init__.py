"""Operations of the academy."""

from __future__ import annotations

from ninja import Router

from pandok.fields.academy.api import certificate_tests, measuring_sets, training

ROUTERS: list[tuple[str, Router]] = [
    ("academy", training.router),
    ("academy", certificate_tests.router),
    ("academy", measuring_sets.router),
]
