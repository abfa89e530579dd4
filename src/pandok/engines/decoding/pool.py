"""A few decoding processes that live on; one that takes too long, too much memory, or dies is replaced.

What a picture can cost the server is therefore known: so many processes, so much memory each, so many seconds. Who
finds all of them at work waits, and is told after a while that the server is busy.
"""

from __future__ import annotations

import atexit
import contextlib
import json
import os
import queue
import subprocess
import sys
import threading
from typing import Any

import numpy as np

from pandok.core.errors import PhotographError
from pandok.core.foreign_bytes import about_to_parse
from pandok.core.reading import Remark
from pandok.core.text import Text
from pandok.engines.disk_faults import store_busy
from pandok.readers.designs import refusals
from pandok.readers.designs.photograph import Photograph

MOST_MEMORY_BYTES = 1_200_000_000
MOST_SECONDS = 20.0
MOST_WAIT_S = 30.0


class DecodingPool:
    def __init__(
        self,
        processes: int,
        *,
        memory_bytes: int = MOST_MEMORY_BYTES,
        seconds: float = MOST_SECONDS,
        wait_s: float = MOST_WAIT_S,
    ):
        self._memory_bytes, self._seconds, self._wait_s = memory_bytes, seconds, wait_s
        self._free: queue.LifoQueue[_Child | None] = queue.LifoQueue()
        for _ in range(processes):
            self._free.put(None)

    def decode(self, data: bytes, *, max_bytes: int, max_megapixels: float, filename: str = "") -> Photograph:
        """As pandok.readers.designs.photograph.decode; also PhotographError `photograph.too_costly` where the picture
        needs more than the bounds, and StoreError `store.busy` where no process came free."""
        about_to_parse("picture")
        try:
            child = self._free.get(timeout=self._wait_s)
        except queue.Empty as error:
            raise store_busy() from error
        try:
            if child is None or not child.alive():
                child = _Child(self._memory_bytes)
            return child.decode(
                data,
                self._seconds,
                {"max_bytes": max_bytes, "max_megapixels": max_megapixels, "filename": filename},
            )
        except _Ended as error:
            child = None
            raise refusals.too_costly() from error
        finally:
            self._free.put(child)

    def close(self) -> None:
        with contextlib.suppress(queue.Empty):
            while True:
                child = self._free.get_nowait()
                if child is not None:
                    child.end()


class _Ended(Exception):
    """The process was ended, by its bounds or by the picture."""


class _Child:
    def __init__(self, memory_bytes: int):
        one_thread = {"OMP_NUM_THREADS": "1", "OPENBLAS_NUM_THREADS": "1"}
        self._process = subprocess.Popen(
            [sys.executable, "-m", "pandok.engines.decoding.child", str(memory_bytes)],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            env={**os.environ, **one_thread, "PYTHONPATH": os.pathsep.join(one for one in sys.path if one)},
        )
        self._started = False

    def alive(self) -> bool:
        return self._process.poll() is None

    def decode(self, data: bytes, seconds: float, options: dict[str, Any]) -> Photograph:
        # The first picture also waits for the libraries to be loaded.
        clock = threading.Timer(seconds if self._started else seconds + 20, self._process.kill)
        clock.start()
        try:
            header, pixels = self._ask(data, options)
        finally:
            clock.cancel()
        self._started = True
        if "refused" in header:
            raise _refused(header["refused"])
        values = np.frombuffer(pixels, np.uint8).reshape(header["shape"])
        return Photograph(
            pixels=values,
            sha256=header["sha256"],
            format=header["format"],
            width_px=header["width_px"],
            height_px=header["height_px"],
            had_location=header["had_location"],
            remarks=tuple(Remark.model_validate(one) for one in header["remarks"]),
        )

    def _ask(self, data: bytes, options: dict[str, Any]) -> tuple[dict[str, Any], bytes]:
        give, take = self._process.stdin, self._process.stdout
        assert give is not None
        assert take is not None
        try:
            give.write(json.dumps({**options, "bytes": len(data)}).encode() + b"\n")
            give.write(data)
            give.flush()
            header = json.loads(take.readline() or b"null")
            if not isinstance(header, dict):
                raise _Ended
            pixels = take.read(header["bytes"])
            if len(pixels) != header["bytes"]:
                raise _Ended
            return header, pixels
        except (OSError, ValueError, _Ended) as error:
            self.end()
            raise _Ended from error

    def end(self) -> None:
        self._process.kill()
        self._process.wait()
        for pipe in (self._process.stdin, self._process.stdout):
            with contextlib.suppress(OSError):
                pipe.close()  # type: ignore[union-attr]


def _refused(said: dict[str, Any]) -> PhotographError:
    fields = {name: value for name, value in said["fields"].items() if name not in ("what", "next_step", "code")}
    return PhotographError(Text(**said["what"]), Text(**said["next_step"]), code=said["code"], **fields)


_pool: DecodingPool | None = None
_lock = threading.Lock()


def decoding_pool(processes: int) -> DecodingPool:
    """The pool of this process; its size is that of the first call."""
    global _pool
    with _lock:
        if _pool is None:
            _pool = DecodingPool(processes)
            atexit.register(_pool.close)
        return _pool
