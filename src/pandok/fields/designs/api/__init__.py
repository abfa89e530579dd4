"""Operations of captures and readings."""

from __future__ import annotations

from ninja import Router

from pandok.fields.designs.api import captures, readings

ROUTERS: list[tuple[str, Router]] = [
    ("captures", captures.router),
    ("readings", readings.router),
]
