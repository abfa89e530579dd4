"""Spans of time in words, no more precise than what is known."""

from __future__ import annotations

from pandok.core.lab.expectation import Range
from pandok.core.text import Text

NOT_KNOWN = Text(ko="아직 알 수 없음", en="not known yet")
_MINUTE, _HOUR, _DAY = 60, 3600, 86400


def span_words(span: Range | None) -> Text:
    """A range as one to two round numbers.

    >>> span_words(Range(100, 290, 20)).en
    'about 1–5 minutes'
    """
    if span is None:
        return NOT_KNOWN
    if span.most_s < _MINUTE:
        return Text(ko="1분 안", en="less than a minute")
    size, ko, en = next(
        (one for one in ((_DAY, "일", "days"), (_HOUR, "시간", "hours")) if span.most_s >= 2 * one[0]),
        (_MINUTE, "분", "minutes"),
    )
    least, most = int(span.least_s // size), -int(-span.most_s // size)
    if least == most:
        return Text(ko=f"약 {most}{ko}", en=f"about {most} {en if most != 1 else en[:-1]}")
    return Text(ko=f"약 {least}~{most}{ko}", en=f"about {least}–{most} {en}")
