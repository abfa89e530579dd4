"""Readers that stay in memory are where the database says, whatever happened in between."""

from __future__ import annotations

import random
from collections.abc import Sequence

import pytest
from django.db import transaction

from pandok.core.errors import StoreError
from pandok.fields.street.acts.taking import Arrived, take
from pandok.fields.street.hazards import Hazard, Hazards, PoleToRead
from pandok.fields.street.models import Alert, ReaderState
from pandok.fields.street.readers_in_memory import in_memory
from tests.fields.street.bed import Deep, arrived, later, message, pole, reading

pytestmark = pytest.mark.django_db
DEPTHS = [0, 20, 30, 5, 0, 18, 18, 2, 40, 40, 1, 0]


def deep_ones(made: list[Deep]) -> Hazards:
    def of_pole(one: PoleToRead) -> Sequence[Hazard]:
        made.append(Deep(one.key))
        return [made[-1]]

    return of_pole


def said(number: int) -> Arrived:
    at = later(60 * number)
    return arrived("buk-1", message(number, reading(DEPTHS[number - 1], at), sent=at), at)


def test_they_are_made_once_and_raise_what_those_that_are_restored_raise() -> None:
    pole()
    made: list[Deep] = []
    kept = in_memory(deep_ones(made))
    for number in range(1, len(DEPTHS) + 1):
        take([said(number)], hazards=kept)
    alerts = set(Alert.objects.values_list("pk", "onset_at", "cleared_at"))
    assert (len(made), len(alerts)) == (1, 3)
    one = Deep("buk-1")
    one.restore(ReaderState.objects.get().saved)
    assert one.onset_ms == made[0].onset_ms


@pytest.mark.parametrize("seed", range(6))
def test_rolled_back_taken_elsewhere_or_stopped_the_alerts_are_the_same(seed: int) -> None:
    pole()
    chance = random.Random(seed)
    here, there = in_memory(deep_ones([])), in_memory(deep_ones([]))
    for number in range(1, len(DEPTHS) + 1):
        match chance.choice(["rolled back", "elsewhere", "stopped", "here"]):
            case "rolled back":
                with transaction.atomic():
                    take([said(number)], hazards=here)
                    transaction.set_rollback(True)
            case "elsewhere":
                take([said(number)], hazards=there)
            case "stopped":
                here = in_memory(deep_ones([]))
        take([said(number)], hazards=here)
    onsets = Alert.objects.order_by("onset_at").values_list("onset_at", "cleared_at")
    assert list(onsets) == [(later(120), later(240)), (later(360), later(480)), (later(540), later(660))]


def test_what_was_read_before_a_first_batch_was_rolled_back_is_forgotten() -> None:
    pole()
    kept = in_memory(deep_ones([]))
    with transaction.atomic():
        take([said(1), said(2)], hazards=kept)
        transaction.set_rollback(True)
    take([said(1)], hazards=kept)
    assert ReaderState.objects.get().saved == "null"


def test_of_another_pole_to_read_they_are_made_anew_and_few_are_kept() -> None:
    made: list[Deep] = []
    kept = in_memory(deep_ones(made), most_poles=2)
    first = PoleToRead("buk-1", (("level-1", "depth_cm"),))
    kept(first)
    kept(first)
    assert len(made) == 1
    kept(PoleToRead("buk-1", (("level-1", "depth_cm"), ("level-2", "depth_cm"))))
    assert len(made) == 2
    for key in ("buk-2", "buk-3", "buk-2"):
        kept(PoleToRead(key, ()))
    assert len(made) == 4
    kept(PoleToRead("buk-1", ()))
    assert len(made) == 5


def test_a_state_that_is_not_its_own_leaves_it_as_it_was_made() -> None:
    class Strict(Deep):
        def restore(self, saved: str) -> None:
            if saved == "another":
                self.onset_ms = 99
                raise_damaged()
            super().restore(saved)

    def raise_damaged() -> None:
        from pandok.readers.streetlights.alerts import refusals

        raise refusals.damaged("x")

    (one,) = in_memory(lambda of: [Strict(of.key)])(PoleToRead("buk-1", ()))
    with pytest.raises(StoreError):
        one.restore("another")
    assert one.saved() == "null"
