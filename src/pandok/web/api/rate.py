"""How many calls a caller may make: a bucket that refills, in this process. Each server process has its own."""

from __future__ import annotations

import math
import threading
from dataclasses import dataclass

MOST_CALLERS = 10_000


@dataclass
class _Bucket:
    left: float
    at: float


class Buckets:
    """`per_minute` calls may come at once; they come back evenly. Safe for threads."""

    def __init__(self) -> None:
        self._buckets: dict[str, _Bucket] = {}
        self._lock = threading.Lock()

    def take(self, caller: str, *, per_minute: int, now: float) -> int:
        """Take one call; 0 where there was one, else the whole seconds to wait. `now` in seconds of any clock that
        runs evenly.

        >>> buckets = Buckets()
        >>> [buckets.take("a", per_minute=2, now=0.0) for _ in range(3)]
        [0, 0, 30]
        """
        with self._lock:
            bucket = self._buckets.get(caller)
            if bucket is None:
                self._forget_full(per_minute, now)
                bucket = self._buckets[caller] = _Bucket(per_minute, now)
            bucket.left = min(per_minute, bucket.left + max(0.0, now - bucket.at) * per_minute / 60)
            bucket.at = now
            if bucket.left >= 1:
                bucket.left -= 1
                return 0
            return math.ceil((1 - bucket.left) * 60 / per_minute)

    def clear(self) -> None:
        with self._lock:
            self._buckets.clear()

    def _forget_full(self, per_minute: int, now: float) -> None:
        if len(self._buckets) < MOST_CALLERS:
            return
        full = [name for name, one in self._buckets.items() if one.left + (now - one.at) * per_minute / 60 > per_minute]
        for name in full:
            del self._buckets[name]


BUCKETS = Buckets()
