"""Question: how well are readers measured, and is a course that teaches nothing found out?

    python -m benchmarks.reader_ability --out benchmarks/results/reader_ability.json
    python -m benchmarks.reader_ability --only training --out benchmarks/results/reader_ability_training.json
    python -m benchmarks.reader_ability --only calibration --out benchmarks/results/reader_ability_calibration.json

Simulated people and items; nothing here says how real readers behave.

"ability": 600 threat items (a ~ LogN(0, .3), b ~ N(0, 1)), abilities N(0, 1), nobody with a criterion of their own: how
many threat items until the standard error is .3, and how well the estimates agree with the truth, for items drawn at
random, chosen for training (p ≈ .75) and chosen to measure (most information). "picture": the test knows difficulties
from the picture alone, R² .73, and says so to the model, or does not. "criterion": criteria spread by .7 (logits), 60
threat and 60 harmless items; "hits alone" ignores harmless items. "constant": who says the same to everything, or
tosses a coin. "calibration": 300 people × 60 items, beside the Python packages
girth and mirt where they are installed. "bootstrap": 95 % intervals of 2,000 simulated tests a kind. "courses": 1,000
learners on a known curve over 12 sessions of 40 threat and 40 harmless items; 2,000 courses that changed nothing.
"training": 40 learners, 28 days, by the rules of what comes back and what is shown.
"""

from __future__ import annotations

import argparse
import math
from pathlib import Path
from typing import Any

import numpy as np
from scipy.stats import norm

from benchmarks.machine import write_result
from pandok.proof.ability.answers import Answer, HarmlessItem, ThreatItem
from pandok.proof.ability.calibrating import calibrated
from pandok.proof.ability.choosing import Mode, next_item
from pandok.proof.ability.estimating import Posterior, Priors
from pandok.proof.ability.levels import level_of
from pandok.proof.ability.returning import DAYS_BETWEEN, Picture, Shown, due_articles, next_picture
from pandok.proof.detection_measures import bootstrapped, measures_of
from pandok.proof.learning_curve import Point, d_a_error, fitted_curve, gain_of

SEED, READERS, ITEMS = 13, 300, 600
SE = 0.3
TESTS = 2000
NO_CRITERION = Priors(kappa_sd=0.0)
Random = np.random.Generator


def says(random: Random, logit: float) -> bool:
    return bool(random.random() < 1 / (1 + math.exp(-logit)))


def bank(random: Random, picture_sd: float = 0.0) -> tuple[list[ThreatItem], list[float]]:
    """Items as the test knows them, and their true difficulties."""
    slopes, true = np.exp(random.normal(0, 0.3, ITEMS)), random.normal(0, 1, ITEMS)
    known = true
    if picture_sd:
        share = 1 - picture_sd**2
        known = share * true + random.normal(0, math.sqrt(share) * picture_sd, ITEMS)
    items = [ThreatItem(float(a), float(b), picture_sd) for a, b in zip(slopes, known, strict=True)]
    return items, [float(one) for one in true]


def readers_at(
    random: Random, items: list[ThreatItem], true: list[float], way: str, *, model: list[ThreatItem] | None = None
) -> dict[str, Any]:
    """`READERS` people, up to 90 threat items each."""
    at: dict[int, list[tuple[float, float, bool]]] = {20: [], 40: [], 60: []}
    needed = []
    for _ in range(READERS):
        theta = float(random.normal())
        posterior = Posterior(NO_CRITERION)
        left = list(range(ITEMS))
        reached = None
        now = posterior.estimate()
        for number in range(1, 91):
            if way == "random":
                place = int(random.integers(len(left)))
            else:
                few = [int(one) for one in random.choice(len(left), min(len(left), 300), replace=False)]
                found = next_item([items[left[one]] for one in few], now, Mode(way), random)
                assert found is not None
                place = few[found]
            item = left.pop(place)
            stopped = says(random, items[item].slope * (theta - true[item]))
            posterior.add(Answer((model or items)[item], stopped))
            now = posterior.estimate()
            if number in at:
                low, high = now.interval(0.90)
                at[number].append((theta, now.theta, low <= theta <= high))
            if reached is None and now.theta_sd <= SE:
                reached = number
            if reached is not None and number >= 60:
                break
        needed.append(reached or 91)
    rows: dict[str, Any] = {
        "items_to_se_median": float(np.median(needed)),
        "items_to_se_p90": float(np.percentile(needed, 90)),
    }
    for number, found_at in at.items():
        theta, estimate, inside = (np.array(one) for one in zip(*found_at, strict=True))
        rows[f"at {number}"] = {
            "correlation": round(float(np.corrcoef(theta, estimate)[0, 1]), 3),
            "rmse": round(float(np.sqrt(np.mean((theta - estimate) ** 2))), 3),
            "coverage_90": round(float(inside.mean()), 3),
        }
    return rows


