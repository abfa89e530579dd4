"""Question: what does the stream reader cost: points a second of one core, memory of 100,000 streams, and does it grow?

    python -m benchmarks.stream_cost --out benchmarks/results/stream_cost.json

100,000 streams, one point each a round, for as long as `--seconds` says; processor time, not the clock's, as machines
are shared. Memory: the process's resident set at the end of the second and of the last twelfth of the run, and what the
bank holds. Beside it one stream at a time through the pole's reader (observations, levels, alerts).
"""

from __future__ import annotations

import argparse
import resource
from pathlib import Path
from time import monotonic, process_time

import numpy as np

from benchmarks.machine import write_result
from pandok.readers.streetlights.alerts.observation import Observation
from pandok.readers.streetlights.alerts.pole_reader import PoleReader
from pandok.readers.streetlights.streams import LEVELS, StreamAnomaly, StreamBank

STREAMS = 100_000
PARTS = 12
SEED = 3


def resident_mib() -> float:
    pages = int(Path("/proc/self/statm").read_text().split()[1])
    return pages * resource.getpagesize() / 2**20


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--out", type=Path, required=True)
    parser.add_argument("--seconds", type=float, default=60.0)
    chosen = parser.parse_args()
    random = np.random.default_rng(SEED)
    before = resident_mib()
    bank = StreamBank(STREAMS)
    every = np.arange(STREAMS)
    bank.read(every[:1], np.zeros(1), np.zeros(1))
    rounds, seconds, memory, value = 0, 0.0, [], np.zeros(STREAMS)
    ends = monotonic()
    for part in range(PARTS):
        ends += chosen.seconds / PARTS
        while monotonic() < ends:
            value = random.normal(100, 3, STREAMS)
            at_s = np.full(STREAMS, rounds * 60.0)
            begun = process_time()
            bank.read(every, at_s, value)
            seconds += process_time() - begun
            rounds += 1
        memory.append(resident_mib())
        print(f"part {part + 1} of {PARTS}: {rounds} rounds, {memory[-1]:.0f} MiB", flush=True)
    pole = PoleReader("bench", StreamAnomaly("lamp_current_ma"), LEVELS)
    observations = [Observation(at * 60_000, {"lamp_current_ma": float(v)}) for at, v in enumerate(value[:20_000])]
    begun = process_time()
    pole.observe_many(observations)
    result = {
        "streams": STREAMS,
        "points": rounds * STREAMS,
        "points_s_core": round(rounds * STREAMS / seconds),
        "bank_mib": round((bank.memory.nbytes + bank.count.nbytes) / 2**20, 1),
        "resident_mib": {"before": before, "after_part_2": memory[1], "after_last": memory[-1]},
        "growth": round(memory[-1] / memory[1] - 1, 4),
        "one_pole_points_s_core": round(len(observations) / (process_time() - begun)),
        "saved_state_bytes": len(pole.saved()),
    }
    write_result(chosen.out, "Cost of the stream reader", SEED, result)
    print(result)


if __name__ == "__main__":
    main()
