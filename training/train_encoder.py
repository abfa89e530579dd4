"""Train the design encoder: one space for photographs, renders, sketches and line drawings of one article.

Command: python training/train_encoder.py --minutes 60 --cache training/cache
Method: EfficientNet-Lite0 with ImageNet weights; stem and the first three stages stay as they are; the later stages
and a linear head learn by multi-positive InfoNCE (Khosla et al. 2020) on batches of one domain each, so that the
negatives are hard; batch normalisation keeps its ImageNet statistics. Writes `encoder.pt` and `log.json`.
"""

from __future__ import annotations

import argparse
import hashlib
import json
import math
import multiprocessing
import os
import time
from pathlib import Path

import cv2
import numpy as np
import torch
from cutouts import heap_mask, package_mask, studio
from edges import line_rendering
from lite0 import Lite0, gem, pretrained
from numpy.typing import NDArray
from torch import Tensor, nn
from torch.nn import functional

FROZEN_STAGES = 3
DIMENSION = 256
HELD_OUT = 0.25
"""Share of the goods' photographs that the encoder never sees: fit_ranking.py needs them."""
POOLED = 112 + 192 + 1280


class Encoder(nn.Module):
    """`embed(trunk(x))`: `(N, 3, S, S)` float32 in [-1, 1] to `(N, 256)` of unit length."""

    def __init__(self) -> None:
        super().__init__()
        self.net: Lite0 = pretrained()
        self.head = nn.Linear(POOLED, DIMENSION)

    def trunk(self, x: Tensor) -> Tensor:
        return self.net.stem(x, FROZEN_STAGES)

    def pooled(self, x: Tensor) -> Tensor:
        middle: list[Tensor] = []
        blocks = list(zip(self.net.stage_of_block, self.net._blocks, strict=True))
        for index, (stage, block) in enumerate(blocks):
            if stage < FROZEN_STAGES:
                continue
            x = block(x)
            last = index + 1 == len(blocks) or blocks[index + 1][0] != stage
            if last and stage in (4, 5):
                middle.append(functional.normalize(x.abs().clamp(min=1e-6).pow(3).mean((-2, -1)).pow(1 / 3), dim=1))
        x = functional.relu6(self.net._bn1(self.net._conv_head(x)))
        return torch.cat([*middle, functional.normalize(gem(x), dim=1)], dim=1)

    def embed(self, features: Tensor) -> Tensor:
        return functional.normalize(self.head(self.pooled(features)), dim=1)

    def forward(self, x: Tensor) -> Tensor:
        return self.embed(self.trunk(x))


class Renditions:
    """Pictures of many articles, several renditions each, as JPEG bytes in the shards that render_pairs.py writes.

    Rendering may go on during training: `refresh` takes the shards that have come since.
    """

    def __init__(self, cache: Path, what: str):
        self.cache, self.what = cache, what
        self.taken: set[Path] = set()
        self.articles: list[list[NDArray[np.uint8]]] = []
        self.refresh()

    def refresh(self) -> None:
        for path in sorted(self.cache.glob(f"{self.what}-*/[0-9][0-9][0-9][0-9].npz")):
            # Every seventh shard is kept for fit_ranking.py.
            if path in self.taken or int(path.stem) % 7 == 3:
                continue
            self.taken.add(path)
            with np.load(path) as stored:
                data, offset, article = stored["data"], stored["offset"], stored["article"]
            for number in range(int(article.max()) + 1):
                rows = np.flatnonzero(article == number)
                self.articles.append([data[offset[row] : offset[row + 1]] for row in rows])

    def picture(self, article: int, rendition: int) -> NDArray[np.uint8]:
        return cv2.cvtColor(cv2.imdecode(self.articles[article][rendition], cv2.IMREAD_COLOR), cv2.COLOR_BGR2RGB)


def square(rgb: NDArray[np.uint8], side: int, fill: int = 255) -> NDArray[np.uint8]:
    height, width = rgb.shape[:2]
    scale = side / max(height, width)
    size = (max(1, round(width * scale)), max(1, round(height * scale)))
    small = cv2.resize(rgb, size, interpolation=cv2.INTER_AREA if scale < 1 else cv2.INTER_LINEAR)
    out = np.full((side, side, 3), fill, np.uint8)
    top, left = (side - small.shape[0]) // 2, (side - small.shape[1]) // 2
    out[top : top + small.shape[0], left : left + small.shape[1]] = small
    return out


