"""Operations of the academy."""

from __future__ import annotations

from ninja import Router

ROUTERS: list[tuple[str, Router]] = []
