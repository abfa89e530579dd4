"""The zone by whose calendar the office counts its days."""

from __future__ import annotations

from zoneinfo import ZoneInfo

OFFICE_ZONE = ZoneInfo("Asia/Seoul")
