"""Duty: hold one foreign model and answer one case at a time.

A failure is told by one letter and nothing else: m memory, l not loaded, i inputs that the model does not take,
c the model failed, b an answer that is no number tensor or does not fit.
"""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import numpy as np
import onnxruntime
from numpy.typing import NDArray
from onnxruntime.capi import onnxruntime_pybind11_state as states

from pandok.engines.sandbox.inside.task import Task
from pandok.engines.sandbox.inside.warm_up import WARM_UP
from pandok.engines.sandbox.protocol import wire
from pandok.engines.sandbox.protocol.declared_tensors import pack_declared
from pandok.engines.sandbox.protocol.frames import received

_FROM_THE_RUNTIME: tuple[type[Exception], ...] = tuple(
    one for one in vars(states).values() if isinstance(one, type) and issubclass(one, Exception)
)  # they share no base of their own
_FAILED: tuple[type[Exception], ...] = (*_FROM_THE_RUNTIME, RuntimeError, ValueError, TypeError, UnicodeError)
_OUT_OF_MEMORY = ("bad_alloc", "bad allocation", "Failed to allocate memory", "bad array new length")
_WHILE_COMPUTING = "Non-zero status code returned while running"


def options() -> onnxruntime.SessionOptions:
    """One thread, one case, the same answer each time; the runtime says nothing and writes nothing."""
    made = onnxruntime.SessionOptions()
    made.intra_op_num_threads = 1
    made.inter_op_num_threads = 1
    made.execution_mode = onnxruntime.ExecutionMode.ORT_SEQUENTIAL
    made.graph_optimization_level = onnxruntime.GraphOptimizationLevel.ORT_ENABLE_ALL
    made.use_deterministic_compute = True
    made.log_severity_level = 4
    made.enable_profiling = False
    made.add_session_config_entry("session.load_model_format", "ONNX")
    made.add_session_config_entry("session.intra_op.allow_spinning", "0")
    made.add_session_config_entry("session.inter_op.allow_spinning", "0")
    return made


def prepare() -> None:
    session = onnxruntime.InferenceSession(WARM_UP, options(), providers=["CPUExecutionProvider"])
    session.run(None, {"x": np.ones(2, np.float32)})


def serve(task: Task) -> None:
    try:
        session = onnxruntime.InferenceSession(bytes(task.model), options(), providers=["CPUExecutionProvider"])
    except MemoryError:
        task.say(b"E", b"m")
        return
    except _FAILED as error:
        task.say(b"E", b"m" if _memory(error) else b"l")
        return
    for values in (session.get_inputs(), session.get_outputs()):
        task.say(b"L", pack_declared([(one.name, one.type, one.shape) for one in values]))
    desk = _Desk(session, memoryview(task.shared), task.middle)
    while (asked := received(task.request)) is not None:
        task.say(*(desk.answered_several(asked) if wire.is_several(asked) else desk.answered(asked)))


class _Desk:
    """One case after the other; where tensors lie is worked out again only when a shape changes."""

    def __init__(self, session: onnxruntime.InferenceSession, memory: memoryview, middle: int):
        self._session, self._memory, self._middle = session, memory, middle
        self._names = [output.name for output in session.get_outputs()]
        self._asked, self._answer = b"", b""
        self._feed: dict[str, NDArray[np.generic]] = {}
        self._kind: list[tuple[np.dtype[Any], tuple[int, ...]]] = []
        self._places: list[NDArray[np.generic]] = []
        self._laid: list[wire.Place] = []
        self._given: list[NDArray[np.generic]] = []

    def answered_several(self, asked: bytes) -> tuple[bytes, bytes]:
        """Several cases handed over at once; the model still sees one at a time, so that none can touch another."""
        first: list[wire.Place] = []
        stride = 0
        cases = wire.unpack_several(asked, 0, self._middle)
        for number, places in enumerate(cases):
            self._feed = {place.name: wire.view(self._memory, place) for place in places}
            letter, told = self._run()
            if letter == b"E":
                return letter, told
            if not number:
                first = self._laid
                stride = wire.stride_of(first, self._middle)
            elif self._laid != first:  # outputs of another shape than those of the first case
                return b"E", b"b"
            for place, tensor in zip(first, self._given, strict=True):
                begin = place.begin + number * stride
                if begin + place.size > len(self._memory):
                    return b"E", b"b"
                wire.view(self._memory, replace(place, begin=begin))[...] = tensor
        self._asked, self._kind = b"", []
        return b"O", wire.pack_several(first, len(cases), stride)

    def answered(self, asked: bytes) -> tuple[bytes, bytes]:
        if asked != self._asked:
            places = wire.unpack(asked, 0, self._middle)
            self._feed = {place.name: wire.view(self._memory, place) for place in places}
            self._asked = asked
        letter, told = self._run()
        if letter == b"E":
            return letter, told
        for place, tensor in zip(self._places, self._given, strict=True):
            place[...] = tensor
        return b"O", self._answer

    def _run(self) -> tuple[bytes, bytes]:
        """One case through the model; where its outputs would lie as the only ones."""
        try:
            given = self._session.run(self._names, self._feed)
        except MemoryError:
            return b"E", b"m"
        except _FAILED as error:
            refused = isinstance(error, states.InvalidArgument) and _WHILE_COMPUTING not in str(error)
            return b"E", b"m" if _memory(error) else b"i" if refused else b"c"
        if not all(isinstance(tensor, np.ndarray) for tensor in given):
            return b"E", b"b"
        kind = [(tensor.dtype, tensor.shape) for tensor in given]
        if kind != self._kind:
            try:
                laid = wire.lay(dict(zip(self._names, given, strict=True)), self._middle, len(self._memory))
            except ValueError:
                return b"E", b"b"
            self._kind, self._answer, self._laid = kind, wire.pack(laid), laid
            self._places = [wire.view(self._memory, place) for place in laid]
        self._given = given
        return b"O", b""


def _memory(error: BaseException) -> bool:
    return any(sign in str(error) for sign in _OUT_OF_MEMORY)
