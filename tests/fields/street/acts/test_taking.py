"""What is acknowledged is kept, once; what cannot be true is not."""

from __future__ import annotations

import random
from datetime import timedelta
from pathlib import Path

import pytest
from django.db import IntegrityError
from hypothesis import given
from hypothesis import strategies as st

from pandok.common.models import AuditEntry
from pandok.fields.street.acts import taking
from pandok.fields.street.acts.keeping_history import history_of, pack
from pandok.fields.street.acts.taking import Taken, take
from pandok.fields.street.hazards import none_yet
from pandok.fields.street.messages import pole_of, read_message
from pandok.fields.street.models import Alert, CurrentValue, HistoryFile, PoleState, Spool, TakenMessage
from pandok.fields.street.sequence import WINDOW, Came, Kept
from tests.fields.street.bed import NOON, SPOOL, arrived, deep, later, message, ms, pole, reading

pytestmark = pytest.mark.django_db


def depths() -> list[float]:
    return [one.readings[0][3] for one in TakenMessage.objects.order_by("sequence")]


def test_a_gap_holds_the_acknowledgement_back_until_it_is_filled() -> None:
    pole()
    told = [take([arrived("buk-1", message(n, reading(n)))], hazards=none_yet)[0].contiguous for n in (1, 3, 4, 2)]
    assert told == [1, 1, 1, 4]
    assert depths() == [1, 2, 3, 4]


def test_a_message_that_comes_twice_is_kept_once_and_acknowledged_again() -> None:
    pole()
    first = [arrived("buk-1", message(1, reading(16)))] * 2
    assert take(first, hazards=deep) == [Taken("buk-1", SPOOL, 1)]
    assert take(first[:1], hazards=deep) == [Taken("buk-1", SPOOL, 1)]
    assert (TakenMessage.objects.count(), Alert.objects.count(), PoleState.objects.get().again) == (1, 1, 2)


@given(st.permutations(range(1, 9)), st.lists(st.integers(1, 8), max_size=10))
def test_any_order_and_any_repeats_end_at_the_same_number(order: list[int], again: list[int]) -> None:
    kept, new = Kept(), 0
    for number in [*order, *again]:
        kept, came = kept.take(number)
        new += came is Came.NEW
    assert (kept, new) == (Kept(8, frozenset()), 8)


def test_a_number_far_ahead_is_not_taken() -> None:
    pole()
    assert take([arrived("buk-1", message(WINDOW + 1, reading()))], hazards=none_yet)[0].contiguous == 0
    assert not TakenMessage.objects.exists()


def test_a_pole_that_lost_its_disk_begins_another_spool_and_loses_nothing() -> None:
    pole()
    other = "f" * 32
    take([arrived("buk-1", message(1, reading(1)))], hazards=none_yet)
    assert take([arrived("buk-1", message(1, reading(2), spool=other))], hazards=none_yet)[0] == Taken(
        "buk-1", other, 1
    )
    assert TakenMessage.objects.count() == 2


