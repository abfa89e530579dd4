"""An upload is read: unpacked, sheet, card and samples checked, the model put before the gate; every fault found."""

from __future__ import annotations

from collections.abc import Callable, Collection
from dataclasses import dataclass
from typing import BinaryIO

from pandok.common.decoding import parsing_pool
from pandok.core.lab.refusals import SubmissionRefusal
from pandok.core.lab.submission import SubmissionSheet
from pandok.engines.feeding.sheet_check import check_sheet
from pandok.engines.onnx_gate.gate import Checked
from pandok.engines.sandbox.codes import SandboxError
from pandok.fields.lab.acts.runs.submission_checks import ended_by, gate_refusals
from pandok.fields.lab.acts.submissions.unpacking import MODEL, UploadRefused
from pandok.fields.lab.acts.submissions.upload_in_child import Opened, opened
from pandok.fields.lab.models import ProblemPack

Check = Callable[[bytes], Checked]
PublicIds = Callable[[ProblemPack], Collection[str]]


@dataclass
class ReadUpload(Opened):
    checked: Checked | None = None


def read_upload(*, upload: BinaryIO, size: int, pack: ProblemPack, check: Check, public_ids: PublicIds) -> ReadUpload:
    """All of it, with everything that is wrong. `check`: the gate, inside a sandbox."""
    problem = pack.problem
    try:
        found = opened(parsing_pool(), upload, size, problem=problem.id, public=public_ids(pack))
    except UploadRefused as error:
        return ReadUpload(refusals=error.refusals)
    read = ReadUpload(**vars(found))
    if read.sheet is not None:
        read.refusals += [
            SubmissionRefusal("sheet.value", one.field, one.what) for one in check_sheet(read.sheet, problem)
        ]
    try:
        read.checked = check(read.model)
    except SandboxError as failed:
        read.refusals += ended_by(failed, MODEL).refusals
    else:
        read.refusals += _gate(read.checked, read.sheet)
    return read


def _gate(checked: Checked, sheet: SubmissionSheet | None) -> list[SubmissionRefusal]:
    if sheet is not None:
        return gate_refusals(checked, sheet)
    return [SubmissionRefusal(one.code, one.where) for one in checked.refusals]