def augment(rgb: NDArray[np.uint8], side: int, rng: np.random.Generator, colour: float = 1.0) -> NDArray[np.uint8]:
    """Crop, turn, mirror, light, colour, blur, noise: what changes between two pictures of one article."""
    height, width = rgb.shape[:2]
    if rng.random() < 0.7:
        keep = rng.uniform(0.72, 1.0)
        h, w = max(8, int(height * keep)), max(8, int(width * keep))
        y, x = rng.integers(0, height - h + 1), rng.integers(0, width - w + 1)
        rgb = rgb[y : y + h, x : x + w]
    out = square(rgb, side)
    if rng.random() < 0.6:
        angle = float(rng.choice([0, 0, 0, 90, 270, 180])) if rng.random() < 0.25 else float(rng.normal(0, 9))
        matrix = cv2.getRotationMatrix2D((side / 2, side / 2), angle, float(rng.uniform(0.85, 1.1)))
        matrix[:, 2] += rng.normal(0, 0.03 * side, 2)
        matrix[0, 1] += rng.normal(0, 0.05)
        out = cv2.warpAffine(out, matrix, (side, side), borderMode=cv2.BORDER_REPLICATE)
    if rng.random() < 0.3:
        out = out[:, ::-1]
    f = out.astype(np.float32)
    if rng.random() < 0.8 * colour:
        f = (f - 127) * rng.uniform(0.7, 1.3) + 127 + rng.uniform(-30, 30)
        f *= rng.uniform(0.85, 1.15, 3).astype(np.float32)
    if rng.random() < 0.15:
        f = np.repeat(f.mean(axis=2, keepdims=True), 3, axis=2)
    if rng.random() < 0.25:
        f = cv2.GaussianBlur(f, (0, 0), rng.uniform(0.5, 1.6))
    if rng.random() < 0.3:
        f += rng.normal(0, rng.uniform(2, 12), (*f.shape[:2], 1)).astype(np.float32)
    return np.clip(f, 0, 255).astype(np.uint8)


def held_out(path: str) -> bool:
    """A fixed share of the photographs by hash of their name."""
    return hashlib.sha256(path.encode()).digest()[0] < 256 * HELD_OUT


