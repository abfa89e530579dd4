"""Operations of the academy."""

from __future__ import annotations

from ninja import Router

from pandok.fields.academy.api import training

ROUTERS: list[tuple[str, Router]] = [("academy", training.router)]
