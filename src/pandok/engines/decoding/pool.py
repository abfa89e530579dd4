"""A few parsing processes that live on; one that takes too long, too much memory, or dies is replaced.

What a file can cost the server is therefore known: so many processes, so much memory each, so many seconds. Who finds
all of them at work waits, and is told after a while that the server is busy.
"""

from __future__ import annotations

import atexit
import contextlib
import json
import os
import queue
import shutil
import subprocess
import sys
import threading
from collections.abc import Callable, Iterator, Sequence
from typing import Any, BinaryIO

from pandok.core.errors import PandokError
from pandok.core.foreign_bytes import about_to_parse
from pandok.core.text import Text
from pandok.engines.files.disk_faults import store_busy

MOST_MEMORY_BYTES = 1_200_000_000
MOST_SECONDS = 20.0
MOST_WAIT_S = 30.0
MOST_HEADER_BYTES, MOST_PIECE_BYTES, MOST_ANSWER_BYTES = 4_000_000, 80_000_000, 700_000_000
START_S = 20.0
Duty = Callable[..., tuple[dict[str, Any], Sequence[Any]]]
Pieces = Callable[..., Iterator[dict[str, Any]]]


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
        # What may take minutes (packs, tables, documents) leaves one process to the pictures of officers.
        self._long = threading.BoundedSemaphore(max(1, processes - 1))

    def ask(
        self,
        duty: Duty,
        data: bytes | BinaryIO,
        *,
        what: str,
        refusal: type[PandokError],
        too_costly: Callable[[], Exception],
        options: dict[str, Any],
        size: int | None = None,
        seconds: float | None = None,
        alone: bool = False,
    ) -> tuple[dict[str, Any], list[bytes]]:
        """Header and parts of `duty(data, **options)`, done elsewhere. `size`: bytes to be read where `data` is a file.
        `alone`: its libraries are so large that they must not count against its bounds; the process is one that began
        with this duty.

        What the duty refuses is raised as `refusal`, with its words; `too_costly()` where it needs more than the
        bounds; StoreError `store.busy` where no process came free.
        """
        about_to_parse(what)
        length = len(data) if isinstance(data, bytes) else size or 0
        asked = _asked(duty, options, length)
        limit_s = self._seconds if seconds is None else seconds
        with self._turn(is_long=limit_s > self._seconds):
            header, parts = self._done(duty, asked, data, limit_s, too_costly, alone=alone)
        return _found(header, refusal), parts

    def _done(
        self,
        duty: Duty,
        asked: dict[str, Any],
        data: bytes | BinaryIO,
        seconds: float,
        too_costly: Callable[[], Exception],
        *,
        alone: bool,
    ) -> tuple[dict[str, Any], list[bytes]]:
        child = self._taken(duty, alone=alone)
        try:
            header, parts = child.ask(asked, data, seconds)
            if header.get("worn"):
                child.end()
        except _Ended as error:
            raise too_costly() from error
        except BaseException:
            child.end()  # half a request would be taken for the next one
            raise
        finally:
            self._free.put(child if child.alive() else None)
        return header, parts

    @contextlib.contextmanager
    def _turn(self, *, is_long: bool) -> Iterator[None]:
        if is_long and not self._long.acquire(timeout=self._wait_s):
            raise store_busy()
        try:
            yield
        finally:
            if is_long:
                self._long.release()

    def ask_in_pieces(
        self,
        duty: Pieces,
        *,
        what: str,
        refusal: type[PandokError],
        too_costly: Callable[[], Exception],
        options: dict[str, Any],
        processor_s: float,
    ) -> Iterator[dict[str, Any]]:
        """What `duty(**options)` yields there, as it comes, in a process that began with this duty. `processor_s`: the
        work that it may cost in all.

        Raises as `ask`, and OSError where the duty could not read a file.
        """
        about_to_parse(what)
        child = self._taken(duty, alone=True)
        try:
            child.start(_asked(duty, options, 0, in_pieces=True, processor_s=processor_s))
            while True:
                header, _ = child.next(processor_s + self._seconds)
                if "piece" not in header:
                    break
                yield header["piece"]
            if header.get("worn"):
                child.end()
        except _Ended as error:
            raise too_costly() from error
        except BaseException:
            child.end()  # what is still to come would be taken for the next answer
            raise
        finally:
            self._free.put(child if child.alive() else None)
        _found(header, refusal)

    def _taken(self, duty: Duty | Pieces, *, alone: bool) -> _Child:
        try:
            child = self._free.get(timeout=self._wait_s)
        except queue.Empty as error:
            raise store_busy() from error
        if child is not None and child.alive():
            if not alone or child.first == _place(duty):
                return child
            child.end()
        try:
            return _Child(self._memory_bytes, duty)
        except BaseException:
            self._free.put(None)
            raise

    def close(self) -> None:
        with contextlib.suppress(queue.Empty):
            while True:
                child = self._free.get_nowait()
                if child is not None:
                    child.end()