def ability(random: Random) -> dict[str, Any]:
    items, true = bank(random)
    rows: dict[str, Any] = {way: readers_at(random, items, true, way) for way in ("random", "train", "measure")}
    sd = math.sqrt(1 - 0.73)
    pictured, true = bank(random, sd)
    rows["picture, said"] = readers_at(random, pictured, true, "measure")
    sure = [ThreatItem(one.slope, one.difficulty) for one in pictured]
    rows["picture, not said"] = readers_at(random, pictured, true, "measure", model=sure)
    return rows


def criterion(random: Random) -> dict[str, Any]:
    items, true = bank(random)
    harmless = [HarmlessItem(float(one)) for one in random.normal(1.0, 1.0, 300)]
    rows: list[tuple[Any, ...]] = []
    theta = kappa = 0.0
    for reader in range(READERS):
        # In pairs of opposite criteria, so that ability and criterion go together in no sample by chance.
        if reader % 2 == 0:
            theta, kappa = float(random.normal()), float(random.normal(0, 0.7))
        else:
            kappa = -kappa
        both, hits_alone = Posterior(), Posterior(NO_CRITERION)
        left, left_harmless = list(range(ITEMS)), list(range(len(harmless)))
        now, reached = both.estimate(), None
        for number in range(1, 61):
            few = [int(one) for one in random.choice(len(left), 300, replace=False)]
            chosen = next_item([items[left[one]] for one in few], now, Mode.MEASURE, random)
            assert chosen is not None
            item = left.pop(few[chosen])
            answer = Answer(items[item], says(random, items[item].slope * (theta - true[item]) + kappa))
            both.add(answer)
            hits_alone.add(answer)
            other = next_item([harmless[one] for one in left_harmless], now, Mode.MEASURE, random)
            assert other is not None
            innocent = harmless[left_harmless.pop(other)]
            both.add(Answer(innocent, says(random, kappa - innocent.innocence)))
            now = both.estimate()
            if reached is None and now.theta_sd <= SE:
                reached = number
        low, high = now.interval(0.90)
        rows.append((theta, kappa, now.theta, hits_alone.estimate().theta, low <= theta <= high, now.theta_sd, reached))
    columns = list(zip(*rows, strict=True))[:6]
    thetas, kappas, estimate, alone, inside, spread = (np.array(one, float) for one in columns)

    def correlation(one: np.ndarray, other: np.ndarray) -> float:
        return round(float(np.corrcoef(one, other)[0, 1]), 3)

    reached_by = [one[6] for one in rows]
    return {
        "both kinds": {
            "with sensitivity": correlation(estimate, thetas),
            "with criterion": correlation(estimate, kappas),
            "coverage_90": round(float(inside.mean()), 3),
            "standard_error_median": round(float(np.median(spread)), 3),
            "reached_se_by_60": sum(one is not None for one in reached_by),
            "readers": READERS,
        },
        "hits alone": {"with sensitivity": correlation(alone, thetas), "with criterion": correlation(alone, kappas)},
        "constant": constant(random, items, harmless),
    }


