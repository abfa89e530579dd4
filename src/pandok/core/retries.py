"""When to try again what has failed: later each time, never all at once, and not for ever."""

from __future__ import annotations

import random
from dataclasses import dataclass
from datetime import datetime, timedelta


@dataclass(frozen=True, slots=True)
class Retries:
    """The waiting time doubles from `first_s` to `longest_s`; chance takes away up to half of it, so that many failed
    pieces of work do not come back together."""

    most_attempts: int = 10
    first_s: float = 15
    longest_s: float = 3600
    give_up_after_s: float | None = None

    def next_try(
        self, *, attempts: int, most_attempts: int, since: datetime, now: datetime, rng: random.Random
    ) -> datetime | None:
        """When to try again after `attempts` failed ones, or None to give up. `since` is when the work was asked for.

        >>> start = datetime(2026, 1, 1)
        >>> Retries().next_try(attempts=3, most_attempts=3, since=start, now=start, rng=random.Random(1)) is None
        True
        """
        if attempts >= most_attempts:
            return None
        longest = min(self.longest_s, self.first_s * 2.0 ** min(attempts - 1, 40))
        at = now + timedelta(seconds=longest * rng.uniform(0.5, 1.0))
        if self.give_up_after_s is not None and at > since + timedelta(seconds=self.give_up_after_s):
            return None
        return at
