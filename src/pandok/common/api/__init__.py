"""Operations of people, sites, audit and webhooks."""

from __future__ import annotations

from ninja import Router

from pandok.common.api import audit, me, sites, webhooks

ROUTERS: list[tuple[str, Router]] = [
    ("me", me.router),
    ("sites", sites.router),
    ("audit", audit.router),
    ("webhooks", webhooks.router),
]
