"""How often a label is wrong, from how often two independent readers agree.

Where both err equally often and independently, and rarely make the same mistake, they agree with the share (1 - e)^2.
Readers who learned from each other agree more: then it is too small.
"""

from __future__ import annotations

import math


def reader_noise(agree: float) -> float:
    """
    >>> round(reader_noise(0.81), 6)
    0.1
    """
    return 1 - math.sqrt(agree)
