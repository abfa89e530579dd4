"""A loaded model: one case in, one answer out. What comes back is checked before it is believed."""

from __future__ import annotations

import time
from collections.abc import Collection, Mapping, Sequence
from types import TracebackType
from typing import Self

import numpy as np
from numpy.typing import NDArray

from pandok.engines.sandbox.child import Child
from pandok.engines.sandbox.codes import SandboxCode, SandboxError
from pandok.engines.sandbox.layers import Layer
from pandok.engines.sandbox.limits import Limits
from pandok.engines.sandbox.protocol import wire
from pandok.engines.sandbox.protocol.declared_tensors import Declared, unpack_declared

HANDFUL_BYTES = 4 << 20
"""So much stays near the processor; 64 pictures of .6 MB at once took longer than one by one."""
_DUTY = "pandok.engines.sandbox.inside.duty_model"


class Running:
    """Promise: every failure is a SandboxError, after which the child is gone and the next call fails as well. For one
    thread at a time."""

    def __init__(self, model: bytes, limits: Limits, layers: Collection[Layer], *, duty: str = _DUTY):
        self.limits = limits
        self._child = Child(duty, limits, layers, model=model)
        self._until = time.monotonic() + limits.seconds_in_all
        self._fault: SandboxCode | None = None
        self.inputs = self._declared(limits.seconds_to_load)
        self.outputs = self._declared(limits.seconds_to_load)
        self._kind: tuple[object, ...] | None = None
        self._asked, self._answered = b"", b""
        self._taken: dict[str, NDArray[np.generic]] = {}
        self._given: dict[str, NDArray[np.generic]] = {}

    @property
    def layers(self) -> frozenset[str]:
        return self._child.layers

    @property
    def ended(self) -> dict[str, object]:
        """After the end: signal, exit code, processor seconds, peak memory. For the operator, never for a submitter."""
        return dict(self._child.ended)

    def run(self, tensors: Mapping[str, NDArray[np.generic]]) -> dict[str, NDArray[np.generic]]:
        """The outputs for one case; own copies, of the element types and shapes that the model declared, and finite
        unless the limits let other values through."""
        if self._fault is not None:
            raise SandboxError(self._fault)
        try:
            return self._run(tensors)
        except SandboxError as error:
            self._fault = error.sandbox_code
            self.close()
            raise

    def run_several(self, cases: Sequence[Mapping[str, NDArray[np.generic]]]) -> list[dict[str, NDArray[np.generic]]]:
        """The same as `run` for each, bit for bit, with one hand-over: for small models and public cases.

        All have the shapes of the first; all of them together take no longer than one case may. After a failure it is
        not known which case it was: ask one by one in a new sandbox.
        """
        if self._fault is not None:
            raise SandboxError(self._fault)
        try:
            return self._run_several(cases)
        except SandboxError as error:
            self._fault = error.sandbox_code
            self.close()
            raise

    def fit(self, tensors: Mapping[str, NDArray[np.generic]]) -> int:
        """How many cases of these shapes can be handed over at once."""
        size = sum(-(-tensor.nbytes // 64) * 64 for tensor in tensors.values())
        return max(1, min(wire.MOST_CASES, min(self.limits.input_bytes, HANDFUL_BYTES) // max(1, size)))

    def close(self) -> None:
        self._fault = self._fault or SandboxCode.CRASHED
        self._taken, self._given = {}, {}
        self._child.end()

    def _run(self, tensors: Mapping[str, NDArray[np.generic]]) -> dict[str, NDArray[np.generic]]:
        kind = tuple((name, tensor.dtype, tensor.shape) for name, tensor in tensors.items())
        if kind != self._kind:  # most cases have the shape of the one before
            self._kind, self._asked, self._taken = kind, *self._laid(tensors)
        for name, place in self._taken.items():
            place[...] = tensors[name]
        self._child.ask(b"R", self._asked)
        body = self._child.answer(b"O", min(self.limits.seconds_per_case, self._until - time.monotonic()))
        if body != self._answered:
            self._given = self._found(body)
            self._answered = body
        given = {name: place.copy() for name, place in self._given.items()}  # from here on the child cannot change it
        if not self.limits.may_be_nan and not all(_finite(tensor) for tensor in given.values()):
            raise SandboxError(SandboxCode.BAD_OUTPUT)
        return given

    def _run_several(self, cases: Sequence[Mapping[str, NDArray[np.generic]]]) -> list[dict[str, NDArray[np.generic]]]:
        first, memory = cases[0], self._child.memory
        kind = [(name, tensor.dtype, tensor.shape) for name, tensor in first.items()]
        if any([(name, tensor.dtype, tensor.shape) for name, tensor in one.items()] != kind for one in cases):
            raise SandboxError(SandboxCode.BAD_INPUT)
        self._laid(first)
        try:
            places = wire.lay(first, 0, self.limits.input_bytes)
            asked = wire.pack_several(places, len(cases), wire.stride_of(places, 0))
            laid = wire.unpack_several(asked, 0, self.limits.input_bytes)
        except ValueError as error:
            raise SandboxError(SandboxCode.BAD_INPUT) from error
        for one, into in zip(cases, laid, strict=True):
            for place in into:
                wire.view(memory, place)[...] = one[place.name]
        self._kind, self._answered = None, b""
        self._child.ask(b"R", asked)
        body = self._child.answer(b"O", min(self.limits.seconds_per_case, self._until - time.monotonic()))
        try:
            found = wire.unpack_several(body, self.limits.input_bytes, len(memory))
        except ValueError as error:
            raise SandboxError(SandboxCode.BAD_OUTPUT) from error
        if len(found) != len(cases) or not _all_taken(self.outputs, found[0]):
            raise SandboxError(SandboxCode.BAD_OUTPUT)
        given = [{place.name: wire.view(memory, place).copy() for place in one} for one in found]
        if not self.limits.may_be_nan and not all(_finite(tensor) for one in given for tensor in one.values()):
            raise SandboxError(SandboxCode.BAD_OUTPUT)
        return [{one.name: each[one.name] for one in self.outputs} for each in given]

    def _laid(self, tensors: Mapping[str, NDArray[np.generic]]) -> tuple[bytes, dict[str, NDArray[np.generic]]]:
        """The request for tensors of these shapes and the places to copy them to."""
        try:
            places = wire.lay(tensors, 0, self.limits.input_bytes)
        except ValueError as error:
            raise SandboxError(SandboxCode.BAD_INPUT) from error
        if not _all_taken(self.inputs, places):
            raise SandboxError(SandboxCode.BAD_INPUT)
        return wire.pack(places), {place.name: wire.view(self._child.memory, place) for place in places}

    def _found(self, body: bytes) -> dict[str, NDArray[np.generic]]:
        """Where an answer lies, in the order in which the model declared its outputs."""
        memory = self._child.memory
        try:
            places = wire.unpack(body, self.limits.input_bytes, len(memory))
        except ValueError as error:
            raise SandboxError(SandboxCode.BAD_OUTPUT) from error
        if not _all_taken(self.outputs, places):
            raise SandboxError(SandboxCode.BAD_OUTPUT)
        found = {place.name: wire.view(memory, place) for place in places}
        return {one.name: found[one.name] for one in self.outputs}

    def _declared(self, seconds: float) -> tuple[Declared, ...]:
        body = self._child.answer(b"L", seconds)
        try:
            return unpack_declared(body)
        except ValueError as error:
            self._child.end()
            raise SandboxError(SandboxCode.LOAD_REFUSED) from error

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()


def _all_taken(declared: tuple[Declared, ...], places: list[wire.Place]) -> bool:
    """Whether the tensors are exactly those that were declared, by name, element type, rank and fixed sizes."""
    by_name = {place.name: place for place in places}
    return by_name.keys() == {one.name for one in declared} and all(
        one.takes(by_name[one.name].element_type, by_name[one.name].shape) for one in declared
    )


def _finite(tensor: NDArray[np.generic]) -> bool:
    return tensor.dtype.kind != "f" or bool(np.isfinite(tensor).all())
