"""One child, seen from the lab: started, asked, and ended together with everything it may have started."""

from __future__ import annotations

import json
import mmap
import os
import select
import signal
import subprocess
import sys
import time
from collections.abc import Collection, Mapping
from contextlib import suppress
from importlib.util import find_spec
from pathlib import Path
from typing import Any

from pandok.engines.sandbox import shared_memory
from pandok.engines.sandbox.codes import SandboxCode, SandboxError, SandboxNotAvailable
from pandok.engines.sandbox.layers import Layer
from pandok.engines.sandbox.limits import Limits
from pandok.engines.sandbox.memory_groups import Group, NotUsable, memory_groups
from pandok.engines.sandbox.protocol.frames import FRAME, LONGEST_FRAME, send

_GRACE_SECONDS = 10.0
_START_SECONDS = 60.0
_LETTERS = {b"m": SandboxCode.MEMORY_LIMIT, b"l": SandboxCode.LOAD_REFUSED, b"i": SandboxCode.BAD_INPUT,
            b"c": SandboxCode.CRASHED, b"b": SandboxCode.BAD_OUTPUT}  # fmt: skip
# Only what the child shall know. Without the second line onnxruntime starts a thread that gathers usage figures.
_ENVIRONMENT = {"LANG": "C.UTF-8", "OMP_NUM_THREADS": "1", "OPENBLAS_NUM_THREADS": "1", "MALLOC_ARENA_MAX": "1",
                "ORT_DISABLE_TELEMETRY": "1"}  # fmt: skip
_START = "import sys; sys.path[:0] = sys.argv[2:]; from pandok.engines.sandbox.inside.main import main; main()"


