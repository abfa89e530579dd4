"""Check and run foreign models, each in a child of its own that sees nothing but its tensors."""

from __future__ import annotations

import hashlib
import json
import platform
from collections.abc import Collection
from importlib.metadata import version

from pandok.engines.onnx_gate.gate import MOST_REFUSALS, Checked
from pandok.engines.onnx_gate.refusals import REASONS, GateRefusal
from pandok.engines.sandbox.child import Child
from pandok.engines.sandbox.codes import SandboxCode, SandboxError, SandboxNotAvailable
from pandok.engines.sandbox.layers import ALL, Layer
from pandok.engines.sandbox.limits import CHECKING, Limits
from pandok.engines.sandbox.loaded_model import Running
from pandok.engines.sandbox.self_test import SelfTest, self_test

_CHECK = "pandok.engines.sandbox.inside.duty_check"
_TESTED: dict[frozenset[Layer], SelfTest] = {}
_LONGEST_WHERE, _MOST_NAMES = 80, 64


class Sandbox:
    """`level` is what the self-test found, not what was hoped for."""

    def __init__(self, tested: SelfTest):
        self.tested = tested
        self.level = tested.level

    def require(self, level: int) -> None:
        """Refuse where the machine does not reach the level that a registration names."""
        if self.level < level:
            raise SandboxNotAvailable(level=self.level, needed=level)

    def check(self, model: bytes, limits: Limits = CHECKING) -> Checked:
        """The gate of `engines.onnx_gate`, with the foreign bytes parsed inside."""
        child = Child(_CHECK, limits, self.tested.layers, model=model)
        body = child.answer(b"C", limits.seconds_to_load)
        child.end()
        return _checked(hashlib.sha256(model).hexdigest(), body)

    def load(self, model: bytes, limits: Limits = Limits(), *, least_level: int = 1) -> Running:  # noqa: B008 frozen
        """A context in which the model answers cases. Sealed cases: pass the level of the registration."""
        self.require(max(least_level, 1))
        running = Running(model, limits, self.tested.layers)
        if not running.layers >= self.tested.layers:
            running.close()
            raise SandboxNotAvailable(level=0, needed=least_level)
        return running

    def memory_limit(self, limits: Limits) -> str:
        """What bounds the memory of a model on this machine, tried with a child: "cgroup" or "address space"."""
        child = Child(_CHECK, limits, self.tested.layers)
        try:
            return "cgroup" if child.in_memory_group else "address space"
        finally:
            child.end()

    def environment(self) -> dict[str, str | int]:
        """What a result says about where it was made; the same words make the same outputs."""
        return {
            "sandbox_level": self.level,
            "landlock_abi": self.tested.landlock_abi,
            "kernel": platform.release(),
            "processor": platform.machine(),
            "python": platform.python_version(),
            "onnxruntime": version("onnxruntime"),
            "onnx": version("onnx"),
            "numpy": version("numpy"),
            "providers": "CPUExecutionProvider",
            "threads": 1,
            "graph_optimisation": "all",
        }


def open_sandbox(layers: Collection[Layer] = ALL) -> Sandbox:
    """A sandbox with as many of `layers` as this machine has. The self-test runs once in each process; one that ends at
    level 0 is repeated at the next call, since a machine may only have been too busy."""
    wanted = frozenset(layers)
    found = _TESTED.get(wanted)
    if found is None or found.level == 0:
        found = _TESTED[wanted] = self_test(wanted)
    return Sandbox(found)


def _checked(sha256: str, body: bytes) -> Checked:
    """The child's words, believed only as far as they have the right form."""
    try:
        told = json.loads(body)
        canonical, nodes = told["canonical_sha256"], told["nodes"]
        refusals = tuple(GateRefusal(code, str(where)[:_LONGEST_WHERE]) for code, where in told["refusals"])
        inputs, outputs = (tuple(str(name)[:200] for name in told[part]) for part in ("inputs", "outputs"))
        well_formed = (
            isinstance(canonical, str)
            and (len(canonical) == 64 and set(canonical) <= set("0123456789abcdef")) == (not refusals)
            and type(nodes) is int
            and nodes >= 0
            and len(refusals) <= MOST_REFUSALS
            and all(one.code in REASONS for one in refusals)
        )
    except (ValueError, TypeError, KeyError, RecursionError) as error:
        raise SandboxError(SandboxCode.CRASHED) from error
    if not well_formed:
        raise SandboxError(SandboxCode.CRASHED)
    return Checked(sha256, canonical, refusals, inputs, outputs, nodes)
