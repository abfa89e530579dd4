"""Locarno classes as options write them."""

from __future__ import annotations

import re
from collections.abc import Sequence

from pandok.core.errors import RequestError
from pandok.core.text import Text

_LOCARNO = re.compile(r"[0-9]{2}(-[0-9]{2})?")


def check_classes(classes: Sequence[str]) -> None:
    """Raises RequestError for a class that is not written like 09 or 09-01."""
    for code in classes:
        if not _LOCARNO.fullmatch(code):
            raise RequestError(
                Text(ko=f"--class {code}: 로카르노 분류가 아닙니다.", en=f"--class {code}: not a Locarno class."),
                Text(ko="09 또는 09-01처럼 쓰십시오.", en="Write it like 09 or 09-01."),
                code="request.locarno_class",
                value=code,
            )
