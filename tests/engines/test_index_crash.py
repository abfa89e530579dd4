"""A writer is killed at random moments; what its finished flushes said must be there, and nothing half done."""

from __future__ import annotations

import random
import signal
import subprocess
import sys
import time
from pathlib import Path

import numpy as np

from pandok.engines.index.faiss import FaissIndex
from pandok.engines.index.port import Attributes

D = 8
# Turn t adds keys 10t…10t+9 as one flush, removes the first key of the turn before, and rebuilds now and then.
# Every vector says its key, so that a mixed-up row would be seen.
WRITER = """
import sys
from pathlib import Path
import numpy as np
from pandok.engines.index import build
from pandok.engines.index.faiss import FaissIndex
from pandok.engines.index.port import Attributes
sys.path.insert(0, sys.argv[2])
from test_index_crash import D, batch
build.ONE_CLUSTER_ROWS = 60
index = FaissIndex(Path(sys.argv[1]), D, threads=1)
turn = len(index) and int(sys.argv[3])
while True:
    keys, vectors = batch(turn)
    half = len(keys) // 2
    for part in (slice(0, half), slice(half, None)):
        n = len(keys[part])
        index.add(keys[part], vectors[part], Attributes(np.full(n, 901, np.int32), np.ones(n, bool), np.ones(n, bool)))
    if turn:
        index.remove(np.array([10 * (turn - 1)]))
    index.flush()
    print(turn, flush=True)
    if turn % 3 == 2:
        index.rebuild()
    turn += 1
"""


def batch(turn: int) -> tuple[np.ndarray, np.ndarray]:
    keys = np.arange(10 * turn, 10 * turn + 10)
    vectors = np.stack([np.random.default_rng(int(key)).standard_normal(D) for key in keys]).astype(np.float32)
    return keys, vectors / np.linalg.norm(vectors, axis=1, keepdims=True)


def keys_after(turns: int) -> set[int]:
    """What must be there when `turns` turns have been flushed."""
    return set(range(10 * turns)) - {10 * turn for turn in range(turns - 1)}


def test_killing_the_writer_keeps_every_finished_flush(tmp_path: Path) -> None:
    chance = random.Random(4)
    done = 0
    for _ in range(4):
        writer = subprocess.Popen(
            [sys.executable, "-c", WRITER, str(tmp_path), str(Path(__file__).parent), str(done)],
            stdout=subprocess.PIPE,
            text=True,
        )
        assert writer.stdout is not None
        printed = writer.stdout.readline()  # imports are over, work has begun
        assert printed, "the writer did not start"
        time.sleep(chance.uniform(0, 0.25))
        writer.send_signal(signal.SIGKILL)
        printed += writer.stdout.read()
        writer.stdout.close()
        writer.wait()
        said = int(printed.split()[-1]) + 1
        index = FaissIndex(tmp_path, D, threads=1)
        # The kill may have come between the end of a flush and the word about it.
        done = said if len(index) == len(keys_after(said)) else said + 1
        expected = sorted(keys_after(done))
        assert len(index) == len(expected)
        stored = index.reconstruct(np.array(expected))
        truth = np.concatenate([batch(turn)[1] for turn in range(done)])[expected]
        np.testing.assert_allclose(stored, truth, atol=1e-3)
        assert index.search(truth, 1).keys[:, 0].tolist() == expected
        index.verify()
        index.close()
    assert done >= 4
    one = FaissIndex(tmp_path, D, threads=1)
    one.add(np.array([0]), batch(0)[1][:1], Attributes(np.array([1], np.int32), np.array([True]), np.array([True])))
    one.rebuild()
    assert len(one) == len(keys_after(done)) + 1
