"""Write the trained encoder as ONNX: uint8 pictures in, the plain and the tuned vector out.

Command: python training/export_encoder.py --cache training/cache --to encoder.onnx
The two branches share the frozen stages. Weights are stored as half floats and widened when the model is loaded.
"""

from __future__ import annotations

import argparse
from pathlib import Path

import numpy as np
import onnx
import torch
from fit_constants import PLAIN_DIMENSION, components
from lite0 import Lite0, gem, pretrained
from network import FROZEN_STAGES, Encoder, as_input
from onnx import TensorProto, helper, numpy_helper
from torch import Tensor, nn
from torch.nn import functional


class Exported(nn.Module):
    """`(N, 224, 224, 3)` uint8 RGB to unit vectors plain (N, 192) and tuned (N, 256)."""

    def __init__(self, encoder: Encoder, plain: Lite0, mean: Tensor, projection: Tensor):
        super().__init__()
        self.encoder, self.plain = encoder, plain
        self.register_buffer("mean", mean)
        self.register_buffer("projection", projection)

    def forward(self, pictures: Tensor) -> tuple[Tensor, Tensor]:
        x = (pictures.permute(0, 3, 1, 2).float() - 127) / 128
        trunk = self.encoder.trunk(x)
        plain = functional.normalize(plain_features(self.plain, trunk) - self.mean, dim=1) @ self.projection.T
        return functional.normalize(plain, dim=1), self.encoder.embed(trunk)


def plain_features(net: Lite0, trunk: Tensor) -> Tensor:
    """GeM of the ImageNet network's last map, unit length."""
    return functional.normalize(gem(net.rest(trunk, FROZEN_STAGES)), dim=1)


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
    parser.add_argument("--to", type=Path, required=True)
    arguments = parser.parse_args()
    encoder = Encoder().eval()
    encoder.load_state_dict(torch.load(arguments.cache / "encoder.pt", map_location="cpu")["state"])
    plain = pretrained()
    with np.load(arguments.cache / "constants.npz") as stored:
        squares = stored["squares"][::2]
    with torch.no_grad():
        rows = [plain_features(plain, encoder.trunk(as_input(squares[i : i + 32]))) for i in range(0, len(squares), 32)]
    mean, projection = components(torch.cat(rows).numpy(), PLAIN_DIMENSION)
    module = Exported(encoder, plain, torch.from_numpy(mean), torch.from_numpy(projection)).eval()
    example = torch.from_numpy(squares[:2])
    program = torch.onnx.export(
        module,
        (example,),
        input_names=["pictures"],
        output_names=["plain", "tuned"],
        dynamic_shapes={"pictures": {0: torch.export.Dim("n", min=1, max=1024)}},
        opset_version=18,
        dynamo=True,
    )
    onnx.save(halve(program.model_proto), arguments.to)
    import onnxruntime

    session = onnxruntime.InferenceSession(str(arguments.to))
    got = session.run(None, {"pictures": squares[:5]})
    with torch.no_grad():
        want = module(torch.from_numpy(squares[:5]))
    for name, a, b in zip(("plain", "tuned"), got, want, strict=True):
        print(name, a.shape, "largest difference from torch", float(np.abs(a - b.numpy()).max()))


if __name__ == "__main__":
    main()
