"""Files that the commands of the lab read and write: packs, sheets, sample outputs."""

from __future__ import annotations

import csv
import io
import json
from pathlib import Path
from typing import TYPE_CHECKING, Any

from pandok.core.errors import RequestError
from pandok.core.text import Text

if TYPE_CHECKING:
    from collections.abc import Mapping

    from pandok.core.lab.case import ModelAnswer
    from pandok.core.lab.problem import Problem
    from pandok.core.lab.submission import SubmissionSheet
    from pandok.fields.lab.acts.packs.pack import Pack


def pack_at(path: Path, *, whole: bool = False) -> Pack:
    """The pack in a folder or a zip. Raises PackRefused, or RequestError where there is nothing."""
    from pandok.fields.lab.acts.packs.pack_reader import read_pack

    return read_pack(path, whole=whole) if path.is_dir() else read_pack(read_bytes(path), whole=whole)


def sheet_at(path: Path, problem: str) -> SubmissionSheet:
    """submission.json, read as the lab reads it. Raises RequestError with the first fault and the count."""
    from pandok.fields.lab.acts.explained import explained
    from pandok.fields.lab.acts.submissions.sheet_file import read_sheet
    from pandok.fields.lab.acts.submissions.unpacking import UploadRefused

    try:
        return read_sheet(read_bytes(path), problem=problem)
    except UploadRefused as refused:
        reasons = [explained(one.as_dict()) for one in refused.refusals]
        listed = "; ".join(f"{one.where or one.code}" for one in reasons)
        raise RequestError(
            Text(ko=f"{path}: {reasons[0].what.ko} ({listed})", en=f"{path}: {reasons[0].what.en} ({listed})"),
            reasons[0].next_step,
            code=reasons[0].code,
            refusals=[one.as_dict() for one in refused.refusals],
        ) from refused


def read_bytes(path: Path) -> bytes:
    try:
        return path.read_bytes()
    except OSError as error:
        raise RequestError(
            Text(ko=f"파일을 읽을 수 없습니다: {path}", en=f"The file cannot be read: {path}"),
            Text(ko="경로를 확인하십시오.", en="Check the path."),
            code="request.file",
        ) from error


def key_bytes(path: Path) -> bytes:
    from pandok.engines.proof_pack.keys import MOST_KEY_FILE_BYTES, no_key_file

    try:
        with path.open("rb") as file:
            return file.read(MOST_KEY_FILE_BYTES)
    except OSError as error:
        raise no_key_file(
            Text(ko=f"공개키 파일 '{path}'을(를) 읽을 수 없습니다.", en=f"The key file '{path}' cannot be read."),
            Text(ko="경로를 확인하십시오.", en="Check the path."),
        ) from error


def sample_outputs(answers: Mapping[str, ModelAnswer], case_ids: set[str]) -> bytes:
    """sample_outputs.csv: case_id and one column for each number, as Python prints them."""
    chosen = {case_id: answers[case_id] for case_id in sorted(case_ids & answers.keys())}
    width = max((len(one.values) for one in chosen.values()), default=1)
    text = io.StringIO()
    writer = csv.writer(text, lineterminator="\n")
    writer.writerow(["case_id", *(f"output_{place}" for place in range(1, width + 1))])
    writer.writerows([case_id, *(repr(value) for value in one.values)] for case_id, one in chosen.items())
    return text.getvalue().encode()


def first_sheet(problem: Problem) -> str:
    """A submission.json to begin with: it fits the problem, its names and numbers are to be replaced."""
    steps: dict[str, list[dict[str, Any]]] = {
        "image": [
            {"step": "resize", "width_px": 224, "height_px": 224, "fit": "pad", "interpolation": "bilinear"},
            {"step": "colours", "order": "RGB"},
            {"step": "scale", "factor": 1 / 255, "mean": [0.485, 0.456, 0.406], "deviation": [0.229, 0.224, 0.225]},
            {"step": "layout", "order": "NCHW"},
        ],
        "table": [{"step": "fill", "value": 0.0}, {"step": "layout", "order": "NC"}],
        "series": [{"step": "fill", "value": 0.0}, {"step": "layout", "order": "NTC"}],
        "text": [{"step": "tokens", "alphabet": "abcdefghijklmnopqrstuvwxyz0123456789 ", "length": 256}],
    }
    sheet = {
        "problem": problem.id,
        "name": "our-model",
        "version": "1",
        "model_input": "input",
        "model_output": "output",
        "input_type": "int64" if problem.input.kind == "text" else "float32",
        "preprocess": steps[problem.input.kind.value],
        "postprocess": [],
        "threshold": 0.5 if problem.output.task == "score" else None,
        "training_data": "Which data the model was trained on; none of the sealed set.",
        "licence": "proprietary",
    }
    return json.dumps(sheet, ensure_ascii=False, indent=2) + "\n"
