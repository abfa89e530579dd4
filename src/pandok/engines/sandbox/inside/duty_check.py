"""Duty: parse one foreign file with the gate and tell what it found."""

from __future__ import annotations

import json

from pandok.engines.onnx_gate.gate import check_model
from pandok.engines.sandbox.inside.task import Task
from pandok.engines.sandbox.inside.warm_up import WARM_UP


def prepare() -> None:
    """Both ways through the gate once, so that everything it reads from files is in memory."""
    check_model(WARM_UP)
    check_model(b"\x08\x08")


def serve(task: Task) -> None:
    try:
        checked = check_model(bytes(task.model))
    except MemoryError:
        task.say(b"E", b"m")
        return
    told = {
        "canonical_sha256": checked.canonical_sha256,
        "refusals": [[one.code, one.where] for one in checked.refusals],
        "inputs": checked.inputs,
        "outputs": checked.outputs,
        "nodes": checked.nodes,
    }
    task.say(b"C", json.dumps(told).encode())
