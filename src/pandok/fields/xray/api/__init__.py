"""Operations of X-ray."""

from __future__ import annotations

from ninja import Router

from pandok.fields.xray.api import containers, figures, importing, inspections, reading, retention, similar

ROUTERS: list[tuple[str, Router]] = [
    ("xray/inspections", inspections.router),
    ("xray/scans", importing.router),
    ("xray/inspections", similar.router),
    ("xray/containers", containers.router),
    ("xray/retention", retention.router),
    ("xray/reading", reading.router),
    ("xray", figures.router),
]
