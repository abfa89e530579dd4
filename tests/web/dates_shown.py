"""Dates that a page prints for people in another form than the one of pandok.core.dates."""

from __future__ import annotations

import re

_UNSEEN = re.compile(r"<(script|style|code|pre|textarea|title|svg|option)\b.*?</\1>", re.S)
_OTHER_FORM = re.compile(
    r"(?<![\w-])(?:19|20)\d\d[-/]\d\d?[-/]\d\d?(?![\d-])|\b\d\d-\d\d \d\d:\d\d\b|\bnoon\b|\bmidnight\b"
)

_SIGNED = re.compile(r"마진은 \d{4}-\d\d-\d\d에 봉인을 열기 전에|were registered on \d{4}-\d\d-\d\d before")
"""A sentence of a verdict: its hash is signed, so that pages say it as it is."""


def foreign_dates(html: str) -> list[str]:
    """What a person would read as a date in another form; codes, form fields and attributes are for machines."""
    text = re.sub(r"<[^>]*>", " ", _UNSEEN.sub(" ", html))
    text = _SIGNED.sub(" ", text)
    return [text[max(0, one.start() - 40) : one.end() + 20] for one in _OTHER_FORM.finditer(text)]
