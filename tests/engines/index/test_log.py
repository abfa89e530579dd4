"""The log of changes: what a crash may leave, and what is damage."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest

from pandok.core.errors import StoreError
from pandok.engines.index.log import Change, LogWriter, read_committed
from pandok.engines.index.port import Attributes

D = 4


def added(*keys: int) -> Change:
    n = len(keys)
    attributes = Attributes(np.arange(n, dtype=np.int32), np.arange(n) % 2 == 0, np.arange(n) % 3 == 0)
    return Change("add", np.array(keys), attributes, np.full((n, D), 0.5, np.float16))


def written(path: Path, *groups: list[Change]) -> list[int]:
    """A log with one commit after each group; returns where each commit ends."""
    writer = LogWriter(path, D, 0)
    ends = []
    for group in groups:
        for change in group:
            writer.append(change)
        ends.append(writer.commit())
    writer.close()
    return ends


def keys_of(path: Path, start: int = 0) -> list[list[int]]:
    return [change.keys.tolist() for change in read_committed(path, D, start)[0]]


def test_changes_come_back_as_they_went_in(tmp_path: Path) -> None:
    path = tmp_path / "log.bin"
    some = Attributes(np.array([901], np.int32), np.array([False]), np.array([True]))
    changes = [added(1, 2, 3), Change("remove", np.array([2])), Change("set", np.array([3]), some)]
    ends = written(path, changes)
    back, end = read_committed(path, D, 0)
    assert end == ends[0] == path.stat().st_size
    assert [change.kind for change in back] == ["add", "remove", "set"]
    assert back[0].vectors is not None
    assert back[0].vectors.shape == (3, D)
    assert back[0].attributes is not None
    assert back[0].attributes.in_force.tolist() == [True, False, True]
    assert back[2].attributes is not None
    assert back[2].attributes.recorded.tolist() == [True]
    raw = np.frombuffer(path.read_bytes(), np.uint8)[back[0].vectors_at :][: 2 * D].view(np.float16)
    assert raw.tolist() == [0.5] * D


def test_every_cut_leaves_a_finished_flush(tmp_path: Path) -> None:
    """Cut at every byte: what is read is what the last whole commit held."""
    path = tmp_path / "log.bin"
    ends = written(path, [added(1)], [added(2), Change("remove", np.array([1]))], [added(3, 4)])
    whole = path.read_bytes()
    expected = {0: [], 1: [[1]], 2: [[1], [2], [1]], 3: [[1], [2], [1], [3, 4]]}
    for length in range(len(whole) + 1):
        path.write_bytes(whole[:length])
        assert keys_of(path) == expected[sum(end <= length for end in ends)], length


def test_a_torn_tail_is_cut_off_by_the_next_writer(tmp_path: Path) -> None:
    path = tmp_path / "log.bin"
    (end,) = written(path, [added(1)])
    with path.open("ab") as file:
        file.write(b"PkFr half a frame")
    writer = LogWriter(path, D, end)
    writer.append(added(2))
    writer.commit()
    writer.close()
    assert keys_of(path) == [[1], [2]]


def test_reading_goes_on_from_an_earlier_end(tmp_path: Path) -> None:
    path = tmp_path / "log.bin"
    ends = written(path, [added(1)], [added(2)])
    assert keys_of(path, ends[0]) == [[2]]
    assert read_committed(path, D, ends[1]) == ([], ends[1])


def test_a_damaged_byte_before_a_commit_is_never_taken_for_a_torn_tail(tmp_path: Path) -> None:
    path = tmp_path / "log.bin"
    ends = written(path, [added(1)], [added(2)], [added(3)])
    whole = path.read_bytes()
    for at in range(16, ends[1]):
        damaged = bytearray(whole)
        damaged[at] ^= 0x55
        path.write_bytes(bytes(damaged))
        with pytest.raises(StoreError) as refused:
            LogWriter(path, D, read_committed(path, D, 0)[1])
        assert refused.value.error_code == "store.index_corrupt"


def test_another_dimension_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "log.bin"
    written(path, [added(1)])
    with pytest.raises(StoreError) as refused:
        read_committed(path, D + 1, 0)
    assert refused.value.error_code == "store.index_dimension"


def test_a_file_of_another_kind_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "log.bin"
    path.write_bytes(b"something else entirely, long enough")
    with pytest.raises(StoreError):
        read_committed(path, D, 0)


def test_a_full_disk_leaves_no_half_frame(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = tmp_path / "log.bin"
    writer = LogWriter(path, D, 0)
    writer.append(added(1))
    put = LogWriter._put
    calls = iter(range(100))

    def fail_in_the_middle(self: LogWriter, data: bytes | memoryview) -> None:
        if next(calls) == 2:
            raise OSError(28, "No space left on device")
        put(self, data)

    with monkeypatch.context() as patch:
        patch.setattr(LogWriter, "_put", fail_in_the_middle)
        with pytest.raises(StoreError):
            writer.append(added(2))
    writer.append(added(3))
    writer.commit()
    writer.close()
    assert keys_of(path) == [[1], [3]]
