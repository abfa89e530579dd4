"""An upload is read: unpacked, sheet, card and samples checked, the model put before the gate; every fault found."""

from __future__ import annotations

from collections.abc import Callable, Collection
from dataclasses import dataclass, field
from typing import BinaryIO

from pandok.core.lab.refusals import Refusal
from pandok.core.lab.submission import SubmissionSheet
from pandok.engines.feeding.sheet import check_sheet
from pandok.engines.onnx_gate.gate import Checked
from pandok.engines.sandbox.codes import SandboxError
from pandok.lab.models import ProblemPack
from pandok.lab.runs.checking import ended_by, gate_refusals
from pandok.lab.submissions.sample_file import read_samples
from pandok.lab.submissions.sheet_file import read_sheet
from pandok.lab.submissions.unpacking import CARD, MODEL, SAMPLES, SHEET, UploadRefused, unpacked

Check = Callable[[bytes], Checked]
PublicIds = Callable[[ProblemPack], Collection[str]]


@dataclass
class ReadUpload:
    """What could be read of an upload; with refusals it is not used."""

    sheet: SubmissionSheet | None = None
    card: str = ""
    samples: dict[str, list[float]] = field(default_factory=dict)
    model: bytes = b""
    checked: Checked | None = None
    refusals: list[Refusal] = field(default_factory=list)


def read_upload(*, upload: BinaryIO, size: int, pack: ProblemPack, check: Check, public_ids: PublicIds) -> ReadUpload:
    """All of it, with everything that is wrong. `check`: the gate, inside a sandbox."""
    read = ReadUpload()
    try:
        files = unpacked(upload, size)
    except UploadRefused as error:
        read.refusals = error.refusals
        return read
    read.model = files[MODEL]
    problem = pack.problem
    with _collecting(read):
        read.sheet = read_sheet(files[SHEET], problem=problem.id)
    if read.sheet is not None:
        read.refusals += [Refusal("sheet.value", one.field, one.what) for one in check_sheet(read.sheet, problem)]
    with _collecting(read):
        read.card = _text(files[CARD])
    with _collecting(read):
        read.samples = read_samples(files[SAMPLES], public=public_ids(pack))
    try:
        read.checked = check(read.model)
    except SandboxError as failed:
        read.refusals += ended_by(failed, MODEL).refusals
    else:
        read.refusals += _gate(read.checked, read.sheet)
    return read


def _gate(checked: Checked, sheet: SubmissionSheet | None) -> list[Refusal]:
    if sheet is not None:
        return gate_refusals(checked, sheet)
    return [Refusal(one.code, one.where) for one in checked.refusals]


class _collecting:
    """`with _collecting(read):` what is refused inside joins the list of refusals."""

    def __init__(self, read: ReadUpload):
        self._read = read

    def __enter__(self) -> None:
        return None

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, _: object) -> bool:
        if isinstance(error, UploadRefused):
            self._read.refusals += error.refusals
            return True
        return False


def _text(data: bytes) -> str:
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise UploadRefused([Refusal("card.not_text")]) from error
    if "\0" in text:
        raise UploadRefused([Refusal("card.not_text")])
    if not text.strip():
        raise UploadRefused([Refusal("card.empty")])
    return text
