"""Write the encoder as ONNX: uint8 pictures in; the vectors plain, tuned and layout out, all of one forward pass.

    python training/export_encoder.py --cache training/cache --to encoder.onnx     # the shipped weights again
    python training/export_encoder.py --cache training/cache --run training/cache/runs/a --to encoder.onnx

Without --run the tuned branch and the plain components are those of the shipped file; with it, those of a checkpoint of
train_encoder.py. `layout` is made from the maps of the plain network (`layout.npz`, see fit_layout.py); --layout head
takes the trained layout head instead, --layout raw writes the maps as they are, for fit_layout.py. The branches share
the frozen stages. Weights are stored as half floats and widened when the model is loaded.
"""

from __future__ import annotations

import argparse
from pathlib import Path

import numpy as np
import onnx
import torch
from lite0 import Lite0, gem, pretrained
from network import FROZEN_STAGES, Encoder, weights_of_export
from onnx import TensorProto, helper, numpy_helper
from torch import Tensor, nn
from torch.nn import functional

SHIPPED = Path("src/pandok/models/pandok-design/encoder.onnx")
MAP_STAGES, GRID = (3, 4, 5), 7


class Layout(nn.Module):
    """Maps of three stages to one vector: each centred and of unit length, joined, projected."""

    def __init__(self, mean: Tensor, projection: Tensor, offset: Tensor):
        super().__init__()
        self.register_buffer("mean", mean)
        self.register_buffer("projection", projection)
        self.register_buffer("offset", offset)

    def forward(self, maps: list[Tensor]) -> Tensor:
        return functional.normalize(joined(maps, self.mean) @ self.projection.T - self.offset, dim=1)


