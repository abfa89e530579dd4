"""The clock of a pole against ours: a pole an hour off must neither look late nor alarm tomorrow.

Every copy of a message carries the pole's time of sending, and nothing between keeps it for long (a pole sends again
until it is acknowledged; the broker queues nothing). So the difference between sending and arrival is the pole's error.
Small differences are left alone: two poles at one underpass shall keep the order in which they saw.
"""

from __future__ import annotations

TOLERATED_MS = 120_000
SAME_MS = 60_000
"""A known offset stays as it is for differences below this: the network's delay must not shuffle readings."""


def offset_ms(known_ms: int, sent_ms: int, received_ms: int) -> int:
    """What is added to the pole's times.

    >>> offset_ms(0, sent_ms=1_000_000, received_ms=1_030_000)
    0
    >>> offset_ms(0, sent_ms=4_600_000, received_ms=1_000_000)
    -3600000
    >>> offset_ms(-3_600_000, sent_ms=4_600_000, received_ms=1_002_000)
    -3600000
    """
    found = received_ms - sent_ms
    if abs(found) <= TOLERATED_MS:
        return 0
    return known_ms if known_ms and abs(found - known_ms) <= SAME_MS else found
