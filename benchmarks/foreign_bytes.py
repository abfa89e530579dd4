"""What one file built to cost does to the service: its memory, the time, and how long others wait, for each kind.

Each kind is tried twice in a service process of its own: parsed in that process, as version 0.1 did, and in the pool of
bounded processes. Beside it another thread asks for a small thing every 10 ms; the longest pause between two answers is
what somebody else would have waited.

    python -m benchmarks.foreign_bytes --out benchmarks/results/foreign-bytes.json
"""

from __future__ import annotations

import argparse
import contextlib
import io
import json
import os
import subprocess
import sys
import threading
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

import numpy as np
from PIL import Image

from benchmarks.machine import write_result

PUBLIC = [f"p{one:03d}" for one in range(30)]
LIMIT_S = 180


def picture() -> bytes:
    """64 megapixels of floating gray."""
    target = io.BytesIO()
    Image.fromarray(np.zeros((8000, 8000), np.float32)).save(target, "TIFF", compression="tiff_deflate")
    return target.getvalue()


def samples() -> bytes:
    from tests.lab.submissions.bombs import samples_of_many_lines

    return samples_of_many_lines()


def weights() -> bytes:
    """A model of 500 MB that shrinks by less than a hundred times."""
    from tests.lab.submissions.bombs import deflated
    from tests.lab.submissions.zips import files

    noise = np.random.default_rng(1)
    block = b"".join(noise.bytes(40_000) + bytes(4_000_000) for _ in range(124))
    return deflated(files(model__onnx=block))


def pdf() -> bytes:
    from tests.web.parties.test_shared_papers import object_stream_bomb

    return object_stream_bomb(900_000, 60_000)


def workbook() -> bytes:
    from tests.lab.vault.masking.test_documents import bomb_workbook

    return bomb_workbook()


def proof_pack() -> bytes:
    from pandok.engines.proof_pack.files import COMPARISON, zipped
    from tests.engines.proof_pack.samples import proof

    return zipped(proof()[1] | {COMPARISON: b'{"a":[' + b"{}," * 5_000_000 + b"{}]}"})


def model() -> bytes:
    """Eight million nodes of no bytes, 16 MB."""
    from tests.lab.submissions.bombs import _nodes

    return b"\x08\x08\x3a" + _nodes(8_000_000)


def _picture(data: bytes, there: bool) -> None:
    from pandok.engines.decoding.pool import decoding_pool
    from pandok.engines.decoding.shown import show_there, shown_picture

    if there:
        shown_picture(decoding_pool(), data)
    else:
        show_there(data, side_px=None)


def _submission(data: bytes, there: bool) -> None:
    from pandok.engines.decoding.pool import decoding_pool
    from pandok.lab.submissions.opening import open_there, opened

    if there:
        opened(decoding_pool(), io.BytesIO(data), len(data), problem="parcels", public=PUBLIC)
    else:
        open_there(data, problem="parcels", public=PUBLIC)


def _paper(data: bytes, there: bool) -> None:
    from pandok.engines.decoding.pool import decoding_pool
    from pandok.engines.documents.shared_copy import copy_there, shared_copy

    if there:
        shared_copy(decoding_pool(), data, "application/pdf")
    else:
        copy_there(data, media_type="application/pdf")


def _document(data: bytes, there: bool) -> None:
    from pandok.engines.documents.reading import read_document, read_there
    from pandok.engines.documents.values import XLSX

    if there:
        read_document(data, XLSX)
    else:
        read_there(data, media_type=XLSX)


def _proof(data: bytes, there: bool) -> None:
    from pandok.engines.decoding.pool import decoding_pool
    from pandok.engines.proof_pack.elsewhere import check_elsewhere, check_there

    if there:
        check_elsewhere(decoding_pool(), data, [])
    else:
        check_there(data, keys=[])


def _model(data: bytes, there: bool) -> None:
    from pandok.engines.onnx_gate.gate import check_model
    from pandok.engines.sandbox.sandbox import open_sandbox

    if there:
        open_sandbox().check(data)
    else:
        check_model(data)


KINDS: dict[str, tuple[Callable[[], bytes], Callable[[bytes, bool], None]]] = {
    "picture for a page (TIFF)": (picture, _picture),
    "submission: samples of many lines": (samples, _submission),
    "submission: 500 MB of weights": (weights, _submission),
    "paper (PDF object stream)": (pdf, _paper),
    "document (XLSX of a huge sheet)": (workbook, _document),
    "proof of another site (JSON)": (proof_pack, _proof),
    "model (ONNX of empty nodes)": (model, _model),
}


def _ready() -> None:
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "tests.django_settings")
    import django

    django.setup()


def measure(kind: str, there: bool) -> dict[str, Any]:
    """Of this process, which does nothing else."""
    _ready()
    make, do = KINDS[kind]
    data = make()
    if there:
        with contextlib.suppress(Exception):
            do(make_small(kind), there)
    over, pauses = threading.Event(), [0.0]
    start_bytes, most = _resident(), [0]

    def others() -> None:
        last = time.perf_counter()
        while not over.wait(0.01):
            now = time.perf_counter()
            pauses.append(now - last - 0.01)
            most[0] = max(most[0], _resident() - start_bytes)
            last = time.perf_counter()

    beside = threading.Thread(target=others)
    beside.start()
    began, said = time.perf_counter(), "read"
    try:
        do(data, there)
    except Exception as error:
        said = getattr(error, "error_code", "") or str(error) or type(error).__name__
    took = time.perf_counter() - began
    over.set()
    beside.join()
    return {
        "file_bytes": len(data),
        "service_mb": round(most[0] / 1e6),
        "seconds": round(took, 2),
        "longest_wait_of_others_s": round(max(pauses), 2),
        "end": said[:120],
    }


def make_small(kind: str) -> bytes:
    """A first file of no weight, so that starting the process is not measured: whatever it is, it is refused."""
    return b"PK\x05\x06" + bytes(18) if "submission" in kind else b"%PDF-1.4\n%%EOF"


def _resident() -> int:
    with open("/proc/self/statm", encoding="ascii") as file:
        return int(file.read().split()[1]) * os.sysconf("SC_PAGE_SIZE")


def main() -> None:
    arguments = argparse.ArgumentParser()
    arguments.add_argument("--out", type=Path, default=Path("benchmarks/results/foreign-bytes.json"))
    arguments.add_argument("--one", nargs=2, help=argparse.SUPPRESS)
    asked = arguments.parse_args()
    if asked.one:
        print(json.dumps(measure(asked.one[0], asked.one[1] == "there")))
        return
    found: dict[str, Any] = {}
    for kind in KINDS:
        found[kind] = {where: _in_own_process(kind, where) for where in ("here", "there")}
        print(kind, found[kind], flush=True)
    question = "What does one file built to cost do to the service, parsed in it and in bounded processes?"
    write_result(asked.out, question, 1, {"kinds": found})


def _in_own_process(kind: str, where: str) -> dict[str, Any]:
    command = [sys.executable, "-m", "benchmarks.foreign_bytes", "--one", kind, where]
    try:
        done = subprocess.run(command, capture_output=True, text=True, timeout=LIMIT_S, check=False)
    except subprocess.TimeoutExpired:
        return {"end": f"not done after {LIMIT_S} s"}
    return json.loads(done.stdout) if done.returncode == 0 else {"end": f"the service died: {done.returncode}"}


if __name__ == "__main__":
    main()
