"""What X-ray writes into the audit trail, in words."""

from __future__ import annotations

from pandok.core.text import Text

ACTIONS: dict[str, Text] = {
    "scan.imported": Text(ko="X-ray 영상 가져오기", en="Scan imported"),
    "scan.looked": Text(ko="X-ray 영상 열람", en="Scan looked at"),
    "inspection.begun": Text(ko="X-ray 검사 접수", en="Inspection begun"),
}
OBJECTS: dict[str, Text] = {
    "scan": Text(ko="X-ray 영상", en="Scan"),
    "inspection": Text(ko="X-ray 검사", en="X-ray inspection"),
}
"""By the beginning of the object of an entry."""
LABELS: dict[str, Text] = {"machine": Text(ko="장비", en="Machine")}
"""Names of details."""