def constant(random: Random, items: list[ThreatItem], harmless: list[HarmlessItem]) -> dict[str, Any]:
    rows = {}
    for name, chance in (("always threat", 1.0), ("always clear", 0.0), ("coin", 0.5)):
        levels = 0
        for _ in range(READERS):
            posterior, counts = Posterior(), [[0, 0], [0, 0]]
            for kind, pool in enumerate((items, harmless)):
                for at in random.choice(len(pool), 40, replace=False):
                    stopped = bool(random.random() < chance)
                    posterior.add(Answer(pool[int(at)], stopped))
                    counts[kind][0 if stopped else 1] += 1
            threats, innocent = ((one[0], one[1]) for one in counts)
            levels += level_of(posterior.estimate(), threats, innocent).number is not None
        rows[name] = {"people": READERS, "got_a_level": levels}
    return rows


def calibration(random: Random) -> dict[str, Any]:
    slopes, difficulties = np.exp(random.normal(0, 0.3, 60)), random.normal(0, 1, 60)
    theta = random.normal(size=(300, 1))
    chances = 1 / (1 + np.exp(-slopes * (theta - difficulties)))
    answers = (random.random((300, 60)) < chances).astype(float)
    own = calibrated(answers)
    rows: dict[str, Any] = {
        "own": {
            "b with truth": round(float(np.corrcoef(own.difficulty, difficulties)[0, 1]), 4),
            "a with truth": round(float(np.corrcoef(own.slope, slopes)[0, 1]), 4),
            "rounds": own.rounds,
        }
    }
    for name, fitted in (("girth", _by_girth), ("mirt", _by_mirt)):
        try:
            slope, difficulty = fitted(answers.astype(int))
        except ImportError:
            rows[name] = "not installed"
            continue
        rows[name] = {
            "b with truth": round(float(np.corrcoef(difficulty, difficulties)[0, 1]), 4),
            "a with truth": round(float(np.corrcoef(slope, slopes)[0, 1]), 4),
            "own b with its b": round(float(np.corrcoef(difficulty, own.difficulty)[0, 1]), 4),
        }
    return rows


