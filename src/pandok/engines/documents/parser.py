"""A foreign document read at arm's length: in a parsing process that is ended when it takes too long or too much."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from pydantic import ValidationError

from pandok.core.errors import InputError
from pandok.core.text import Text
from pandok.engines.decoding.pool import decoding_pool
from pandok.engines.documents.values import PDF, Document

LIMIT_S = 90.0
MOST_ANSWER_BYTES = 100_000_000
Reader = Callable[[bytes, str], Document]


class DocumentNotRead(InputError):
    """Damaged, locked with a password, or beyond the limits."""

    code = "document"


def read_document(data: bytes, media_type: str, *, limit_s: float = LIMIT_S) -> Document:
    """Raises DocumentNotRead; whatever is inside, this process neither grows nor waits longer than `limit_s` for it.
    StoreError `store.busy` where no process came free."""
    _, [answer] = decoding_pool().ask(
        read_there,
        data,
        what="document",
        refusal=DocumentNotRead,
        too_costly=_too_much,
        options={"media_type": media_type},
        seconds=limit_s,
    )
    try:
        return Document.model_validate_json(answer)
    except ValidationError as error:
        raise _not_read("damaged") from error


def read_there(data: bytes, *, media_type: str) -> tuple[dict[str, Any], list[bytes]]:
    """The duty of a parsing process."""
    from pandok.engines.documents.pdf_words import Unreadable, read_pdf
    from pandok.engines.documents.workbook_words import read_workbook

    try:
        answer = (read_pdf if media_type == PDF else read_workbook)(data).model_dump_json().encode()
    except Unreadable as error:
        raise _not_read("damaged") from error
    if len(answer) > MOST_ANSWER_BYTES:
        raise _too_much()
    return {}, [answer]


def _too_much() -> DocumentNotRead:
    return _not_read("slow")


_WHAT = {
    "damaged": Text(
        ko="문서가 깨졌거나 비밀번호가 걸려 있어 안을 살펴보지 못했습니다.",
        en="The document is damaged or locked with a password; nothing could look inside.",
    ),
    "slow": Text(
        ko="문서가 너무 크거나 복잡하여 안을 다 살펴보지 못했습니다.",
        en="The document is too large or too complex to be searched.",
    ),
}


def _not_read(why: str) -> DocumentNotRead:
    return DocumentNotRead(
        _WHAT[why],
        Text(
            ko="비밀번호를 풀거나 나누어 저장해 다시 올리십시오.",
            en="Save it without password, or in parts, and send it again.",
        ),
        code=f"document.{why}",
    )
