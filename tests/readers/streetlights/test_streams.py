"""The stream reader reads many streams as it reads one, and tells what departs from a stream's own course."""

from __future__ import annotations

import numpy as np
import pytest

from pandok.readers.streetlights.streams import WARM_UP, StreamBank


def day_and_noise(points: int, seed: int) -> np.ndarray:
    random = np.random.default_rng(seed)
    return 100 + 20 * np.sin(np.arange(points) / 288 * 2 * np.pi) + random.normal(0, 1, points)


def test_streams_read_together_score_as_each_alone() -> None:
    values = np.stack([day_and_noise(500, seed) for seed in range(4)])
    at_s = np.arange(500) * 300.0
    together = StreamBank(4)
    rows = [together.read(np.arange(4), np.full(4, at), values[:, n]) for n, at in enumerate(at_s)]
    for stream in range(4):
        alone = StreamBank(1).read(np.zeros(500, np.int64), at_s, values[stream])
        assert np.array_equal(alone, np.array(rows)[:, stream])


def test_a_level_that_is_usual_at_noon_is_odd_at_midnight() -> None:
    values = day_and_noise(288 * 10, 1)
    odd = values.copy()
    odd[-100:-80] = 100 + 20
    at_s = np.arange(len(values)) * 300.0
    usual, departed = (StreamBank(1).read(np.zeros(len(v), np.int64), at_s, v) for v in (values, odd))
    assert departed[-100:-80].max() > usual[WARM_UP:].max()


def test_asking_without_learning_changes_no_state() -> None:
    bank = StreamBank(2)
    bank.read(np.array([0, 1, 0]), np.zeros(3), np.array([1.0, 2.0, 3.0]))
    before = bank.memory.copy()
    bank.read(np.array([0]), np.zeros(1), np.array([9.0]), learn=False)
    assert np.array_equal(bank.memory, before)


def test_a_stream_that_the_bank_does_not_have_is_refused() -> None:
    with pytest.raises(IndexError):
        StreamBank(2).read(np.array([2]), np.zeros(1), np.zeros(1))
