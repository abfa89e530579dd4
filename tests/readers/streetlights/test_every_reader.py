"""Promises of every hazard reader: split, shuffled within the lateness or restarted at any message, the same alerts."""

from __future__ import annotations

import json
from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from pandok.core.errors import StoreError
from pandok.readers.streetlights.alerts.alert import Alert, alert_id
from pandok.readers.streetlights.alerts.observation import Observation
from pandok.readers.streetlights.alerts.pole_reader import PoleReader
from tests.readers.streetlights.every_reader import READERS, Reader

names = pytest.mark.parametrize("name", sorted(READERS))
few = settings(max_examples=25)


def opened(reader: Reader, lateness_s: float = 0.0, pole: str = "p1") -> PoleReader:
    return PoleReader(pole, reader.make(), reader.levels, lateness_s)


def observations(reader: Reader, seed: int) -> list[Observation]:
    """Stretches of low, high and swinging values, some doubled, some with a gap, some not measured."""
    random = np.random.default_rng(seed)
    found, at_ms = [], 1_700_000_000_000
    share = 0.0
    for number in range(reader.count):
        if number % 15 == 0 and number >= reader.quiet:
            share = random.choice([0.0, 0.5, 0.95])
        at_ms += int(reader.every_s * 1000 * random.choice([1, 1, 1, 1, 3]))
        values = {
            of: low + (high - low) * float(np.clip(share + random.normal(0, 0.06), 0, 1))
            for of, (low, high) in reader.ranges.items()
            if random.random() > 0.05
        }
        found.append(Observation(at_ms, values, str(random.choice(reader.sensors))))
        if random.random() < 0.1:
            found.append(found[-1])
    return found


def read(reader: PoleReader, given_in: list[Observation]) -> list[Alert]:
    last = max(one.at_ms for one in given_in)
    return [*reader.observe_many(given_in), *reader.advance(last + 10_000_000)]


@names
def test_the_observations_of_these_checks_do_alert(name: str) -> None:
    found = [one for seed in range(8) for one in read(opened(READERS[name]), observations(READERS[name], seed))]
    assert found
    assert all(one.reason.ko and one.reason.en and one.reason.ko != one.reason.en for one in found)
    assert all(one.alert_id == alert_id("p1", one.reader, one.version, one.onset_ms) for one in found)


@names
@few
@given(seed=st.integers(0, 10_000), at=st.integers(0, 700))
def test_restarted_at_any_message_it_goes_on_alike(name: str, seed: int, at: int) -> None:
    stream = observations(READERS[name], seed)
    whole = read(opened(READERS[name], 90), stream)
    first, then = opened(READERS[name], 90), opened(READERS[name], 90)
    begun = first.observe_many(stream[:at])
    then.restore(first.saved())
    assert then.saved() == first.saved()
    assert begun + read(then, stream[at:] or stream[-1:]) == whole


@names
@few
@given(seed=st.integers(0, 10_000), late=st.integers(0, 10_000))
def test_shuffled_within_the_lateness_it_alerts_alike(name: str, seed: int, late: int) -> None:
    stream = observations(READERS[name], seed)
    random = np.random.default_rng(late)
    lateness_s = 3.5 * READERS[name].every_s
    # Each one comes up to the lateness after its time: none is then older than the newest by more than that.
    arrival = [one.at_ms + random.uniform(0, lateness_s * 1000) for one in stream]
    shuffled = [stream[number] for number in np.argsort(arrival, kind="stable")]
    reader = opened(READERS[name], lateness_s)
    assert read(reader, shuffled) == read(opened(READERS[name], lateness_s), stream)
    assert reader.order.too_late == 0
    # The ids and onsets are also those of a pole that decides at once.
    assert read(opened(READERS[name], lateness_s), shuffled) == read(opened(READERS[name]), stream)


@names
@few
@given(seed=st.integers(0, 10_000), twice=st.sets(st.integers(0, 119), max_size=20))
def test_messages_that_come_twice_change_nothing(name: str, seed: int, twice: set[int]) -> None:
    stream = observations(READERS[name], seed)
    doubled = [one for number, one in enumerate(stream) for _ in range(2 if number in twice else 1)]
    assert read(opened(READERS[name], 90), doubled) == read(opened(READERS[name], 90), stream)


@names
def test_asking_changes_nothing(name: str) -> None:
    reader = READERS[name].make()
    for one in observations(READERS[name], 3):
        before = json.dumps(reader.state(), sort_keys=True)
        assert reader.score_one(one) == reader.score_one(one)
        assert json.dumps(reader.state(), sort_keys=True) == before
        reader.learn_one(one)


@names
def test_the_state_of_another_version_reader_pole_or_format_is_refused(name: str) -> None:
    reader = opened(READERS[name])
    reader.observe_many(observations(READERS[name], 1)[:40])
    saved = reader.saved()
    for part, value in {"version": "0", "reader": "other", "pole": "p2", "format": 99}.items():
        with pytest.raises(StoreError) as refused:
            opened(READERS[name]).restore(json.dumps({**json.loads(saved), part: value}).encode())
        assert refused.value.error_code == "street.state_of_another"
        assert refused.value.fields["part"] == part


@names
@pytest.mark.parametrize("damage", [b"", b"[]", b"\xff", b'{"format": 1}'])
def test_a_damaged_state_is_refused_and_changes_nothing(name: str, damage: bytes) -> None:
    reader = opened(READERS[name])
    reader.observe_many(observations(READERS[name], 1)[:40])
    before = reader.saved()
    with pytest.raises(StoreError):
        reader.restore(damage)
    cut = {**json.loads(before), "detector": {}}
    with pytest.raises(StoreError) as refused:
        reader.restore(json.dumps(cut).encode())
    assert refused.value.error_code == "street.state_damaged"
    assert reader.saved() == before


def test_what_comes_later_than_stated_is_counted_and_left_out() -> None:
    reader = opened(READERS["flood-level"], lateness_s=60)
    reader.observe(Observation(1_000_000, {"depth_cm": 0.0}))
    assert reader.observe(Observation(939_999, {"depth_cm": 99.0})) == []
    assert reader.order.too_late == 1


def test_two_poles_never_share_an_id() -> None:
    stream = observations(READERS["flood-level"], 2)
    here = {one.alert_id for one in read(opened(READERS["flood-level"]), stream)}
    there = {one.alert_id for one in read(opened(READERS["flood-level"], pole="p2"), stream)}
    assert here
    assert not here & there


def test_an_operator_may_change_thresholds_while_an_alert_stands() -> None:
    reader = READERS["flood-level"]
    before = opened(reader)
    (raised,) = before.observe_many([Observation(1000, {"depth_cm": 40.0})])
    steps = tuple(replace(one, rises_at=one.rises_at + 5, falls_at=one.falls_at + 5) for one in reader.levels.steps)
    after = PoleReader("p1", reader.make(), replace(reader.levels, steps=steps))
    after.restore(before.saved())
    dry = [Observation(1000 + 60_000 * minute, {"depth_cm": 0.0}) for minute in range(1, 8)]
    assert [(one.change, one.alert_id) for one in after.observe_many(dry)][-1] == ("cleared", raised.alert_id)
