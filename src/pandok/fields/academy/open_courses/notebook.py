"""A course as a notebook file (nbformat 4.5), in one language."""

from __future__ import annotations

import json
from typing import Any

from pandok.core.text import Text
from pandok.fields.academy.open_courses.course_text import Code, CourseText, Paragraph, Question

_ASKED = Text(ko="**교육 화면에 답하기**", en="**Answer on the course page**")


def notebook_of(course: CourseText, language: str) -> bytes:
    """`language`: ko or en. The same course gives the same bytes."""
    cells = [_cell(at, one, language) for at, one in enumerate(course.blocks)]
    whole = {
        "cells": cells,
        "metadata": {
            "kernelspec": {"display_name": "Python 3", "language": "python", "name": "python3"},
            "language_info": {"name": "python"},
            "title": course.title.in_language(language),
        },
        "nbformat": 4,
        "nbformat_minor": 5,
    }
    return (json.dumps(whole, ensure_ascii=False, indent=1) + "\n").encode()


def _cell(at: int, block: Paragraph | Code | Question, language: str) -> dict[str, Any]:
    if isinstance(block, Code):
        code: dict[str, Any] = {"cell_type": "code", "execution_count": None, "outputs": []}
        return {"id": f"cell-{at}", "metadata": {}, "source": _lines(block.source)} | code
    words = block.words.in_language(language)
    if isinstance(block, Question):
        words = f"{_ASKED.in_language(language)}: {words} (`{block.name}`)"
    return {"id": f"cell-{at}", "metadata": {}, "source": _lines(words), "cell_type": "markdown"}


def _lines(source: str) -> list[str]:
    return source.splitlines(keepends=True)
