"""The baseline of the reading help: trains it, calibrates its score, writes it with its card.

    python training/xray_bags.py --split fit --count 450
    python training/xray_bags.py --split calibrate --count 180
    python training/xray_help.py fit
    python training/xray_help.py calibrate

Needs torch. `fit` trains a small network that says for each pixel of the maps what share of it belongs to a thing of
each class; `calibrate` fits the score of what is found in bags of other seeds, and writes files and card to
src/pandok/models/pandok-xray. Seeded; on one machine the same bits.
"""

from __future__ import annotations

import argparse
import json
import time
from pathlib import Path
from typing import Any

import numpy as np
import torch
import torch.nn.functional as F
from scipy.optimize import minimize
from torch import nn
from xray_bags import CLASSES

from pandok.core.model_card import ModelCard, ModelFile
from pandok.engines.encoders.model_store import sha256_of, write_card
from pandok.engines.scans.help_model import shares_here
from pandok.readers.xray.help.regions import PlaceRule, Region, regions_in
from pandok.readers.xray.help.scoring import FEATURES, features_of

MODEL = Path(__file__).resolve().parents[1] / "src/pandok/models/pandok-xray"
SEED, CROP, BATCH = 11, 96, 10
WIDTHS = (16, 24, 40, 64)
SCALE = (4.0, 2.0, 1.5, 1.0)
"""What the channels are divided by: typical amounts of a packed bag."""


class Block(nn.Module):
    """Convolutions of 3 × 3, each with its norm; the first takes every `stride`-th pixel."""

    def __init__(self, of: int, to: int, stride: int = 1, depth: int = 2):
        super().__init__()
        layers: list[nn.Module] = []
        for number in range(depth):
            first = number == 0
            layers += [
                nn.Conv2d(of if first else to, to, 3, stride if first else 1, 1, bias=False),
                nn.BatchNorm2d(to),
                nn.ReLU(),
            ]
        self.layers = nn.Sequential(*layers)

    def forward(self, x: torch.Tensor) -> torch.Tensor:
        found: torch.Tensor = self.layers(x)
        return found


class Network(nn.Module):
    """Maps (n, 4, rows, columns) of 2 mm to logits (n, 1 + classes, rows / 2, columns / 2); sides multiples of 16."""

    def __init__(self) -> None:
        super().__init__()
        self.register_buffer("scale", torch.tensor(SCALE).reshape(1, -1, 1, 1))
        w = WIDTHS
        self.down = nn.ModuleList(
            [Block(6, w[0], 2, depth=1), Block(w[0], w[1], 2), Block(w[1], w[2], 2), Block(w[2], w[3], 2)]
        )
        self.up = nn.ModuleList([Block(w[3] + w[2], w[2]), Block(w[2] + w[1], w[1]), Block(w[1] + w[0], w[0], depth=1)])
        self.last = nn.Conv2d(w[0], 1 + len(CLASSES), 1)

    def forward(self, maps: torch.Tensor) -> torch.Tensor:
        x = torch.clamp(maps / self.scale, -6.0, 10.0)
        x = torch.sign(x) * torch.log1p(torch.abs(x))
        # The material index beside the amounts: a ratio is hard to learn for so small a network.
        amount = torch.clamp(maps[:, :1] + maps[:, 1:2], min=0.05)
        index = torch.clamp(maps[:, 1:2] / amount, -1.0, 5.0)
        squeezed = torch.sign(index) * torch.log1p(torch.abs(index) * 2)
        x = torch.cat([x, squeezed, torch.log(amount)], 1)
        kept = []
        for one in self.down:
            x = one(x)
            kept.append(x)
        for one, beside in zip(self.up, reversed(kept[:-1]), strict=True):
            x = one(torch.cat([F.interpolate(x, scale_factor=2.0, mode="nearest"), beside], 1))
        found: torch.Tensor = self.last(x)
        return found


class Exported(nn.Module):
    """As it is shipped: the share of each pixel that belongs to each class."""

    def __init__(self, network: Network):
        super().__init__()
        self.network = network

    def forward(self, maps: torch.Tensor) -> torch.Tensor:
        shares = torch.softmax(self.network(maps), 1)[:, 1:]
        return F.interpolate(shares, scale_factor=2.0, mode="nearest")


