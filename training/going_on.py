"""Training that can be stopped at any moment and goes on from its last checkpoint as if it had never stopped.

A checkpoint holds everything that the next step depends on: weights, running averages, the optimiser's state, torch's
random numbers, the step (which names the batch, see batches.py), and the list of shards that are drawn from. It is
written beside the old one and takes its place at once, so that a kill at any moment leaves a whole one.
"""

from __future__ import annotations

import json
import os
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import torch
from torch import Tensor, nn


@dataclass
class Progress:
    """Where training stands. `seconds` is processor time spent in steps, over all calls: pauses do not count."""

    step: int = 0
    seconds: float = 0.0
    log: list[dict[str, Any]] = field(default_factory=list)
    shards: dict[str, list[str]] = field(default_factory=dict)
    losses: dict[str, float] = field(default_factory=dict)


def save(
    folder: Path,
    network: nn.Module,
    average: dict[str, Tensor],
    optimiser: torch.optim.Optimizer,
    progress: Progress,
    recipe: dict[str, Any],
) -> None:
    folder.mkdir(parents=True, exist_ok=True)
    state = {
        "network": network.state_dict(),
        "average": average,
        "optimiser": optimiser.state_dict(),
        "random": torch.get_rng_state(),
        "progress": vars(progress),
        "recipe": recipe,
    }
    _replace(folder / "checkpoint.pt", lambda part: torch.save(state, part))
    averaged = {**network.state_dict(), **average}
    _replace(folder / "encoder.pt", lambda part: torch.save({"state": averaged, "step": progress.step}, part))
    _replace(
        folder / "log.json",
        lambda part: part.write_text(json.dumps({"recipe": recipe, "log": progress.log}, indent=1)),
    )


def load(
    folder: Path,
    network: nn.Module,
    average: dict[str, Tensor],
    optimiser: torch.optim.Optimizer,
    recipe: dict[str, Any],
) -> Progress | None:
    """Take up the checkpoint in `folder`; None where there is none. Raises SystemExit where the recipe is another."""
    path = folder / "checkpoint.pt"
    if not path.exists():
        return None
    state = torch.load(path, weights_only=True)
    other = {name for name in recipe if state["recipe"].get(name) != recipe[name]}
    if other:
        told = ", ".join(f"{name} {state['recipe'].get(name)} -> {recipe[name]}" for name in sorted(other))
        raise SystemExit(f"{path} was trained by another recipe ({told}); name another --run")
    network.load_state_dict(state["network"])
    for name, value in state["average"].items():
        average[name].copy_(value)
    optimiser.load_state_dict(state["optimiser"])
    torch.set_rng_state(state["random"])
    return Progress(**state["progress"])


def _replace(path: Path, write: Any) -> None:
    part = path.with_name(path.name + ".part")
    write(part)
    with open(part, "rb") as file:
        os.fsync(file.fileno())
    os.replace(part, path)
