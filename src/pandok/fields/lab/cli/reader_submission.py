"""The shipped reader's encoder as a submission to a problem of pictures: the zip that a company would hand in."""

from __future__ import annotations

import io
import zipfile
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from pandok.core.lab.submission import SubmissionSheet
    from pandok.fields.lab.acts.packs.pack import Pack

OUTPUT = "tuned"


def reader_archive(pack: Pack, home: Path) -> bytes:
    """Checks the encoder on the public cases as `pandok lab check` does, and packs it. Raises ModelError."""
    from pandok.engines.encoders.reader_files import shipped_model
    from pandok.fields.lab.cli.check import run_check
    from pandok.fields.lab.cli.command_files import sample_outputs

    found = shipped_model(home)
    model = found.verified("encoder.onnx")
    sheet = reader_sheet(pack.problem.id, found.card.name, found.card.version)
    checked, _ = run_check(model, pack, sheet)
    return archive(
        {
            "model.onnx": model.read_bytes(),
            "submission.json": sheet.model_dump_json(indent=1).encode(),
            "card.md": found.card.model_dump_json(indent=1).encode(),
            "sample_outputs.csv": sample_outputs(checked.answers, set(pack.practice)),
        }
    )


def reader_sheet(problem: str, name: str, version: str) -> SubmissionSheet:
    from pandok.core.lab.submission import SubmissionSheet

    return SubmissionSheet.model_validate(
        {
            "problem": problem,
            "name": name,
            "version": version,
            "model_input": "pictures",
            "model_output": OUTPUT,
            "input_type": "uint8",
            "preprocess": [
                {"step": "resize", "width_px": 224, "height_px": 224, "fit": "pad", "interpolation": "area"},
                {"step": "colours", "order": "RGB"},
                {"step": "layout", "order": "NHWC"},
            ],
            "postprocess": [{"step": "unit_length"}],
            "training_data": "Stated on the model card that stands in card.md, file by file and with licences.",
            "licence": "Apache-2.0",
        }
    )


def hostile_archive(honest: bytes) -> bytes:
    """The same submission with a model whose weights lie in a file of the machine that opens it."""
    import onnx

    files = {one.filename: zipfile.ZipFile(io.BytesIO(honest)).read(one) for one in _members(honest)}
    model = onnx.load_from_string(files["model.onnx"])
    weight = model.graph.initializer[0]
    weight.ClearField("raw_data")
    weight.data_location = onnx.TensorProto.EXTERNAL
    for key, value in (("location", "../../../../etc/passwd"), ("offset", "0"), ("length", "64")):
        entry = weight.external_data.add()
        entry.key, entry.value = key, value
    files["model.onnx"] = model.SerializeToString()
    return archive(files)


def archive(files: dict[str, bytes]) -> bytes:
    target = io.BytesIO()
    with zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as written:
        for name, data in files.items():
            written.writestr(zipfile.ZipInfo(name), data)
    return target.getvalue()


def _members(data: bytes) -> list[zipfile.ZipInfo]:
    return zipfile.ZipFile(io.BytesIO(data)).infolist()
