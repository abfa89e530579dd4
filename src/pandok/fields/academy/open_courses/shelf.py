"""The open courses that come with Pandok, and the answers to their questions."""

from __future__ import annotations

import json
from functools import lru_cache
from importlib.resources import files

from pandok.fields.academy.open_courses.course_text import CourseText, read_course

NAMES = ("declarations", "floods", "gas", "drawings")
_HERE = "pandok.fields.academy.open_courses"


@lru_cache(maxsize=1)
def courses() -> dict[str, CourseText]:
    """By name, in the order in which they are shown."""
    texts = files(_HERE) / "texts"
    return {name: read_course(name, (texts / f"{name}.md").read_text("utf-8")) for name in NAMES}


@lru_cache(maxsize=1)
def answers() -> dict[str, dict[str, float]]:
    """Course → question → what the notebook computed from the public part."""
    kept: dict[str, dict[str, float]] = json.loads((files(_HERE) / "answers.json").read_text("utf-8"))
    return kept
