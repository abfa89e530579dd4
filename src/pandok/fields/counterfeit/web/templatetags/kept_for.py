"""What uses a file, as a person says it."""

from __future__ import annotations

from collections.abc import Sequence

from django import template
from django.utils.translation import get_language

from pandok.core.text import Text

register = template.Library()
SIGNAL = "signal "
_CAPTURE = Text(ko="사건이 되지 않은 촬영 {number}", en="capture without a case, {number}")


@register.filter
def kept_for(labels: Sequence[str]) -> str:
    """Case numbers as they are; of a capture without a case the beginning of its number.

    >>> kept_for(["2026-000001", "signal 78c55441-9edb-44c3-9df4-2f62beaaed54"])
    '2026-000001, 사건이 되지 않은 촬영 78c55441'
    """
    words = _CAPTURE.in_language(get_language() or "ko")
    return ", ".join(
        words.format(number=one.removeprefix(SIGNAL)[:8]) if one.startswith(SIGNAL) else one for one in labels
    )
