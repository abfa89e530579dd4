"""Train the design encoder: what a thing is, and where its lines run, whatever it is drawn, rendered or filled with.

Command: python training/train_encoder.py --cache training/cache --run training/cache/runs/a
Method: EfficientNet-Lite0; stem and the first three stages stay as they are; the later stages and two heads learn by
multi-positive InfoNCE (Khosla et al. 2020) on batches of one domain each, so that the negatives are hard; the layout
head learns where renditions lie on each other. Batch normalisation keeps its ImageNet statistics.

Stop it at any moment and call it again: it goes on from the last checkpoint with the same result (going_on.py). The
rate warms up and then falls with the square root of the steps, so that no end need be known; the weights used are a
running average. Writes `checkpoint.pt`, `encoder.pt` and `log.json` with losses and validation into the run's folder.
"""

from __future__ import annotations

import argparse
import json
import math
import multiprocessing
import os
import signal
import sys
import time
from pathlib import Path
from queue import Full
from typing import Any

import cv2
import torch
from batches import LAID_OUT, SHARES, Batch, Batches, shards_of
from going_on import Progress, load, save
from network import Encoder, as_input, start_heads, weights_of_export
from torch import Tensor, nn
from validation import Validation

RENDERED = tuple(name for name in SHARES if name not in ("goods", "lines"))
SHIPPED = Path("src/pandok/models/pandok-design/encoder.onnx")
WARM_UP_STEPS = 150
FULL_RATE_STEPS = 1500
AVERAGE = 0.002


