"""Large texts and tables that want to leave, looked through in a process with bounds."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from pandok.common.decoding import parsing_pool
from pandok.core.errors import RequestError
from pandok.fields.lab.acts.exports.export_findings import ExportFinding
from pandok.fields.lab.acts.exports.personal import personal_in_text
from pandok.fields.lab.acts.exports.small_cells import cells_under_five
from pandok.fields.lab.acts.vault.uploads import NamedBytes

MOST_BYTES_HERE = 1_000_000
MOST_SECONDS = 120.0


class _TooCostly(Exception):
    pass


def text_findings(one: NamedBytes) -> list[ExportFinding]:
    """Personal data and small counts. What costs too much is left to a person."""
    if len(one.data) <= MOST_BYTES_HERE:
        return list(_findings(one))
    try:
        found, _ = parsing_pool().ask(
            findings_there,
            one.data,
            what="table",
            refusal=RequestError,
            too_costly=_TooCostly,
            options={"name": one.name, "media_type": one.media_type},
            seconds=MOST_SECONDS,
        )
    except _TooCostly:
        return [ExportFinding("not_read", one.name)]
    return [ExportFinding.of(each) for each in found["findings"]]


def findings_there(data: bytes, *, name: str, media_type: str) -> tuple[dict[str, Any], list[bytes]]:
    """The duty of a parsing process."""
    return {"findings": [one.as_dict() for one in _findings(NamedBytes(name, data, media_type))]}, []


def _findings(one: NamedBytes) -> Iterator[ExportFinding]:
    yield from personal_in_text(one)
    yield from cells_under_five(one)
