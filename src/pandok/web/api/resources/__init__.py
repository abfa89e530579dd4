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
    guides,
    importer_links,
    lab,
    lab_uploads,
    law,
    me,
    notices,
    party_admin,
    pictures,
    readings,
    retention,
    sites,
    statistics,
    webhooks,
)

ROUTERS: list[tuple[str, Router]] = [
    ("me", me.router),
    ("captures", captures.router),
    ("readings", readings.router),
    ("cases", cases.router),
    ("cases", case_actions.router),
    ("cases", importer_links.router),
    ("cases", notices.of_case),
    ("cases", answers.router),
    ("cases", documents.of_case),
    ("notices", notices.router),
    ("documents", documents.router),
    ("pictures", pictures.router),
    ("designs", designs.router),
    ("designs", guides.of_design),
    ("guides", guides.router),
    ("parties", party_admin.router),
    ("holders", party_admin.holders),
    ("sites", sites.router),
    ("lab", lab.router),
    ("lab", lab_uploads.router),
    ("law", law.router),
    ("statistics", statistics.router),
    ("retention", retention.router),
    ("cases", retention.of_case),
    ("audit", audit.router),
    ("webhooks", webhooks.router),
]
