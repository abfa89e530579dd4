"""What the academy writes into the audit trail, in words."""

from __future__ import annotations

from pandok.core.text import Text

ACTIONS: dict[str, Text] = {}
OBJECTS: dict[str, Text] = {
    "article": Text(ko="학습 물품", en="Article of the academy"),
    "sitting": Text(ko="학습·시험", en="Sitting"),
}
"""By the beginning of the object of an entry."""
LABELS: dict[str, Text] = {}
"""Names of details."""
JOBS: dict[str, Text] = {}
"""Work for the worker, by its kind."""
