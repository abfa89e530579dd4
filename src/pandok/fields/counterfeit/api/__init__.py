"""Operations of cases, notices, parties and what is counted of them."""

from __future__ import annotations

from ninja import Router

from pandok.fields.counterfeit.api import (
    answers,
    case_actions,
    cases,
    confirmed_views,
    documents,
    guides,
    importer_links,
    law,
    notices,
    party_admin,
    pictures,
    retention,
    statistics,
)

ROUTERS: list[tuple[str, Router]] = [
    ("cases", cases.router),
    ("cases", case_actions.router),
    ("cases", confirmed_views.router),
    ("cases", importer_links.router),
    ("cases", notices.of_case),
    ("cases", answers.router),
    ("cases", documents.of_case),
    ("cases", retention.of_case),
    ("notices", notices.router),
    ("documents", documents.router),
    ("pictures", pictures.router),
    ("designs", guides.of_design),
    ("guides", guides.router),
    ("parties", party_admin.router),
    ("holders", party_admin.holders),
    ("law", law.router),
    ("statistics", statistics.router),
    ("retention", retention.router),
]
