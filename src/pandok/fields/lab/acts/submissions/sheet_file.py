"""submission.json, read strictly: every fault at once, with the path of its field."""

from __future__ import annotations

import json
from typing import Any

from pydantic import ValidationError

from pandok.core.lab.refusals import SubmissionRefusal
from pandok.core.lab.submission import SubmissionSheet
from pandok.fields.lab.acts.submissions.unpacking import UploadRefused, readable

MOST_FAULTS = 30
_CODES = {"missing": "sheet.missing", "extra_forbidden": "sheet.unknown"}


class _Repeated(ValueError):
    """A field stands twice."""


def read_sheet(data: bytes | bytearray, *, problem: str) -> SubmissionSheet:
    """The sheet of a submission to this problem. Raises UploadRefused with every fault."""
    try:
        text = data.decode("utf-8-sig")
        json.loads(text, object_pairs_hook=_once, parse_constant=_no_constant)
    except _Repeated as error:
        raise UploadRefused([SubmissionRefusal("sheet.repeated", readable(str(error)))]) from error
    except (UnicodeDecodeError, ValueError, RecursionError) as error:
        raise UploadRefused([SubmissionRefusal("sheet.not_json", _place(error))]) from error
    try:
        sheet = SubmissionSheet.model_validate_json(text, strict=True)
    except ValidationError as error:
        raise UploadRefused(_faults(error)) from error
    if sheet.problem != problem:
        raise UploadRefused([SubmissionRefusal("sheet.other_problem", readable(sheet.problem))])
    return sheet


def _once(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    found: dict[str, Any] = {}
    for name, value in pairs:
        if name in found:
            raise _Repeated(name)
        found[name] = value
    return found


def _no_constant(name: str) -> None:
    raise ValueError(name)


def _place(error: Exception) -> str:
    return f"line {error.lineno}, column {error.colno}" if isinstance(error, json.JSONDecodeError) else ""


def _faults(error: ValidationError) -> list[SubmissionRefusal]:
    found = []
    for one in error.errors(include_url=False, include_context=False, include_input=False)[:MOST_FAULTS]:
        path = ".".join(str(step) for step in one["loc"])
        code = _CODES.get(one["type"], "sheet.value")
        said = path if code != "sheet.value" else f"{path}: {one['msg']}"
        found.append(SubmissionRefusal(code, readable(said[:160])))
    return found
