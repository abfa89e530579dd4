"""Ability is what the answers say, to the sixth digit; no miss raises it; who says the same to all shows none."""

from __future__ import annotations

import math

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy.integrate import quad

from pandok.proof.ability.answers import Answer, HarmlessItem, ThreatItem, chance_to_stop
from pandok.proof.ability.choosing import Mode, next_item
from pandok.proof.ability.estimating import Posterior, Priors, estimated, information
from pandok.proof.ability.levels import level_of

threat_items = st.builds(ThreatItem, st.floats(0.2, 3.0), st.floats(-3.0, 3.0), st.sampled_from((0.0, 0.5, 1.0)))
harmless_items = st.builds(HarmlessItem, st.floats(-2.0, 4.0))
answers = st.lists(st.builds(Answer, st.one_of(threat_items, harmless_items), st.booleans()), max_size=12)


@settings(max_examples=60, deadline=None)
@given(answers, threat_items)
def test_no_miss_ever_raises_an_ability_and_no_hit_lowers_it(before: list[Answer], item: ThreatItem) -> None:
    now = estimated(before).theta
    assert estimated([*before, Answer(item, False)]).theta <= now + 1e-9
    assert estimated([*before, Answer(item, True)]).theta >= now - 1e-9


@settings(max_examples=40, deadline=None)
@given(answers, harmless_items)
def test_no_false_alarm_ever_raises_an_ability(before: list[Answer], item: HarmlessItem) -> None:
    assert estimated([*before, Answer(item, True)]).theta <= estimated(before).theta + 1e-9


def _logistic(logit: float) -> float:
    return 1 / (1 + math.exp(-logit))


def test_the_estimate_equals_quadrature_to_a_millionth() -> None:
    random = np.random.default_rng(5)
    threats = [
        (ThreatItem(float(a), float(b)), bool(yes))
        for a, b, yes in zip(random.lognormal(0, 0.3, 9), random.normal(0, 1, 9), random.random(9) < 0.6, strict=True)
    ]
    harmless = [(HarmlessItem(float(d)), bool(yes)) for d, yes in zip((0.5, 1.5, 2.0, 2.5), (1, 0, 0, 1), strict=True)]
    priors = Priors()

    def of_kappa(kappa: float) -> float:
        chances = [_logistic((1 if yes else -1) * (kappa - item.innocence)) for item, yes in harmless]
        return math.exp(-0.5 * (kappa / priors.kappa_sd) ** 2) * math.prod(chances)

    def of_theta(theta: float, kappa: float) -> float:
        chances = [
            _logistic((1 if yes else -1) * (item.slope * (theta - item.difficulty) + kappa)) for item, yes in threats
        ]
        return math.exp(-0.5 * theta**2) * math.prod(chances)

    def mean_for(kappa: float) -> float:
        whole = quad(of_theta, -9, 9, (kappa,), epsabs=1e-13, epsrel=1e-11, limit=200)[0]
        return quad(lambda at: at * of_theta(at, kappa), -9, 9, epsabs=1e-13, epsrel=1e-11, limit=200)[0] / whole

    whole = quad(of_kappa, -6, 6, epsabs=1e-13, epsrel=1e-11)[0]
    wanted = quad(lambda kappa: of_kappa(kappa) * mean_for(kappa), -6, 6, epsabs=1e-12, epsrel=1e-10)[0] / whole
    kappa = quad(lambda at: at * of_kappa(at), -6, 6, epsabs=1e-13, epsrel=1e-11)[0] / whole
    found = estimated([Answer(*one) for one in (*threats, *harmless)], priors)
    assert found.theta == pytest.approx(wanted, abs=1e-6)
    assert found.kappa == pytest.approx(kappa, abs=1e-6)


def test_a_difficulty_that_may_be_wrong_says_less() -> None:
    sure, unsure = ThreatItem(1.5, 0.5), ThreatItem(1.5, 0.5, 1.0)
    assert information(unsure, 0.5, 0.0) < information(sure, 0.5, 0.0)
    many_sure, many_unsure = ([Answer(item, at % 3 > 0) for at in range(30)] for item in (sure, unsure))
    assert estimated(many_unsure).theta_sd > estimated(many_sure).theta_sd
    averaged = np.mean(
        [_logistic(1.5 * (1.2 - 0.5 - error)) for error in np.random.default_rng(1).normal(0, 1, 200_000)]
    )
    assert chance_to_stop(unsure, 1.2, 0.0) == pytest.approx(float(averaged), abs=0.01)


def test_the_interval_is_that_of_the_posterior() -> None:
    """Without answers it is the prior's."""
    low, high = Posterior(Priors(theta_sd=1.0)).estimate().interval(0.90)
    assert (low, high) == pytest.approx((-1.6449, 1.6449), abs=5e-3)


def _answers(stops: float, random: np.random.Generator) -> tuple[list[Answer], tuple[int, int], tuple[int, int]]:
    said = [Answer(ThreatItem(), bool(random.random() < stops)) for _ in range(40)]
    innocent = [Answer(HarmlessItem(1.0), bool(random.random() < stops)) for _ in range(40)]
    counts = [(sum(one.stopped for one in part), sum(not one.stopped for one in part)) for part in (said, innocent)]
    return [*said, *innocent], counts[0], counts[1]


@pytest.mark.parametrize("stops", [0.0, 1.0])
def test_who_says_the_same_to_everything_gets_no_level(stops: float) -> None:
    said, threats, harmless = _answers(stops, np.random.default_rng(2))
    level = level_of(estimated(said), threats, harmless)
    assert (level.number, level.why) == (None, "alike")


def test_a_level_needs_enough_of_both_kinds_and_is_reached_by_the_lower_bound() -> None:
    hits = [Answer(ThreatItem(1.5, 0.5), True) for _ in range(30)]
    clear = [Answer(HarmlessItem(0.0), False) for _ in range(30)]
    assert level_of(estimated(hits), (30, 0), (0, 9)).why == "few"
    estimate = estimated([*hits, *clear])
    assert level_of(estimate, (30, 0), (0, 30)).number == 4
    assert level_of(estimate, (30, 0), (0, 30), cuts=(estimate.theta,)).number == 1


def test_items_to_measure_tell_most_and_items_to_train_are_mostly_hit() -> None:
    items = [ThreatItem(1.0, b) for b in np.linspace(-3, 3, 121)]
    now = estimated([Answer(ThreatItem(1.0, 0.0), at % 2 == 0) for at in range(8)])
    random = np.random.default_rng(3)
    measure = [items[next_item(items, now, Mode.MEASURE, random) or 0] for _ in range(20)]
    train = [items[next_item(items, now, Mode.TRAIN, random) or 0] for _ in range(20)]
    assert all(abs(one.difficulty - now.theta) < 0.15 for one in measure)
    assert all(0.70 < chance_to_stop(one, now.theta, now.kappa) < 0.80 for one in train)
    assert len({one.difficulty for one in train}) > 3
    assert next_item([], now, Mode.TRAIN, random) is None