class Labelled:
    """Photographs with a class: any two of one class are positives."""

    def __init__(self, folder: Path, side: int, *, heaps: bool, rng: np.random.Generator):
        import csv

        self.heaps, self.rng = heaps, rng
        self.masks: dict[int, NDArray[np.uint8]] = {}
        self.by_class: dict[str, list[NDArray[np.uint8]]] = {}
        with open(folder / "train.csv", encoding="utf-8") as file:
            for row in csv.DictReader(file):
                picture = cv2.imread(str(folder / row["path"]))
                if picture is not None and not held_out(row["path"]):
                    self.by_class.setdefault(row["design_id"], []).append(
                        cv2.cvtColor(_shrink(picture, side * 3 // 2), cv2.COLOR_BGR2RGB)
                    )
        self.names = sorted(name for name, pictures in self.by_class.items() if len(pictures) >= 2)

    def studio(self, picture: NDArray[np.uint8]) -> NDArray[np.uint8]:
        """The photograph's article as a studio picture."""
        if self.heaps:
            height, width = picture.shape[:2]
            keep = self.rng.uniform(0.3, 1.0)
            h, w = int(height * keep), int(width * keep)
            y, x = int(self.rng.integers(0, height - h + 1)), int(self.rng.integers(0, width - w + 1))
            part = picture[y : y + h, x : x + w]
            return studio(part, heap_mask(h, w, self.rng), self.rng)
        if id(picture) not in self.masks:
            self.masks[id(picture)] = package_mask(picture, self.rng)
        return studio(picture, self.masks[id(picture)], self.rng)


def _shrink(picture: NDArray[np.uint8], side: int) -> NDArray[np.uint8]:
    scale = side / max(picture.shape[:2])
    return cv2.resize(picture, None, fx=scale, fy=scale, interpolation=cv2.INTER_AREA) if scale < 1 else picture


class Batches:
    """Draws batches `(pictures uint8 (n, side, side, 3), labels (n,))`, one domain each."""

    def __init__(self, cache: Path, shared: Path, side: int, rng: np.random.Generator):
        self.side, self.rng = side, rng
        self.articles = Renditions(cache, "articles")
        self.marks = Renditions(cache, "marks")
        self.goods = [
            Labelled(shared / "data" / "designs-packages", side, heaps=False, rng=rng),
            Labelled(shared / "data" / "designs-produce", side, heaps=True, rng=rng),
        ]
        import csv

        with open(shared / "data" / "photos-clothing" / "photos.csv", encoding="utf-8") as file:
            paths = [row["path"] for row in csv.DictReader(file)]
        self.photographs = [str(shared / "data" / "photos-clothing" / path) for path in paths]

    def articles_batch(self, source: Renditions, ids: int, per_id: int) -> tuple[list[NDArray[np.uint8]], list[int]]:
        count = len(source.articles)
        # Look-alikes of one family lie side by side: half the batch comes from such groups.
        near = [(int(start) + i) % count for start in self.rng.integers(count, size=ids // 6) for i in range(3)]
        chosen = list(dict.fromkeys([*near, *self.rng.choice(count, ids, replace=False).tolist()]))[:ids]
        pictures, labels = [], []
        for label, article in enumerate(chosen):
            for rendition in self.rng.permutation(len(source.articles[article]))[:per_id]:
                pictures.append(augment(source.picture(article, int(rendition)), self.side, self.rng))
                labels.append(label)
        return pictures, labels

    def goods_batch(self, ids: int, per_id: int) -> tuple[list[NDArray[np.uint8]], list[int]]:
        source = self.goods[int(self.rng.random() < 0.45)]
        chosen = self.rng.choice(source.names, min(ids, len(source.names)), replace=False)
        pictures, labels = [], []
        for label, name in enumerate(chosen):
            pool = source.by_class[str(name)]
            for index in self.rng.permutation(len(pool))[:per_id]:
                picture = pool[int(index)]
                if self.rng.random() < 0.4:
                    picture = source.studio(picture)
                elif self.rng.random() < 0.5:  # the middle, where the hand holds the article
                    h, w = picture.shape[:2]
                    m = self.rng.uniform(0.08, 0.2)
                    picture = picture[int(m * h) : int((1 - m) * h), int(m * w) : int((1 - m) * w)]
                pictures.append(augment(picture, self.side, self.rng))
                labels.append(label)
        return pictures, labels

    def lines_batch(self, ids: int) -> tuple[list[NDArray[np.uint8]], list[int]]:
        pictures, labels = [], []
        for label, index in enumerate(self.rng.choice(len(self.photographs), ids, replace=False)):
            raw = cv2.imread(self.photographs[int(index)])
            rgb = cv2.cvtColor(_shrink(raw, 200), cv2.COLOR_BGR2RGB)
            pictures.append(augment(rgb, self.side, self.rng))
            pictures.append(augment(line_rendering(rgb, self.rng), self.side, self.rng, colour=0.2))
            labels += [label, label]
        return pictures, labels

    def draw(self) -> tuple[str, NDArray[np.uint8], NDArray[np.int64]]:
        kind = self.rng.random()
        if kind < 0.42:
            name, (pictures, labels) = "articles", self.articles_batch(self.articles, 20, 4)
        elif kind < 0.57:
            name, (pictures, labels) = "marks", self.articles_batch(self.marks, 27, 3)
        elif kind < 0.85:
            name, (pictures, labels) = "goods", self.goods_batch(20, 4)
        else:
            name, (pictures, labels) = "lines", self.lines_batch(40)
        return name, np.stack(pictures), np.array(labels, np.int64)


def _fill(queue: multiprocessing.Queue, arguments: argparse.Namespace) -> None:
    """Draws batches in a process of its own, so that neither core waits for the other."""
    cv2.setNumThreads(1)
    rng = np.random.default_rng(arguments.seed)
    batches = Batches(arguments.cache, arguments.shared, arguments.side_px, rng)
    for number in range(10**9):
        if number % 200 == 199:
            batches.articles.refresh()
            batches.marks.refresh()
        queue.put(batches.draw())


def as_input(pictures: NDArray[np.uint8]) -> Tensor:
    return (torch.from_numpy(np.ascontiguousarray(pictures)).permute(0, 3, 1, 2).float() - 127) / 128


def info_nce(embedding: Tensor, labels: Tensor, temperature: float) -> Tensor:
    """Multi-positive InfoNCE (SupCon, "out" form) over one batch."""
    similarity = embedding @ embedding.T / temperature
    eye = torch.eye(len(labels), dtype=torch.bool)
    similarity = similarity.masked_fill(eye, -1e4)
    positive = (labels[:, None] == labels[None]) & ~eye
    log_share = similarity - similarity.logsumexp(dim=1, keepdim=True)
    count = positive.sum(1).clamp(min=1)
    return (-(log_share * positive).sum(1) / count)[positive.any(1)].mean()


def initial_head(encoder: Encoder, queue: multiprocessing.Queue) -> None:
    """Start from the whitened principal components of the plain features, so that nothing known is lost."""
    collected = []
    with torch.no_grad():
        for _ in range(16):
            collected.append(encoder.pooled(encoder.trunk(as_input(queue.get()[1]))))
    features = torch.cat(collected)
    mean = features.mean(0)
    _, s, v = torch.linalg.svd(features - mean, full_matrices=False)
    scale = s[:DIMENSION] / math.sqrt(len(features))
    weight = v[:DIMENSION] / (scale[:, None].clamp(min=1e-4) + 0.3 * scale[0])
    encoder.head.weight.data.copy_(weight)
    encoder.head.bias.data.copy_(-(weight @ mean))


def main() -> None:
    parser = argparse.ArgumentParser()
    parser.add_argument("--minutes", type=float, default=60)
    parser.add_argument("--cache", type=Path, default=Path("training/cache"))
    parser.add_argument("--shared", type=Path, default=Path(os.environ.get("PANDOK_SHARED", "../shared")))
    parser.add_argument("--side-px", type=int, default=160)
    parser.add_argument("--seed", type=int, default=20261121)
    parser.add_argument("--threads", type=int, default=2)
    parser.add_argument("--temperature", type=float, default=0.07)
    parser.add_argument("--learning-rate", type=float, default=4e-4)
    parser.add_argument("--start-from", type=Path, help="an encoder.pt to go on from, in place of ImageNet weights")
    arguments = parser.parse_args()
    torch.set_num_threads(arguments.threads)
    cv2.setNumThreads(1)
    torch.manual_seed(arguments.seed)
    queue: multiprocessing.Queue = multiprocessing.get_context("spawn").Queue(6)
    filler = multiprocessing.get_context("spawn").Process(target=_fill, args=(queue, arguments), daemon=True)
    filler.start()
    encoder = Encoder().eval()
    if arguments.start_from:
        encoder.load_state_dict(torch.load(arguments.start_from, weights_only=True)["state"])
    else:
        initial_head(encoder, queue)
    encoder = encoder.to(memory_format=torch.channels_last)
    tuned = [p for name, p in encoder.net.named_parameters() if _tuned(name)]
    for parameter in encoder.parameters():
        parameter.requires_grad_(False)
    for parameter in [*tuned, *encoder.head.parameters()]:
        parameter.requires_grad_(True)
    optimiser = torch.optim.AdamW(
        [
            {"params": tuned, "lr": arguments.learning_rate, "scale": 1.0},
            {"params": list(encoder.head.parameters()), "lr": arguments.learning_rate * 2, "scale": 2.0},
        ],
        weight_decay=0.02,
    )
    started, step, log = time.monotonic(), 0, []
    means: dict[str, float] = {}
    average = {name: p.detach().clone() for name, p in encoder.named_parameters() if p.requires_grad}
    while (share := (time.monotonic() - started) / (60 * arguments.minutes)) < 1:
        rate = min(1.0, step / 60) * (0.5 + 0.5 * math.cos(math.pi * share)) + 0.01
        for group in optimiser.param_groups:
            group["lr"] = arguments.learning_rate * group["scale"] * rate
        name, pictures, labels = queue.get()
        with torch.no_grad():
            trunk = encoder.trunk(as_input(pictures).contiguous(memory_format=torch.channels_last))
        loss = info_nce(encoder.embed(trunk), torch.from_numpy(labels), arguments.temperature)
        optimiser.zero_grad(set_to_none=True)
        loss.backward()
        nn.utils.clip_grad_norm_([*tuned, *encoder.head.parameters()], 2.0)
        optimiser.step()
        step += 1
        with torch.no_grad():
            for key, parameter in encoder.named_parameters():
                if key in average:
                    average[key].lerp_(parameter, max(0.005, 1 / (step + 1)))
        means[name] = 0.95 * means.get(name, float(loss)) + 0.05 * float(loss)
        if step % 50 == 0:
            entry = {
                "step": step,
                "minutes": round(share * arguments.minutes, 2),
                **{k: round(v, 3) for k, v in means.items()},
            }
            log.append(entry)
            print(json.dumps(entry), flush=True)
        if step % 200 == 0:
            _save(encoder, average, arguments, log, step)
    _save(encoder, average, arguments, log, step)


def _tuned(name: str) -> bool:
    if name.startswith("_blocks."):
        blocks_before = sum(repeats for *_, repeats in __import__("lite0").STAGES[:FROZEN_STAGES])
        return int(name.split(".")[1]) >= blocks_before
    return name.startswith(("_conv_head", "_bn1"))


def _save(encoder: Encoder, average: dict[str, Tensor], arguments: argparse.Namespace, log: list, step: int) -> None:
    state = encoder.state_dict()
    state.update(average)
    temporary = arguments.cache / "encoder.pt.part"
    torch.save({"state": state, "step": step}, temporary)
    os.replace(temporary, arguments.cache / "encoder.pt")
    described = {k: str(v) for k, v in vars(arguments).items()}
    (arguments.cache / "log.json").write_text(json.dumps({"arguments": described, "log": log}, indent=1))


if __name__ == "__main__":
    main()