class Child:
    """`duty` is the module that serves inside. `ended` tells, after `end()`, how it went: for the operator only."""

    def __init__(
        self,
        duty: str,
        limits: Limits,
        layers: Collection[Layer],
        *,
        model: bytes = b"",
        facts: Mapping[str, Any] | None = None,
        environment: Mapping[str, str] | None = None,
        keep: tuple[int, ...] = (),
    ):
        if sys.platform != "linux":
            raise SandboxNotAvailable(level=0, needed=0)
        self.limits = limits
        self.ended: dict[str, Any] = {}
        self._heard = bytearray()
        size = limits.input_bytes + limits.output_bytes
        request_read, self._request = os.pipe()
        self._answer, answer_write = os.pipe()
        life_read, self._life = os.pipe()
        self._report, report_write = os.pipe()
        model_fd, shared_fd = shared_memory.holding(model), shared_memory.of_size(size)
        given = {"request": request_read, "answer": answer_write, "life": life_read, "report": report_write,
                 "model": model_fd, "shared": shared_fd}  # fmt: skip
        self._group = _group_of(limits)
        if self._group is not None:
            given["group"] = self._group.entry()
        life_seconds = _START_SECONDS + limits.seconds_to_load + limits.seconds_in_all + _GRACE_SECONDS
        spec = {
            "duty": duty,
            "layers": sorted(layers),
            "fds": given,
            "keep": keep,
            "model_bytes": len(model),
            "input_bytes": limits.input_bytes,
            "facts": dict(facts or {}),
            "limits": {
                "memory_bytes": limits.memory_bytes,
                "cpu_seconds": int(limits.seconds_to_load + limits.seconds_in_all) + 2,
                "life_seconds": life_seconds,
            },
        }
        try:
            self._process = subprocess.Popen(
                [sys.executable, "-I", "-S", "-c", _START, json.dumps(spec), *_module_folders(duty)],
                stdin=subprocess.DEVNULL,
                stdout=subprocess.DEVNULL,
                stderr=subprocess.DEVNULL,  # what the child writes there goes nowhere
                cwd="/",
                env={**_ENVIRONMENT, **(environment or {})},
                pass_fds=(*given.values(), *keep),
                start_new_session=True,
            )
            self.memory = memoryview(mmap.mmap(shared_fd, size))
        except OSError as error:
            for fd in (self._request, self._answer, self._life, self._report):
                os.close(fd)
            if self._group is not None:
                self._group.remove()
            raise SandboxNotAvailable(level=0, needed=0) from error
        finally:
            for fd in given.values():
                os.close(fd)
        self.hello: dict[str, Any] = json.loads(self._first())

    @property
    def layers(self) -> frozenset[str]:
        return frozenset(self.hello["layers"])

    @property
    def in_memory_group(self) -> bool:
        return bool(self.hello.get("memory_group"))

    def ask(self, letter: bytes, body: bytes) -> None:
        """One request, short enough for the pipe: a child that does not read must not stop the lab. One that spoke
        without being asked is ended, since its words would be taken for the answer."""
        if self._heard:
            self.end()
            raise SandboxError(SandboxCode.BAD_OUTPUT)
        with suppress(BrokenPipeError):  # the answer will tell why it has gone
            send(self._request, letter, body)

    def answer(self, expected: bytes, seconds: float) -> bytes:
        """The body of the next frame; whatever else happens is a SandboxError, and the child is ended."""
        until = time.monotonic() + seconds
        try:
            while len(self._heard) < FRAME.size or len(self._heard) < FRAME.size + FRAME.unpack_from(self._heard)[1]:
                self._hear(until)
            letter, length = FRAME.unpack_from(self._heard)
            body = bytes(self._heard[FRAME.size : FRAME.size + length])
            del self._heard[: FRAME.size + length]
            if letter == b"E":
                raise SandboxError(_LETTERS.get(body, SandboxCode.CRASHED))
            if letter != expected:
                raise SandboxError(SandboxCode.BAD_OUTPUT)
        except SandboxError:
            self.end()
            raise
        return body

    def end(self) -> None:
        """End the child and wait until it is gone. May be called twice."""
        if self._life < 0:
            return
        os.close(self._life)
        self._life = -1
        told = os.read(self._report, 4096) if _readable(self._report, _GRACE_SECONDS) else b""
        if not told:
            with suppress(ProcessLookupError):
                os.killpg(self._process.pid, signal.SIGKILL)
        self._process.wait()
        self.ended = json.loads(told) if told else {"signal": int(signal.SIGKILL), "exit": 0}
        if self._group is not None:
            self.ended["killed_for_memory"] = self._group.killed_for_memory()
            self._group.remove()
        for fd in (self._request, self._answer, self._report):
            os.close(fd)
        self.memory = memoryview(b"")

    def why_it_ended(self) -> SandboxCode:
        """From how the process ended: processor time used up, killed for memory, or fallen over."""
        if self.ended.get("killed_for_memory"):
            return SandboxCode.MEMORY_LIMIT
        used = self.ended.get("cpu_seconds", 0.0)
        if self.ended["signal"] == signal.SIGXCPU:
            return SandboxCode.TIME_LIMIT
        if self.ended["signal"] == signal.SIGKILL:
            allowed = self.limits.seconds_to_load + self.limits.seconds_in_all
            return SandboxCode.TIME_LIMIT if used >= allowed else SandboxCode.MEMORY_LIMIT
        return SandboxCode.CRASHED

    def _first(self) -> bytes:
        try:
            return self.answer(b"H", _START_SECONDS)
        except SandboxError as error:
            raise SandboxNotAvailable(level=0, needed=0) from error

    def _hear(self, until: float) -> None:
        """Wait for more and add it to what was heard."""
        if len(self._heard) >= FRAME.size and FRAME.unpack_from(self._heard)[1] > LONGEST_FRAME:
            raise SandboxError(SandboxCode.BAD_OUTPUT)
        if not _readable(self._answer, until - time.monotonic()):
            raise SandboxError(SandboxCode.TIME_LIMIT)
        part = os.read(self._answer, 1 << 16)
        if not part:
            self.end()
            raise SandboxError(self.why_it_ended())
        self._heard += part


def _group_of(limits: Limits) -> Group | None:
    """None where none can be used; the address space is limited then."""
    try:
        return memory_groups(limits.memory_group).make(limits.memory_bytes) if limits.memory_group else None
    except (NotUsable, OSError):
        return None


def _readable(fd: int, seconds: float) -> bool:
    asked = select.poll()
    asked.register(fd, select.POLLIN)
    return bool(asked.poll(max(1000 * seconds, 0)))


def _module_folders(duty: str) -> list[str]:
    """The folders from which the child imports; it gets no other, and no start-up files of the interpreter."""
    folders = []
    for name in ("pandok", duty.partition(".")[0], "numpy", "onnxruntime", "onnx", "google.protobuf", "pydantic"):
        found = find_spec(name)
        for place in list(found.submodule_search_locations or ())[:1] if found else ():
            folders.append(str(Path(place).parents[name.count(".")]))
    return list(dict.fromkeys(folders))