def crop(maps: np.ndarray, labels: np.ndarray, random: np.random.Generator) -> tuple[np.ndarray, np.ndarray]:
    """Every other lies about a thing; turned and mirrored."""
    rows, columns = labels.shape
    there = np.argwhere(labels > 0)
    if len(there) and random.random() < 0.5:
        row, column = there[random.integers(len(there))] + random.integers(-32, 33, 2)
    else:
        row, column = random.integers(rows), random.integers(columns)
    top = int(np.clip(row - CROP // 2, 0, max(0, rows - CROP)))
    left = int(np.clip(column - CROP // 2, 0, max(0, columns - CROP)))
    values, truth = maps[:, top : top + CROP, left : left + CROP], labels[top : top + CROP, left : left + CROP]
    turn = int(random.integers(4))
    values, truth = np.rot90(values, turn, (1, 2)), np.rot90(truth, turn)
    if random.random() < 0.5:
        values, truth = values[:, :, ::-1], truth[:, ::-1]
    return np.ascontiguousarray(values, np.float32), np.ascontiguousarray(truth)


def load(folder: Path) -> list[tuple[np.ndarray, np.ndarray]]:
    found = []
    for path in sorted(folder.glob("*.npz")):
        with np.load(path) as one:
            found.append((one["maps"], one["labels"]))
    return found


def loss_of(logits: torch.Tensor, truth: torch.Tensor) -> torch.Tensor:
    """Cross-entropy with things weighted up, and one minus the overlap (Dice) of each class."""
    weight = torch.tensor([1.0] + [1.5] * len(CLASSES))
    small = truth[:, ::2, ::2]
    plain = F.cross_entropy(logits, small, weight=weight)
    shares = torch.softmax(logits, 1)[:, 1:]
    wanted = F.one_hot(small, 1 + len(CLASSES)).permute(0, 3, 1, 2)[:, 1:].float()
    both = (shares * wanted).sum((0, 2, 3))
    dice = 1 - (2 * both + 20) / (shares.sum((0, 2, 3)) + wanted.sum((0, 2, 3)) + 20)
    return plain + 0.3 * dice.mean()


def fit(cache: Path, steps: int, to: Path) -> None:
    torch.manual_seed(SEED)
    torch.set_num_threads(1)
    random = np.random.default_rng(SEED)
    bags = load(cache / "fit")
    network = Network()
    optimiser = torch.optim.AdamW(network.parameters(), lr=3e-3, weight_decay=1e-4)
    turns = torch.optim.lr_scheduler.OneCycleLR(optimiser, 4e-3, total_steps=steps, pct_start=0.15)
    begun, mean = time.process_time(), 0.0
    for step in range(steps):
        pairs = [crop(*bags[int(random.integers(len(bags)))], random) for _ in range(BATCH)]
        values = torch.from_numpy(np.stack([one for one, _ in pairs]))
        truth = torch.from_numpy(np.stack([one for _, one in pairs]).astype(np.int64))
        loss = loss_of(network(values), truth)
        optimiser.zero_grad()
        loss.backward()
        optimiser.step()
        turns.step()
        mean = 0.98 * mean + 0.02 * loss.item() if step else loss.item()
        if step % 20 == 19:
            print(step + 1, round(mean, 4), f"{time.process_time() - begun:.0f} s", flush=True)
    network.eval()
    to.mkdir(parents=True, exist_ok=True)
    torch.onnx.export(
        Exported(network).eval(),
        (torch.zeros(1, 4, 64, 64),),
        str(to / "help.onnx"),
        input_names=["maps"],
        output_names=["shares"],
        dynamic_axes={"maps": {2: "rows", 3: "columns"}, "shares": {2: "rows", 3: "columns"}},
        opset_version=17,
        dynamo=False,
    )
    facts = {
        "bags": len(bags),
        "steps": steps,
        "processor_s": round(time.process_time() - begun),
        "loss": round(mean, 4),
    }
    (cache / "fit.json").write_text(json.dumps(facts))
    print(facts)


def is_hit(region: Region, labels: np.ndarray) -> bool:
    """A third of the region or more lies on a thing, of whatever class."""
    return float((labels[region.mask] > 0).mean()) >= 1 / 3


RULES = tuple(PlaceRule(grow, seed) for grow in (0.3, 0.5, 0.7, 0.8, 0.85, 0.9) for seed in (0.9, 0.95, 0.98))
ALARMS_A_BAG = 0.25


def fitted(x: np.ndarray, y: np.ndarray) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    """Mean and scale of each feature, weights with the bias at the end."""
    mean, scale = x.mean(axis=0), np.maximum(x.std(axis=0), 0.02)
    z = (x - mean) / scale

    def cost(w: np.ndarray) -> float:
        logit = z @ w[:-1] + w[-1]
        return float(np.sum(np.logaddexp(0, logit) - y * logit) + 0.5 * np.sum(w[:-1] ** 2))

    return mean, scale, minimize(cost, np.zeros(len(FEATURES) + 1), method="BFGS").x


def calibrate(cache: Path, version: str) -> None:
    """The rule whose places, ranked by the score fitted on them, hit the most at `ALARMS_A_BAG` false alarms."""
    run = shares_here(MODEL / "help.onnx", threads=1)
    bags = [
        (run(maps.astype(np.float32)), maps.astype(np.float32), labels) for maps, labels in load(cache / "calibrate")
    ]
    best: tuple[float, PlaceRule, Any] | None = None
    for rule in RULES:
        rows, truth = [], []
        for shares, maps, labels in bags:
            for region in regions_in(shares, maps, rule):
                rows.append(features_of(region))
                truth.append(is_hit(region, labels))
        x, y = np.array(rows, np.float64), np.array(truth, np.float64)
        mean, scale, weights = fitted(x, y)
        score = ((x - mean) / scale) @ weights[:-1]
        wrong = np.sort(score[y == 0])[::-1]
        most = int(ALARMS_A_BAG * len(bags))
        reached = float((score[y == 1] > (wrong[most] if most < len(wrong) else -np.inf)).sum())
        print(rule, len(y), int(y.sum()), "hits at the rate:", reached)
        if best is None or reached > best[0]:
            best = reached, rule, (mean, scale, weights)
    assert best is not None
    _, rule, (mean, scale, weights) = best
    facts = json.loads((cache / "fit.json").read_text())
    constants: dict[str, Any] = {
        "classes": list(CLASSES),
        "places": {"grow": rule.grow, "seed": rule.seed},
        "score": {
            "mean": [round(float(one), 5) for one in mean],
            "scale": [round(float(one), 5) for one in scale],
            "weights": [round(float(one), 5) for one in weights[:-1]],
            "bias": round(float(weights[-1]), 5),
        },
    }
    (MODEL / "help.json").write_text(json.dumps(constants, indent=1) + "\n")
    files = tuple(
        ModelFile(name=name, sha256=sha256_of(MODEL / name), bytes=(MODEL / name).stat().st_size)
        for name in ("help.onnx", "help.json")
    )
    write_card(
        MODEL,
        ModelCard(
            name="pandok-xray",
            version=version,
            task="dual-energy X-ray scans of parcels and bags to places that may have to be opened",
            files=files,
            outputs=("shares",),
            score_direction="none",
            licence="Apache-2.0",
            origin_of_weights="Trained from random weights by training/xray_help.py",
            training_data="Trained on computed scenes only: "
            f"{facts['bags']} parcels and bags of pandok.demo.scans on two invented cabinets, without scatter, seeds "
            f"from 1,000,000; score calibrated on {len(bags)} others, seeds from 2,000,000. Three classes of things, "
            "each of one simple form. No scan of a real machine was seen.",
            calibration="help.json",
            notes="It points at places; it does not judge. Its score is the share of such places that held a thing "
            "where every third bag held one; far fewer do in service. See docs/algorithms/xray.md.",
        ),
    )
    print(constants)


def main() -> None:
    arguments = argparse.ArgumentParser(description=__doc__)
    arguments.add_argument("step", choices=["fit", "calibrate"])
    arguments.add_argument("--cache", type=Path, default=Path("training/cache/xray"))
    arguments.add_argument("--steps", type=int, default=1800)
    arguments.add_argument("--to", type=Path, default=MODEL)
    arguments.add_argument("--version", default="1.0.0")
    chosen = arguments.parse_args()
    if chosen.step == "fit":
        fit(chosen.cache, chosen.steps, chosen.to)
    else:
        calibrate(chosen.cache, chosen.version)


if __name__ == "__main__":
    main()
