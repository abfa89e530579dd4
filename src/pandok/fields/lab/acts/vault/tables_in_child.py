"""The ids of a large table, read in a process with bounds: a table takes thirty times its size while it is read."""

from __future__ import annotations

from typing import Any

from pandok.common.decoding import parsing_pool
from pandok.core.errors import RequestError
from pandok.core.text import Text
from pandok.fields.lab.acts.vault.masking.table_form import read_table

MOST_BYTES_HERE = 1_000_000
MOST_SECONDS = 120.0


def table_ids(data: bytes) -> list[str]:
    """The first column without gaps or repetitions; empty where it is no table. Raises RequestError for what costs too
    much, StoreError `store.busy`."""
    if len(data) <= MOST_BYTES_HERE:
        return ids_in(data)
    _, [ids] = parsing_pool().ask(
        ids_there,
        data,
        what="table",
        refusal=RequestError,
        too_costly=_too_costly,
        options={},
        seconds=MOST_SECONDS,
    )
    return ids.decode().split("\0") if ids else []


def ids_in(data: bytes) -> list[str]:
    table = read_table(data)
    return table.ids() if table is not None else []


def ids_there(data: bytes) -> tuple[dict[str, Any], list[bytes]]:
    """The duty of a parsing process. No cell of a table holds NUL."""
    return {}, ["\0".join(ids_in(data)).encode()]


def _too_costly() -> RequestError:
    return RequestError(
        Text(
            ko="표를 읽는 데 너무 많은 시간이나 메모리가 들어 봉인하지 않았습니다.",
            en="Reading the table takes too much time or memory, so it was not sealed.",
        ),
        Text(ko="행을 나누어 여러 파일로 올리십시오.", en="Send its rows in several files."),
        code="vault.too_costly",
    )
