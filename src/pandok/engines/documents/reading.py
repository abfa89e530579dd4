"""A foreign document read at arm's length: a process that is killed when it takes too long or too much."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Callable

from pydantic import ValidationError

from pandok.core.errors import InputError
from pandok.core.text import Text
from pandok.engines.documents.values import Document

LIMIT_S = 90.0
MOST_ANSWER = 400_000_000
_CHILD = "pandok.engines.documents.child"
Reader = Callable[[bytes, str], Document]


class DocumentNotRead(InputError):
    """Damaged, locked with a password, or beyond the limits."""

    code = "document"


def read_document(data: bytes, media_type: str, *, limit_s: float = LIMIT_S) -> Document:
    """Raises DocumentNotRead; whatever is inside, this process neither grows nor waits longer than `limit_s`."""
    try:
        done = subprocess.run(
            [sys.executable, "-I", "-m", _CHILD, media_type],
            input=data,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            timeout=limit_s,
            check=False,
            env={"LANG": "C.UTF-8", "OMP_NUM_THREADS": "1", "OPENBLAS_NUM_THREADS": "1"},
        )
    except subprocess.TimeoutExpired as error:
        raise _not_read("slow") from error
    if done.returncode or len(done.stdout) > MOST_ANSWER:
        raise _not_read("damaged" if done.returncode == _UNREADABLE else "slow")
    try:
        return Document.model_validate_json(done.stdout)
    except ValidationError as error:
        raise _not_read("damaged") from error


_UNREADABLE = 3
_WHAT = {
    "damaged": Text(
        ko="문서가 깨졌거나 비밀번호가 걸려 있어 안을 살펴보지 못했습니다.",
        en="The document is damaged or locked with a password; nothing could look inside.",
    ),
    "slow": Text(
        ko="문서가 너무 크거나 복잡하여 안을 다 살펴보지 못했습니다.",
        en="The document is too large or too tangled to be looked through.",
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
