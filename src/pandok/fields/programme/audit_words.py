"""What the programme desk writes into the audit trail, in words."""

from __future__ import annotations

from pandok.core.text import Text

ACTIONS: dict[str, Text] = {
    "field-problem.reworded": Text(ko="현장 문제 다시 적음", en="Problem of the field said anew"),
    "field-problem.published": Text(ko="현장 문제 공개", en="Problem of the field made public"),
    "field-problem.hidden": Text(ko="현장 문제 비공개", en="Problem of the field no longer public"),
    "field-problem.shared": Text(ko="우리도 있음", en="Another place has the problem too"),
    "field-problem.share_ended": Text(ko="우리도 있음 취소", en="Another place has the problem no more"),
}
OBJECTS: dict[str, Text] = {"field-problem": Text(ko="현장 문제", en="Problem of the field")}
"""By the beginning of the object of an entry."""
LABELS: dict[str, Text] = {
    "problem_topic": Text(ko="문제의 분야", en="Field of the problem"),
    "published": Text(ko="공개", en="Public"),
    "into": Text(ko="합친 문제", en="Merged with"),
    "region": Text(ko="권역", en="Region"),
}
"""Names of details."""
JOBS: dict[str, Text] = {}
"""Work for the worker, by its kind."""
