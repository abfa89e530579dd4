"""Operations by resource; `ROUTERS` joins them."""

from __future__ import annotations

from ninja import Router

from pandok.common.api import audit, me, sites, webhooks
from pandok.fields.counterfeit.api import (
    answers,
    case_actions,
    cases,
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
from pandok.fields.designs.api import captures, readings
from pandok.fields.lab.api import lab
from pandok.fields.lab.api import uploads as lab_uploads
from pandok.fields.register.api import designs

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
