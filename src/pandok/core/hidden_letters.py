"""Letters that show nothing and turn or disguise what stands around them: they leave every text that comes in.

A direction override makes a page show another sentence than the one that was recorded; a zero-width blank makes two
names that look alike differ. Joiners stay: Indic letters and composed emoji need them. Source: Unicode TR 36, 2.10.
"""

from __future__ import annotations

_RANGES = (
    (0x00AD, 0x00AD),  # soft hyphen
    (0x061C, 0x061C),  # Arabic letter mark
    (0x115F, 0x1160),  # Hangul fillers
    (0x180E, 0x180E),
    (0x200B, 0x200B),  # zero-width blank
    (0x200E, 0x200F),  # direction marks
    (0x202A, 0x202E),  # embeddings and overrides
    (0x2060, 0x206F),  # word joiner, invisible operators, isolates
    (0x3164, 0x3164),  # Hangul filler
    (0xFEFF, 0xFEFF),  # byte order mark
    (0xFFA0, 0xFFA0),  # halfwidth Hangul filler
    (0xFFF9, 0xFFFB),  # interlinear annotation
    (0xE0000, 0xE007F),  # tags
)
_GONE = {code: None for first, last in _RANGES for code in range(first, last + 1)}


def without_hidden(text: str) -> str:
    """The text without them.

    >>> without_hidden("ab\\u202edc\\u200b"), without_hidden("क्\\u200dष")
    ('abdc', 'क्\\u200dष')
    """
    return text if text.isascii() else text.translate(_GONE)
