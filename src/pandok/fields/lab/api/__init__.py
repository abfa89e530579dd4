"""Operations of the proving lab."""

from __future__ import annotations

from ninja import Router

from pandok.fields.lab.api import lab, uploads

ROUTERS: list[tuple[str, Router]] = [
    ("lab", lab.router),
    ("lab", uploads.router),
]
