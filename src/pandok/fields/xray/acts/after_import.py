"""Who is told of every scan that came in, in its transaction."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime

from pandok.fields.xray.models import Scan

AFTER_IMPORT: list[Callable[[Scan, datetime], None]] = []
