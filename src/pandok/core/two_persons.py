"""How many persons must agree, wherever it takes more than one."""

from __future__ import annotations

VOTES_NEEDED = 2
