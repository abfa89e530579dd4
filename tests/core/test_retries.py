from __future__ import annotations

import random
from datetime import UTC, datetime, timedelta

from hypothesis import given
from hypothesis import strategies as st

from pandok.core.retries import Retries

START = datetime(2026, 3, 2, 1, 0, tzinfo=UTC)


@given(attempts=st.integers(1, 200), seed=st.integers(0, 1000))
def test_waiting_stays_between_half_and_whole_of_the_doubled_time(attempts: int, seed: int) -> None:
    retries = Retries(first_s=10, longest_s=600)
    at = retries.next_try(attempts=attempts, most_attempts=1000, since=START, now=START, rng=random.Random(seed))
    assert at is not None
    whole = min(600, 10 * 2.0 ** (attempts - 1))
    assert timedelta(seconds=whole / 2) <= at - START <= timedelta(seconds=whole)


def test_the_last_attempt_has_no_next() -> None:
    rng = random.Random(1)
    assert Retries().next_try(attempts=2, most_attempts=3, since=START, now=START, rng=rng) is not None
    assert Retries().next_try(attempts=3, most_attempts=3, since=START, now=START, rng=rng) is None


def test_nothing_is_tried_after_the_limit_of_time() -> None:
    retries = Retries(first_s=30, longest_s=3 * 3600, give_up_after_s=86400)
    rng, now, attempts = random.Random(3), START, 1
    while (at := retries.next_try(attempts=attempts, most_attempts=60, since=START, now=now, rng=rng)) is not None:
        assert now < at <= START + timedelta(days=1)
        now, attempts = at, attempts + 1
    assert now > START + timedelta(hours=21), "nearly the whole day is used"
    assert 10 < attempts < 40


def test_two_that_failed_together_come_back_apart() -> None:
    rng = random.Random(5)
    times = {Retries().next_try(attempts=4, most_attempts=9, since=START, now=START, rng=rng) for _ in range(20)}
    assert len(times) == 20