def _place(duty: Duty | Pieces) -> str:
    return f"{duty.__module__}:{duty.__qualname__}"


def _asked(
    duty: Duty | Pieces,
    options: dict[str, Any],
    length: int,
    *,
    in_pieces: bool = False,
    processor_s: float | None = None,
) -> dict[str, Any]:
    return {
        "duty": _place(duty),
        "options": options,
        "bytes": length,
        "in_pieces": in_pieces,
        "processor_s": processor_s,
    }


def _found(header: dict[str, Any], refusal: type[PandokError]) -> dict[str, Any]:
    if "refused" in header:
        raise _again(header["refused"], refusal)
    if "unread" in header:
        raise OSError(*header["unread"])
    return dict(header["found"])


class _Ended(Exception):
    """The process was ended, by its bounds or by the file."""


class _Child:
    """It is born without the settings of this process: no key stands in its environment."""

    def __init__(self, memory_bytes: int, first: Duty | Pieces):
        self.first = _place(first)
        self._process = subprocess.Popen(
            [sys.executable, "-m", "pandok.engines.decoding.child", str(memory_bytes), self.first],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            env={
                "LANG": "C.UTF-8",
                "OMP_NUM_THREADS": "1",
                "OPENBLAS_NUM_THREADS": "1",
                "PYTHONPATH": os.pathsep.join(one for one in sys.path if one),
                **{name: os.environ[name] for name in ("LD_LIBRARY_PATH", "SYSTEMROOT") if name in os.environ},
            },
        )
        self._started = False

    def alive(self) -> bool:
        return self._process.poll() is None

    def ask(self, asked: dict[str, Any], data: bytes | BinaryIO, seconds: float) -> tuple[dict[str, Any], list[bytes]]:
        with self._within(seconds):
            self._give(asked, data)
            return self._take()

    def start(self, asked: dict[str, Any]) -> None:
        self._give(asked, b"")

    def next(self, seconds: float) -> tuple[dict[str, Any], list[bytes]]:
        with self._within(seconds):
            return self._take(MOST_PIECE_BYTES)

    @contextlib.contextmanager
    def _within(self, seconds: float) -> Iterator[None]:
        # The first file also waits for the libraries to be loaded.
        clock = threading.Timer(seconds if self._started else seconds + START_S, self._process.kill)
        clock.daemon = True
        clock.start()
        try:
            yield
        finally:
            clock.cancel()
        self._started = True

    def _give(self, asked: dict[str, Any], data: bytes | BinaryIO) -> None:
        give = self._process.stdin
        assert give is not None
        try:
            give.write(json.dumps(asked).encode() + b"\n")
            if isinstance(data, bytes):
                give.write(data)
            else:
                shutil.copyfileobj(data, give, 1 << 20)
            give.flush()
        except (OSError, ValueError) as error:
            self.end()
            raise _Ended from error

    def _take(self, most_header_bytes: int = MOST_HEADER_BYTES) -> tuple[dict[str, Any], list[bytes]]:
        take = self._process.stdout
        assert take is not None
        try:
            header = json.loads(take.readline(most_header_bytes) or b"null")
            if not isinstance(header, dict):
                raise _Ended
            lengths = header["bytes"]
            if min(lengths, default=0) < 0 or sum(lengths) > MOST_ANSWER_BYTES:
                raise _Ended
            parts = [take.read(length) for length in lengths]
            if [len(part) for part in parts] != lengths:
                raise _Ended
            return header, parts
        except (OSError, ValueError, KeyError, TypeError, RecursionError, _Ended) as error:
            self.end()
            raise _Ended from error

    def end(self) -> None:
        self._process.kill()
        self._process.wait()
        for pipe in filter(None, (self._process.stdin, self._process.stdout)):
            with contextlib.suppress(OSError):
                pipe.close()


def _again(said: dict[str, Any], kind: type[PandokError]) -> PandokError:
    fields = {name: value for name, value in said["fields"].items() if name not in ("what", "next_step", "code")}
    return kind(Text(**said["what"]), Text(**said["next_step"]), code=said["code"], **fields)


_pool: DecodingPool | None = None
_lock = threading.Lock()


def decoding_pool(processes: int = 2) -> DecodingPool:
    """The pool of this process; its size is that of the first call."""
    global _pool
    with _lock:
        if _pool is None:
            _pool = DecodingPool(processes)
            atexit.register(_pool.close)
        return _pool
