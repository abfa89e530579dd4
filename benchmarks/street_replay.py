"""Question: how much faster than real time is a stored day read again, and is it what it was live, byte for byte?

    python -m benchmarks.street_replay --out benchmarks/results/street_replay.json

`--poles` poles with a level sensor and a rain gauge, a message a minute for a day, taken as poles send them, by the
readers of a site; one pole in eight is flooded once (computed water, seeded). Half is packed into files of history, the
rest stands in the table. Then the whole day is read again by each reader of floods. By the processor's time, since
machines are shared: reading what is stored counts, one process on one core. Times real time: the stored day over it.
"""

from __future__ import annotations

import argparse
import os
import random
import tempfile
from collections.abc import Sequence
from datetime import UTC, datetime, timedelta
from pathlib import Path
from time import perf_counter, process_time
from typing import Any

from benchmarks.machine import write_result

SEED = 20_261_130
MIDNIGHT = datetime(2026, 6, 30, 15, tzinfo=UTC)
"""Of 1 July at the office."""
MINUTES = 1440
FLOODED = 8
"""One pole in so many."""
READERS = ("flood-level", "flood-forecast")


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--out", type=Path, required=True)
    parser.add_argument("--poles", type=int, default=40)
    chosen = parser.parse_args()
    with tempfile.TemporaryDirectory() as home:
        os.environ |= {"PANDOK_HOME": home, "DJANGO_SETTINGS_MODULE": "pandok.web.django_settings"}
        result = measured(chosen.poles, Path(home) / "street" / "history")
    write_result(chosen.out, "Replay of a stored day against real time, and against what was live", SEED, result)
    print(result)


def measured(poles: int, folder: Path) -> dict[str, Any]:
    import django

    django.setup()
    from pandok.web.database_tables import bring_up_to_date

    bring_up_to_date()
    used = process_time()
    live_for_a_day(poles, folder)
    taking_s = process_time() - used
    return {
        "poles": poles,
        "readings": 2 * poles * MINUTES,
        "packed_files": len(list(folder.glob("*.parquet"))),
        "processor_s_to_take_them_live": round(taking_s, 1),
        "readers": [of_reader(one, folder) for one in READERS],
    }


def of_reader(reader: str, folder: Path) -> dict[str, Any]:
    from pandok.fields.street.hazards_of_site import shipped_flood_model
    from pandok.fields.street.periods import Period
    from pandok.fields.street.replay.candidate import Candidate
    from pandok.fields.street.replay.laboratory import replay

    day = (MIDNIGHT + timedelta(hours=12)).date()
    used, clock = process_time(), perf_counter()
    kept = replay(
        [Candidate(reader)],
        Period(day, day),
        folder=folder,
        flood=shipped_flood_model(),
        lateness_s=0.0,
        with_files=False,
        actor=None,
        now=MIDNIGHT + timedelta(days=2),
        clock=process_time,
    )
    spent = process_time() - used
    found = kept.result["candidates"][0]
    return {
        "reader": reader,
        "alerts": found["alerts"],
        "equal_to_live": found["equal_to_live"],
        "sha256": found["sha256"],
        "processor_s": round(spent, 2),
        "clock_s": round(perf_counter() - clock, 2),
        "times_real_time": round(MINUTES * 60 / spent),
        "poles_at_100_times": round(kept.result["poles"] * MINUTES * 60 / spent / 100),
    }


def live_for_a_day(poles: int, folder: Path) -> None:
    from pandok.fields.street.acts.keeping_history import pack
    from pandok.fields.street.acts.registering import PoleFacts, SensorFacts, open_test_bed, register_pole
    from pandok.fields.street.acts.taking import Arrived, take
    from pandok.fields.street.hazards_of_site import hazards_of_site
    from pandok.fields.street.messages import PoleMessage, ReadingSent

    bed = open_test_bed(code="bench", name_ko="bench", name_en="bench", question="", actor=None, now=MIDNIGHT)
    sensors = (SensorFacts("level-1", "depth_cm"), SensorFacts("rain-1", "rain_mm_h"))
    keys = [f"p-{number:04d}" for number in range(poles)]
    for key in keys:
        register_pole(bed, PoleFacts(key=key, sensors=sensors), actor=None, now=MIDNIGHT)
    water = {key: _water(number) for number, key in enumerate(keys)}
    for start in range(0, MINUTES, 20):
        sent = []
        for minute in range(start, start + 20):
            at = MIDNIGHT + timedelta(minutes=minute)
            at_ms = round(at.timestamp() * 1000)
            for key in keys:
                values = (("level-1", "depth_cm", water[key][minute]), ("rain-1", "rain_mm_h", 4.0))
                said = tuple(
                    ReadingSent(
                        sensor=sensor,
                        property=name,
                        unit="cm" if name == "depth_cm" else "mm/h",
                        at_ms=at_ms,
                        value=value,
                    )
                    for sensor, name, value in values
                )
                message = PoleMessage(spool="a" * 32, sequence=minute + 1, sent_ms=at_ms, readings=said)
                sent.append(Arrived(key, message, at))
        take(sent, hazards=hazards_of_site)
        if start < MINUTES // 2:
            pack(folder, now=MIDNIGHT + timedelta(minutes=start))


def _water(number: int) -> Sequence[float]:
    """A film; at one pole in FLOODED a flood that rises within half an hour and runs off in two."""
    chance = random.Random(SEED + number)
    depth = [round(chance.uniform(0.0, 0.6), 1) for _ in range(MINUTES)]
    if number % FLOODED:
        return depth
    begins, most = chance.randrange(60, MINUTES - 240), chance.uniform(12.0, 60.0)
    for minute in range(150):
        rising = min(1.0, minute / 30) * (1.0 if minute < 30 else 1.0 - (minute - 30) / 120)
        depth[begins + minute] = round(max(depth[begins + minute], most * rising), 1)
    return depth


if __name__ == "__main__":
    main()
