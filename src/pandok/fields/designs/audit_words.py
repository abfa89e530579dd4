"""What the design reader writes into the audit trail, in words."""

from __future__ import annotations

from pandok.core.text import Text

ACTIONS: dict[str, Text] = {
    "capture.received": Text(ko="촬영 접수", en="Capture received"),
    "capture.read": Text(ko="촬영 판독", en="Capture read"),
    "capture.failed": Text(ko="촬영 판독 실패", en="Capture could not be read"),
    "capture.refused": Text(ko="촬영 거절", en="Capture refused"),
    "reading.made": Text(ko="판독", en="Reading made"),
    "reading.marks_read": Text(ko="글자·코드 추가 판독", en="Text and codes read later"),
}
OBJECTS: dict[str, Text] = {
    "capture": Text(ko="촬영", en="Capture"),
    "reading": Text(ko="판독", en="Reading"),
}
"""By the beginning of the object of an entry."""
JOBS: dict[str, Text] = {
    "capture.read": Text(ko="촬영 판독", en="Reading a capture"),
    "view.index": Text(ko="도면 한 장 색인", en="Indexing one view"),
    "reading.marks": Text(ko="글자·코드 판독", en="Reading text and codes"),
}
"""Work for the worker, by its kind."""
