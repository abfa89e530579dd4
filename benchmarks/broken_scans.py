"""What comes of reading X-ray files that are broken: 1,000 by seed over all forms, and those built to cost.

Each is read as the product reads it, in a bounded process. A reading is right where kind, shape, type and every value
are those of the whole file; where no check sum stands over the pixels and one of their bytes was changed, values may
differ ("changed"), never their number or shape (tests/readers/xray/formats/corruption.py). With the shared data the
files of another maker are broken too.

    python -m benchmarks.broken_scans --out benchmarks/results/broken-scans.json
"""

from __future__ import annotations

import argparse
import os
import resource
import signal
import time
from collections import Counter
from collections.abc import Callable
from pathlib import Path
from typing import Any

from benchmarks.machine import write_result
from pandok.core.errors import PandokError
from pandok.engines.decoding.pool import DecodingPool
from pandok.engines.scans.there import read_scan, scan_pool
from pandok.readers.xray.formats.dicos_write import write_dicos
from pandok.readers.xray.formats.reading import NamedBytes, read_files
from tests.readers.xray.formats import samples as drawn
from tests.readers.xray.formats.corruption import broken, judged
from tests.readers.xray.formats.samples import Sample, samples

FILES, SEED = 1_000, 1
_PIXELS, _PALETTE = b"\xe0\x7f\x10\x00", b"\x28\x00\x01\x12"


def of_another_maker(shared: Path | None) -> tuple[Sample, ...]:
    found = []
    for path in sorted(shared.glob("data/dicos_stratovan/*.dcs")) if shared else []:
        data = path.read_bytes()
        start = data.index(_PALETTE) if _PALETTE in data else data.rfind(_PIXELS)
        found.append(Sample(f"stratovan {path.stem}", (NamedBytes(path.name, data),), pixels_from=max(0, start)))
    return tuple(found)


def main() -> None:
    arguments = argparse.ArgumentParser()
    arguments.add_argument("--out", type=Path, default=Path("benchmarks/results/broken-scans.json"))
    arguments.add_argument("--files", type=int, default=FILES)
    asked = arguments.parse_args()
    told = os.environ.get("PANDOK_SHARED")
    some = (*samples(), *of_another_maker(Path(told) if told else None))
    pool = scan_pool()
    read_scan(pool, some[0].files)  # so that starting the process is not measured
    kinds: Counter[str] = Counter()
    codes: Counter[str] = Counter()
    wrong: dict[int, str] = {}
    slowest = 0.0
    for seed in range(SEED, SEED + asked.files):
        one = broken(seed, some)
        began = time.perf_counter()
        said = judged(one, lambda files: read_scan(pool, files))
        slowest = max(slowest, time.perf_counter() - began)
        kinds[said.partition(":")[0].partition(" ")[0]] += 1
        if said.startswith("refused"):
            codes[said.partition(": ")[2]] += 1
        if said.startswith(("LOST", "SILENT")):
            wrong[seed] = f"{one.sample.name}, {one.way}: {said}"
    costly = {name: _costly(pool, make) for name, make in COSTLY.items()}
    costly["decoder killed while it reads"] = _killed(pool)
    pool.close()
    measured = {
        "files": asked.files,
        "forms": len(some),
        "of_another_maker": len(some) - len(samples()),
        "came_to": dict(kinds),
        "reasons": dict(codes.most_common()),
        "lost_pixels_or_wrong_shape": len(wrong),
        "wrong": wrong,
        "slowest_s": round(slowest, 3),
        "most_processor_s": round(_most_processor_s(some, asked.files), 3),
        "most_memory_of_the_process_mb": round(resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss / 1024),
        "built_to_cost": costly,
    }
    write_result(asked.out, "What comes of reading X-ray files that are broken?", SEED, measured)
    print(measured)


def _most_processor_s(some: tuple[Sample, ...], files: int) -> float:
    """Of one file, read in this process."""
    most = 0.0
    for seed in range(SEED, SEED + files):
        one = broken(seed, some)
        began = time.process_time()
        judged(one, read_files)
        most = max(most, time.process_time() - began)
    return most


COSTLY: dict[str, Callable[[], bytes]] = {
    "sequences 10,000 deep": lambda: drawn.nested(10_000),
    "sequences 10,000 deep, implicit": lambda: drawn.nested(10_000, implicit=True),
    "XML 10,000 deep": lambda: b"<a>" * 10_000 + b"</a>" * 10_000,
    "JSON 10,000 deep": lambda: b"{" + b'"a":{' * 10_000,
    "500 MB of zeros, deflated": lambda: drawn.deflated_bomb(500_000_000),
    "a million elements": lambda: _many_elements(),
}


def _many_elements() -> bytes:
    import struct

    whole = write_dicos(drawn.counts(), now=drawn.NOW)[0]
    at = 144 + struct.unpack_from("<I", whole, 140)[0]
    each = b"".join(struct.pack("<HH2sH", 9 + 2 * (n >> 16), n & 0xFFFF, b"LO", 0) for n in range(16, 1_000_016))
    return whole[:at] + each + whole[at:]


def _costly(pool: DecodingPool, make: Callable[[], bytes]) -> dict[str, Any]:
    data = make()
    began = time.perf_counter()
    try:
        read_scan(pool, [NamedBytes("a", data)])
        said = "read"
    except PandokError as error:
        said = error.error_code
    return {"file_bytes": len(data), "seconds": round(time.perf_counter() - began, 2), "end": said}


def _killed(pool: DecodingPool) -> dict[str, Any]:
    """The process ends while it reads; the next file is read."""
    from pandok.core.errors import ScanError
    from pandok.readers.xray.formats import refusals

    try:
        pool.ask(die, b"", what="scan", refusal=ScanError, too_costly=refusals.too_costly, options={})
        said = "read"
    except ScanError as error:
        said = error.error_code
    found = read_scan(pool, samples()[0].files)
    return {"end": said, "next_file": "read" if found.images else "lost"}


def die(data: bytes) -> tuple[dict[str, Any], list[bytes]]:
    del data
    os.kill(os.getpid(), signal.SIGKILL)
    return {}, []


if __name__ == "__main__":
    main()
