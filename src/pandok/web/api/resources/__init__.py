"""Operations by resource; `ROUTERS` joins them."""

from __future__ import annotations

from ninja import Router

from pandok.web.api.resources import (
    answers,
    audit,
    captures,
    case_actions,
    cases,
    designs,
    documents,
    law,
    me,
    notices,
    parties,
    pictures,
    readings,
    statistics,
    webhooks,
)

ROUTERS: list[tuple[str, Router]] = [
    ("me", me.router),
    ("captures", captures.router),
    ("readings", readings.router),
    ("cases", cases.router),
    ("cases", case_actions.router),
    ("cases", notices.of_case),
    ("cases", answers.router),
    ("cases", documents.of_case),
    ("notices", notices.router),
    ("documents", documents.router),
    ("pictures", pictures.router),
    ("designs", designs.router),
    ("parties", parties.router),
    ("law", law.router),
    ("statistics", statistics.router),
    ("audit", audit.router),
    ("webhooks", webhooks.router),
]