def test_a_pole_cannot_fill_the_tables_with_spools(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(taking, "MOST_SPOOLS", 3)
    pole()
    for number in range(5):
        take([arrived("buk-1", message(1, reading(), spool=f"{number:032x}"))], hazards=none_yet)
    assert Spool.objects.count() == 3


def test_a_pole_that_nobody_registered_is_neither_kept_nor_acknowledged() -> None:
    pole()
    assert take([arrived("stranger", message(1, reading()))], hazards=none_yet) == []
    assert not TakenMessage.objects.exists()


@pytest.mark.parametrize(
    "wrong",
    [
        {"unit": "mm"},
        {"value": 1e9},
        {"value": -40.0},
        {"sensor": "level-9"},
        {"property": "rain_mm_h"},
        {"at_ms": ms(NOON + timedelta(minutes=10))},
        {"at_ms": ms(NOON - timedelta(days=500))},
    ],
)
def test_a_reading_that_cannot_be_true_is_refused_and_its_number_counts(wrong: dict[str, object]) -> None:
    pole()
    assert take([arrived("buk-1", message(1, reading(**wrong), reading(4)))], hazards=deep)[0].contiguous == 1
    assert depths() == [4.0]
    state = PoleState.objects.get()
    assert state.refused == 1
    assert state.last_refusal


@pytest.mark.parametrize(
    "body",
    [
        b"",
        b"{}",
        b"[" * 40_000,
        b'{"spool":"x","sequence":1,"sent_ms":1}',
        b'{"spool":"' + b"0" * 32 + b'","sequence":0,"sent_ms":1}',
        b'{"spool":"' + b"0" * 32 + b'","sequence":1.5,"sent_ms":1}',
        b'{"spool":"' + b"0" * 32 + b'","sequence":"1","sent_ms":1}',
        b'{"spool":"' + b"0" * 32 + b'","sequence":99999999999999999999,"sent_ms":1}',
        b'{"spool":"' + b"0" * 32 + b'","sequence":1,"sent_ms":1,"pole":"buk-2"}',
        b'{"spool":"' + b"0" * 32 + b'","sequence":1,"sent_ms":1,"readings":[{"sensor":"level-1","property":"depth_cm",'
        b'"unit":"cm","at_ms":1,"value":NaN}]}',
        b"\xff\xfe" * 10,
        b" " * 70_000,
    ],
)
def test_bytes_that_are_no_message_are_none(body: bytes) -> None:
    assert read_message(body) is None


def test_only_the_tree_of_poles_names_a_pole() -> None:
    assert pole_of("pandok/street/buk-1/up") == "buk-1"
    for topic in ("pandok/street/buk-1/ack", "pandok/street//up", "pandok/street/a/b/up", "other/buk-1/up", "up"):
        assert pole_of(topic) is None


@pytest.mark.parametrize("hours", [-1, 1])
def test_a_clock_an_hour_off_is_corrected_and_told(hours: int) -> None:
    pole()
    off = timedelta(hours=hours)
    take([arrived("buk-1", message(1, reading(16, NOON + off), sent=NOON + off))], hazards=deep)
    assert CurrentValue.objects.get().at == NOON
    assert Alert.objects.get().onset_at == NOON
    assert PoleState.objects.get().clock_offset_ms == -round(off.total_seconds() * 1000)


def test_an_older_reading_is_kept_and_does_not_become_the_newest() -> None:
    pole()
    take([arrived("buk-1", message(1, reading(9, NOON)))], hazards=none_yet)
    take([arrived("buk-1", message(2, reading(2, NOON - timedelta(minutes=5))))], hazards=none_yet)
    assert CurrentValue.objects.get().value == 9
    assert (PoleState.objects.get().late, len(depths())) == (1, 2)


def test_stopped_at_any_message_and_sent_again_it_ends_the_same() -> None:
    pole()
    values = [2, 16, 18, 9, 20, 3]
    sent = [arrived("buk-1", message(n + 1, reading(v, later(60 * n)), sent=later(60 * n)), later(60 * n))
            for n, v in enumerate(values)]  # fmt: skip
    chance = random.Random(5)
    while Spool.objects.values_list("contiguous", flat=True).first() != len(values):
        start = Spool.objects.values_list("contiguous", flat=True).first() or 0
        part = sent[start : start + chance.randint(1, 3)]
        try:
            with pytest.MonkeyPatch.context() as patch:
                if chance.random() < 0.5:
                    patch.setattr(taking, "keep_found", _die)
                    patch.setattr(taking, "read_all", _die)
                take(part, hazards=deep)
        except ConnectionError:
            continue
    assert depths() == values
    assert sorted(Alert.objects.values_list("onset_at", flat=True)) == [later(60), later(240)]
    assert AuditEntry.objects.filter(action="alert.raised").count() == 2


def _die(*_: object, **__: object) -> None:
    raise ConnectionError("killed between what was kept and what was said")


def test_the_table_itself_refuses_a_number_twice() -> None:
    pole()
    take([arrived("buk-1", message(1, reading()))], hazards=none_yet)
    row = TakenMessage.objects.get()
    row.pk = None
    with pytest.raises(IntegrityError):
        row.save(force_insert=True)


def test_every_message_is_in_the_table_or_in_one_file(tmp_path: Path) -> None:
    pole()
    for number in range(1, 6):
        take([arrived("buk-1", message(number, reading(number, later(number)), sent=NOON))], hazards=none_yet)
    assert pack(tmp_path, now=NOON, least=10) is None
    packed = pack(tmp_path, now=NOON)
    assert packed is not None
    assert (packed.messages, TakenMessage.objects.count()) == (5, 0)
    take([arrived("buk-1", message(6, reading(6, later(6)), sent=NOON))], hazards=none_yet)
    pack(tmp_path, now=NOON)
    assert history_of(tmp_path, "buk-1")["value"].to_list() == [1, 2, 3, 4, 5, 6]
    # Sent again after it was packed, it is still known.
    take([arrived("buk-1", message(3, reading(3)))], hazards=none_yet)
    assert (TakenMessage.objects.count(), HistoryFile.objects.count()) == (0, 2)
