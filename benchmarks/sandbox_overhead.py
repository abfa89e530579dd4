"""Question: what does the sandbox cost, against plain onnxruntime with the same settings in the same run?

    python -m benchmarks.sandbox_overhead --images 200 --rounds 5 --out benchmarks/results/sandbox_overhead.json

Each image is answered twice in turn, by the model inside the sandbox and by a plain session in this process with the
same options (one thread, one case, CPU); who goes first alternates. One round is `images` images; the overhead of a
round is the ratio of the two sums of time, and the interval is a bootstrap over images of all rounds. Three models: the
shipped encoder on pictures of its real size, a small network on the same pictures, and one addition of four numbers,
where nothing but the way in and out is left to measure. On a busy machine every hand-over between two processes waits
for a free core; so processor time is told beside the time by the clock, and so is the load. Start: from the call to the
first answer. `several`: as many cases handed over at once as fit (at most 64), each still a call of its own, which
public checks of quick models use.
"""

from __future__ import annotations

import argparse
import os
import time
from collections.abc import Callable
from importlib.resources import files
from pathlib import Path
from typing import Any

os.environ["ORT_DISABLE_TELEMETRY"] = "1"
os.environ["OMP_NUM_THREADS"] = "1"

import numpy as np
import onnxruntime
from onnx import TensorProto, helper, numpy_helper

from benchmarks.machine import write_result
from pandok.engines.sandbox.inside.duty_model import options
from pandok.engines.sandbox.layers import Layer
from pandok.engines.sandbox.limits import Limits
from pandok.engines.sandbox.loaded_model import Running
from pandok.engines.sandbox.sandbox import Sandbox, open_sandbox

SEED = 41
Tensors = dict[str, np.ndarray]


def small_network(rng: np.random.Generator) -> bytes:
    """Three strided convolutions and a mean: 224 × 224 × 3 float32 in, 64 numbers out."""
    nodes, weights, channels, name = [], [], 3, "x"
    for number, wide in enumerate((16, 32, 64)):
        kernel = rng.normal(0, 0.1, (wide, channels, 3, 3)).astype(np.float32)
        weights.append(numpy_helper.from_array(kernel, f"w{number}"))
        nodes.append(helper.make_node("Conv", [name, f"w{number}"], [f"c{number}"], strides=[2, 2], pads=[1, 1, 1, 1]))
        nodes.append(helper.make_node("Relu", [f"c{number}"], [f"r{number}"]))
        channels, name = wide, f"r{number}"
    nodes.append(helper.make_node("GlobalAveragePool", [name], ["y"]))
    return _bytes(nodes, weights, (1, 3, 224, 224), (1, 64, 1, 1))


def one_addition() -> bytes:
    return _bytes([helper.make_node("Add", ["x", "x"], ["y"])], [], (1, 4), (1, 4))


def _bytes(nodes: list[Any], weights: list[Any], taken: tuple[int, ...], given: tuple[int, ...]) -> bytes:
    inputs = [helper.make_tensor_value_info("x", TensorProto.FLOAT, taken)]
    outputs = [helper.make_tensor_value_info("y", TensorProto.FLOAT, given)]
    graph = helper.make_graph(nodes, "g", inputs, outputs, weights)
    made = helper.make_model(graph, opset_imports=[helper.make_opsetid("", 17)], ir_version=8)
    return bytes(made.SerializeToString())


def cases(name: str, count: int, rng: np.random.Generator) -> list[Tensors]:
    if name == "encoder":
        return [{"pictures": rng.integers(0, 256, (1, 224, 224, 3), np.uint8)} for _ in range(count)]
    shape = (1, 3, 224, 224) if name == "small network" else (1, 4)
    return [{"x": rng.random(shape, np.float32)} for _ in range(count)]


def measure_model(sandbox: Sandbox, name: str, model: bytes, images: int, rounds: int, seed: int) -> dict[str, Any]:
    rng = np.random.default_rng(seed)
    session = onnxruntime.InferenceSession(model, options(), providers=["CPUExecutionProvider"])
    names = [one.name for one in session.get_outputs()]

    def plain(case: Tensors) -> list[np.ndarray]:
        return list(session.run(names, case))

    pictures = cases(name, images, rng)
    inside, outside = np.zeros((rounds, images)), np.zeros((rounds, images))
    several = np.zeros(rounds)
    with sandbox.load(model, Limits(seconds_in_all=3600)) as running:
        child = _last_child(os.getpid())
        same = all(
            [running.run(case)[one].tobytes() for one in names] == [one.tobytes() for one in plain(case)]
            for case in pictures[:5]
        )
        size = running.fit(pictures[0])
        for turn in range(rounds):
            for number, case in enumerate(pictures):
                for run, taken in ((running.run, inside), (plain, outside))[:: 1 if number % 2 else -1]:
                    started = time.perf_counter()
                    run(case)
                    taken[turn, number] = time.perf_counter() - started
            started = time.perf_counter()
            for first in range(0, images, size):
                running.run_several(pictures[first : first + size])
            several[turn] = (time.perf_counter() - started) / images
        processor = {
            "inside": _processor_seconds(lambda: [running.run(case) for case in pictures], child) / images,
            "plain": _processor_seconds(lambda: [plain(case) for case in pictures], child) / images,
            "several": _processor_seconds(
                lambda: [running.run_several(pictures[at : at + size]) for at in range(0, images, size)], child
            )
            / images,
        }
    return {
        "input_bytes": sum(tensor.nbytes for tensor in pictures[0].values()),
        "bit_identical": same,
        **_compared(inside, outside, rng),
        "at_a_time": size,
        "ms_several": round(1e3 * float(several.mean()), 3),
        "overhead_several_percent": _percent(several.mean() / outside.mean() - 1),
        "processor_ms": {who: round(1e3 * seconds, 3) for who, seconds in processor.items()},
        "processor_overhead_percent": round(100 * (processor["inside"] / processor["plain"] - 1), 2),
    }


