"""Paper: values and a Typst template to a PDF with Korean type. The same values give the same bytes."""

from __future__ import annotations

import json
import tempfile
from collections.abc import Mapping
from datetime import datetime
from functools import cache
from importlib.resources import as_file
from importlib.resources.abc import Traversable
from pathlib import Path
from typing import Any

import typst

from pandok.common.papers.letters import FONT_FOLDER

FONTS = ("Pretendard", "Noto Sans CJK KR")
"""Both are shipped; the second stands in for letters that the first lacks (hanja, Chinese, old Hangul). The type of the
system is never used: a paper looks the same on every machine, and what it cannot print is known before
(pandok.common.papers.letters)."""


def printed(
    template: Traversable, values: Mapping[str, Any], *, at: datetime, pictures: Mapping[str, bytes] | None = None
) -> bytes:
    """The PDF. `template` `x.typ` reads `values` and the fonts from `x.json`, and `pictures` by their names; nothing
    else is within its reach. `at` is the date that the PDF bears."""
    with tempfile.TemporaryDirectory(prefix="pandok-paper-") as name:
        folder = Path(name)
        (folder / template.name).write_text(template.read_text(encoding="utf-8"), encoding="utf-8")
        for picture, data in (pictures or {}).items():
            (folder / picture).write_bytes(data)
        stored = {**values, "fonts": list(FONTS)}
        (folder / template.name).with_suffix(".json").write_text(
            json.dumps(stored, ensure_ascii=False), encoding="utf-8"
        )
        compiler = typst.Compiler(folder / template.name, root=folder, font_paths=_fonts())
        pdf = compiler.compile(format="pdf", timestamp=at.replace(microsecond=0))
        assert isinstance(pdf, bytes)  # a list only where pages are pictures
        return pdf


@cache
def _fonts() -> Any:
    with as_file(FONT_FOLDER) as folder:
        return typst.Fonts(include_system_fonts=False, include_embedded_fonts=False, font_paths=[str(folder)])
