"""What only the FAISS index promises: several processes, rebuilding without a pause, damage that is named."""

from __future__ import annotations

import threading
from pathlib import Path

import numpy as np
import pytest
from numpy.typing import NDArray

from pandok.core.errors import StoreError
from pandok.engines.index import build as index_build
from pandok.engines.index import faiss as faiss_index
from pandok.engines.index import generation as index_generation
from pandok.engines.index import vector_heads as index_heads
from pandok.engines.index.faiss import FaissIndex
from pandok.engines.index.port import Attributes, IndexFilter

D = 16


def vectors(n: int, seed: int = 0) -> NDArray[np.float32]:
    made = np.random.default_rng(seed).standard_normal((n, D)).astype(np.float32)
    return made / np.linalg.norm(made, axis=1, keepdims=True)


def attributes(n: int, code: int = 901) -> Attributes:
    return Attributes(np.full(n, code, np.int32), np.ones(n, np.bool_), np.ones(n, np.bool_))


def filled(folder: Path, n: int = 800) -> FaissIndex:
    index = FaissIndex(folder, D, threads=1)
    index.add(np.arange(n), vectors(n), attributes(n))
    index.flush()
    return index


@pytest.fixture(autouse=True)
def clusters_from_few_rows(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(index_build, "ONE_CLUSTER_ROWS", 300)


def test_another_process_sees_what_was_flushed_and_nothing_else(tmp_path: Path) -> None:
    writer, reader = FaissIndex(tmp_path, D), FaissIndex(tmp_path, D)
    writer.add(np.arange(5), vectors(5), attributes(5))
    assert len(reader) == 0
    writer.flush()
    assert len(reader) == 5
    writer.remove(np.array([0]))
    assert len(reader) == 5
    writer.rebuild()
    assert len(reader) == 4
    assert reader.state().generation == 1
    assert reader.search(vectors(5)[1:2], 1).keys[0, 0] == 1


def test_two_writers_take_turns(tmp_path: Path) -> None:
    one, two = FaissIndex(tmp_path, D), FaissIndex(tmp_path, D, lock_wait_s=0)
    one.add(np.array([1]), vectors(1), attributes(1))
    with pytest.raises(StoreError) as refused:
        two.add(np.array([2]), vectors(1), attributes(1))
    assert refused.value.error_code == "store.index_busy"
    one.flush()
    two.add(np.array([2]), vectors(1), attributes(1))
    two.flush()
    assert len(one) == len(two) == 2


def test_one_rebuild_at_a_time(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    index, other = filled(tmp_path), FaissIndex(tmp_path, D)
    write = faiss_index.write_generation

    def write_while_another_tries(*given: object, **named: object) -> None:
        with pytest.raises(StoreError) as refused:
            other.rebuild()
        assert refused.value.error_code == "store.index_busy"
        write(*given, **named)  # type: ignore[arg-type]

    monkeypatch.setattr(faiss_index, "write_generation", write_while_another_tries)
    index.rebuild()
    assert len(other) == 800


def test_changes_and_searches_go_on_during_a_rebuild(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    index, other = filled(tmp_path), FaissIndex(tmp_path, D)
    write = faiss_index.write_generation
    new = vectors(2, seed=9)

    def write_while_things_change(*given: object, **named: object) -> None:
        write(*given, **named)  # type: ignore[arg-type]
        other.add(np.array([5000]), new[:1], attributes(1))
        other.remove(np.array([3]))
        other.set_attributes(np.array([4]), attributes(1, code=1234))
        other.flush()
        assert other.search(new[:1], 1).keys[0, 0] == 5000
        index.add(np.array([6000]), new[1:], attributes(1))
        assert index.search(new[1:], 1).keys[0, 0] == 6000

    monkeypatch.setattr(faiss_index, "write_generation", write_while_things_change)
    index.rebuild()
    for one in (index, other, FaissIndex(tmp_path, D)):
        assert one.state().generation == 1
        assert one.search(new, 1).keys[:, 0].tolist() == [5000, 6000]
        assert len(one) == 801
        assert one.search(new[:1], 2, IndexFilter(classes=frozenset({1234}))).keys.tolist() == [[4, -1]]
        with pytest.raises(StoreError):
            one.reconstruct(np.array([3]))


def test_searching_threads_never_miss_a_row_while_it_is_replaced(tmp_path: Path) -> None:
    index = filled(tmp_path)
    index.rebuild()
    wanted = vectors(800)[7:8]
    missed: list[int] = []
    stop = threading.Event()

    def look() -> None:
        while not stop.is_set():
            if index.search(wanted, 1).keys[0, 0] != 7:
                missed.append(1)

    thread = threading.Thread(target=look)
    thread.start()
    for turn in range(30):
        index.add(np.array([7]), wanted, attributes(1))
        if turn % 10 == 0:
            index.rebuild()
    stop.set()
    thread.join()
    assert not missed


def test_old_generations_go_but_the_one_before_stays(tmp_path: Path) -> None:
    index = filled(tmp_path)
    for _ in range(3):
        index.rebuild()
    assert sorted(path.name for path in tmp_path.glob("g*")) == ["g000002", "g000003"]


def test_a_rebuild_that_was_cut_short_is_forgotten(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    index = filled(tmp_path)

    def fail(*_: object) -> None:
        raise OSError(28, "No space left on device")

    with monkeypatch.context() as patch:
        patch.setattr(faiss_index, "write_current", fail)
        with pytest.raises(StoreError) as refused:
            index.rebuild()
    assert refused.value.error_code == "store.index_disk"
    assert len(index) == len(FaissIndex(tmp_path, D)) == 800
    index.add(np.array([900]), vectors(1), attributes(1))
    index.rebuild()
    assert len(FaissIndex(tmp_path, D)) == 801


def test_what_could_not_be_flushed_is_forgotten(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    index = filled(tmp_path)
    index.add(np.array([900]), vectors(1), attributes(1))

    def fail(_: int) -> None:
        raise OSError(5, "Input/output error")

    with monkeypatch.context() as patch:
        patch.setattr("pandok.engines.index.log.os.fsync", fail)
        with pytest.raises(StoreError):
            index.flush()
    index.add(np.array([901]), vectors(1), attributes(1))
    index.flush()
    assert 800 < len(index) == len(FaissIndex(tmp_path, D))


@pytest.mark.parametrize("name", ["keys", "key_order", "class_code", "flags", "starts", "centroids"])
def test_damage_to_a_small_file_is_named_at_opening(tmp_path: Path, name: str) -> None:
    filled(tmp_path).rebuild()
    path = tmp_path / "g000001" / f"{name}.bin"
    data = bytearray(path.read_bytes())
    data[len(data) // 2] ^= 0xFF
    path.write_bytes(bytes(data))
    with pytest.raises(StoreError) as refused:
        FaissIndex(tmp_path, D)
    assert refused.value.error_code == "store.index_corrupt"
    assert name in refused.value.what.en
    assert "again" in refused.value.next_step.en


@pytest.mark.parametrize("file", ["vectors.bin", "keys.bin", "generation.json", "log.bin", "../CURRENT"])
@pytest.mark.parametrize("how", ["absent", "short", "empty"])
def test_absent_and_short_files_are_named_at_opening(tmp_path: Path, file: str, how: str) -> None:
    index = filled(tmp_path)
    index.rebuild()
    index.add(np.array([900]), vectors(1), attributes(1))
    index.close()
    path = tmp_path / "g000001" / file
    if how == "absent":
        path.unlink()
    else:
        path.write_bytes(path.read_bytes()[: 0 if how == "empty" else -3])
    if file == "log.bin" and how != "absent":
        assert len(FaissIndex(tmp_path, D)) == 800  # as if the crash had come before the last flush
        return
    with pytest.raises(StoreError) as refused:
        FaissIndex(tmp_path, D)
    assert refused.value.error_code == "store.index_corrupt"


def test_damage_to_the_vectors_is_found_by_verify_and_not_carried_on(tmp_path: Path) -> None:
    filled(tmp_path).rebuild()
    path = tmp_path / "g000001" / "vectors.bin"
    data = bytearray(path.read_bytes())
    data[1000] ^= 0xFF
    path.write_bytes(bytes(data))
    index = FaissIndex(tmp_path, D)
    for step in (index.verify, index.rebuild):
        with pytest.raises(StoreError) as refused:
            step()
        assert refused.value.error_code == "store.index_corrupt"


def test_damaged_row_numbers_never_become_results(tmp_path: Path) -> None:
    filled(tmp_path, n=200).rebuild()  # one cluster: vectors first, then row numbers
    path = tmp_path / "g000001" / "vectors.bin"
    data = bytearray(path.read_bytes())
    data[200 * 2 * D :] = b"\x7f" * (200 * 8)
    path.write_bytes(bytes(data))
    with pytest.raises(StoreError) as refused:
        FaissIndex(tmp_path, D).search(vectors(1), 5)
    assert refused.value.error_code == "store.index_corrupt"


def test_clusters_are_kept_until_the_register_has_doubled(tmp_path: Path) -> None:
    index = filled(tmp_path)
    index.rebuild()
    first = (tmp_path / "g000001" / "centroids.bin").read_bytes()
    index.remove(np.arange(10))
    index.rebuild()
    assert (tmp_path / "g000002" / "centroids.bin").read_bytes() == first
    index.add(np.arange(1000, 4000), vectors(3000, seed=3), attributes(3000))
    index.rebuild()
    assert (tmp_path / "g000003" / "centroids.bin").read_bytes() != first


def test_rebuild_is_due_after_many_changes(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(faiss_index, "ONE_CLUSTER_ROWS", 300)
    index = filled(tmp_path, n=151)
    assert index.state().rebuild_due
    index.rebuild()
    assert not index.state().rebuild_due


def test_fewer_scanned_rows_still_return_every_row_of_a_rare_class(tmp_path: Path) -> None:
    index = FaissIndex(tmp_path, D, threads=1, scan_rows=20)
    codes = np.full(800, 901, np.int32)
    codes[[5, 300, 799]] = 77
    index.add(np.arange(800), vectors(800), Attributes(codes, np.ones(800, np.bool_), np.ones(800, np.bool_)))
    index.rebuild()
    found = index.search(vectors(4, seed=8), 10, IndexFilter(classes=frozenset({77})))
    assert [set(line) for line in found.keys[:, :3].tolist()] == [{5, 300, 799}] * 4
    assert (found.keys[:, 3:] == -1).all()
    assert (index.search(vectors(4, seed=8), 500).keys >= 0).all()


@pytest.fixture
def short_heads(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(index_heads, "HEAD", 8)
    monkeypatch.setattr(index_heads, "HEADS_FROM_ROWS", 300)
    monkeypatch.setattr(index_generation, "EXACT_ROWS", 60)


def crowded(n: int, seed: int = 0) -> NDArray[np.float32]:
    """Vectors of which most lies in six directions, as those of a register do."""
    rng = np.random.default_rng(seed)
    basis = np.linalg.qr(np.random.default_rng(99).standard_normal((D, 6)))[0]
    made = rng.standard_normal((n, 6)) @ basis.T + 0.05 * rng.standard_normal((n, D))
    return (made / np.linalg.norm(made, axis=1, keepdims=True)).astype(np.float32)


@pytest.mark.usefixtures("short_heads")
@pytest.mark.parametrize("code", [None, 901, 7])
def test_rows_found_by_their_heads_are_compared_at_full_length(tmp_path: Path, code: int | None) -> None:
    index, rows, codes = FaissIndex(tmp_path, D, threads=1), crowded(6000), np.arange(6000) % 1000
    given = attributes(6000)
    given.class_code[codes < 30] = 7
    index.add(np.arange(6000), rows, given)
    index.rebuild()
    assert (tmp_path / "g000001" / "heads.bin").exists()
    asked = crowded(20, seed=5)
    found = FaissIndex(tmp_path, D).search(asked, 10, IndexFilter(None if code is None else frozenset({code})))
    exact = asked @ rows.astype(np.float16).astype(np.float32).T
    if code is not None:
        exact[:, given.class_code != code] = -np.inf
    order = np.argsort(-exact, axis=1)[:, :10]
    assert np.mean([len(set(a) & set(b)) / 10 for a, b in zip(found.keys, order, strict=True)]) > 0.99
    np.testing.assert_allclose(found.scores[:, 0], np.take_along_axis(exact, order, 1)[:, 0], atol=1e-5)


@pytest.mark.usefixtures("short_heads")
@pytest.mark.parametrize("damage", ["altered", "short", "absent", "row numbers"])
def test_damaged_heads_are_named_and_never_become_results(tmp_path: Path, damage: str) -> None:
    index = FaissIndex(tmp_path, D, threads=1)
    index.add(np.arange(800), crowded(800), attributes(800))
    index.rebuild()
    index.close()
    path = tmp_path / "g000001" / "heads.bin"
    data = bytearray(path.read_bytes())
    if damage == "altered":
        data[100] ^= 255
    elif damage == "row numbers":
        data[-1] ^= 64
    path.write_bytes(data[:-8] if damage == "short" else data)
    if damage == "absent":
        path.unlink()

    def use() -> None:
        opened = FaissIndex(tmp_path, D)
        for row in crowded(800):
            opened.search(row[None], 800)
        opened.verify()

    with pytest.raises(StoreError) as refused:
        use()
    assert refused.value.error_code == "store.index_corrupt"


def test_a_generation_without_heads_is_opened_and_gets_them_by_the_next_rebuild(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    index = FaissIndex(tmp_path, D, threads=1)
    index.add(np.arange(800), crowded(800), attributes(800))
    index.rebuild()
    assert not (tmp_path / "g000001" / "heads.bin").exists()
    monkeypatch.setattr(index_heads, "HEAD", 8)
    monkeypatch.setattr(index_heads, "HEADS_FROM_ROWS", 300)
    again = FaissIndex(tmp_path, D, threads=1)
    assert again.search(crowded(800)[5:6], 1).keys[0, 0] == 5
    again.rebuild()
    assert (tmp_path / "g000002" / "heads.bin").exists()
    assert again.search(crowded(800)[5:6], 1).keys[0, 0] == 5
