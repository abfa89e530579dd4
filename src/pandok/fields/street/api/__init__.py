"""Operations of streetlights."""

from __future__ import annotations

from ninja import Router

from pandok.fields.street.api import (
    alerts,
    bookings,
    commands,
    energy,
    figures,
    silences,
    streetlights,
    trials,
    warnings,
    works,
)

ROUTERS: list[tuple[str, Router]] = [
    ("street/alerts", alerts.router),
    ("street", figures.router),
    ("street", commands.router),
    ("street", warnings.router),
    ("street", bookings.router),
    ("street", streetlights.router),
    ("street", works.router),
    ("street", energy.router),
    ("street", silences.router),
    ("street", trials.router),
]