def _compared(inside: np.ndarray, outside: np.ndarray, rng: np.random.Generator) -> dict[str, Any]:
    by_round = inside.sum(axis=1) / outside.sum(axis=1) - 1
    inside, outside = inside.ravel(), outside.ravel()
    drawn = rng.integers(inside.size, size=(2000, inside.size))
    low, high = np.percentile(inside[drawn].sum(axis=1) / outside[drawn].sum(axis=1) - 1, (2.5, 97.5))
    return {
        "overhead_percent": _percent(inside.sum() / outside.sum() - 1),
        "overhead_percent_95": [_percent(low), _percent(high)],
        "overhead_percent_by_round": [_percent(one) for one in by_round],
        "overhead_of_medians_percent": _percent(np.median(inside) / np.median(outside) - 1),
        "overhead_of_fastest_percent": _percent(np.percentile(inside, 5) / np.percentile(outside, 5) - 1),
        "ms_inside": _spread(1e3 * inside),
        "ms_plain": _spread(1e3 * outside),
        "images_per_s_inside": round(float(inside.size / inside.sum()), 1),
        "images_per_s_plain": round(float(outside.size / outside.sum()), 1),
    }


def _processor_seconds(work: Callable[[], object], child: int) -> float:
    """Processor time of this process and of the child together, which does not count waiting for a busy machine."""
    clock = (~child << 3) | 2  # the clock of another process, as clock_getcpuclockid(3) makes it
    before = time.process_time() + time.clock_gettime(clock)
    work()
    return time.process_time() + time.clock_gettime(clock) - before


def _last_child(pid: int) -> int:
    below = Path(f"/proc/{pid}/task/{pid}/children").read_text(encoding="ascii").split()
    return _last_child(int(below[-1])) if below else pid


def _percent(share: float) -> float:
    return round(100 * float(share), 2)


def measure_start(sandbox: Sandbox, repeats: int) -> dict[str, Any]:
    """From the call to the first answer; `without layers` is the same child with nothing put on."""
    model, case = one_addition(), {"x": np.ones((1, 4), np.float32)}
    taken: dict[str, list[float]] = {"all layers": [], "without layers": [], "check": []}
    for _ in range(repeats):
        for name, layers in (("all layers", sandbox.tested.layers), ("without layers", frozenset[Layer]())):
            started = time.perf_counter()
            with Running(model, Limits(), layers) as running:
                running.run(case)
                taken[name].append(1e3 * (time.perf_counter() - started))
        started = time.perf_counter()
        sandbox.check(model)
        taken["check"].append(1e3 * (time.perf_counter() - started))
    return {name: _spread(np.array(values)) for name, values in taken.items()}


def _spread(values: np.ndarray) -> dict[str, float]:
    return {f"p{part}": round(float(np.percentile(values, part)), 3) for part in (5, 50, 95)}


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--images", type=int, default=200)
    parser.add_argument("--rounds", type=int, default=5)
    parser.add_argument("--starts", type=int, default=15)
    parser.add_argument("--out", type=Path)
    given = parser.parse_args()
    load = os.getloadavg()[0]
    started = time.perf_counter()
    sandbox = open_sandbox()
    self_test_s = time.perf_counter() - started
    rng = np.random.default_rng(SEED)
    models = {
        "encoder": (files("pandok") / "models" / "pandok-design" / "encoder.onnx").read_bytes(),
        "small network": small_network(rng),
        "one addition": one_addition(),
    }
    measured = {
        "level": sandbox.level,
        "landlock_abi": sandbox.tested.landlock_abi,
        "onnxruntime": onnxruntime.__version__,
        "load_at_start": round(load, 1),
        "images": given.images,
        "rounds": given.rounds,
        "self_test_s": round(self_test_s, 2),
        "self_test_attempts": len(sandbox.tested.attempts),
        "models": {
            name: measure_model(sandbox, name, model, given.images, given.rounds, SEED)
            for name, model in models.items()
        },
        "start_ms": measure_start(sandbox, given.starts),
    }
    print(measured)
    if given.out:
        write_result(given.out, __doc__.splitlines()[0].removeprefix("Question: "), SEED, measured)


if __name__ == "__main__":
    main()