def _fill(queue: multiprocessing.Queue, recipe: dict[str, Any], shards: dict[str, list[Path]], first: int) -> None:
    """Draws batches in a process of its own, from step `first` on, as long as the training lives."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    cv2.setNumThreads(1)
    batches = Batches(shards, Path(recipe["shared"]), recipe["side_px"], recipe["seed"], recipe["left_out"])
    asking = multiprocessing.parent_process()
    for step in range(first, 10**9):
        batch = batches.draw(step)
        while True:  # killed, it cannot say so: an own end of the queue stays open here
            if asking is not None and not asking.is_alive():
                return
            try:
                queue.put(batch, timeout=5)
                break
            except Full:
                continue


def info_nce(embedding: Tensor, labels: Tensor, temperature: float) -> Tensor:
    """Multi-positive InfoNCE (SupCon, "out" form) over one batch."""
    similarity = embedding @ embedding.T / temperature
    eye = torch.eye(len(labels), dtype=torch.bool)
    similarity = similarity.masked_fill(eye, -1e4)
    positive = (labels[:, None] == labels[None]) & ~eye
    log_share = similarity - similarity.logsumexp(dim=1, keepdim=True)
    count = positive.sum(1).clamp(min=1)
    return (-(log_share * positive).sum(1) / count)[positive.any(1)].mean()


def rate_at(step: int) -> float:
    """The share of the learning rate at a step: warm-up, full, then the inverse square root."""
    return min(1.0, (step + 1) / WARM_UP_STEPS) * math.sqrt(min(1.0, FULL_RATE_STEPS / (step + 1)))


def one_step(
    encoder: Encoder,
    average: dict[str, Tensor],
    optimiser: torch.optim.Optimizer,
    batch: Batch,
    progress: Progress,
    recipe: dict[str, Any],
) -> None:
    """One step of training; everything that it changes is kept by a checkpoint."""
    name, pictures, labels_of = batch
    for group in optimiser.param_groups:
        group["lr"] = recipe["learning_rate"] * group["scale"] * rate_at(progress.step)
    labels = torch.from_numpy(labels_of)
    with torch.no_grad():
        trunk = encoder.trunk(as_input(pictures).contiguous(memory_format=torch.channels_last))
    tuned, layout = encoder(trunk)
    losses = {name: info_nce(tuned, labels, recipe["temperature"])}
    if name in LAID_OUT:
        losses[f"{name}_layout"] = info_nce(layout, labels, recipe["temperature"])
    optimiser.zero_grad(set_to_none=True)
    torch.stack(list(losses.values())).sum().backward()
    trained = encoder.trained()
    nn.utils.clip_grad_norm_(trained.values(), 2.0)
    optimiser.step()
    progress.step += 1
    with torch.no_grad():
        for key, parameter in trained.items():
            average[key].lerp_(parameter, max(AVERAGE, 1 / (progress.step + 1)))
    for key, loss in losses.items():
        value = float(loss.detach())
        progress.losses[key] = 0.95 * progress.losses.get(key, value) + 0.05 * value


def arguments_of(words: list[str] | None = None) -> argparse.Namespace:
    parser = argparse.ArgumentParser(formatter_class=argparse.ArgumentDefaultsHelpFormatter)
    parser.add_argument("--cache", type=Path, default=Path("training/cache"))
    parser.add_argument("--run", type=Path, default=Path("training/cache/runs/a"), help="folder of this run")
    parser.add_argument("--shared", type=Path, default=Path(os.environ.get("PANDOK_SHARED", "../shared")))
    parser.add_argument("--hours", type=float, default=1e6, help="stop after so many hours of this call")
    parser.add_argument("--steps", type=int, default=10**9, help="stop when so many steps have been made in all")
    parser.add_argument("--save-every", type=int, default=50, help="steps between checkpoints")
    parser.add_argument("--validate-every", type=int, default=400, help="steps between validations")
    parser.add_argument("--threads", type=int, default=2)
    parser.add_argument("--start-from", type=Path, default=SHIPPED, help="an exported encoder.onnx, or 'imagenet'")
    parser.add_argument("--side-px", type=int, default=176)
    parser.add_argument("--seed", type=int, default=20261128)
    parser.add_argument("--temperature", type=float, default=0.07)
    parser.add_argument("--learning-rate", type=float, default=3e-4)
    parser.add_argument("--leave-out", nargs="*", default=[], help="domains that are not trained on")
    parser.add_argument("--new-shards", action="store_true", help="draw from shards that came since the run began, too")
    return parser.parse_args(words)


def recipe_of(arguments: argparse.Namespace) -> dict[str, Any]:
    """What decides the result, as plain values."""
    return {
        "start_from": str(arguments.start_from),
        "side_px": arguments.side_px,
        "seed": arguments.seed,
        "temperature": arguments.temperature,
        "learning_rate": arguments.learning_rate,
        "left_out": sorted(arguments.leave_out),
        "shared": str(arguments.shared),
    }


def prepared(recipe: dict[str, Any]) -> tuple[Encoder, dict[str, Tensor], torch.optim.Optimizer]:
    """Network, running averages and optimiser as they are before the first step, but for the heads."""
    torch.manual_seed(recipe["seed"])
    encoder = Encoder().eval()
    if recipe["start_from"] != "imagenet":
        weights_of_export(encoder, Path(recipe["start_from"]))
    encoder = encoder.to(memory_format=torch.channels_last)
    trained = encoder.trained()
    for parameter in encoder.parameters():
        parameter.requires_grad_(False)
    for parameter in trained.values():
        parameter.requires_grad_(True)
    heads = [parameter for name, parameter in trained.items() if not name.startswith("net.")]
    body = [parameter for name, parameter in trained.items() if name.startswith("net.")]
    optimiser = torch.optim.AdamW(
        [{"params": body, "lr": 0.0, "scale": 1.0}, {"params": heads, "lr": 0.0, "scale": 2.0}], weight_decay=0.02
    )
    return encoder, {name: parameter.detach().clone() for name, parameter in trained.items()}, optimiser


def keep_memory() -> None:
    """Begin again, once, with an allocator that keeps what it has and takes large pages.

    A step frees and takes some gigabytes; given back to the system each time, their pages are cleared anew, which took
    four tenths of a step's processor time. glibc reads these settings before the program starts.
    """
    if "MALLOC_MMAP_MAX_" in os.environ:
        return
    keeping = {
        "MALLOC_MMAP_MAX_": "0",
        "MALLOC_TRIM_THRESHOLD_": str(16 << 30),
        "MALLOC_TOP_PAD_": str(256 << 20),
        "GLIBC_TUNABLES": "glibc.malloc.hugetlb=1",
    }
    os.execve(sys.executable, [sys.executable, *sys.orig_argv[1:]], {**os.environ, **keeping})


def main() -> None:
    arguments = arguments_of()
    keep_memory()
    recipe = recipe_of(arguments)
    torch.set_num_threads(arguments.threads)
    cv2.setNumThreads(1)
    encoder, average, optimiser = prepared(recipe)
    progress = load(arguments.run, encoder, average, optimiser, recipe)
    begins = progress is None
    progress = progress or Progress()
    if begins or arguments.new_shards:
        found = {name: shards_of(arguments.cache, name, for_training=True) for name in RENDERED}
        progress.shards = {name: [str(path.relative_to(arguments.cache)) for path in found[name]] for name in found}
        progress.log.append({"step": progress.step, "shards": {k: len(v) for k, v in progress.shards.items()}})
    shards = {name: [arguments.cache / path for path in paths] for name, paths in progress.shards.items()}
    context = multiprocessing.get_context("spawn")
    queue: multiprocessing.Queue = context.Queue(6)
    context.Process(target=_fill, args=(queue, recipe, shards, progress.step), daemon=True).start()
    if begins:
        own = Batches(shards, arguments.shared, recipe["side_px"], recipe["seed"] + 1, recipe["left_out"])
        heads = ("tuned", "layout") if recipe["start_from"] == "imagenet" else ("layout",)
        start_heads(encoder, [own.draw(step)[1] for step in range(16)], heads)
        average.update({name: parameter.detach().clone() for name, parameter in encoder.trained().items()})
    validation = Validation(arguments.cache, arguments.shared, 224)
    stopping: list[int] = []
    for number in (signal.SIGTERM, signal.SIGINT):
        signal.signal(number, lambda got, _frame: stopping.append(got))
    until = time.monotonic() + 3600 * arguments.hours
    if begins:
        _validate(encoder, average, validation, progress)
    while not stopping and progress.step < arguments.steps and time.monotonic() < until:
        batch = queue.get()
        began = time.process_time()
        one_step(encoder, average, optimiser, batch, progress, recipe)
        progress.seconds += time.process_time() - began
        if progress.step % arguments.save_every == 0:
            entry = {"step": progress.step, "hours": round(progress.seconds / 3600, 3)}
            entry |= {name: round(value, 3) for name, value in progress.losses.items()}
            progress.log.append(entry)
            print(json.dumps(entry), flush=True)
            if progress.step % arguments.validate_every == 0:
                _validate(encoder, average, validation, progress)
            save(arguments.run, encoder, average, optimiser, progress, recipe)
    save(arguments.run, encoder, average, optimiser, progress, recipe)


def _validate(encoder: Encoder, average: dict[str, Tensor], validation: Validation, progress: Progress) -> None:
    averaged = Encoder().eval()
    averaged.load_state_dict({**encoder.state_dict(), **average})
    found = validation.measure(averaged)
    progress.log.append({"step": progress.step, "hours": round(progress.seconds / 3600, 3), "recall_at_1": found})
    print(json.dumps(progress.log[-1]), flush=True)


if __name__ == "__main__":
    main()
