"""Operations of the register."""

from __future__ import annotations

from ninja import Router

from pandok.fields.register.api import designs

ROUTERS: list[tuple[str, Router]] = [
    ("designs", designs.router),
]