def _by_girth(answers: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    from girth import twopl_mml  # type: ignore[import-not-found]  # a peer, not a dependency

    found = twopl_mml(answers.T)
    return found["Discrimination"], found["Difficulty"]


def _by_mirt(answers: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    from mirt import fit_mirt  # type: ignore[import-not-found]  # a peer, not a dependency

    found = fit_mirt(answers, model="2PL").model.parameters
    return found["discrimination"], found["difficulty"]


def bootstrap(random: Random) -> dict[str, Any]:
    rows: dict[str, Any] = {}
    for shown in (40, 80, 160):
        for slope in (1.0, 0.6):
            inside = dict.fromkeys(("d_prime", "criterion", "d_a", "a_z"), 0)
            for _ in range(TESTS):
                z_hit, z_alarm = float(random.normal(0.8, 0.4)), float(random.normal(-1.0, 0.4))
                hit, alarm = float(norm.cdf(z_hit)), float(norm.cdf(z_alarm))
                signal, noise = random.random(shown) < hit, random.random(shown) < alarm
                found = bootstrapped(list(signal), list(noise), slope, rounds=1000, rng=random)
                truth = measures_of(hit, alarm, slope)
                for name, (low, high) in found.items():
                    inside[name] += low <= getattr(truth, name) <= high
            rows[f"{shown} of each, slope {slope}"] = {name: round(one / TESTS, 3) for name, one in inside.items()}
    return rows


def courses(random: Random) -> dict[str, Any]:
    slope, each, sessions = 0.6, 40, 12
    inside, improved = {"start": 0, "end": 0, "images": 0}, 0
    for _ in range(1000):
        start, end, images = (
            float(random.uniform(0.6, 1.2)),
            float(random.uniform(1.6, 2.4)),
            float(random.uniform(120, 360)),
        )
        points = []
        for session in range(sessions):
            n = 2 * each * (session + 0.5)
            d_a = end - (end - start) * math.exp(-n / images)
            points.append(Point(n, *_test(random, d_a, slope, each)))
        curve = fitted_curve(points)
        inside["start"] += curve.start_interval[0] <= start <= curve.start_interval[1]
        inside["end"] += curve.end_interval[0] <= end <= curve.end_interval[1]
        inside["images"] += curve.images_interval[0] <= images <= curve.images_interval[1]
        improved += gain_of(_test(random, start, slope, 60), _test(random, end, slope, 60)).shown
    useless = 0
    for _ in range(2000):
        d_a = float(random.uniform(0.6, 2.0))
        useless += gain_of(_test(random, d_a, slope, 60), _test(random, d_a, slope, 60)).shown
    return {
        "curves": 1000,
        "inside_their_95_intervals": inside,
        "gain_shown_where_there_is_one": improved / 1000,
        "gain_shown_where_there_is_none": useless / 2000,
    }


def training(random: Random) -> dict[str, Any]:
    """28 days of 20 threats, 60 articles of 20 pictures each; a miss makes all pictures of its article .5 easier."""
    shares, repeated, returned, late = [], 0, 0, 0
    for _ in range(40):
        theta = float(random.normal())
        pictures = [
            Picture(f"{article}", f"{article}-{bag}", ThreatItem(1.2, float(random.normal(-0.8, 1.3))))
            for article in range(60)
            for bag in range(20)
        ]
        history: list[Shown] = []
        posterior, learnt = Posterior(NO_CRITERION), dict.fromkeys(map(str, range(60)), 0.0)
        last_seen: dict[str, int] = {}
        for day in range(28):
            for _ in range(20):
                choice = next_picture(pictures, history, day, posterior.estimate(), random)
                assert choice is not None
                shown = choice.picture
                repeated += day - last_seen.get(shown.picture, -DAYS_BETWEEN) < DAYS_BETWEEN
                last_seen[shown.picture] = day
                hit = says(random, 1.2 * (theta + learnt[shown.article] - shown.item.difficulty))
                history.append(Shown(shown.article, shown.picture, day, hit))
                returned += choice.returns
                if not choice.returns:
                    posterior.add(Answer(shown.item, hit))
                if not hit:
                    learnt[shown.article] += 0.5
            late += len(due_articles(history, day))
        shares.append(sum(one.hit for one in history) / len(history))
    return {
        "learners": len(shares),
        "hit_share": {
            "least": round(min(shares), 3),
            "median": round(float(np.median(shares)), 3),
            "most": round(max(shares), 3),
            "within_70_to_80": sum(0.70 <= one <= 0.80 for one in shares),
        },
        "pictures_seen_twice_within_a_fortnight": repeated,
        "returns": returned,
        "returns_left_for_a_later_day": late,
    }


def _test(random: Random, d_a: float, slope: float, each: int) -> tuple[float, float]:
    """d_a as a test of `each` threat and harmless items measures it, and its error."""
    z_alarm = float(random.normal(-1.0, 0.2))
    z_hit = d_a / math.sqrt(2 / (1 + slope**2)) + slope * z_alarm
    hits, alarms = (int(random.binomial(each, float(norm.cdf(z)))) for z in (z_hit, z_alarm))
    found = measures_of((hits + 0.5) / (each + 1), (alarms + 0.5) / (each + 1), slope)
    return found.d_a, d_a_error((hits, each - hits), (alarms, each - alarms), slope)


def main() -> None:
    arguments = argparse.ArgumentParser(description=__doc__)
    arguments.add_argument("--out", type=Path, required=True)
    parts = (calibration, bootstrap, courses, criterion, ability, training)
    arguments.add_argument(
        "--only", choices=[one.__name__ for one in parts], help="one part, with the seed it has in all"
    )
    chosen = arguments.parse_args()
    measured = {}
    for at, part in enumerate(parts):
        if chosen.only not in (None, part.__name__):
            continue
        measured[part.__name__] = part(np.random.default_rng([SEED, at]))
        print(part.__name__, measured[part.__name__], flush=True)
    write_result(chosen.out, "Measuring of simulated readers: ability, criterion, courses", SEED, measured)


if __name__ == "__main__":
    main()
