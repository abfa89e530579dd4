"""The shape of a value in place of the value: where personal data were found, and not what they are."""

from __future__ import annotations

import re

from pandok.engines.personal_data.patterns import spans

MAYBE = re.compile(r"@|[가-힣]|(?:\d\D{0,2}){7}|account", re.I)
"""What no rule can find anything in has none of these."""


def hidden(text: str) -> str:
    """With the shape of each personal value in place of the value: what may be told of a cell, or of a file's name.

    >>> hidden("call 010-1234-5678")
    'call •••-••••-••••'
    """
    if not MAYBE.search(text):
        return text
    pieces, end = [], 0
    for one in spans(text):
        pieces += [text[end : one.start], shape(text[one.start : one.end])]
        end = one.end
    return "".join([*pieces, text[end:]])


def shape(value: str) -> str:
    return re.sub(r"\w", "•", value)
