"""Commitments bind and hide; draws follow the seed at the rate that was registered."""

from __future__ import annotations

import random

import pytest

from pandok.core.lab.commitment import SALT_BYTES, commitment, drawn, keeps, seed_promise

RNG = random.Random(3)


def test_any_other_answer_or_salt_does_not_keep_the_promise() -> None:
    for number in range(200):
        output, salt = {"design": f"30-{number}", "score": RNG.random()}, RNG.randbytes(SALT_BYTES)
        promised = commitment(output, salt)
        assert keeps(promised, output, salt)
        assert keeps(promised, dict(reversed(output.items())), salt)
        assert not keeps(promised, output | {"design": "30-x"}, salt)
        assert not keeps(promised, output, RNG.randbytes(SALT_BYTES))


def test_the_same_answer_is_promised_differently_each_time() -> None:
    assert len({commitment({}, RNG.randbytes(SALT_BYTES)) for _ in range(50)}) == 50


def test_a_short_salt_is_refused() -> None:
    with pytest.raises(ValueError, match="bytes"):
        commitment({}, b"short")


@pytest.mark.parametrize("chance", [0.02, 0.1, 0.5])
def test_draws_come_at_the_registered_rate_and_are_the_same_again(chance: float) -> None:
    seed = RNG.randbytes(32)
    draws = [drawn(seed, f"case {number}", chance) for number in range(20_000)]
    spread = (chance * (1 - chance) / 20_000) ** 0.5
    assert abs(sum(draws) / 20_000 - chance) < 5 * spread
    assert draws[:100] == [drawn(seed, f"case {number}", chance) for number in range(100)]


def test_another_seed_draws_others() -> None:
    first, second = ([drawn(seed, str(number), 0.5) for number in range(200)] for seed in (b"a" * 32, b"b" * 32))
    assert first != second
    assert seed_promise(b"a" * 32) != seed_promise(b"b" * 32)


@pytest.mark.parametrize("chance", [0.0, -0.1, 1.1])
def test_an_impossible_chance_is_refused(chance: float) -> None:
    with pytest.raises(ValueError, match="probability"):
        drawn(b"s" * 32, "case", chance)
