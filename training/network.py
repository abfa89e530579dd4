"""The trained network: one trunk, a pooled vector for what a thing is, a laid-out vector for where its lines run."""

from __future__ import annotations

import math
from pathlib import Path

import numpy as np
import torch
from lite0 import STAGES, Lite0, gem, normed, pretrained
from numpy.typing import NDArray
from torch import Tensor, nn
from torch.nn import functional

FROZEN_STAGES = 3
DIMENSION = 256
POOLED = 112 + 192 + 1280
GRID = 7
LAYOUT_CHANNELS = 24
LAID_OUT = 2 * LAYOUT_CHANNELS * GRID * GRID


class Encoder(nn.Module):
    """`forward(trunk(x))`: `(N, 3, S, S)` float32 in [-1, 1] to `tuned` and `layout`, `(N, 256)`, of unit length."""

    def __init__(self) -> None:
        super().__init__()
        self.net: Lite0 = pretrained()
        self.head = nn.Linear(POOLED, DIMENSION)
        self.reduce_fine = nn.Conv2d(112, LAYOUT_CHANNELS, 1, bias=False)
        self.reduce_coarse = nn.Conv2d(192, LAYOUT_CHANNELS, 1, bias=False)
        self.layout_head = nn.Linear(LAID_OUT, DIMENSION)

    def trunk(self, x: Tensor) -> Tensor:
        return self.net.stem(x, FROZEN_STAGES)

    def maps(self, x: Tensor) -> tuple[Tensor, Tensor, Tensor]:
        """The maps of 112, 192 and 1,280 channels, at strides 16, 32 and 32."""
        middle: list[Tensor] = []
        blocks = list(zip(self.net.stage_of_block, self.net._blocks, strict=True))
        for index, (stage, block) in enumerate(blocks):
            if stage < FROZEN_STAGES:
                continue
            x = block(x)
            last = index + 1 == len(blocks) or blocks[index + 1][0] != stage
            if last and stage in (4, 5):
                middle.append(x)
        return middle[0], middle[1], functional.relu6(normed(self.net._conv_head, self.net._bn1, x))

    def pooled(self, maps: tuple[Tensor, Tensor, Tensor]) -> Tensor:
        fine, coarse, last = maps
        middle = [
            functional.normalize(one.abs().clamp(min=1e-6).pow(3).mean((-2, -1)).pow(1 / 3), dim=1)
            for one in (fine, coarse)
        ]
        return torch.cat([*middle, functional.normalize(gem(last), dim=1)], dim=1)

    def laid_out(self, maps: tuple[Tensor, Tensor, Tensor]) -> Tensor:
        """Both middle maps on a grid of 7 x 7, each place of unit length, flattened: `(N, LAID_OUT)`."""
        planes = []
        for one, reduce in zip(maps[:2], (self.reduce_fine, self.reduce_coarse), strict=True):
            plane = functional.interpolate(reduce(one), (GRID, GRID), mode="bilinear", antialias=False)
            planes.append(functional.normalize(plane.flatten(1), dim=1))
        return torch.cat(planes, dim=1)

    def forward(self, trunk: Tensor) -> tuple[Tensor, Tensor]:
        maps = self.maps(trunk)
        tuned = functional.normalize(self.head(self.pooled(maps)), dim=1)
        return tuned, functional.normalize(self.layout_head(self.laid_out(maps)), dim=1)

    def trained(self) -> dict[str, nn.Parameter]:
        """What is trained, by name: everything above the frozen stages."""
        blocks_before = sum(repeats for *_, repeats in STAGES[:FROZEN_STAGES])
        found = {}
        for name, parameter in self.named_parameters():
            inner = name.removeprefix("net.")
            of_block = inner.startswith("_blocks.") and int(inner.split(".")[1]) >= blocks_before
            if of_block or inner.startswith(("_conv_head", "_bn1")) or not name.startswith("net."):
                found[name] = parameter
        return found


def as_input(pictures: NDArray[np.uint8]) -> Tensor:
    return (torch.from_numpy(np.ascontiguousarray(pictures)).permute(0, 3, 1, 2).float() - 127) / 128


def start_heads(
    encoder: Encoder, batches: list[NDArray[np.uint8]], heads: tuple[str, ...] = ("tuned", "layout")
) -> None:
    """Start the heads from the whitened principal components of plain features, so that nothing known is lost."""
    with torch.no_grad():
        for reduce in (encoder.reduce_fine, encoder.reduce_coarse):
            nn.init.orthogonal_(reduce.weight.view(LAYOUT_CHANNELS, -1))
        maps = [encoder.maps(encoder.trunk(as_input(batch))) for batch in batches]
        if "tuned" in heads:
            _start(encoder.head, torch.cat([encoder.pooled(one) for one in maps]))
        if "layout" in heads:
            _start(encoder.layout_head, torch.cat([encoder.laid_out(one) for one in maps]))


def _start(head: nn.Linear, features: Tensor) -> None:
    mean = features.mean(0)
    _, s, v = torch.linalg.svd(features - mean, full_matrices=False)
    scale = s[:DIMENSION] / math.sqrt(len(features))
    weight = v[:DIMENSION] / (scale[:, None].clamp(min=1e-4) + 0.3 * scale[0])
    head.weight.data.copy_(weight)
    head.bias.data.copy_(-(weight @ mean))


def weights_of_export(encoder: Encoder, path: Path) -> None:
    """Take the trunk and the pooled head from an exported ONNX file, where normalisation is folded into the weights.

    A convolution of the file is W g / s with bias b - m g / s; its g, m and s stay those of ImageNet here, so that the
    network computes the same.
    """
    import onnx
    from onnx import numpy_helper

    stored = {t.name.removesuffix(".half"): numpy_helper.to_array(t) for t in onnx.load(path).graph.initializer}
    state = encoder.state_dict()
    after = {"_expand_conv": "_bn0", "_depthwise_conv": "_bn1", "_project_conv": "_bn2", "_conv_head": "_bn1"}
    for name, value in stored.items():
        if not name.startswith("encoder.net._") or not name.endswith(".weight") or "_conv_stem" in name:
            continue
        own = name.removeprefix("encoder.")
        conv = own.removesuffix(".weight").split(".")[-1]
        norm = own.removesuffix(f"{conv}.weight") + after[conv]
        gain, mean = state[f"{norm}.weight"], state[f"{norm}.running_mean"]
        deviation = (state[f"{norm}.running_var"] + 1e-3).sqrt()
        folded = torch.from_numpy(value.astype(np.float32))
        bias = torch.from_numpy(stored[f"{name}_bias"].astype(np.float32)) if f"{name}_bias" in stored else None
        if bias is None:
            continue
        state[own] = folded * (deviation / gain)[:, None, None, None]
        state[f"{norm}.bias"] = bias + mean * gain / deviation
    for part in ("weight", "bias"):
        state[f"head.{part}"] = torch.from_numpy(stored[f"encoder.head.{part}"].astype(np.float32))
    encoder.load_state_dict(state)
