"""Tries to break out, from inside, on this machine; the level is what held.

Each attempt is a small piece of code that runs in a child under the same layers as a model would, and either does what
it should not be able to do or is stopped. Its controls, the same code without any layer, are in the tests.
"""

from __future__ import annotations

import json
import os
import socket
import tempfile
from collections.abc import Collection, Iterator, Mapping
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import numpy as np

from pandok.engines.sandbox.child import Child
from pandok.engines.sandbox.codes import SandboxError
from pandok.engines.sandbox.inside.attempts import ATTEMPTS
from pandok.engines.sandbox.inside.warm_up import WARM_UP
from pandok.engines.sandbox.layers import ALL, HIGHEST_LEVEL, Layer, level_of
from pandok.engines.sandbox.limits import MIB, Limits
from pandok.engines.sandbox.loaded_model import Running

_LIMITS = Limits(memory_bytes=192 * MIB, input_bytes=MIB, output_bytes=MIB, seconds_to_load=20, seconds_in_all=40)
_DUTY = "pandok.engines.sandbox.inside.attempts.duty"
SECRET = "PANDOK_SECRET_THAT_MUST_NOT_BE_SEEN"


@dataclass(frozen=True)
class Tried:
    """`held`: the attempt was stopped; `by` is the error it met ("" where it got through)."""

    name: str
    held: bool
    by: str


@dataclass(frozen=True)
class SelfTest:
    """`layers` are those that the machine gave; `attempts` what became of each attempt under them."""

    level: int
    layers: frozenset[Layer]
    landlock_abi: int = 0
    attempts: tuple[Tried, ...] = field(default=(), repr=False)

    @property
    def escaped(self) -> tuple[str, ...]:
        return tuple(one.name for one in self.attempts if not one.held)


def self_test(layers: Collection[Layer] = ALL) -> SelfTest:
    """Repeat every attempt under `layers`; the level is the highest of which every attempt was stopped."""
    try:
        with bait() as facts:
            tried, hello = attempt(list(ATTEMPTS), layers, facts)
    except SandboxError:  # another system than Linux, or not even a bare child can be started
        return SelfTest(0, frozenset())
    got = frozenset(Layer(name) for name in hello["layers"])
    level = level_of(got) if _a_good_model_runs(got) else 0
    through = {ATTEMPTS[one.name].level for one in tried if not one.held}
    while level and any(broken <= level for broken in through):
        level -= 1
    return SelfTest(min(level, HIGHEST_LEVEL), got, hello["landlock_abi"], tried)


def _a_good_model_runs(layers: Collection[Layer]) -> bool:
    """Where a library needs a call that is not on the list, the machine is to blame and not each submitter."""
    try:
        with Running(WARM_UP, _LIMITS, layers) as running:
            return bool(np.array_equal(running.run({"x": np.ones(2, np.float32)})["y"], [2.0, 2.0]))
    except SandboxError:
        return False


def attempt(
    names: list[str], layers: Collection[Layer], facts: Mapping[str, Any], environment: Mapping[str, str] | None = None
) -> tuple[tuple[Tried, ...], dict[str, Any]]:
    """Run the named attempts, in a new child after each that ended the last one."""
    tried: list[Tried] = []
    hello: dict[str, Any] = {}
    while left := names[len(tried) :]:
        keep = tuple(facts.get("keep", ()))
        known = {**facts, "names": left}
        child = Child(_DUTY, _LIMITS, layers, facts=known, environment=environment, keep=keep)
        hello = hello or child.hello
        try:
            for name in left:
                got_through, by = json.loads(child.answer(b"A", 30))
                tried.append(Tried(name, not got_through, by))
            child.end()
        except SandboxError:
            killed = child.ended["signal"]
            tried.append(Tried(names[len(tried)], bool(killed), f"signal {killed}" if killed else ""))
    return tuple(tried), hello


@contextmanager
def bait() -> Iterator[dict[str, Any]]:
    """Things that a model would like to reach: a secret file, listening sockets, this process itself."""
    with ExitStack() as stack:  # also one file that is open and may be inherited
        folder = Path(stack.enter_context(tempfile.TemporaryDirectory(prefix="pandok-bait-")))
        folder.chmod(0o777)
        secret = folder / "secret"
        secret.write_text(SECRET, encoding="ascii")
        secret.chmod(0o666)
        os.set_inheritable(stack.enter_context(secret.open()).fileno(), True)
        tcp = stack.enter_context(socket.create_server(("127.0.0.1", 0)))
        udp = stack.enter_context(socket.socket(socket.AF_INET, socket.SOCK_DGRAM))
        udp.bind(("127.0.0.1", 0))
        unix = stack.enter_context(socket.socket(socket.AF_UNIX))
        unix.bind(str(folder / "socket"))
        (folder / "socket").chmod(0o666)
        unix.listen()
        abstract = stack.enter_context(socket.socket(socket.AF_UNIX))
        abstract.bind("")
        abstract.listen()
        yield {
            "folder": str(folder),
            "secret_file": str(secret),
            "secret": SECRET,
            "tcp_port": tcp.getsockname()[1],
            "udp_port": udp.getsockname()[1],
            "unix_path": str(folder / "socket"),
            "abstract_name": abstract.getsockname().decode("latin-1"),
            "lab_pid": os.getpid(),
        }