def on_grid(maps: list[Tensor]) -> list[Tensor]:
    """Each map averaged to 7 x 7 and flattened, channel by channel: 80, 112 and 192 times 49 values."""
    return [functional.avg_pool2d(one, one.shape[-1] // GRID).flatten(1) for one in maps]


def joined(maps: list[Tensor], mean: Tensor) -> Tensor:
    parts, start = [], 0
    for one in on_grid(maps):
        parts.append(functional.normalize(one - mean[start : start + one.shape[1]], dim=1))
        start += one.shape[1]
    return torch.cat(parts, dim=1)


class Exported(nn.Module):
    """`(N, 224, 224, 3)` uint8 RGB to unit vectors plain (N, 192), tuned (N, 256) and layout (N, d)."""

    def __init__(self, encoder: Encoder, plain: Lite0, mean: Tensor, projection: Tensor, layout: Layout | str):
        super().__init__()
        self.encoder, self.plain = encoder, plain
        self.register_buffer("mean", mean)
        self.register_buffer("projection", projection)
        self.layout = layout

    def forward(self, pictures: Tensor) -> tuple[Tensor, Tensor, Tensor]:
        x = (pictures.permute(0, 3, 1, 2).float() - 127) / 128
        trunk = self.encoder.trunk(x)
        pooled, maps = plain_features(self.plain, trunk)
        plain = functional.normalize(pooled - self.mean, dim=1) @ self.projection.T
        tuned, trained = self.encoder(trunk)
        if self.layout == "head":
            layout = trained
        elif self.layout == "raw":
            layout = torch.cat(on_grid(maps), dim=1)
        else:
            layout = self.layout(maps)
        return functional.normalize(plain, dim=1), tuned, layout


def plain_features(net: Lite0, trunk: Tensor) -> tuple[Tensor, list[Tensor]]:
    """GeM of the ImageNet network's last map, unit length, and the maps at the end of three stages."""
    x, maps = trunk, []
    blocks = list(zip(net.stage_of_block, net._blocks, strict=True))
    for index, (stage, block) in enumerate(blocks):
        if stage < FROZEN_STAGES:
            continue
        x = block(x)
        if stage in MAP_STAGES and blocks[index + 1][0] != stage:
            maps.append(x)
    last = functional.relu6(net._bn1(net._conv_head(x)))
    return functional.normalize(gem(last), dim=1), maps


def shipped_components(path: Path) -> tuple[Tensor, Tensor]:
    """Mean and projection of the plain features in an exported file."""
    stored = {one.name.removesuffix(".half"): numpy_helper.to_array(one) for one in onnx.load(path).graph.initializer}
    mean = torch.from_numpy(stored["mean"].astype(np.float32))
    named = [name for name in stored if stored[name].shape in ((len(mean), 192), (192, len(mean)))]
    if len(named) != 1:
        raise SystemExit(f"{path} has no projection of the plain features")
    projection = torch.from_numpy(stored[named[0]].astype(np.float32))
    return mean, projection if projection.shape[0] == 192 else projection.T.contiguous()


def halve(model: onnx.ModelProto) -> onnx.ModelProto:
    """Store large weights as half floats with a cast behind each: half the file, the same arithmetic."""
    casts = []
    for tensor in list(model.graph.initializer):
        if tensor.data_type != TensorProto.FLOAT or int(np.prod(tensor.dims)) < 512:
            continue
        values = numpy_helper.to_array(tensor).astype(np.float16)
        model.graph.initializer.remove(tensor)
        model.graph.initializer.append(numpy_helper.from_array(values, tensor.name + ".half"))
        casts.append(helper.make_node("Cast", [tensor.name + ".half"], [tensor.name], to=TensorProto.FLOAT))
    for node in reversed(casts):
        model.graph.node.insert(0, node)
    onnx.checker.check_model(model)
    return model


def main() -> None:
    parser = argparse.ArgumentParser()
    parser.add_argument("--cache", type=Path, default=Path("training/cache"))
    parser.add_argument("--run", type=Path, help="a run of train_encoder.py; default: the shipped weights")
    parser.add_argument("--from-file", type=Path, default=SHIPPED, help="where the shipped weights are")
    parser.add_argument("--layout", choices=("maps", "head", "raw"), default="maps")
    parser.add_argument("--to", type=Path, required=True)
    arguments = parser.parse_args()
    encoder = Encoder().eval()
    if arguments.run:
        encoder.load_state_dict(torch.load(arguments.run / "encoder.pt", map_location="cpu")["state"])
    else:
        weights_of_export(encoder, arguments.from_file)
    layout: Layout | str = arguments.layout
    if layout == "maps":
        with np.load(arguments.cache / "layout.npz") as fitted:
            layout = Layout(*(torch.from_numpy(fitted[name]) for name in ("mean", "projection", "offset")))
    module = Exported(encoder, pretrained(), *shipped_components(arguments.from_file), layout).eval()
    rng = np.random.default_rng(0)
    squares = rng.integers(0, 256, (5, 224, 224, 3), dtype=np.uint8)
    program = torch.onnx.export(
        module,
        (torch.from_numpy(squares[:2]),),
        input_names=["pictures"],
        output_names=["plain", "tuned", "layout"],
        dynamic_shapes={"pictures": {0: torch.export.Dim("n", min=1, max=1024)}},
        opset_version=18,
        dynamo=True,
    )
    onnx.save(halve(program.model_proto), arguments.to)
    import onnxruntime

    session = onnxruntime.InferenceSession(str(arguments.to))
    got = session.run(None, {"pictures": squares})
    with torch.no_grad():
        want = module(torch.from_numpy(squares))
    for name, a, b in zip(("plain", "tuned", "layout"), got, want, strict=True):
        print(name, a.shape, "largest difference from torch", float(np.abs(a - b.numpy()).max()))
    if not arguments.run:
        before = onnxruntime.InferenceSession(str(arguments.from_file)).run(None, {"pictures": squares})
        for name, a, b in zip(("plain", "tuned"), got, before, strict=False):
            print(name, "least cosine with the shipped file", float((a * b).sum(1).min()))


if __name__ == "__main__":
    main()
