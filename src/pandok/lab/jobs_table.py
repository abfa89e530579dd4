"""The modules of the lab that do background work."""

from __future__ import annotations

LAB_HANDLER_MODULES: list[str] = []
